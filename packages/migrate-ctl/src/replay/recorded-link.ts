import {formatRate} from '@sterna/host/units';
import {LOOPBACK, type LinkModel} from '@sterna/sender/simulation';
import type {SideRecord} from '../report/record.ts';

/** A rate this near to the limit is the limit's, and says nothing of the link. */
const AT_LIMIT = 0.85;
/** A last pass of fewer bytes is in the socket before the link was any measure. */
const LEAST_BYTES = 8 * 1024 * 1024;
const LEAST_MS = 50;
const MAX_WINDOW_BYTES = 64 * 1024 * 1024;

/** The link that a migration had, by its own figures: how fast it was, and how fast it may be where a limit was in the way. */
export function recordedLink(side: SideRecord, firstPageAtMs: number): {readonly link: LinkModel; readonly assumptions: readonly string[]} {
	const limit = side.begin?.bandwidthLimitBytesPerSecond ?? undefined;
	const seen = seenRate(side, firstPageAtMs);
	const isLimited = limit !== undefined && seen !== undefined && seen >= AT_LIMIT * limit;
	const bare = isLimited ? lastPassRate(side) : seen;
	const bytesPerSecond = Math.max(bare ?? LOOPBACK.bytesPerSecond, isLimited ? limit : 0);
	const roundTripMs = side.peer?.roundTripMs ?? LOOPBACK.roundTripMs;
	const assumptions = [
		...(bare === undefined
			? [`the recording does not show how fast the link is without a limit: taken to be ${formatRate(bytesPerSecond)}`]
			: []),
		...(side.peer?.roundTripMs === undefined ? [`the round trip is not recorded: taken to be ${roundTripMs} ms`] : []),
	];
	return {
		link: {
			...LOOPBACK,
			bytesPerSecond,
			limitBytesPerSecond: limit,
			roundTripMs,
			// No smaller than what was on its way: the link was as fast as it was with it.
			windowBytes: Math.max(MAX_WINDOW_BYTES, (bytesPerSecond * roundTripMs) / 500),
			channels: side.begin?.channels ?? 1,
		},
		assumptions,
	};
}

/** Bytes a second while pages were sent; undefined where too few were. */
function seenRate({samples, phases, end}: SideRecord, firstPageAtMs: number): number | undefined {
	const endedAtMs = phases.find(({phase}) => phase === 'stop-and-copy')?.atMs ?? Infinity;
	const sending = samples.filter(({atMs, bytesSent}) => atMs > firstPageAtMs && atMs <= endedAtMs && bytesSent > 0);
	const [first, last] = [sending[0], sending.at(-1)];
	if (first !== undefined && last !== undefined && last.atMs - first.atMs >= LEAST_MS)
		return ((last.bytesSent - first.bytesSent) * 1000) / (last.atMs - first.atMs);
	if (end === undefined || !Number.isFinite(endedAtMs) || endedAtMs - firstPageAtMs < 1) return undefined;
	return (end.bytesSent * 1000) / (endedAtMs - firstPageAtMs);
}

/** Bytes a second of the last pass, for which no limit held. */
function lastPassRate({iterations, end, downtime}: SideRecord): number | undefined {
	const copyMs = downtime?.parts['copy'] ?? 0;
	if (end === undefined || end.pagesSent === 0 || copyMs <= 0) return undefined;
	const before = iterations.reduce((sum, {writtenPages}) => sum + writtenPages, 0);
	const bytes = ((end.pagesSent - before) * end.bytesSent) / end.pagesSent;
	return bytes < LEAST_BYTES ? undefined : (bytes * 1000) / copyMs;
}
