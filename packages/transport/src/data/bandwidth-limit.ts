import {nextSlot, type LimitState, type Slot} from './pacing.ts';

/** The cells of the shared memory. */
const FREE_NS = 0;
const BYTES_PER_SECOND = 1;
const CHANGES = 2;
const CELLS = 3;

/** A limit as data workers have it, for the functions below. */
export type SharedLimit = BigInt64Array<SharedArrayBuffer>;

/**
 * A limit on the bytes that any number of links hand to the kernel each second, all together. It is shared between threads and
 * may be changed at any time: waiting links follow within 50 ms. Times are of `process.hrtime.bigint()`, which all threads of a
 * process have in common.
 */
export class BandwidthLimit {
	/** For other threads. */
	readonly shared: SharedLimit;

	/** `bytesPerSecond`: undefined = no limit. Throws RangeError for a rate that is not above 0. */
	constructor(bytesPerSecond?: number) {
		this.shared = new BigInt64Array(new SharedArrayBuffer(CELLS * BigInt64Array.BYTES_PER_ELEMENT));
		if (bytesPerSecond !== undefined) this.set(bytesPerSecond);
	}

	/** The limit now; undefined = none. */
	get bytesPerSecond(): number | undefined {
		const rate = Atomics.load(this.shared, BYTES_PER_SECOND);
		return rate === 0n ? undefined : Number(rate);
	}

	/** Changes the limit; what was written before is forgotten. Rates are whole bytes a second, 1 at least. */
	set(bytesPerSecond: number | undefined): void {
		if (bytesPerSecond !== undefined && !(bytesPerSecond > 0)) throw new RangeError(`a bandwidth limit of ${bytesPerSecond} B/s`);
		const rate = bytesPerSecond === undefined ? 0n : BigInt(Math.max(1, Math.round(Math.min(bytesPerSecond, Number.MAX_SAFE_INTEGER))));
		Atomics.store(this.shared, BYTES_PER_SECOND, rate);
		// Behind the rate: a slot that is being taken at the old rate finds this cell changed, and is taken anew.
		Atomics.store(this.shared, FREE_NS, process.hrtime.bigint());
		Atomics.add(this.shared, CHANGES, 1n);
	}
}

/** How often the limit was changed: what was reserved before a change no longer counts. */
export function changesOf(shared: SharedLimit): bigint {
	return Atomics.load(shared, CHANGES);
}

/** Where a limit stands; undefined where there is none. */
export function stateOf(shared: SharedLimit): LimitState | undefined {
	// In this order: `set` writes them in the other one.
	const freeNs = Atomics.load(shared, FREE_NS);
	const rate = Atomics.load(shared, BYTES_PER_SECOND);
	return rate === 0n ? undefined : {freeNs, bytesPerSecond: Number(rate)};
}

/** Takes the next slot for so many bytes; undefined where there is no limit. */
export function takeSlot(shared: SharedLimit, bytes: number, nowNs: bigint): Slot | undefined {
	for (;;) {
		const state = stateOf(shared);
		if (state === undefined) return undefined;
		const slot = nextSlot(state, bytes, nowNs);
		if (Atomics.compareExchange(shared, FREE_NS, state.freeNs, slot.endNs) === state.freeNs) return slot;
	}
}
