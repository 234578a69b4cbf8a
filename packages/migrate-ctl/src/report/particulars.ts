import type {RecordedFault} from '@sterna/host/record';
import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import {formatTime} from '../render/quantity.ts';
import {hostOf} from './facts.ts';
import type {MigrationRecord, SideRecord} from './record.ts';

/** Tables that both the text and the page show. */

export type Fact = readonly [name: string, value: string];

/** How it was to be moved. What was not recorded is left out. */
export function configurationOf({main, id}: MigrationRecord): Fact[] {
	const {begin, opened} = main;
	if (begin === undefined) return [];
	const {limits} = begin;
	const duration = (ms: number | null): string => (ms === null ? 'none' : formatDuration(ms));
	const facts: (readonly [string, string | undefined])[] = [
		['id', id],
		['memory', begin.memoryBytes === undefined ? undefined : formatSize(begin.memoryBytes)],
		['max iterations', limits === undefined ? undefined : String(limits.maxIterations)],
		['dirty threshold', limits === undefined ? undefined : `${limits.dirtyThresholdPages} pages`],
		['max downtime', limits === undefined ? undefined : duration(limits.maxDowntimeMs)],
		[
			'deadline',
			limits === undefined ? undefined : `${duration(limits.deadlineMs)}${limits.deadlineMs === null ? '' : `, then ${limits.onDeadline}`}`,
		],
		['on stall', limits?.onStall],
		['bandwidth limit', limitOf(begin.bandwidthLimitBytesPerSecond)],
		['channels', begin.channels === undefined ? undefined : String(begin.channels)],
		['compression', begin.compression],
		['stream', begin.stream],
		['proof', begin.proof],
		['tracker', trackerOf(begin.tracker, opened?.tracker)],
		['incarnation', begin.incarnation === undefined ? undefined : String(begin.incarnation)],
		['uuid', begin.uuid],
	];
	return facts.filter((fact): fact is Fact => fact[1] !== undefined && fact[1] !== '');
}

/** The one in use, with what was asked for where that was another: `pagemap-scan (auto)`. */
function trackerOf(configured: string | undefined, used: string | undefined): string | undefined {
	if (used === undefined) return configured;
	if (used === '') return undefined;
	return configured === undefined || configured === used ? used : `${used} (${configured})`;
}

function limitOf(limit: number | null | undefined): string | undefined {
	if (limit === undefined) return undefined;
	return limit === null ? 'none' : formatRate(limit);
}

/** What is known of the two hosts: versions, how far each recorded, and how their clocks stand. */
export function hostsOf(record: MigrationRecord): Fact[] {
	const facts: Fact[] = [];
	for (const side of ['sender', 'receiver'] as const) {
		const host = hostOf(record, side);
		const of = record[side];
		if (of !== undefined) facts.push([host, `${softwareOf(record, side)}; ${recorded(of)}`]);
		else if (record.direction === 'outgoing' || record.direction === 'incoming')
			facts.push([host, `${softwareOf(record, side)}; nothing that it recorded is here`]);
	}

	const clock = clockOf(record);
	return clock === undefined ? facts : [...facts, ['clocks', clock]];
}

function softwareOf(record: MigrationRecord, side: 'sender' | 'receiver'): string {
	const other = side === 'sender' ? record.receiver : record.sender;
	return record[side]?.begin?.software ?? other?.peer?.software ?? 'version not known';
}

function recorded({begin, end, lastAtMs}: SideRecord): string {
	const until =
		end === undefined ? `recorded until ${formatTime(lastAtMs)}, where it breaks off` : `recorded to its end, ${formatTime(end.atMs)}`;
	return begin === undefined ? `${until} (its beginning is missing)` : until;
}

/** How far the clocks were apart, with what it is known to. */
export function clockOf({main, source, target, receiver}: MigrationRecord): string | undefined {
	const peer = main.peer;
	if (peer?.offsetMs === undefined) return undefined;
	if (Math.abs(peer.offsetMs) <= (peer.uncertaintyMs ?? 0))
		return `of one time, as far as can be told (±${formatDuration(peer.uncertaintyMs ?? 0)})`;
	const ahead = peer.offsetMs >= 0 ? 'ahead of' : 'behind';
	const [other, own] = main === receiver ? [source, target] : [target, source];
	const within = peer.uncertaintyMs === undefined ? '' : `, known to ±${formatDuration(peer.uncertaintyMs)}`;
	const trip = peer.roundTripMs === undefined ? '' : `, round trip ${formatDuration(peer.roundTripMs)}`;
	return `${other} is ${formatDuration(Math.abs(peer.offsetMs))} ${ahead} ${own}${within}${trip}; times are ${own}'s`;
}

export type ErrorOfSide = {readonly atMs: number; readonly side: 'sender' | 'receiver'; readonly error: RecordedFault};

/** Every error of both ends, each once, in the order of time. */
export function errorsOf({lines}: Pick<MigrationRecord, 'lines'>): ErrorOfSide[] {
	const seen = new Set<string>();
	return lines.flatMap(line => {
		if (line.kind !== 'error' && line.kind !== 'link' && line.kind !== 'end') return [];
		const {error, atMs, side} = line;
		if (error === undefined) return [];
		const key = JSON.stringify([side, error.code, error.message, error.causes]);
		if (seen.has(key)) return [];
		seen.add(key);
		return [{atMs, side, error}];
	});
}
