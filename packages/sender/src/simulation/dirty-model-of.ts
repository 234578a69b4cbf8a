import {partWritten, type DirtyClass, type DirtyModel} from './dirty-model.ts';
import {nonnegativeLeastSquares} from './nonnegative-least-squares.ts';

/** A scan of the dirty log, of a sample or a recording. */
export type DirtyScan = {
	/** Since the scan before, or since tracking began. */
	readonly sinceMs: number;
	/** Pages written meanwhile, each once. */
	readonly dirtyPages: number;
	/** Of them, those that the scan before found as well. */
	readonly againPages?: number | undefined;
	/** Pages that were found since tracking began, each once. */
	readonly everPages?: number | undefined;
};

/** So many different pages were written in an interval. */
export type WorkingSetPoint = {readonly intervalMs: number; readonly pages: number};

/** Intervals that differ by less than a tenth are one, and so are rates of classes that differ by less than half. */
const POINTS_A_DECADE = 24;
const RATES_A_DECADE = 6;

/** Scans nearer to each other than this tell of nothing but their own beginnings and ends. */
const SHORTEST_MS = 0.01;

/** Rates are looked for so far beyond the intervals that are known. */
const BEYOND = 10;

/** Errors count by their part of what was found, and of this part of the most that was found where that is more. */
const LEAST_PART = 0.02;

/**
 * The model whose working set (`uniquePages`) is nearest to what the scans found. A working set grows concavely with the interval (Denning and Schwartz 1972); one of
 * independent writers is a sum of 1 - e^-rt with weights that are numbers of pages, and a sweep's is min(1, t / period). The weights are found by non-negative least
 * squares over a grid of rates and periods, errors by their part. A scan tells of up to three intervals: its own; its own with the one before (pages of both, less those in both);
 * and all since tracking began. Where one interval alone is known the curve beyond it is not: it is taken half way between saturated and straight.
 */
export function dirtyModelOf(scans: readonly DirtyScan[], {memoryPages}: {readonly memoryPages: number}): DirtyModel {
	const points = together(workingSetPoints(scans));
	const most = Math.max(0, ...points.map(({pages}) => pages));
	const [first] = points;
	if (first === undefined || most === 0) return {classes: []};
	if (points.length === 1) return {classes: [ofOneInterval(first, memoryPages)]};
	const kinds = candidates(points);
	const fitted = fit(points, kinds, most);
	const sum = fitted.reduce((all, pages) => all + pages, 0);
	const pages = sum <= memoryPages ? fitted : fit([...points, ...ceiling(memoryPages)], kinds, most);
	const classes = kinds
		.map(({pattern, writesPerSecond}, index) => ({pattern, writesPerSecond, pages: pages[index] ?? 0}))
		.filter(kind => kind.pages >= 0.5);
	return {classes: withinMemory(classes, memoryPages)};
}

/** What scans say of the working set, each interval by itself. */
export function workingSetPoints(scans: readonly DirtyScan[]): WorkingSetPoint[] {
	const points: WorkingSetPoint[] = [];
	let trackedMs = 0;
	let before: DirtyScan | undefined;
	for (const scan of scans) {
		const {sinceMs, dirtyPages, againPages, everPages} = scan;
		trackedMs += sinceMs;
		if (sinceMs > 0) points.push({intervalMs: sinceMs, pages: dirtyPages});
		if (before !== undefined && againPages !== undefined)
			points.push({intervalMs: before.sinceMs + sinceMs, pages: before.dirtyPages + dirtyPages - againPages});
		if (before !== undefined && everPages !== undefined) points.push({intervalMs: trackedMs, pages: everPages});
		before = scan;
	}

	return points;
}

type Weighted = WorkingSetPoint & {readonly weight: number};

/** Points of nearly the same interval as their mean, by interval; each counts as the root of its number. */
function together(points: readonly WorkingSetPoint[]): Weighted[] {
	const groups = Map.groupBy(
		points.filter(({intervalMs}) => intervalMs >= SHORTEST_MS),
		({intervalMs}) => Math.round(Math.log10(intervalMs) * POINTS_A_DECADE),
	);
	return [...groups.values()]
		.map(group => ({
			intervalMs: mean(group.map(({intervalMs}) => intervalMs)),
			pages: mean(group.map(({pages}) => pages)),
			weight: Math.sqrt(group.length),
		}))
		.toSorted((one, other) => one.intervalMs - other.intervalMs);
}

/** Ways of writing whose working sets differ within the known intervals. */
function candidates(points: readonly WorkingSetPoint[]): Array<Omit<DirtyClass, 'pages'>> {
	const shortest = (points[0]?.intervalMs ?? 1) / BEYOND;
	const longest = (points.at(-1)?.intervalMs ?? 1) * BEYOND;
	const steps = Math.ceil(Math.log10(longest / shortest) * RATES_A_DECADE);
	const rates = Array.from({length: steps + 1}, (_, index) => 1000 / (shortest * (longest / shortest) ** (index / steps)));
	return (['random', 'sweep'] as const).flatMap(pattern => rates.map(writesPerSecond => ({pattern, writesPerSecond})));
}

/** Pages of each class. */
function fit(points: readonly Weighted[], kinds: ReadonlyArray<Omit<DirtyClass, 'pages'>>, most: number): Float64Array {
	const weights = points.map(({pages, weight}) => weight / Math.max(pages, LEAST_PART * most));
	const weighted = (value: (point: Weighted) => number): Float64Array =>
		Float64Array.from(points, (point, index) => value(point) * (weights[index] ?? 0));
	// In parts of the most that was found, so that the numbers are about 1.
	const columns = kinds.map(kind => weighted(({intervalMs}) => partWritten(kind, intervalMs) * most));
	return nonnegativeLeastSquares(
		columns,
		weighted(({pages}) => pages),
	).map(part => part * most);
}

/** A point that no set of more pages than there are comes near. */
function ceiling(memoryPages: number): Weighted[] {
	return [{intervalMs: Number.MAX_SAFE_INTEGER, pages: memoryPages, weight: 100}];
}

function withinMemory(classes: readonly DirtyClass[], memoryPages: number): DirtyClass[] {
	const sum = classes.reduce((all, {pages}) => all + pages, 0);
	const part = Math.min(1, memoryPages / Math.max(1, sum));
	return classes.map(kind => ({...kind, pages: kind.pages * part}));
}

/** Pages that are written once in the interval, in the mean. */
function ofOneInterval({intervalMs, pages}: WorkingSetPoint, memoryPages: number): DirtyClass {
	const all = Math.min(memoryPages, pages / -Math.expm1(-1));
	const part = Math.min(pages / all, 0.999);
	return {pages: all, writesPerSecond: (-Math.log1p(-part) * 1000) / intervalMs, pattern: 'random'};
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
