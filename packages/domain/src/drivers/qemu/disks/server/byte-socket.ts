import type {Socket} from 'node:net';

/** A socket read in pieces of the length that is asked for. Nothing is read ahead of what the stream itself buffers. */
export class ByteSocket {
	/** Resolves when the connection is over, whatever ended it. */
	readonly closed: Promise<void>;
	readonly #socket: Socket;
	#changed = Promise.withResolvers<void>();

	constructor(socket: Socket) {
		this.#socket = socket;
		const change = (): void => {
			this.#changed.resolve();
			this.#changed = Promise.withResolvers();
		};
		this.closed = new Promise(resolve => {
			socket.on('close', () => {
				resolve();
				change();
			});
		});
		// What it means is told by the end that follows.
		socket.on('error', () => undefined);
		for (const event of ['readable', 'end', 'drain'] as const) socket.on(event, change);
	}

	/** The next bytes, exactly so many, the caller's; undefined where the connection ends before. */
	async take(length: number): Promise<Buffer<ArrayBuffer> | undefined> {
		if (length === 0) return Buffer.alloc(0);
		const bytes = await this.#read(length);
		// At the end there may be fewer.
		return bytes?.byteLength === length ? bytes : undefined;
	}

	/** Whatever comes next, at least a byte; undefined at the end. */
	async takeSome(): Promise<Buffer<ArrayBuffer> | undefined> {
		return this.#read();
	}

	/** Hands bytes over to the socket, which keeps them until they are sent. Of a connection that is over nothing is said. */
	write(bytes: Uint8Array): void {
		if (this.#socket.writable) this.#socket.write(bytes);
	}

	/** Resolves when not much is waiting to be sent any more, or the connection is over. */
	async whenDrained(): Promise<void> {
		while (this.#socket.writableNeedDrain && this.#socket.writable) await this.#changed.promise;
	}

	get isOpen(): boolean {
		return !this.#socket.destroyed;
	}

	/** Whether more waits to be sent than should. */
	get needsDrain(): boolean {
		return this.#socket.writableNeedDrain;
	}

	/** Ends the connection at once. Idempotent. */
	destroy(): void {
		this.#socket.destroy();
	}

	async #read(length?: number): Promise<Buffer<ArrayBuffer> | undefined> {
		for (;;) {
			const bytes = this.#socket.read(length) as Buffer<ArrayBuffer> | null;
			if (bytes !== null) return bytes;
			if (this.#socket.readableEnded || this.#socket.destroyed) return undefined;
			await this.#changed.promise;
		}
	}
}
