import {once} from 'node:events';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {DelayedWriter} from './fault-proxy/delayed-writer.ts';
import {ArmedFaults, type CutKind, type CutRule, type Direction, type FlipRule, type Place} from './fault-proxy/faults.ts';
import {Replay} from './fault-proxy/replay.ts';

export type FaultProxyOptions = {
	/** The address that the proxy listens on and the one it passes connections to; the ports are the same on both. */
	readonly listenHost: string;
	readonly targetHost: string;
	readonly ports: readonly number[];
};

/** A direction of a connection that stands still at a byte. */
export type Hold = {
	/** What the connection carried in this direction so far passed on; lets the rest follow. Idempotent. */
	readonly release: () => void;
};

/** One direction of one connection. */
type Flow = {
	readonly pair: Pair;
	readonly direction: Direction;
	readonly writer: DelayedWriter;
	/** What passed, as far as a duplicate that is armed may need it. */
	readonly first: Buffer[];
	passedBytes: number;
	/** Nothing more of this direction passes. */
	isCut: boolean;
};
type Pair = {
	readonly port: number;
	readonly client: Socket;
	readonly server: Socket;
	/** Nothing more passes either way. */
	isSilent: boolean;
	/** At least one direction was cut while the sockets stayed open. */
	isMaimed: boolean;
};

/**
 * A TCP relay between two hosts of a lab that can cut, stall, delay, throttle, spoil and repeat what passes through it.
 * It listens on the same ports as the host behind it, on another loopback address. Faults at a byte are exact: everything before it has passed.
 */
export class FaultProxy implements AsyncDisposable {
	readonly #options: FaultProxyOptions;
	readonly #servers: Server[] = [];
	readonly #pairs = new Set<Pair>();
	readonly #faults = new ArmedFaults<Flow>();
	readonly #holds = new Set<PromiseWithResolvers<void>>();
	readonly #replays = new Set<Replay>();
	readonly #firstBytes = new Map<number, Buffer>();
	/** By port, how much of a connection's beginning a duplicate that is armed repeats. */
	readonly #recordedBytes = new Map<number, number>();
	#isDown = false;
	#bytesPerSecond: number | undefined;
	#delayMs = 0;
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
	async cut(rule: CutRule): Promise<void> {
		return this.#arm(rule, async flow => {
			await flow.writer.flush();
			this.#end(flow.pair, rule.how, flow);
		});
	}

	/** Turns a bit of the next connection that carries the byte. Resolves when it happened. */
	async flip(rule: FlipRule): Promise<void> {
		return this.#arm(rule, (_flow, rest) => {
			rest[0] = (rest[0] ?? 0) ^ (1 << rule.bit);
		});
	}

	/** Holds the next connection that reaches the byte there, in this direction alone; all before it has passed. Resolves when it happened. */
	async hold(place: Place): Promise<Hold> {
		const held = Promise.withResolvers<void>();
		this.#holds.add(held);
		const {promise: reached, resolve} = Promise.withResolvers<void>();
		this.#faults.arm({
			...place,
			strike: async flow => {
				await flow.writer.flush();
				resolve();
				await held.promise;
				this.#holds.delete(held);
			},
		});
		await reached;
		return {release: held.resolve};
	}

	/**
	 * Repeats what the next connection to the port has said up to the byte, by a second connection beside it, as soon as it has said it.
	 * Resolves with that second one.
	 */
	async duplicate({port, afterBytes}: Omit<Place, 'direction'>): Promise<Replay> {
		this.#recordedBytes.set(port, Math.max(afterBytes, this.#recordedBytes.get(port) ?? 0));
		const {promise, resolve} = Promise.withResolvers<Replay>();
		this.#faults.arm({
			port,
			direction: 'forward',
			afterBytes,
			strike: flow => resolve(this.replay(port, Buffer.concat(flow.first).subarray(0, afterBytes))),
		});
		return promise;
	}

	/** Connects to the port behind the proxy and says `bytes`. Ends with the proxy at the latest. */
	replay(port: number, bytes: Uint8Array): Replay {
		const replay = new Replay({host: this.#options.targetHost, port}, bytes);
		this.#replays.add(replay);
		return replay;
	}

	/** Cuts every connection now and lets no new one through until `up`. */
	down(how: 'reset' | 'silent' = 'reset'): void {
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

	/** Passes everything that comes from now on so much later, in either direction. Costs no bandwidth. */
	delay(milliseconds: number): void {
		this.#delayMs = milliseconds;
	}

	/** Ends all faults, those that wait included. Connections that were cut with their sockets open are reset: what they lost does not come back. */
	heal(): void {
		this.#faults.clear();
		this.#recordedBytes.clear();
		for (const held of this.#holds) held.resolve();
		this.up();
		this.unstall();
		this.throttle(undefined);
		this.delay(0);
		for (const pair of this.#pairs) if (pair.isMaimed) this.#end(pair, 'reset');
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.heal();
		for (const replay of this.#replays) replay.end();
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

	async #arm(place: Place, strike: (flow: Flow, rest: Uint8Array) => void | Promise<void>): Promise<void> {
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#faults.arm({
			...place,
			strike: async (flow, rest) => {
				await strike(flow, rest);
				resolve();
			},
		});
		return promise;
	}

	#accept(client: Socket, port: number): void {
		if (this.#isDown) {
			client.resetAndDestroy();
			return;
		}

		const server = connect({host: this.#options.targetHost, port, allowHalfOpen: true});
		const pair: Pair = {port, client, server, isSilent: false, isMaimed: false};
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
		const writer = new DelayedWriter(to, () => this.#delayMs);
		const flow: Flow = {pair, direction, writer, first: [], passedBytes: 0, isCut: false};
		try {
			// One direction may end before the other: the end of reading must not close the socket.
			for await (const chunk of from.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) {
				await this.#stalled?.promise;
				await this.#pass(flow, chunk);
			}

			await writer.flush();
			if (!pair.isSilent && !flow.isCut) to.end();
		} catch {
			this.#end(pair, 'reset');
		}
	}

	/** Passes a piece on, and does what is to happen within it. */
	async #pass(flow: Flow, chunk: Buffer): Promise<void> {
		const {pair, direction} = flow;
		let rest = chunk;
		while (!pair.isSilent && !flow.isCut) {
			const fault = this.#faults.take(pair.port, direction, flow.passedBytes, rest.length);
			if (fault === undefined) {
				await this.#forward(flow, rest);
				return;
			}

			const length = fault.afterBytes - flow.passedBytes;
			await this.#forward(flow, rest.subarray(0, length));
			rest = rest.subarray(length);
			await fault.strike(flow, rest);
		}
	}

	async #forward(flow: Flow, part: Buffer): Promise<void> {
		if (part.length === 0) return;
		const {pair, direction} = flow;
		if (direction === 'forward') {
			if (flow.passedBytes === 0) this.#firstBytes.set(pair.port, part.subarray(0, 16));
			if (flow.passedBytes < (this.#recordedBytes.get(pair.port) ?? 0)) flow.first.push(part);
		}

		flow.passedBytes += part.length;
		await flow.writer.write(part);
		if (this.#bytesPerSecond !== undefined) await sleep((part.length / this.#bytesPerSecond) * 1000);
	}

	/** `flow`: the direction that it is about, for the kinds that spare the other. */
	#end(pair: Pair, how: CutKind, flow?: Flow): void {
		switch (how) {
			case 'reset':
				pair.client.resetAndDestroy();
				pair.server.resetAndDestroy();
				break;
			case 'silent':
				pair.isSilent = true;
				pair.isMaimed = true;
				break;
			case 'one-way':
			case 'half-close':
				if (flow === undefined) throw new TypeError(`${how} is of one direction`);
				flow.isCut = true;
				pair.isMaimed = true;
				if (how === 'half-close') (flow.direction === 'forward' ? pair.server : pair.client).end();
				break;
		}
	}
}
