import {MAX_PIECE_BYTES} from './blocks.ts';
import type {ByteSocket} from './byte-socket.ts';
import type {DiskImage} from './disk-image.ts';
import {Command, CommandFlag, NbdError, type NbdRequest, parseRequest, REPLY_BYTES, REQUEST_BYTES, writeReply} from './nbd-wire.ts';

/** Bytes that are being read for one client at a time; one read is always made. */
const MAX_READING_BYTES = 8 * MAX_PIECE_BYTES;

/** Reads and flushes that are under way for one client at a time. */
const MAX_PENDING = 64;

const KNOWN_FLAGS = CommandFlag.fua | CommandFlag.noHole;

/**
 * Serves one client's requests until it is gone, or does not speak as it must: that ends the connection. Requests are taken up in their order. Reads and
 * flushes are made beside what follows; a write is made before the next request is looked at, and waits for the log to have room.
 */
export async function serveRequests(socket: ByteSocket, image: DiskImage): Promise<void> {
	const client = new NbdClient(socket, image);
	while (await client.serveNext());
	await client.settle();
}

class NbdClient {
	readonly #socket: ByteSocket;
	readonly #image: DiskImage;
	readonly #pending = new Set<Promise<void>>();
	#readingBytes = 0;

	constructor(socket: ByteSocket, image: DiskImage) {
		this.#socket = socket;
		this.#image = image;
	}

	/** False where nothing is to be expected any more. */
	async serveNext(): Promise<boolean> {
		await this.#socket.whenDrained();
		while (this.#pending.size >= MAX_PENDING) await Promise.race(this.#pending);
		const head = await this.#socket.take(REQUEST_BYTES);
		const request = head && parseRequest(head);
		if (request === undefined || request.command === Command.disconnect) return false;
		switch (request.command) {
			case Command.read:
				await this.#startRead(request);
				return true;
			case Command.write:
				return this.#write(request);
			case Command.writeZeroes:
				return this.#writeZeros(request);
			case Command.flush:
				this.#beside(this.#flush(request));
				return true;
			default:
				this.#reply(request, NbdError.invalid);
				return true;
		}
	}

	async settle(): Promise<void> {
		await Promise.all(this.#pending);
	}

	async #startRead(request: NbdRequest): Promise<void> {
		if (!this.#isInside(request) || request.length > MAX_PIECE_BYTES) {
			this.#reply(request, NbdError.invalid);
			return;
		}

		while (this.#readingBytes > 0 && this.#readingBytes + request.length > MAX_READING_BYTES) await Promise.race(this.#pending);
		this.#beside(this.#read(request));
	}

	async #read(request: NbdRequest): Promise<void> {
		const {offset, length} = request;
		this.#readingBytes += length;
		try {
			const answer = Buffer.allocUnsafeSlow(REPLY_BYTES + length);
			await this.#image.read(answer.subarray(REPLY_BYTES), offset);
			writeReply(answer, request.handle, NbdError.none);
			this.#socket.write(answer);
		} catch (error) {
			this.#reply(request, errorOf(error));
		} finally {
			this.#readingBytes -= length;
		}
	}

	async #write(request: NbdRequest): Promise<boolean> {
		// More than it was told: where its request ends, and another begins, would cost the memory that this is to save.
		if (request.length > MAX_PIECE_BYTES) return false;
		const bytes = await this.#socket.take(request.length);
		if (bytes === undefined) return false;
		if (!this.#isInside(request)) this.#reply(request, NbdError.invalid);
		else if (!(await this.#hasRoom())) return false;
		else
			this.#finishWrite(
				request,
				attempt(() => this.#image.write(bytes, request.offset)),
			);
		return true;
	}

	async #writeZeros(request: NbdRequest): Promise<boolean> {
		if (!this.#isInside(request)) {
			this.#reply(request, NbdError.invalid);
			return true;
		}

		let error: NbdError = NbdError.none;
		for (let at = 0; at < request.length && error === NbdError.none; at += MAX_PIECE_BYTES) {
			if (!(await this.#hasRoom())) return false;
			const length = Math.min(MAX_PIECE_BYTES, request.length - at);
			error = attempt(() => this.#image.writeZeros(request.offset + at, length));
		}

		this.#finishWrite(request, error);
		return true;
	}

	#finishWrite(request: NbdRequest, error: NbdError): void {
		if (error === NbdError.none && (request.flags & CommandFlag.fua) !== 0) this.#beside(this.#flush(request));
		else this.#reply(request, error);
	}

	async #flush(request: NbdRequest): Promise<void> {
		try {
			await this.#image.flush();
			this.#reply(request, NbdError.none);
		} catch (error) {
			this.#reply(request, errorOf(error));
		}
	}

	/** Resolves when a write may be made; false where the client is gone meanwhile: it never asked, for all that anybody knows. */
	async #hasRoom(): Promise<boolean> {
		let isGone = false;
		for (let room = this.#image.log.whenRoom(); room !== undefined && !isGone; room = this.#image.log.whenRoom()) {
			isGone = await Promise.race([room.then(() => false), this.#socket.closed.then(() => true)]);
		}

		return !isGone;
	}

	#isInside({flags, offset, length}: NbdRequest): boolean {
		return (flags & ~KNOWN_FLAGS) === 0 && this.#image.hasRange(offset, length);
	}

	#reply({handle}: NbdRequest, error: NbdError): void {
		const reply = Buffer.allocUnsafe(REPLY_BYTES);
		writeReply(reply, handle, error);
		this.#socket.write(reply);
	}

	#beside(work: Promise<void>): void {
		this.#pending.add(work);
		void work.finally(() => this.#pending.delete(work));
	}
}

function attempt(write: () => void): NbdError {
	try {
		write();
		return NbdError.none;
	} catch (error) {
		return errorOf(error);
	}
}

function errorOf(error: unknown): NbdError {
	const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
	return code === 'ENOSPC' || code === 'EDQUOT' ? NbdError.noSpace : NbdError.io;
}
