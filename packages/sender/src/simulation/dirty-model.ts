/** Pages of a guest that it writes in the same way. */
export type DirtyClass = {
	readonly pages: number;
	/** How often a second each of them is written, in the mean. */
	readonly writesPerSecond: number;
	/** `random`: each page whenever. `sweep`: one after another, over and over. */
	readonly pattern: 'random' | 'sweep';
};

/** How the guest's pace differs from the model's in the course of the time: a factor until that moment, in milliseconds since tracking began. */
export type Pace = {readonly untilMs: number; readonly factor: number};

/** Which pages a guest writes, and how fast. Classes have no page in common; what is in none is never written. */
export type DirtyModel = {
	readonly classes: readonly DirtyClass[];
	/** By time; the last one holds for ever. Undefined: the pace is the model's. */
	readonly pace?: readonly Pace[] | undefined;
};

/**
 * Different pages that a guest is expected to write in an interval: the mean size of its working set of writes (Denning 1968). Grows with the interval, ever more slowly,
 * from 0 to all pages of the classes. A page that is written at random is missed with e^-rt (Poisson); one that is swept is met as soon as the sweep comes by.
 */
export function uniquePages({classes}: DirtyModel, intervalMs: number): number {
	return classes.reduce((sum, {pages, ...how}) => sum + pages * partWritten(how, intervalMs), 0);
}

/** The part of a class's pages that is written in an interval, 0 to 1. */
export function partWritten({writesPerSecond, pattern}: Omit<DirtyClass, 'pages'>, intervalMs: number): number {
	const writes = (writesPerSecond * Math.max(0, intervalMs)) / 1000;
	return pattern === 'sweep' ? Math.min(1, writes) : -Math.expm1(-writes);
}

/** The guest's own time between two moments, by its pace: milliseconds of the model. */
export function ownTimeBetween(pace: readonly Pace[] | undefined, fromMs: number, toMs: number): number {
	if (pace === undefined || pace.length === 0) return toMs - fromMs;
	let own = 0;
	let at = fromMs;
	for (const [index, {untilMs, factor}] of pace.entries()) {
		const end = index === pace.length - 1 ? toMs : Math.min(untilMs, toMs);
		if (end <= at) continue;
		own += (end - at) * factor;
		at = end;
	}

	return own;
}
