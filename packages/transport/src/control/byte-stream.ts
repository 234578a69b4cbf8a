import {MAX_STREAM_FRAME_BYTES, type StreamData} from '@sterna/protocol/control';

/** Room for bytes that nobody has read yet, where an end asks for no other: a terminal's worth, and a fast link's on one host. */
export const STREAM_WINDOW_BYTES = 256 * 1024;

/** The same for a disk, whose bytes go to another host: 4 MiB, 100 MB/s over 40 ms. */
export const DISK_WINDOW_BYTES = 4 * 1024 * 1024;

/** Least that a frame takes of the room: a piece that waits costs more than its bytes. */
const LEAST_COST_BYTES = 256;

/**
 * The bytes that go each way while a request is open, as one end has them. Neither direction waits for the other, nor does any other request of
 * the connection: an end sends only what the other one has room for. To be read by one loop, which ends where the other end did, or throws what
 * ended the request; a piece is the reader's for good.
 */
export interface ByteStream extends AsyncIterable<Uint8Array> {
	/** Resolves when the other end has had room for all of it; the bytes may be changed then. One call at a time. Rejects when the request has ended. */
	write(bytes: Uint8Array): Promise<void>;
	/** Says that nothing follows in this direction. Idempotent. Rejects as `write`. */
	end(): Promise<void>;
}

export type StreamEndOptions = {
	/** Room for bytes that nobody has read yet, 64 KiB or more. */
	readonly windowBytes: number;
	/** Whether this end says the first word, as the server's does. */
	readonly opens: boolean;
	readonly post: (body: StreamData) => Promise<void>;
};

/** One end of a stream, between its reader and writer and the frames of its connection. docs/spec/control.md section 3. */
export class StreamEnd implements ByteStream {
	readonly #windowBytes: number;
	readonly #post: (body: StreamData) => Promise<void>;
	readonly #waiting: Uint8Array[] = [];
	/** Room that the other end knows of. */
	#granted = 0;
	/** Room that came free since it was told of any. */
	#free: number;
	#hasSpoken = false;
	#hasOtherEnded = false;
	/** Room at the other end. */
	#credit = 0;
	#hasEnded = false;
	#closed: {readonly error: Error | undefined} | undefined;
	#changed = Promise.withResolvers<void>();

	/** `post` hands a frame to the connection; it resolves when there is room for the next one. */
	constructor({windowBytes, opens, post}: StreamEndOptions) {
		this.#windowBytes = windowBytes;
		this.#post = post;
		this.#free = windowBytes;
		if (opens) this.#grant();
	}

	async write(bytes: Uint8Array): Promise<void> {
		if (this.#hasEnded) throw new TypeError('written behind the end');
		for (let at = 0; at < bytes.length;) {
			while (this.#credit < LEAST_COST_BYTES && this.#closed === undefined) await this.#changed.promise;

			this.#assertOpen();
			const data = bytes.subarray(at, at + Math.min(this.#credit, MAX_STREAM_FRAME_BYTES));
			at += data.length;
			this.#credit -= costOf(data);
			await this.#post({data, end: false, credit: 0});
		}
	}

	async end(): Promise<void> {
		if (this.#hasEnded) return;
		this.#hasEnded = true;
		while (!this.#hasSpoken && this.#closed === undefined) await this.#changed.promise;
		this.#assertOpen();
		await this.#post({data: new Uint8Array(0), end: true, credit: 0});
	}

	/** A frame of the other end. Throws Error where it says more than it may: its connection makes no sense any more. */
	accept({data, end, credit}: StreamData): void {
		const cost = costOf(data);
		if (this.#hasOtherEnded && (cost > 0 || end)) throw new Error('a stream goes on behind its end');
		if (cost > this.#granted) throw new Error(`${data.length} bytes of a stream where there is room for ${this.#granted}`);
		this.#granted -= cost;
		this.#hasOtherEnded ||= end;
		this.#credit = Math.min(this.#credit + credit, Number.MAX_SAFE_INTEGER);
		if (cost > 0 && this.#closed === undefined) this.#waiting.push(data);
		if (!this.#hasSpoken) this.#grant();
		this.#notify();
	}

	/** The request has ended, with an error where it failed: what waits can still be read, and nothing is written any more. Only the first call has an effect. */
	close(error?: Error): void {
		this.#closed ??= {error};
		this.#notify();
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
		for (;;) {
			const data = this.#waiting.shift();
			if (data !== undefined) {
				yield data;
				this.#free += costOf(data);
				if (this.#free * 2 >= this.#windowBytes) this.#grant();
			} else if (this.#hasOtherEnded) return;
			else if (this.#closed === undefined) await this.#changed.promise;
			else if (this.#closed.error === undefined) return;
			else throw this.#closed.error;
		}
	}

	#grant(): void {
		if (this.#closed !== undefined || this.#hasOtherEnded) return;
		const credit = this.#free;
		this.#hasSpoken = true;
		this.#granted += credit;
		this.#free = 0;
		// A connection that has ended closes its streams.
		this.#post({data: new Uint8Array(0), end: false, credit}).catch(() => undefined);
	}

	#assertOpen(): void {
		if (this.#closed !== undefined) throw this.#closed.error ?? new Error('the request has ended');
	}

	#notify(): void {
		const {resolve} = this.#changed;
		this.#changed = Promise.withResolvers();
		resolve();
	}
}

function costOf({length}: Uint8Array): number {
	return length === 0 ? 0 : Math.max(length, LEAST_COST_BYTES);
}
