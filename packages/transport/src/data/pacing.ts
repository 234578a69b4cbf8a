/**
 * The arithmetic of a bandwidth limit (the generic cell rate algorithm): time is handed out in slots, one after the other, each as long
 * as its bytes take at the rate. Whoever wants to write takes the next slot and waits for its beginning: so several writers share a limit
 * evenly, in the order in which they asked. Times are nanoseconds of one monotonic clock.
 */

/** How much of a second one slot is for, in milliseconds: a burst that the network's queues do not notice, 200 wake-ups a second. */
const SLOT_MS = 5;
/** Smallest slot: a few pages with their list. At 3 MB/s and below a slot is longer than `SLOT_MS`. */
const MIN_SLOT_BYTES = 16 * 1024;
/**
 * How far in the past a slot may begin: a writer that woke up late makes up for so much. More would let one that was idle send a burst,
 * less would cost a loaded host some of the rate.
 */
export const MAX_LATENESS_NS = 10_000_000n;

/** Where one limit stands: its rate, and the end of the last slot that was taken. */
export type LimitState = {readonly bytesPerSecond: number; readonly freeNs: bigint};

export type Slot = {
	/** When the bytes may be written at the earliest. */
	readonly startNs: bigint;
	/** When the next slot begins. */
	readonly endNs: bigint;
};

/** Where the next slot of a limit begins. */
function nextStartNs(freeNs: bigint, nowNs: bigint): bigint {
	const earliestNs = nowNs - MAX_LATENESS_NS;
	return freeNs > earliestNs ? freeNs : earliestNs;
}

/** Bytes of one slot at a rate. */
export function slotBytes(bytesPerSecond: number): number {
	return Math.max(MIN_SLOT_BYTES, Math.ceil((bytesPerSecond * SLOT_MS) / 1000));
}

/**
 * How much to take of each of several limits that hold at once. They let bytes go when the last of them does: one that would let them go
 * earlier gives what it has come to by then, so that waiting for the others costs nothing of its rate. Infinity = there is no limit.
 */
export function bytesToTake(limits: readonly LimitState[], nowNs: bigint): number {
	const atNs = limits.reduce((latest, {freeNs}) => (freeNs > latest ? freeNs : latest), nowNs);
	let least = Infinity;
	for (const {freeNs, bytesPerSecond} of limits) {
		const waitedSeconds = Number(atNs - nextStartNs(freeNs, nowNs)) / 1e9;
		least = Math.min(least, slotBytes(bytesPerSecond) + Math.floor(waitedSeconds * bytesPerSecond));
	}

	return least;
}

/** The next slot of a limit, for so many bytes. */
export function nextSlot({freeNs, bytesPerSecond}: LimitState, bytes: number, nowNs: bigint): Slot {
	const startNs = nextStartNs(freeNs, nowNs);
	return {startNs, endNs: startNs + BigInt(Math.ceil((bytes * 1e9) / bytesPerSecond))};
}
