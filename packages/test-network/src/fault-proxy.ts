import {once} from 'node:events';
import {createServer, type Server, type Socket} from 'node:net';
import {ArmedFaults, type CutRule, type FlipRule, type Place} from './fault-proxy/faults.ts';
import {type Carried, type Conditions, type Flow, Relay} from './fault-proxy/relay.ts';
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

/** Of each connection so much is kept in any case. */
const KEPT_BYTES = 16;

/**
 * A TCP relay between two hosts of a lab that can cut, stall, delay, throttle, spoil and repeat what passes through it.
 * It listens on the same ports as the host behind it, on another loopback address. Faults at a byte are exact: everything before it has passed.
 */
export class FaultProxy implements AsyncDisposable {
	readonly #options: FaultProxyOptions;
	readonly #servers: Server[] = [];
	readonly #open = new Set<Relay>();
	/** In the order in which they came, those that are over included. */
	readonly #relays: Relay[] = [];
	readonly #faults = new ArmedFaults<Flow>();
	readonly #holds = new Set<PromiseWithResolvers<void>>();
	readonly #replays = new Set<Replay>();
	/** By port, how much of a connection's beginning a duplicate that is armed repeats. */
	readonly #keptBytes = new Map<number, number>();
	readonly #conditions: Conditions = {bytesPerSecond: undefined, delayMs: 0, stalled: undefined};
	#isDown = false;
	#unstall = (): void => {};

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
		return [...this.#open].filter(relay => relay.port === port).length;
	}

	/** The first bytes that the latest connection to this port carried forward; undefined before there were any. */
	firstBytesTo(port: number): Buffer | undefined {
		const latest = this.#relays.findLast(relay => relay.port === port && relay.carried.forward > 0);
		return latest === undefined ? undefined : Buffer.concat(latest.first).subarray(0, KEPT_BYTES);
	}

	/** What each connection to this port has carried, in the order in which they came; those that are over included. The numbers go on. */
	carried(port: number): readonly Carried[] {
		return this.#relays.filter(relay => relay.port === port).map(({carried}) => carried);
	}

	/** Cuts the next connection that reaches the byte. Resolves when it happened. */
	async cut(rule: CutRule): Promise<void> {
		return this.#arm(rule, async flow => {
			await flow.writer.flush();
			flow.relay.end(rule.how, flow);
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
		this.#keptBytes.set(port, Math.max(afterBytes, this.#keptBytes.get(port) ?? KEPT_BYTES));
		const {promise, resolve} = Promise.withResolvers<Replay>();
		this.#faults.arm({
			port,
			direction: 'forward',
			afterBytes,
			strike: flow => resolve(this.replay(port, Buffer.concat(flow.relay.first).subarray(0, afterBytes))),
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
		for (const relay of this.#open) relay.end(how);
	}

	up(): void {
		this.#isDown = false;
	}

	/** Passes nothing on, in either direction, until `unstall`: what a congested or frozen peer looks like. */
	stall(): void {
		if (this.#conditions.stalled !== undefined) return;
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#conditions.stalled = promise;
		this.#unstall = resolve;
	}

	unstall(): void {
		this.#conditions.stalled = undefined;
		this.#unstall();
	}

	/** Passes at most this many bytes a second on, each connection and direction by itself; undefined = as fast as it can. */
	throttle(bytesPerSecond: number | undefined): void {
		this.#conditions.bytesPerSecond = bytesPerSecond;
	}

	/** Passes everything that comes from now on so much later, in either direction. Costs no bandwidth. */
	delay(milliseconds: number): void {
		this.#conditions.delayMs = milliseconds;
	}

	/** Ends all faults, those that wait included. Connections that were cut with their sockets open are reset: what they lost does not come back. */
	heal(): void {
		this.#faults.clear();
		this.#keptBytes.clear();
		for (const held of this.#holds) held.resolve();
		this.up();
		this.unstall();
		this.throttle(undefined);
		this.delay(0);
		for (const relay of this.#open) if (relay.isMaimed) relay.end('reset');
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.heal();
		for (const replay of this.#replays) replay.end();
		for (const relay of this.#open) relay.end('reset');
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

		const relay = new Relay({
			client,
			target: {host: this.#options.targetHost, port},
			faults: this.#faults,
			conditions: this.#conditions,
			keptBytes: () => this.#keptBytes.get(port) ?? KEPT_BYTES,
			onClosed: () => this.#open.delete(relay),
		});
		this.#open.add(relay);
		this.#relays.push(relay);
	}
}
