import {once} from 'node:events';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';

/** `forward` is from the one who connected to the one who listens: from sender to receiver. */
export type Direction = 'forward' | 'backward';

/** How a connection ends: `reset` is noticed at once by both ends, `silent` by neither: bytes vanish while both sockets stay open. */
export type CutKind = 'reset' | 'silent';

/** Where to cut: behind the first `afterBytes` bytes that a connection to `port` carries in `direction`. */
export type CutRule = {readonly port: number; readonly direction: Direction; readonly afterBytes: number; readonly how: CutKind};

export type FaultProxyOptions = {
	/** The address that the proxy listens on and the one it passes connections to; the ports are the same on both. */
	readonly listenHost: string;
	readonly targetHost: string;
	readonly ports: readonly number[];
};

type ArmedCut = CutRule & {readonly done: () => void};
type Pair = {readonly port: number; readonly client: Socket; readonly server: Socket; isSilent: boolean};

/**
 * A TCP relay between two hosts of a lab that can cut, stall and throttle what passes through it.
 * It listens on the same ports as the host behind it, on another loopback address.
 */
export class FaultProxy implements AsyncDisposable {
	readonly #options: FaultProxyOptions;
	readonly #servers: Server[] = [];
	readonly #pairs = new Set<Pair>();
	readonly #cuts = new Set<ArmedCut>();
	readonly #firstBytes = new Map<number, Buffer>();
	#isDown = false;
	#bytesPerSecond: number | undefined;
	#stalled: PromiseWithResolvers<void> | undefined;

	private constructor(options: FaultProxyOptions) {
		this.#options = options;
	}

	static async listen(options: FaultProxyOptions): Promise<FaultProxy> {
		const proxy = new FaultProxy(options);
		try {
			for (const port of options.ports) await proxy.#listen(port);
		} catch (error) {
			await proxy[Symbol.asyncDispose]();
			throw error;
		}

		return proxy;
	}

	/** Connections that are open through the proxy to this port, those that were cut silently included. */
	connectionCount(port: number): number {
		return [...this.#pairs].filter(pair => pair.port === port).length;
	}

	/** The first bytes that the latest connection to this port carried forward; undefined before there were any. */
	firstBytesTo(port: number): Buffer | undefined {
		return this.#firstBytes.get(port);
	}

	/** Cuts the next connection that reaches the byte. Resolves when it happened. */
	cut(rule: CutRule): Promise<void> {
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#cuts.add({...rule, done: resolve});
		return promise;
	}

	/** Cuts every connection now and lets no new one through until `up`. */
	down(how: CutKind = 'reset'): void {
		this.#isDown = true;
		for (const pair of this.#pairs) this.#end(pair, how);
	}

	up(): void {
		this.#isDown = false;
	}

	/** Passes nothing on, in either direction, until `unstall`: what a congested or frozen peer looks like. */
	stall(): void {
		this.#stalled ??= Promise.withResolvers<void>();
	}

	unstall(): void {
		this.#stalled?.resolve();
		this.#stalled = undefined;
	}

	/** Passes at most this many bytes a second on, each connection and direction by itself; undefined = as fast as it can. */
	throttle(bytesPerSecond: number | undefined): void {
		this.#bytesPerSecond = bytesPerSecond;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.unstall();
		this.#bytesPerSecond = undefined;
		for (const pair of this.#pairs) this.#end(pair, 'reset');
		await Promise.all(
			this.#servers.map(async server => {
				server.close();
				await once(server, 'close');
			}),
		);
	}

	async #listen(port: number): Promise<void> {
		const server = createServer({allowHalfOpen: true}, client => this.#accept(client, port));
		server.listen({host: this.#options.listenHost, port});
		await once(server, 'listening');
		this.#servers.push(server);
	}

	#accept(client: Socket, port: number): void {
		if (this.#isDown) {
			client.resetAndDestroy();
			return;
		}

		const server = connect({host: this.#options.targetHost, port, allowHalfOpen: true});
		const pair: Pair = {port, client, server, isSilent: false};
		this.#pairs.add(pair);
		for (const socket of [client, server]) {
			socket.setNoDelay(true);
			// A reset of one end is passed on to the other; the error itself is the point of this class.
			socket.on('error', () => this.#end(pair, 'reset'));
			socket.on('close', () => {
				if (client.closed && server.closed) this.#pairs.delete(pair);
			});
		}

		void this.#pump(pair, client, server, 'forward');
		void this.#pump(pair, server, client, 'backward');
	}

	/** Never rejects: whatever goes wrong with one end resets both. */
	async #pump(pair: Pair, from: Socket, to: Socket, direction: Direction): Promise<void> {
		let passedBytes = 0;
		try {
			// One direction may end before the other: the end of reading must not close the socket.
			for await (const chunk of from.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) {
				if (passedBytes === 0 && direction === 'forward') this.#firstBytes.set(pair.port, chunk.subarray(0, 16));
				await this.#stalled?.promise;
				if (pair.isSilent) continue;
				const cut = this.#cutWithin(pair.port, direction, passedBytes, chunk.length);
				const part = cut === undefined ? chunk : chunk.subarray(0, cut.afterBytes - passedBytes);
				passedBytes += part.length;
				if (part.length > 0 && !to.write(part)) await drained(to);
				if (cut !== undefined) {
					this.#cuts.delete(cut);
					await flushed(to);
					this.#end(pair, cut.how);
					cut.done();
					continue;
				}

				if (this.#bytesPerSecond !== undefined) await sleep((part.length / this.#bytesPerSecond) * 1000);
			}

			if (!pair.isSilent) to.end();
		} catch {
			this.#end(pair, 'reset');
		}
	}

	#cutWithin(port: number, direction: Direction, passedBytes: number, length: number): ArmedCut | undefined {
		for (const cut of this.#cuts) {
			if (cut.port === port && cut.direction === direction && cut.afterBytes >= passedBytes && cut.afterBytes < passedBytes + length)
				return cut;
		}

		return undefined;
	}

	#end(pair: Pair, how: CutKind): void {
		if (how === 'silent') {
			pair.isSilent = true;
			return;
		}

		pair.client.resetAndDestroy();
		pair.server.resetAndDestroy();
	}
}

/** Resolves when the socket takes more, or is closed. */
async function drained(socket: Socket): Promise<void> {
	const done = new AbortController();
	try {
		await Promise.race([once(socket, 'drain', {signal: done.signal}), once(socket, 'close', {signal: done.signal})]);
	} finally {
		done.abort();
	}
}

/** Resolves when the kernel has all that was written to the socket, so that a reset right after it loses none of it here. */
async function flushed(socket: Socket): Promise<void> {
	while (socket.writableLength > 0 && !socket.destroyed) await sleep(1);
}
