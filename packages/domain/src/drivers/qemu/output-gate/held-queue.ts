import type {QmpClient} from '../qmp/qmp-client.ts';

/** Microseconds of guest time after which a filter lets out what it holds, whatever is asked of it: the most that QEMU takes, 71 minutes. */
const FILTER_INTERVAL_US = 2 ** 32 - 1;

/** Whether an object of QEMU with this name is a filter of some `HeldQueue`. */
export function isHeldQueueFilter(name: string): boolean {
	return /^held\d+\.\d+$/.test(name);
}

/** What one filter of QEMU holds: of one epoch, or of the one under way, whose number is not known yet. */
type Held = {readonly id: string; epoch: number | undefined; readonly sinceMs: number};

/**
 * What a guest has said to one of its networks and that is not out: a chain of QEMU's `filter-buffer` objects, one for each epoch that was cut, and one for the
 * epoch under way. A filter that is added last stands nearest to the guest and takes everything; one that is deleted hands what it has to the next towards the wire.
 * So the oldest goes first, and what it had is out. Each method gives its commands before it returns, and leaves waiting for them to its caller.
 */
export class HeldQueue {
	readonly #monitor: Pick<QmpClient, 'execute'>;
	readonly #netdev: string;
	/** Begins the names of its filters. */
	readonly #prefix: string;
	/** From the wire to the guest. */
	readonly #chain: Held[];
	#lastNumber: number;

	/**
	 * `index`: of the network in the guest's definition. `found`: filters that an earlier daemon has left, of all networks. Nothing is known of their
	 * epochs: what they hold counts as part of the one under way.
	 */
	constructor(monitor: Pick<QmpClient, 'execute'>, netdev: string, index: number, found: readonly string[]) {
		this.#monitor = monitor;
		this.#netdev = netdev;
		// Short: QEMU reads a command byte by byte, with one turn of its main loop, 4 µs, for each.
		this.#prefix = `held${index}.`;
		const numbers = found.flatMap(id => (id.startsWith(this.#prefix) ? [Number(id.slice(this.#prefix.length))] : []));
		const ids = numbers.toSorted((a, b) => a - b).map(number => `${this.#prefix}${number}`);
		// How old they are QEMU does not say.
		this.#chain = ids.map(id => ({id, epoch: undefined, sinceMs: Number.NEGATIVE_INFINITY}));
		this.#lastNumber = Math.max(0, ...numbers);
	}

	/** Epochs that were cut and not released; those of an earlier daemon not among them. */
	get epochs(): number {
		return new Set(this.#chain.map(({epoch}) => epoch).filter(epoch => epoch !== undefined)).size;
	}

	/** Whether anything is held that the guest says now. */
	get holds(): boolean {
		return this.#chain.length > 0;
	}

	/** Begins to hold. */
	add(): Promise<unknown> {
		const id = this.#nextId();
		this.#chain.push({id, epoch: undefined, sinceMs: performance.now()});
		return this.#addFilter(id);
	}

	/** What the guest said up to now is of this epoch. It stands still. */
	cut(epoch: number): Promise<unknown> {
		for (const held of this.#chain) held.epoch ??= epoch;
		return this.add();
	}

	/** Lets out what is of epochs up to this one. */
	release(epoch: number): Promise<unknown> {
		const last = this.#chain.findLastIndex(held => held.epoch !== undefined && held.epoch <= epoch);
		return this.#delete(this.#chain.splice(0, last + 1));
	}

	/** Lets out everything, and holds nothing any more. */
	open(): Promise<unknown> {
		return this.#delete(this.#chain.splice(0));
	}

	/** Hands on what a filter has held since before `beforeMs` to a new one in its place, so that it lets out nothing by itself. */
	renew(beforeMs: number): Promise<unknown> {
		const commands: Promise<unknown>[] = [];
		const newest = this.#chain.at(-1);
		// Behind the newest one its successor stands: nothing gets past the two while one takes over from the other.
		if (newest !== undefined && newest.sinceMs < beforeMs) commands.push(this.add());
		for (const [index, {id: old, epoch, sinceMs}] of this.#chain.entries()) {
			if (sinceMs >= beforeMs) continue;
			const id = this.#nextId();
			commands.push(this.#addFilter(id, old), this.#deleteFilter(old));
			this.#chain[index] = {id, epoch, sinceMs: performance.now()};
		}

		return Promise.all(commands);
	}

	#nextId(): string {
		this.#lastNumber += 1;
		return `${this.#prefix}${this.#lastNumber}`;
	}

	#addFilter(id: string, towardsWireOf?: string): Promise<unknown> {
		return this.#monitor.execute('object-add', {
			'qom-type': 'filter-buffer',
			id,
			netdev: this.#netdev,
			// What the backend receives: the guest's output.
			queue: 'rx',
			interval: FILTER_INTERVAL_US,
			...(towardsWireOf === undefined ? {} : {position: `id=${towardsWireOf}`, insert: 'before'}),
		});
	}

	#delete(held: readonly Held[]): Promise<unknown> {
		return Promise.all(held.map(async ({id}) => this.#deleteFilter(id)));
	}

	#deleteFilter(id: string): Promise<unknown> {
		return this.#monitor.execute('object-del', {id});
	}
}
