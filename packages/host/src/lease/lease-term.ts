const NS_PER_MS = 1_000_000n;
/** Of the term: far above what two clocks drift apart, which is below a thousandth even while they are being set right. */
const MARGIN_SHARE = 10;
/** For a guard that wakes late on a loaded machine, and for the guest's threads to stand still. */
const LEAST_MARGIN_MS = 250;

/** What a holder gives up of each term at its end, in milliseconds: a tenth, and 250 ms at least. */
export function leaseMarginMs(ttlMs: number): number {
	return Math.max(ttlMs / MARGIN_SHARE, LEAST_MARGIN_MS);
}

/**
 * CLOCK_BOOTTIME in nanoseconds up to which a lease of `ttlMs` can be relied on whose granting was asked for at `sentBootNs`. The store counts from a later moment,
 * that of the granting, and so ends it later: what it takes to get there and back is on the safe side.
 */
export function leaseUntilBootNs(sentBootNs: bigint, ttlMs: number): bigint {
	return sentBootNs + BigInt(Math.floor(ttlMs - leaseMarginMs(ttlMs))) * NS_PER_MS;
}
