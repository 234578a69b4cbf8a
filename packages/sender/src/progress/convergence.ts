import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {formatRate, formatSize} from '@sterna/host/units';
import type {IterationSummary} from '../engine/iteration-log.ts';
import type {Limits} from '../engine/policy/limits-policy.ts';
import {stalledWindow, STALL_DEFAULTS} from '../engine/policy/stall.ts';
import type {Scan} from './dirty-curve.ts';
import type {Ending} from './passes-ahead.ts';

/** Whether more passes bring the switch nearer, and by what that is known. */
export type Convergence = {readonly state: 'converges' | 'will-not-converge'; readonly because: string};

export type ConvergenceFacts = {
	/** The last ones, oldest first. */
	readonly scans: readonly Scan[];
	readonly iterations: readonly IterationSummary[];
	/** Pages that go out in a millisecond. */
	readonly pagesPerMs: number;
	readonly neededPages: number;
	/** How it is likely to end; undefined where it is not. */
	readonly expected: Ending | undefined;
	readonly limits: Pick<Limits, 'maxIterations' | 'onDeadline'>;
};

/** Scans that must agree: one alone may be a burst. */
const SCANS = 2;

/** A guest that dirties nearly as fast as the link takes does not get done either. */
const AS_FAST_AS_THE_LINK = 0.95;

/**
 * Undefined before the first scan, and while two scans do not agree. More passes do not help where the guest dirties as fast as the link takes, or where the
 * dirty set of the last passes did not fall; what ends it then is told too. Pure.
 */
export function convergenceOf(facts: ConvergenceFacts): Convergence | undefined {
	const {scans, iterations, neededPages, pagesPerMs} = facts;
	const last = scans.at(-1);
	if (last === undefined) return undefined;
	const because = describeEnd(facts, 'ends it');
	if (last.dirtyPages <= neededPages) return {state: 'converges', because: `${sizeOf(last.dirtyPages)} dirty are few enough`};
	const window = stalledWindow(iterations, STALL_DEFAULTS);
	if (window !== undefined) {
		const fell = `${sizeOf(window.fromPages)} dirty became ${sizeOf(window.toPages)}`;
		return {state: 'will-not-converge', because: `no progress in ${STALL_DEFAULTS.windowIterations} iterations, ${fell}; ${because}`};
	}

	const outrun = scans.slice(-SCANS).map(scan => rateOf(scan) >= pagesPerMs * AS_FAST_AS_THE_LINK);
	if (outrun.every(Boolean)) {
		const rates = `the guest dirties ${bytesPerSecond(rateOf(last))} and the link takes ${bytesPerSecond(pagesPerMs)}`;
		return {state: 'will-not-converge', because: `${rates}; ${because}`};
	}

	return outrun.at(-1) === true ? undefined : {state: 'converges', because: describeEnd(facts, 'comes first')};
}

/** `does`: what a limit does that is reached before what is waited for. */
function describeEnd({expected, limits: {maxIterations, onDeadline}}: ConvergenceFacts, does: string): string {
	if (expected === undefined) return 'it goes on until it is told otherwise';
	const {by, passes, lastPages} = expected;
	switch (by) {
		case 'needed':
			return `about ${passes} ${passes === 1 ? 'iteration' : 'iterations'} more`;
		case 'iterations':
			return `the limit of ${maxIterations} iterations ${does}, with about ${sizeOf(lastPages)} dirty`;
		case 'deadline':
			return onDeadline === 'abort' ? 'it aborts at its deadline' : `its deadline ${does}, with about ${sizeOf(lastPages)} dirty`;
	}
}

/** Pages a millisecond. */
function rateOf({dirtyPages, sinceMs}: Scan): number {
	return sinceMs > 0 ? dirtyPages / sinceMs : 0;
}

function bytesPerSecond(pagesPerMs: number): string {
	return formatRate(pagesPerMs * PAGE_SIZE_BYTES * 1000);
}

function sizeOf(pages: number): string {
	return formatSize(pages * PAGE_SIZE_BYTES);
}
