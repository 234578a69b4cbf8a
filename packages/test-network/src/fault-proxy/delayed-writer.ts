import {once} from 'node:events';
import type {Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';

/** What may be under way at most; a longer pipe than any delay here fills. */
const MAX_UNDER_WAY_BYTES = 16 * 1024 * 1024;

/** Writes to a socket what it is given, in order, each piece after the delay that held when it came. A delay costs no bandwidth. */
export class DelayedWriter {
	readonly #to: Socket;
	readonly #delayMs: () => number;
	readonly #queue: {readonly chunk: Uint8Array; readonly dueMs: number}[] = [];
	#bytes = 0;
	#running: Promise<void> | undefined;
	#progress = Promise.withResolvers<void>();

	constructor(to: Socket, delayMs: () => number) {
		this.#to = to;
		this.#delayMs = delayMs;
	}

	/** Takes a piece, which the writer owns from then on. Resolves when there is room for the next one. */
	async write(chunk: Uint8Array): Promise<void> {
		const delayMs = this.#delayMs();
		if (delayMs === 0 && this.#running === undefined) {
			await writeTo(this.#to, chunk);
			return;
		}

		this.#queue.push({chunk, dueMs: performance.now() + delayMs});
		this.#bytes += chunk.length;
		this.#running ??= this.#run();
		while (this.#bytes > MAX_UNDER_WAY_BYTES) await this.#progress.promise;
	}

	/** Resolves when the kernel has everything, so that a reset right after it loses none of it here. */
	async flush(): Promise<void> {
		await this.#running;
		while (this.#to.writableLength > 0 && !this.#to.destroyed) await sleep(1);
	}

	async #run(): Promise<void> {
		for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
			const waitMs = next.dueMs - performance.now();
			if (waitMs > 0) await sleep(waitMs);
			await writeTo(this.#to, next.chunk);
			this.#bytes -= next.chunk.length;
			this.#progress.resolve();
			this.#progress = Promise.withResolvers<void>();
		}

		this.#running = undefined;
	}
}

/** Resolves when the socket takes more, or never will again. What ends it is its owner's affair. */
async function writeTo(socket: Socket, chunk: Uint8Array): Promise<void> {
	if (chunk.length === 0 || socket.destroyed || socket.write(chunk)) return;
	const done = new AbortController();
	const {signal} = done;
	try {
		await Promise.race([once(socket, 'drain', {signal}), once(socket, 'close', {signal})]);
	} catch {
		// The socket's own error.
	} finally {
		done.abort();
	}
}
