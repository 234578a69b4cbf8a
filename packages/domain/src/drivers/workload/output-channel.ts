import {closeSync, constants, openSync, writeSync} from 'node:fs';
import type {EpochGate} from './epoch-gate.ts';

/** Where a guest's lines go. The program writes here and nowhere else: the output gate stands between it and the file. */
export interface OutputChannel {
	/** Hands over one line, without its line feed. On return it is out, or in the keeping of the gate. Throws when it cannot be written. */
	write(line: string): void;
}

/** Lines, through a gate, into a file. */
export class GatedLines implements OutputChannel {
	readonly #gate: EpochGate;
	readonly #file: FileOutput;

	constructor(gate: EpochGate, file: FileOutput) {
		this.#gate = gate;
		this.#file = file;
	}

	write(line: string): void {
		this.#gate.say(new TextEncoder().encode(`${line}\n`), this.#file.append);
	}
}

/** Appends lines to a file, each by a single write: hosts that share the file never mix two lines. */
export class FileOutput {
	readonly #fd: number;

	/** Throws Node's error when the file cannot be opened. */
	constructor(path: string) {
		this.#fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW, 0o640);
	}

	readonly append = (line: Uint8Array): void => {
		const written = writeSync(this.#fd, line);
		if (written !== line.byteLength) throw new Error(`${written} of ${line.byteLength} bytes of a line were written`);
	};

	close(): void {
		closeSync(this.#fd);
	}
}
