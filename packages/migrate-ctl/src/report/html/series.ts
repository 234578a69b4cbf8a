import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {MigrationRecord, SideRecord} from '../record.ts';
import {interruptionsOf} from '../facts.ts';

/** A value at a moment, in milliseconds since the Unix epoch; undefined: not known from here on, a gap. */
export type Point = {readonly atMs: number; readonly value: number | undefined};

/** What the plots show, each a list in the order of time. */
export type Series = {
	/** Bytes of guest memory that a scan found dirty, or that the precopy had still to send. */
	readonly dirty: readonly Point[];
	/** Bytes of the full pass that were still to go. */
	readonly remaining: readonly Point[];
	/** Bytes a second on the wire. */
	readonly bandwidth: readonly Point[];
	readonly dirtyRate: readonly Point[];
	/** Bytes a second that were allowed; a gap where there was no limit. */
	readonly limit: readonly Point[];
	/** Pages a second, between two samples. */
	readonly pages: readonly Point[];
};

export function seriesOf({main}: MigrationRecord): Series {
	const gaps = gapsOf(main);
	const {samples} = main;
	return {
		dirty: withGaps(dirtyPoints(main), gaps),
		remaining: withGaps(
			samples.map(({atMs, remainingPages}) => ({atMs, value: remainingPages * PAGE_SIZE_BYTES})),
			gaps,
		),
		bandwidth: withGaps(
			samples.map(({atMs, bandwidthBytesPerSecond: value}) => ({atMs, value})),
			gaps,
		),
		dirtyRate: withGaps(
			// Until the first scan nothing is known of it.
			samples.map(({atMs, iteration, dirtyBytesPerSecond: value}) => ({atMs, value: iteration === 0 && value === 0 ? undefined : value})),
			gaps,
		),
		limit: limitPoints(main),
		pages: withGaps(throughput(samples), gaps),
	};
}

function dirtyPoints({scans, samples}: SideRecord): Point[] {
	const last = scans.at(-1);
	if (last !== undefined) {
		// What the last scan found is what there is to know until the samples end.
		const untilMs = Math.max(last.atMs, samples.at(-1)?.atMs ?? 0);
		return [...scans, {...last, atMs: untilMs}].map(({atMs, dirtyPages}) => ({atMs, value: dirtyPages * PAGE_SIZE_BYTES}));
	}

	return samples.flatMap(({atMs, dirtyPages}) => (dirtyPages === undefined ? [] : [{atMs, value: dirtyPages * PAGE_SIZE_BYTES}]));
}

/** Samples tell it as it changes; where none does, it is the one that it began with. */
function limitPoints({samples, begin}: SideRecord): Point[] {
	const isSampled = samples.some(({bandwidthLimitBytesPerSecond: limit}) => limit !== undefined);
	const first = begin?.bandwidthLimitBytesPerSecond ?? undefined;
	return samples.map(({atMs, bandwidthLimitBytesPerSecond: limit}) => ({atMs, value: isSampled ? limit : first}));
}

/** Shorter between two samples, a rate says nothing. */
const LEAST_INTERVAL_MS = 20;

function throughput(samples: SideRecord['samples']): Point[] {
	const points: Point[] = [];
	let before = samples[0];
	for (const sample of samples) {
		if (before === undefined || sample.atMs - before.atMs < LEAST_INTERVAL_MS) continue;
		const pages = Math.max(0, sample.pagesSent - before.pagesSent);
		const value = (pages * 1000) / (sample.atMs - before.atMs);
		if (points.length === 0) points.push({atMs: before.atMs, value});
		points.push({atMs: sample.atMs, value});
		before = sample;
	}

	return points;
}

function gapsOf(main: SideRecord): number[] {
	return interruptionsOf(main).map(({fromMs}) => fromMs);
}

/** A line ends where the connection was lost, and begins anew behind it. */
function withGaps(points: readonly Point[], gaps: readonly number[]): Point[] {
	if (gaps.length === 0) return [...points];
	return [...points, ...gaps.map(atMs => ({atMs, value: undefined}))].toSorted((a, b) => a.atMs - b.atMs);
}

/**
 * At most about two points for each of `buckets` equal parts of the time: the least and the greatest of each, so that every peak stays. What is thinned
 * looks on a plot of as many columns as all of it would.
 */
export function thin(points: readonly Point[], buckets: number): readonly Point[] {
	const [first, last] = [points[0], points.at(-1)];
	if (first === undefined || last === undefined || points.length <= buckets * 2) return points;
	const width = (last.atMs - first.atMs) / buckets || 1;
	const kept: Point[] = [];
	let bucket: Point[] = [];
	let at = 0;
	const flush = (): void => {
		const known = bucket.filter(({value}) => value !== undefined);
		const gap = bucket.find(({value}) => value === undefined);
		const ends = known.length <= 2 ? known : [pick(known, Math.min), pick(known, Math.max)];
		kept.push(...new Set([...ends, ...(gap === undefined ? [] : [gap])].toSorted((a, b) => a.atMs - b.atMs)));
		bucket = [];
	};
	for (const point of points) {
		const index = Math.min(buckets - 1, Math.floor((point.atMs - first.atMs) / width));
		if (index !== at) {
			flush();
			at = index;
		}

		bucket.push(point);
	}

	flush();
	return kept;
}

function pick(points: readonly Point[], better: (a: number, b: number) => number): Point {
	return points.reduce((best, point) => (better(best.value ?? 0, point.value ?? 0) === best.value ? best : point));
}
