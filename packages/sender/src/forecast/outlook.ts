import {policyOf, type Limits} from '../engine/policy/limits-policy.ts';
import {courseOf, type Change, type Model} from './course.ts';
import {foresee, type Foreseen} from './foresee.ts';
import {seededRandom} from './random.ts';

/** Of what is sure to nine in ten, and the middle. Milliseconds. */
export type Range = {readonly low: number; readonly middle: number; readonly high: number};

export type Outlook = {
	/** 0 to 1: how often the precopy ended as its target was met, and not as a limit was reached. */
	readonly likelihood: number;
	readonly total: Range;
	readonly downtime: Range;
	/** Why the precopy would most likely end. */
	readonly because: string;
};

/** Courses that are played: the ends of the range are the 5th of them from either side. */
const DEFAULT_COURSES = 100;

/** Plays a migration under these limits many times, each time with other values for what is not known for sure. The same model and limits give the same. */
export function outlookOf(
	model: Model,
	limits: Limits,
	{courses = DEFAULT_COURSES, ...change}: Change & {readonly courses?: number} = {},
): Outlook {
	const random = seededRandom(1);
	const policy = policyOf(limits);
	const all = Array.from({length: courses}, () => foresee(courseOf(model, change, random), policy));
	const middle = foresee(courseOf(model, change), policy);
	return {
		likelihood: all.filter(each => isTargetMet(each, limits)).length / courses,
		total: rangeOf(all.map(({totalMs}) => totalMs)),
		downtime: rangeOf(all.map(({downtimeMs}) => downtimeMs)),
		because: middle.because,
	};
}

/** Whether the precopy ended by what it was for: few enough pages, or the downtime that was asked for. */
export function isTargetMet({end, stats}: Foreseen, {dirtyThresholdPages, maxDowntimeMs}: Limits): boolean {
	const {dirtyCount, expectedDowntimeMs} = stats;
	if (end !== 'ended') return false;
	if (dirtyCount !== undefined && dirtyCount < dirtyThresholdPages) return true;
	return maxDowntimeMs !== undefined && expectedDowntimeMs !== undefined && dirtyCount !== undefined && expectedDowntimeMs <= maxDowntimeMs;
}

function rangeOf(values: readonly number[]): Range {
	const sorted = values.toSorted((one, other) => one - other);
	const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))] ?? 0;
	return {low: at(0.05), middle: at(0.5), high: at(0.95)};
}
