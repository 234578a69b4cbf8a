import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {FIXED_DOWNTIME_MS} from '../stats.ts';
import type {PrecopyPolicy, Requirement} from './decision.ts';

/**
 * Switches as soon as the expected downtime is within the target: the dirty set and rate of a scan, and the bandwidth, must be known. `maxDowntimeMs`
 * includes what a downtime costs before its first page.
 */
export function downtimeTarget({maxDowntimeMs}: {readonly maxDowntimeMs: number}): PrecopyPolicy {
	return ({expectedDowntimeMs, dirtyCount, bandwidthBytesPerSecond}) => {
		if (dirtyCount === undefined || expectedDowntimeMs === undefined || bandwidthBytesPerSecond === undefined)
			return {action: 'continue', because: `the downtime cannot be told yet; the target is ${maxDowntimeMs} ms`};
		if (expectedDowntimeMs <= maxDowntimeMs)
			return {action: 'stop-and-copy', because: `expected downtime ${expectedDowntimeMs.toFixed(1)} ms is within ${maxDowntimeMs} ms`};
		return {
			action: 'continue',
			because: `expected downtime ${expectedDowntimeMs.toFixed(1)} ms, the target is ${maxDowntimeMs} ms`,
			requires: requirement(maxDowntimeMs, expectedDowntimeMs, bandwidthBytesPerSecond),
		};
	};
}

function requirement(maxDowntimeMs: number, expectedDowntimeMs: number, bandwidthBytesPerSecond: number): Requirement {
	const pagesIn = (ms: number): number => Math.max(0, Math.floor((ms * bandwidthBytesPerSecond) / 1000 / PAGE_SIZE_BYTES));
	return {
		waitsFor: 'downtime',
		neededPages: pagesIn(maxDowntimeMs - FIXED_DOWNTIME_MS),
		dirtyPages: pagesIn(expectedDowntimeMs - FIXED_DOWNTIME_MS),
	};
}
