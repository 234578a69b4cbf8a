import {closeDescriptor, Errno, type IovecArray, readVector, writeVector} from '@sterna/system';
import {connectionError, fileError, type LinkError} from './link-error.ts';
import {endSocketWriting, ReceiveLowWater} from './socket-hints.ts';

/**
 * What carries a link's bytes, as its state machine sees it: a descriptor, or a TLS session on one. Calls move bytes
 * between the channel and the memory that an iovec array names. They return the number moved, 0 at the end (reading), or
 * −errno; −EAGAIN where the channel is not ready: it is when `pollFd` is readable, or writable. What a write did not move must be
 * written again by the next one, which may move more than it was asked for where an earlier one was asked for that.
 */
export interface ByteChannel {
	/** What to poll for readiness; undefined where calls do not wait for another host (a file): always ready. */
	readonly pollFd: number | undefined;
	/** Most bytes to ask of one call, so that the other links of the worker get their turn. */
	readonly pieceBytes: number;
	read(vector: IovecArray, first: number, count: number): number;
	write(vector: IovecArray, first: number, count: number): number;
	/** The reader has use for no fewer than this many bytes: do not report the channel readable before. A hint. */
	wantAtLeast(bytes: number): void;
	/** Half-closes the connection: the peer reads the end, and can still be read from. */
	endWriting(): void;
	close(): void;
	/** The error for a failed call. `errno` is positive. */
	errorOf(doing: string, errno: number): LinkError;
}

/** 4 MiB: a whole batch with its head in one call; at 2.5 GB/s the other links wait 2 ms for it. */
export const SOCKET_PIECE_BYTES = 4 * 1024 * 1024 + 64 * 1024;
/** 1 MiB: a file blocks the worker for as long as the disk takes. */
const FILE_PIECE_BYTES = 1024 * 1024;

/** A non-blocking socket or pipe. Owns the descriptor. */
export class SocketChannel implements ByteChannel {
	readonly pollFd: number;
	readonly pieceBytes = SOCKET_PIECE_BYTES;
	readonly #lowWater: ReceiveLowWater;

	constructor(fd: number) {
		this.pollFd = fd;
		this.#lowWater = new ReceiveLowWater(fd);
	}

	read(vector: IovecArray, first: number, count: number): number {
		return readVector(this.pollFd, vector, first, count);
	}

	write(vector: IovecArray, first: number, count: number): number {
		return writeVector(this.pollFd, vector, first, count);
	}

	wantAtLeast(bytes: number): void {
		this.#lowWater.set(bytes);
	}

	endWriting(): void {
		endSocketWriting(this.pollFd);
	}

	close(): void {
		closeDescriptor(this.pollFd);
	}

	errorOf(doing: string, errno: number): LinkError {
		return connectionError(doing, errno);
	}
}

/** A file or device, read and written at its own position. Owns the descriptor. */
export class FileChannel implements ByteChannel {
	readonly pollFd = undefined;
	readonly pieceBytes = FILE_PIECE_BYTES;
	readonly #fd: number;

	constructor(fd: number) {
		this.#fd = fd;
	}

	read(vector: IovecArray, first: number, count: number): number {
		return uninterrupted(() => readVector(this.#fd, vector, first, count));
	}

	write(vector: IovecArray, first: number, count: number): number {
		return uninterrupted(() => writeVector(this.#fd, vector, first, count));
	}

	wantAtLeast(): void {
		// A file never makes a reader wait for a part.
	}

	endWriting(): void {
		// A file has no peer that would read the end.
	}

	close(): void {
		closeDescriptor(this.#fd);
	}

	errorOf(doing: string, errno: number): LinkError {
		return fileError(doing, errno);
	}
}

function uninterrupted(call: () => number): number {
	let result = call();
	while (result === -Errno.EINTR) result = call();
	return result;
}
