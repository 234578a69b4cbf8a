import {mkdir, open, rename, type FileHandle} from 'node:fs/promises';
import path from 'node:path';

/** Lines wait for so long for others to be written with, in milliseconds. */
const DEFAULT_DELAY_MS = 250;

/** 1 MiB: what waits for a disk that does not take it. */
const MAX_PENDING_BYTES = 1024 * 1024;

export type LineFileOptions = {
	/** Its directory is made where it is missing. Appended to where it is there. */
	readonly file: string;
	readonly delayMs?: number;
	/** A file that has so many bytes becomes `olderFile`, in the place of the one before; without it it may grow. */
	readonly turnOver?: {readonly limitBytes: number; readonly olderFile: string};
};

/**
 * Appends lines to a file, in the background: who writes a line never waits for a disk. Nothing is flushed: what is written outlives the daemon, and
 * the last of it not the machine's loss of power. A disk that does not take lines costs them, and nothing is thrown.
 */
export class LineFile {
	readonly #options: LineFileOptions;
	#pending: string[] = [];
	#pendingBytes = 0;
	#isNew = true;
	#writtenBytes = 0;
	#lostLines = 0;
	/** The file may end in the middle of a line: the next write begins with the end of it. Empty lines are nothing. */
	#isTorn = false;
	#isHeld = false;
	#timer: NodeJS.Timeout | undefined;
	#writing: Promise<void> = Promise.resolve();

	constructor(options: LineFileOptions) {
		this.#options = options;
	}

	/** Of the file, with what waits to be written; of one that was there before, from the first write on. */
	get bytes(): number {
		return this.#writtenBytes + this.#pendingBytes;
	}

	/** How many the disk did not take since this was asked last. */
	takeLostLines(): number {
		const lost = this.#lostLines;
		this.#lostLines = 0;
		return lost;
	}

	/** `line`: without its end. */
	append(line: string): void {
		const length = Buffer.byteLength(line) + 1;
		if (this.#pendingBytes + length > MAX_PENDING_BYTES) {
			this.#lostLines += 1;
			return;
		}

		this.#pending.push(line);
		this.#pendingBytes += length;
		this.#arm();
	}

	/** Nothing is written until `release`: what is under way must not be slowed. */
	hold(): void {
		this.#isHeld = true;
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	release(): void {
		this.#isHeld = false;
		this.#arm();
	}

	/** Writes what waits, held or not. Resolves when it is with the kernel, or lost. Never rejects. */
	async flush(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#writing = this.#writing.then(async () => this.#write());
		return this.#writing;
	}

	#arm(): void {
		if (this.#isHeld || this.#timer !== undefined || this.#pending.length === 0) return;
		// Lines keep no daemon alive.
		this.#timer = setTimeout(() => void this.flush(), this.#options.delayMs ?? DEFAULT_DELAY_MS).unref();
	}

	async #write(): Promise<void> {
		const lines = this.#pending;
		if (lines.length === 0) return;
		this.#pending = [];
		this.#pendingBytes = 0;
		try {
			const handle = await this.#open();
			try {
				const text = `${this.#isTorn ? '\n' : ''}${lines.join('\n')}\n`;
				await handle.appendFile(text);
				this.#isTorn = false;
				this.#writtenBytes += Buffer.byteLength(text);
			} finally {
				await handle.close();
			}

			await this.#turnOverWhenFull();
		} catch {
			// A part of them may be there; which is nobody's to find out.
			this.#lostLines += lines.length;
			this.#isTorn = true;
		}
	}

	/** Open only while it is written: a recording may wait for days for its last line. */
	async #open(): Promise<FileHandle> {
		const {file} = this.#options;
		if (this.#isNew) await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
		const handle = await open(file, 'a', 0o600);
		if (this.#isNew) {
			this.#writtenBytes = (await handle.stat()).size;
			// Whoever wrote it before may have ended in the middle of a line.
			this.#isTorn = this.#writtenBytes > 0;
			this.#isNew = false;
		}

		return handle;
	}

	async #turnOverWhenFull(): Promise<void> {
		const {file, turnOver} = this.#options;
		if (turnOver === undefined || this.#writtenBytes < turnOver.limitBytes) return;
		await rename(file, turnOver.olderFile);
		this.#writtenBytes = 0;
	}
}
