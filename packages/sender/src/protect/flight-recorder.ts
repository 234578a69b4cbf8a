import {closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync} from 'node:fs';
import path from 'node:path';

/** One file: a line a second is some 60 MB a day with every figure set. Two of them are kept. */
const DEFAULT_LIMIT_BYTES = 8 * 1024 * 1024;

export type FlightRecorderOptions = {
	/** Directory of the recordings; made where it is missing. */
	readonly directory: string;
	/** Of the protection. */
	readonly id: string;
	/** Of one file, in bytes. */
	readonly limitBytes?: number;
	/** Milliseconds since the Unix epoch. */
	readonly nowMs?: () => number;
};

/**
 * Writes what happens to a protection to `ID.jsonl`, one JSON object a line, for whoever has to explain it afterwards; a full file becomes `ID.1.jsonl`. Lines are
 * not flushed: what a daemon that dies has written stays, what a machine loses that loses its power is the last seconds. A disk that does not take them
 * costs lines, and never the protection.
 */
export class FlightRecorder implements Disposable {
	readonly #file: string;
	readonly #older: string;
	readonly #limitBytes: number;
	readonly #nowMs: () => number;
	#fd: number | undefined;
	#bytes = 0;

	constructor({directory, id, limitBytes = DEFAULT_LIMIT_BYTES, nowMs = Date.now}: FlightRecorderOptions) {
		this.#file = path.join(directory, `${id}.jsonl`);
		this.#older = path.join(directory, `${id}.1.jsonl`);
		this.#limitBytes = limitBytes;
		this.#nowMs = nowMs;
		try {
			mkdirSync(directory, {recursive: true, mode: 0o700});
			this.#open();
		} catch {
			// Tried again with the next line.
		}
	}

	/** `kind`: what the line is of: `status`, `phase`, `lost`, … */
	write(kind: string, facts: object): void {
		try {
			if (this.#fd === undefined) this.#open();
			if (this.#bytes >= this.#limitBytes) this.#turnOver();
			const line = `${JSON.stringify({at: new Date(this.#nowMs()).toISOString(), kind, ...facts})}\n`;
			this.#bytes += writeSync(this.#fd ?? -1, line);
		} catch {
			this.#close();
		}
	}

	[Symbol.dispose](): void {
		this.#close();
	}

	#open(): void {
		this.#fd = openSync(this.#file, 'a', 0o600);
		this.#bytes = fstatSync(this.#fd).size;
	}

	#turnOver(): void {
		this.#close();
		renameSync(this.#file, this.#older);
		this.#open();
	}

	#close(): void {
		if (this.#fd !== undefined) closeSync(this.#fd);
		this.#fd = undefined;
	}
}
