import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {resolve} from 'node:path';
import {OperationError} from '@sterna/protocol';
import type {StreamSource} from './stream-source.ts';

/** Read-ahead on a file, whose pages are stepped over: enough for the page lists of a dozen batches. */
const FILE_BUFFER_BYTES = 128 * 1024;
/** Read-ahead on a pipe, where every byte must be read. */
const PIPE_BUFFER_BYTES = 1024 * 1024;
/** How long to wait for a descriptor that another process made non-blocking. */
const RETRY_MS = 2;

const STDIN_FD = 0;

/** The bytes of a file or pipe, in one buffer that is used again. On a plain file what is skipped is not read. Closes what it opened. */
export class ByteSource implements StreamSource, Disposable {
	readonly name: string;
	readonly sizeBytes: number | undefined;
	readonly #fd: number;
	readonly #buffer: Buffer;
	readonly #sleep = new Int32Array(new SharedArrayBuffer(4));
	#begin = 0;
	#end = 0;
	/** Where in the file the next read begins. */
	#position = 0;

	/** `-` is standard input. Rejects with ERR_FILE. */
	static open(file: string, cwd: string): ByteSource {
		const name = file === '-' ? 'standard input' : file;
		if (file === '-') return new ByteSource(name, openStandardInput(), undefined);
		const fd = attempt(name, () => openSync(resolve(cwd, file), 'r'));
		const stat = fstatSync(fd);
		return new ByteSource(name, fd, stat.isFile() ? stat.size : undefined);
	}

	private constructor(name: string, fd: number, sizeBytes: number | undefined) {
		this.name = name;
		this.sizeBytes = sizeBytes;
		this.#fd = fd;
		this.#buffer = Buffer.allocUnsafeSlow(sizeBytes === undefined ? PIPE_BUFFER_BYTES : FILE_BUFFER_BYTES);
	}

	[Symbol.dispose](): void {
		if (this.#fd !== STDIN_FD) closeSync(this.#fd);
	}

	peek(): Uint8Array {
		if (this.#begin === this.#end) {
			this.#begin = 0;
			this.#end = this.#read(this.#buffer, this.#buffer.length);
		}

		return this.#buffer.subarray(this.#begin, this.#end);
	}

	consume(count: number): void {
		this.#begin += count;
	}

	skip(count: number): number {
		const buffered = Math.min(count, this.#end - this.#begin);
		this.#begin += buffered;
		let skipped = buffered;
		if (this.sizeBytes !== undefined) {
			const inFile = Math.max(0, Math.min(count - skipped, this.sizeBytes - this.#position));
			this.#position += inFile;
			return skipped + inFile;
		}

		while (skipped < count) {
			const read = this.#read(this.#buffer, Math.min(count - skipped, this.#buffer.length));
			if (read === 0) break;
			skipped += read;
		}

		return skipped;
	}

	readInto(target: Uint8Array): number {
		let filled = Math.min(target.length, this.#end - this.#begin);
		target.set(this.#buffer.subarray(this.#begin, this.#begin + filled));
		this.#begin += filled;
		while (filled < target.length) {
			const read = this.#read(target.subarray(filled), target.length - filled);
			if (read === 0) break;
			filled += read;
		}

		return filled;
	}

	readAt(target: Uint8Array, offset: number): number {
		return attempt(this.name, () => readSync(this.#fd, target, 0, target.length, offset));
	}

	rewind(): void {
		this.#begin = 0;
		this.#end = 0;
		this.#position = 0;
	}

	#read(target: Uint8Array, length: number): number {
		for (;;) {
			try {
				const read = readSync(this.#fd, target, 0, length, this.sizeBytes === undefined ? null : this.#position);
				this.#position += read;
				return read;
			} catch (error) {
				if (!isErrno(error) || error.code !== 'EAGAIN') throw fileError(this.name, error);
				Atomics.wait(this.#sleep, 0, 0, RETRY_MS);
			}
		}
	}
}

/**
 * Standard input, opened anew where it is a pipe: Node may have made the one it was given non-blocking, and this one is not. What
 * cannot be opened again (a socket, a pipe of another user) is read as it is.
 */
function openStandardInput(): number {
	try {
		return fstatSync(STDIN_FD).isFIFO() ? openSync(`/proc/self/fd/${STDIN_FD}`, 'r') : STDIN_FD;
	} catch {
		return STDIN_FD;
	}
}

function attempt<T>(name: string, call: () => T): T {
	try {
		return call();
	} catch (error) {
		throw fileError(name, error);
	}
}

function fileError(name: string, error: unknown): OperationError {
	const reason = isErrno(error) ? (error.code ?? error.message) : String(error);
	return new OperationError(
		{
			code: 'ERR_FILE',
			message: `${name} cannot be read: ${reason}`,
			side: 'migrate-ctl',
			phase: 'request',
			runsOn: {kind: 'unknown'},
			next: undefined,
			causes: [],
		},
		{cause: error},
	);
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && 'code' in error;
}
