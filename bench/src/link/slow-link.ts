import {once} from 'node:events';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {DelayLine, type LinkSettings} from './delay-line.ts';

/** How much may wait to enter the link, in time: the queue of a router, short enough not to act as a buffer. */
const QUEUE_MS = 5;

export type SlowLinkOptions = LinkSettings & {
	/** The address that it listens on and the one it passes connections to; the ports are the same on both. */
	readonly listenHost: string;
	readonly targetHost: string;
	readonly ports: readonly number[];
};

type Parcel = {readonly chunk: Buffer; readonly dueMs: number};

/** A TCP relay that acts as a link of a given rate and delay, each direction by itself and shared by all connections. Ends with its process. */
export class SlowLink {
	readonly #options: SlowLinkOptions;
	readonly #forward: DelayLine;
	readonly #backward: DelayLine;
	/** Bytes that connections to a port may still carry before they stall. */
	readonly #allowance = new Map<number, number>();
	#resumed = Promise.withResolvers<void>();

	private constructor(options: SlowLinkOptions) {
		this.#options = options;
		this.#forward = new DelayLine(options);
		this.#backward = new DelayLine(options);
	}

	static async listen(options: SlowLinkOptions): Promise<SlowLink> {
		const link = new SlowLink(options);
		await Promise.all(options.ports.map(async port => link.#listen(port)));
		return link;
	}

	/**
	 * Takes nothing more of connections to this port once they have carried so many bytes more, until `resume`: what a receiver that
	 * hangs looks like.
	 */
	stall(port: number, {afterBytes}: {readonly afterBytes: number}): void {
		this.#allowance.set(port, afterBytes);
	}

	resume(): void {
		this.#allowance.clear();
		this.#resumed.resolve();
		this.#resumed = Promise.withResolvers<void>();
	}

	async #listen(port: number): Promise<Server> {
		const server = createServer({allowHalfOpen: true}, client => {
			const target = connect({host: this.#options.targetHost, port, allowHalfOpen: true});
			for (const [socket, other] of [
				[client, target],
				[target, client],
			] as const) {
				socket.setNoDelay(true);
				// The end of one is passed on to the other, however it came about.
				socket.on('error', () => other.destroy());
			}

			void this.#relay(client, target, this.#forward, port);
			void this.#relay(target, client, this.#backward, port);
		});
		server.listen({host: this.#options.listenHost, port});
		await once(server, 'listening');
		return server;
	}

	/** Never rejects: a connection that breaks takes the other one with it. */
	async #relay(from: Socket, to: Socket, line: DelayLine, port: number): Promise<void> {
		const outlet = new Outlet(to);
		try {
			// One direction may end before the other: the end of reading must not close the socket.
			for await (const chunk of from.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) {
				await this.#mayPass(port, chunk.length);
				outlet.put({chunk, dueMs: line.enter(chunk.length, performance.now())});
				const waitMs = line.backlogMs(performance.now()) - QUEUE_MS;
				if (waitMs > 0) await delay(waitMs);
				await outlet.writable();
			}

			outlet.end();
		} catch {
			to.destroy();
		}
	}

	async #mayPass(port: number, bytes: number): Promise<void> {
		const allowed = this.#allowance.get(port);
		if (allowed === undefined) return;
		this.#allowance.set(port, allowed - bytes);
		while ((this.#allowance.get(port) ?? 0) < 0) await this.#resumed.promise;
	}
}

/** Writes parcels to a socket when they are due. */
class Outlet {
	readonly #to: Socket;
	readonly #parcels: Parcel[] = [];
	#timer: NodeJS.Timeout | undefined;
	#hasEnded = false;

	constructor(to: Socket) {
		this.#to = to;
	}

	put(parcel: Parcel): void {
		this.#parcels.push(parcel);
		this.#schedule();
	}

	/** Resolves when the socket takes more. Rejects when it is closed. */
	async writable(): Promise<void> {
		if (!this.#to.writableNeedDrain) return;
		const closed = new AbortController();
		const abort = (): void => closed.abort();
		this.#to.once('close', abort);
		try {
			await once(this.#to, 'drain', {signal: closed.signal});
		} finally {
			this.#to.off('close', abort);
		}
	}

	/** Ends the socket behind the last parcel. */
	end(): void {
		this.#hasEnded = true;
		if (this.#parcels.length === 0) this.#to.end();
	}

	#schedule(): void {
		const [next] = this.#parcels;
		if (next === undefined || this.#timer !== undefined) return;
		this.#timer = setTimeout(() => this.#deliver(), Math.max(0, next.dueMs - performance.now()));
	}

	#deliver(): void {
		this.#timer = undefined;
		const nowMs = performance.now();
		const due = this.#parcels.findIndex(({dueMs}) => dueMs > nowMs);
		for (const {chunk} of this.#parcels.splice(0, due === -1 ? this.#parcels.length : due)) this.#to.write(chunk);
		if (this.#hasEnded && this.#parcels.length === 0) this.#to.end();
		this.#schedule();
	}
}

async function delay(milliseconds: number): Promise<void> {
	await new Promise(resolve => {
		setTimeout(resolve, milliseconds);
	});
}
