import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {formatRate, formatSize} from '@sterna/host/units';
import type {IterationSummary} from '../engine/iteration-log.ts';
import type {Requirement} from '../engine/policy/decision.ts';
import type {PrecopyStats} from '../engine/stats.ts';

/** How many passes back a trend is taken over. */
const TREND_PASSES = 3;

/**
 * What must become true for the guest to be paused, where it is and which way it goes: `needs ≤ 180 MiB dirty at 726 MB/s, now 412 MiB, falling 60 MiB an
 * iteration`. One sentence without its full stop, for the display, events and recordings alike.
 */
export function whyNotYet(
	requires: Requirement,
	stats: Pick<PrecopyStats, 'iteration' | 'iterations' | 'bandwidthBytesPerSecond'>,
): string {
	const wanted = describeNeeded(requires, stats.bandwidthBytesPerSecond);
	// Until the first scan every page counts as dirty, and that one is not met says nothing.
	if (stats.iteration === 0) return `waits for the end of the first pass, then needs ${wanted}`;
	const trend = describeTrend(dirtyTrend(stats.iterations, requires.dirtyPages));
	return `needs ${wanted}, now ${sizeOf(requires.dirtyPages)}${trend}`;
}

function describeNeeded({waitsFor, neededPages}: Requirement, bandwidthBytesPerSecond: number | undefined): string {
	switch (waitsFor) {
		case 'downtime':
			return `≤ ${sizeOf(neededPages)} dirty${bandwidthBytesPerSecond === undefined ? '' : ` at ${formatRate(bandwidthBytesPerSecond)}`}`;
		case 'threshold':
			return `< ${sizeOf(neededPages)} dirty`;
	}
}

/**
 * Pages that the dirty set grew by from one pass to the next, in the mean of the last ones: negative where it falls. Undefined before there are two sets to compare:
 * what the full pass began with is no dirty set. `nowPages`: dirty at this moment.
 */
export function dirtyTrend(iterations: readonly IterationSummary[], nowPages: number): number | undefined {
	const sets = [...iterations.filter(({iteration}) => iteration > 1).map(({dirtyPages}) => dirtyPages), nowPages].slice(
		-(TREND_PASSES + 1),
	);
	const [first] = sets;
	if (first === undefined || sets.length < 2) return undefined;
	return (nowPages - first) / (sets.length - 1);
}

function describeTrend(pages: number | undefined): string {
	if (pages === undefined) return '';
	if (Math.abs(pages) < 1) return ', steady';
	return `, ${pages < 0 ? 'falling' : 'rising'} ${sizeOf(Math.abs(pages))} an iteration`;
}

function sizeOf(pages: number): string {
	return formatSize(pages * PAGE_SIZE_BYTES);
}
