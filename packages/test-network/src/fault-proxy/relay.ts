import {connect, type Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {DelayedWriter} from './delayed-writer.ts';
import type {ArmedFaults, CutKind, Direction} from './faults.ts';

/** What a connection has carried so far, in bytes. */
export type Carried = {readonly forward: number; readonly backward: number};

/** How all connections of a proxy are at the moment. */
export type Conditions = {
	/** Each connection and direction by itself; undefined: as fast as it can. */
	bytesPerSecond: number | undefined;
	/** One way. */
	delayMs: number;
	/** Nothing passes until it resolves. */
	stalled: Promise<void> | undefined;
};

/** One direction of a relayed connection. */
export type Flow = {
	readonly relay: Relay;
	readonly direction: Direction;
	readonly writer: DelayedWriter;
	/** Nothing more of this direction passes. */
	isCut: boolean;
};

export type RelayOptions = {
	/** The connection that came; owned by the relay. */
	readonly client: Socket;
	readonly target: {readonly host: string; readonly port: number};
	readonly faults: ArmedFaults<Flow>;
	readonly conditions: Conditions;
	/** How much of its beginning is kept, in bytes. */
	readonly keptBytes: () => number;
	readonly onClosed: () => void;
};

/** One connection that came to a proxy, and the one that goes on from there. */
export class Relay {
	readonly port: number;
	/** The beginning of what it carried forward. */
	readonly first: Buffer[] = [];
	readonly #options: RelayOptions;
	readonly #server: Socket;
	readonly #carried: Record<Direction, number> = {forward: 0, backward: 0};
	/** Nothing more passes either way. */
	#isOver = false;
	#isMaimed = false;

	constructor(options: RelayOptions) {
		const {client, target, onClosed} = options;
		this.port = target.port;
		this.#options = options;
		this.#server = connect({...target, allowHalfOpen: true});
		for (const socket of [client, this.#server]) {
			socket.setNoDelay(true);
			// A reset of one end is passed on to the other; the error itself is the point of all this.
			socket.on('error', () => this.end('reset'));
			socket.on('close', () => {
				if (client.closed && this.#server.closed) onClosed();
			});
		}

		void this.#pump(client, this.#server, 'forward');
		void this.#pump(this.#server, client, 'backward');
	}

	get carried(): Carried {
		return this.#carried;
	}

	/** At least one direction was cut while the sockets stayed open. */
	get isMaimed(): boolean {
		return this.#isMaimed;
	}

	/** `flow`: the direction that it is about, for the kinds that spare the other. */
	end(how: CutKind, flow?: Flow): void {
		switch (how) {
			case 'reset':
				this.#isOver = true;
				this.#options.client.resetAndDestroy();
				this.#server.resetAndDestroy();
				break;
			case 'silent':
				this.#isOver = true;
				this.#isMaimed = true;
				break;
			case 'one-way':
			case 'half-close':
				if (flow === undefined) throw new TypeError(`${how} is of one direction`);
				flow.isCut = true;
				this.#isMaimed = true;
				if (how === 'half-close') (flow.direction === 'forward' ? this.#server : this.#options.client).end();
				break;
		}
	}

	/** Never rejects: whatever goes wrong with one end resets both. */
	async #pump(from: Socket, to: Socket, direction: Direction): Promise<void> {
		const {conditions} = this.#options;
		const writer = new DelayedWriter(to, () => conditions.delayMs);
		const flow: Flow = {relay: this, direction, writer, isCut: false};
		try {
			// One direction may end before the other: the end of reading must not close the socket.
			for await (const chunk of from.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) {
				await conditions.stalled;
				await this.#pass(flow, chunk);
			}

			await writer.flush();
			if (!this.#isOver && !flow.isCut) to.end();
		} catch {
			this.end('reset');
		}
	}

	/** Passes a piece on, and does what is to happen within it. */
	async #pass(flow: Flow, chunk: Buffer): Promise<void> {
		const {direction} = flow;
		let rest = chunk;
		while (!this.#isOver && !flow.isCut) {
			const fault = this.#options.faults.take(this.port, direction, this.#carried[direction], rest.length);
			if (fault === undefined) {
				await this.#forward(flow, rest);
				return;
			}

			const length = fault.afterBytes - this.#carried[direction];
			await this.#forward(flow, rest.subarray(0, length));
			rest = rest.subarray(length);
			await fault.strike(flow, rest);
		}
	}

	async #forward({direction, writer}: Flow, part: Buffer): Promise<void> {
		if (part.length === 0) return;
		const {conditions, keptBytes} = this.#options;
		if (direction === 'forward' && this.#carried.forward < keptBytes()) this.first.push(part);
		this.#carried[direction] += part.length;
		await writer.write(part);
		if (conditions.bytesPerSecond !== undefined) await sleep((part.length / conditions.bytesPerSecond) * 1000);
	}
}
