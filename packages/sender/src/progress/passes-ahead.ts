/** Where a precopy stands: everything that what is left of it depends on, assumptions aside. */
export type PassesAhead = {
	/** Of the pass under way. */
	readonly remainingPages: number;
	/** Since the scan that it began with, or since the beginning. */
	readonly sinceScanMs: number;
	/** Passes that are over. */
	readonly iteration: number;
	/** Pages that may be dirty at most for the guest to be paused. */
	readonly neededPages: number;
	/** The guest is paused behind so many passes at the latest. */
	readonly maxIterations: number;
	/** Undefined: there is none. */
	readonly deadlineLeftMs: number | undefined;
};

/** What nobody knows, assumed one way or another. */
export type Assumption = {
	/** Pages that go out in a millisecond. */
	readonly pagesPerMs: number;
	/**
	 * Different pages that the guest dirties in so many milliseconds, each counted once: `dirtyPages` in `sinceMs` as a scan found them, and in other times by
	 * the power `exponent`: 1 where it never writes a page twice, near 0 where it writes the same few all the time.
	 */
	readonly dirty: {readonly dirtyPages: number; readonly sinceMs: number; readonly exponent: number};
	/** Pause, device state, handover and resume: what follows the last page. */
	readonly tailMs: number;
};

export type Ending = {
	/** Until the guest runs on the other host. */
	readonly leftMs: number;
	/** What ends the precopy: that what is needed is met, the limit of passes, or the deadline. */
	readonly by: 'needed' | 'iterations' | 'deadline';
	/** Passes that are still to come, the one under way included. */
	readonly passes: number;
	/** Dirty when the guest is paused. */
	readonly lastPages: number;
};

/** More passes are as good as no end. */
const MOST_PASSES = 1000;

/**
 * The passes that follow, played forward. Pass `n + 1` has the pages that the guest dirties during pass `n`, `d(n + 1) = D * (d(n) / v / T) ^ e`, for `D` pages found
 * after `T` milliseconds, `v` pages sent a millisecond and the exponent `e`. With `e = 1` that is the geometric series of the textbooks, with the ratio
 * of dirty rate and bandwidth (Clark et al., NSDI 2005; Nathan et al., SoCC 2015); a guest that rewrites a hot set has a smaller exponent, and its series
 * ends at a set that it never falls below. Undefined where it does not end. Pure.
 */
export function playForward(ahead: PassesAhead, {pagesPerMs, dirty, tailMs}: Assumption): Ending | undefined {
	let leftMs = 0;
	let pages = ahead.remainingPages;
	let intervalMs = ahead.sinceScanMs;
	for (let passes = 1; passes <= MOST_PASSES; passes++) {
		const passMs = pages / pagesPerMs;
		const dirtyIn = (ms: number): number => (ms <= 0 ? 0 : dirty.dirtyPages * (ms / dirty.sinceMs) ** dirty.exponent);
		const untilDeadlineMs = ahead.deadlineLeftMs === undefined ? Infinity : ahead.deadlineLeftMs - leftMs;
		if (untilDeadlineMs <= passMs) {
			const ms = Math.max(0, untilDeadlineMs);
			const lastPages = pages - ms * pagesPerMs + dirtyIn(intervalMs + ms);
			return {leftMs: leftMs + ms + lastPages / pagesPerMs + tailMs, by: 'deadline', passes, lastPages};
		}

		leftMs += passMs;
		const next = dirtyIn(intervalMs + passMs);
		const isNeeded = next <= ahead.neededPages;
		if (isNeeded || ahead.iteration + passes >= ahead.maxIterations)
			return {leftMs: leftMs + next / pagesPerMs + tailMs, by: isNeeded ? 'needed' : 'iterations', passes, lastPages: next};
		pages = next;
		intervalMs = 0;
	}

	return undefined;
}
