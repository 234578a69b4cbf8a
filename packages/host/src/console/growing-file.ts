import {statSync} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';

/** Bytes of one read: a control frame's worth. */
const CHUNK_BYTES = 64 * 1024;

/** Size of a file in bytes; 0 where there is none. Throws Node's error. */
export function sizeOfFile(file: string): number {
	return statSync(file, {throwIfNoEntry: false})?.size ?? 0;
}

/** A file that another process appends to, read from a place on; it may not be there yet. */
export class GrowingFile implements AsyncDisposable {
	readonly #path: string;
	#handle: FileHandle | undefined;
	#at: number;

	/** `at`: the offset of the first byte that is read. */
	constructor(path: string, at = 0) {
		this.#path = path;
		this.#at = at;
	}

	/** Offset of the next byte. */
	get at(): number {
		return this.#at;
	}

	/** The next bytes before the offset `until`, at most 64 KiB, the caller's to keep; undefined where there are none, yet. Rejects with Node's error. */
	async read(until = Infinity): Promise<Uint8Array | undefined> {
		const wanted = Math.min(CHUNK_BYTES, until - this.#at);
		if (wanted <= 0) return undefined;
		this.#handle ??= await open(this.#path, 'r').catch((error: unknown) => {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
			throw error;
		});
		if (this.#handle === undefined) return undefined;
		const {bytesRead, buffer} = await this.#handle.read(new Uint8Array(wanted), 0, wanted, this.#at);
		this.#at += bytesRead;
		return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#handle?.close();
	}
}
