/** Pages that the guest wrote in so many milliseconds, each once. */
export type Scan = {readonly dirtyPages: number; readonly sinceMs: number};

/** By what power the number of different dirty pages grows with time: what is likely, and between what. */
export type ExponentRange = {readonly low: number; readonly expected: number; readonly high: number};

/** Nothing to go by: from a guest that keeps writing a few pages to one that never writes a page twice. */
const UNKNOWN: ExponentRange = {low: 0.35, expected: 0.65, high: 1};

/** Two scans tell of the curve where one time is longer than the other by this factor: else what differs is noise. */
const TELLING = 1.3;

/** How far the next intervals may be off what the last ones were. More upwards: the shorter the time, the fewer pages are written twice in it. */
const SPREAD = {down: 0.1, up: 0.35};

const LEAST = 0.05;

/** Fits a power of the time to the last scans. Different pages over time are a concave curve, so that the power is 1 at most. Pure. */
export function exponentOf(scans: readonly Scan[]): ExponentRange {
	const [latest, ...earlier] = scans.toReversed();
	if (latest === undefined || latest.dirtyPages === 0) return UNKNOWN;
	for (const scan of earlier) {
		const times = scan.sinceMs / latest.sinceMs;
		if (scan.dirtyPages === 0 || (times < TELLING && times > 1 / TELLING)) continue;
		const expected = held(Math.log(scan.dirtyPages / latest.dirtyPages) / Math.log(times));
		return {low: held(expected - SPREAD.down), expected, high: held(expected + SPREAD.up)};
	}

	return UNKNOWN;
}

function held(exponent: number): number {
	return Math.min(1, Math.max(LEAST, exponent));
}
