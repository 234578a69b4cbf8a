import {FIXED_DOWNTIME_MS} from '../engine/stats.ts';
import {exponentOf, type Scan} from './dirty-curve.ts';
import {type Ending, type PassesAhead, playForward} from './passes-ahead.ts';
import type {RateRange} from './rate-window.ts';

/** Milliseconds from now; `high` is undefined where the end may never come by itself, `expected` where that is likely. */
export type TimeLeft = {readonly lowMs: number; readonly expectedMs: number | undefined; readonly highMs: number | undefined};

/** What follows the last page: a workload guest at best; a QEMU with many devices on a busy host. */
export const TAIL_MS: RateRange = {low: FIXED_DOWNTIME_MS, expected: 30, high: 250};

/** Part of all pages that a guest dirties during the full pass, before the first scan has told: none, some, most. */
const UNSEEN_DIRTY: RateRange = {low: 0, expected: 0.15, high: 0.3};

/** How much more or less the guest may write than it did. */
const LIVELIER = 1.15;
const CALMER = 0.85;

export type Precopy = PassesAhead & {
	/** Of the guest. */
	readonly totalPages: number;
	/** Pages a millisecond. */
	readonly rate: RateRange;
	/** The last ones, oldest first. */
	readonly scans: readonly Scan[];
};

export type Outlook = {readonly left: TimeLeft; readonly expected: Ending | undefined};

/** How long a precopy and what follows it will take, played forward three times: with what is likely, and with all that is unknown turning out well, or badly. Pure. */
export function outlookOf(precopy: Precopy): Outlook {
	const {rate, scans} = precopy;
	const exponent = exponentOf(scans);
	const play = (which: keyof RateRange, factor: number): Ending | undefined => {
		const isGood = which === 'low';
		const pagesPerMs = isGood ? rate.high : which === 'high' ? rate.low : rate.expected;
		const scan = scans.at(-1) ?? {dirtyPages: precopy.totalPages * UNSEEN_DIRTY[which], sinceMs: precopy.totalPages / rate.expected};
		// Over shorter times than the scan's a guest with the larger exponent dirties less, over longer ones more.
		const grows = precopy.sinceScanMs + precopy.remainingPages / pagesPerMs > scan.sinceMs;
		return playForward(precopy, {
			pagesPerMs,
			dirty: {
				dirtyPages: Math.min(scan.dirtyPages * factor, precopy.totalPages),
				sinceMs: scan.sinceMs,
				exponent: which === 'expected' ? exponent.expected : isGood === grows ? exponent.low : exponent.high,
			},
			tailMs: TAIL_MS[which],
		});
	};
	const expected = play('expected', 1);
	const good = play('low', CALMER);
	const bad = play('high', LIVELIER);
	const expectedMs = expected?.leftMs;
	return {
		expected,
		// In order whatever was assumed: a deadline or a limit of passes may cut a bad one short.
		left: {
			lowMs: Math.min(good?.leftMs ?? Infinity, expectedMs ?? Infinity, bad?.leftMs ?? Infinity),
			expectedMs,
			highMs: good === undefined || bad === undefined ? undefined : Math.max(good.leftMs, expectedMs ?? 0, bad.leftMs),
		},
	};
}

/** The last pass of a guest that is paused already: `tailSpentMs` of what follows it are over. `rate`: pages a millisecond. */
export function lastPassLeft(remainingPages: number, rate: RateRange | undefined, tailSpentMs: number): TimeLeft {
	const after = (tailMs: number, pagesPerMs: number | undefined): number =>
		(pagesPerMs === undefined || remainingPages <= 0 ? 0 : remainingPages / pagesPerMs) + Math.max(0, tailMs - tailSpentMs);
	return {
		lowMs: after(TAIL_MS.low, rate?.high),
		expectedMs: after(TAIL_MS.expected, rate?.expected),
		highMs: after(TAIL_MS.high, rate?.low),
	};
}
