import type {WriteScan} from './sample-writes.ts';

/** How many different pages a guest writes in so many milliseconds, 0 at 0: monotone and concave, as what is written again counts once. */
export type WriteCurve = (ms: number) => number;

/** Of a guest that writes nothing. */
export const NOTHING_WRITTEN: WriteCurve = () => 0;

type Point = {readonly ms: number; readonly pages: number};

/** Points of intervals that differ by less than this factor are of one length. */
const BIN_FACTOR = 1.3;

/**
 * The curve through the middle of what scans found. Intervals of one length are averaged; the sums of new pages since the sample's beginning
 * are points of long intervals. What lies below the upper hull of the points is taken for noise, and beyond the longest interval the last slope goes on, up to `mostPages`.
 */
export function writeCurve(scans: readonly WriteScan[], mostPages: number): WriteCurve {
	const hull = upperHull(averaged([...scans.map(({sinceMs, dirtyPages}) => ({ms: sinceMs, pages: dirtyPages})), ...cumulated(scans)]));
	return ms => Math.min(mostPages, interpolate(hull, Math.max(0, ms)));
}

/** Pages written since the beginning, once there were scans enough that the first ones do not count for much. */
function cumulated(scans: readonly WriteScan[]): Point[] {
	const longest = Math.max(0, ...scans.map(({sinceMs}) => sinceMs));
	const points: Point[] = [];
	let [ms, pages] = [0, 0];
	for (const {sinceMs, newPages} of scans) {
		ms += sinceMs;
		pages += newPages;
		if (ms > longest * BIN_FACTOR) points.push({ms, pages});
	}

	return points;
}

/** One point for all of about one length, ascending. */
function averaged(points: readonly Point[]): Point[] {
	const bins: Point[][] = [];
	for (const point of points.filter(({ms}) => ms > 0).toSorted((one, other) => one.ms - other.ms)) {
		const bin = bins.at(-1);
		if (bin?.[0] !== undefined && point.ms < bin[0].ms * BIN_FACTOR) bin.push(point);
		else bins.push([point]);
	}

	return bins.map(bin => ({ms: mean(bin.map(({ms}) => ms)), pages: mean(bin.map(({pages}) => pages))}));
}

/** The least concave line from the origin that no point lies above, never falling. */
function upperHull(points: readonly Point[]): Point[] {
	const hull: Point[] = [{ms: 0, pages: 0}];
	for (const point of points) {
		for (;;) {
			const [before, last] = hull.slice(-2);
			if (before === undefined || last === undefined || slope(before, last) > slope(last, point)) break;
			hull.pop();
		}

		const last = hull.at(-1);
		hull.push({ms: point.ms, pages: Math.max(point.pages, last?.pages ?? 0)});
	}

	return hull;
}

function interpolate(hull: readonly Point[], ms: number): number {
	const next = hull.findIndex(point => point.ms >= ms);
	const [from, to] = next > 0 ? [hull[next - 1], hull[next]] : next === 0 ? [hull[0], hull[1]] : hull.slice(-2);
	if (from === undefined || to === undefined) return 0;
	return from.pages + slope(from, to) * (ms - from.ms);
}

function slope(from: Point, to: Point): number {
	return (to.pages - from.pages) / (to.ms - from.ms);
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
