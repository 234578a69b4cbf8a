import {closeSync, constants, openSync, writeSync} from 'node:fs';

/**
 * Where a guest's lines go. The program writes here and nowhere else, so that something that holds lines back (until a
 * checkpoint is acknowledged) can stand between it and the file.
 */
export interface OutputChannel {
	/** Hands over one line, without its line feed. On return it is out, or in the keeping of what stands in between. Throws when it cannot be written. */
	write(line: string): void;
	close(): void;
}

/** Appends lines to a file, each by a single write: hosts that share the file never mix two lines. */
export class FileOutput implements OutputChannel {
	readonly #fd: number;

	/** Throws Node's error when the file cannot be opened. */
	constructor(path: string) {
		this.#fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW, 0o640);
	}

	write(line: string): void {
		const bytes = new TextEncoder().encode(`${line}\n`);
		const written = writeSync(this.#fd, bytes);
		if (written !== bytes.byteLength) throw new Error(`${written} of ${bytes.byteLength} bytes of a line were written`);
	}

	close(): void {
		closeSync(this.#fd);
	}
}
