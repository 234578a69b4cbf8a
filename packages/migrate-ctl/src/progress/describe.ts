import type {DowntimeParts, MigrationResult, MigrationStatus} from '@sterna/protocol/control';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import {formatCount} from '../render/quantity.ts';

/** What moves, and which way: `dom1 → host-b`. */
export function describeRoute({direction, domain, peer}: MigrationStatus, arrows: {readonly to: string; readonly from: string}): string {
	switch (direction) {
		case 'outgoing':
			return `${domain} ${arrows.to} ${peer}`;
		case 'incoming':
			return `${domain} ${arrows.from} ${peer}`;
		case 'save':
			return `saving ${domain}`;
		case 'restore':
			return `restoring ${domain}`;
	}
}

/** The phase with its iteration, where it has one: `precopy, iteration 3`; and that the operator holds it. */
export function describePhase({phase, direction, iteration, transferPaused = false}: MigrationStatus): string {
	const paused = transferPaused ? ', the transfer is paused' : '';
	return phase === 'precopy' && direction === 'outgoing' ? `precopy, iteration ${iteration}${paused}` : phase;
}

export function describeSent(status: MigrationStatus): string {
	const {pagesSent, bytesSent, direction, bandwidthBytesPerSecond, bandwidthLimitBytesPerSecond: limit} = status;
	const verb = direction === 'incoming' || direction === 'restore' ? 'received' : 'sent';
	const rate = bandwidthBytesPerSecond > 0 ? ` at ${formatRate(bandwidthBytesPerSecond)}` : '';
	return `${verb} ${formatSize(bytesSent)} in ${formatCount(pagesSent)} pages${rate}${limit === undefined || hasEnded(status) ? '' : `, limit ${formatRate(limit)}`}`;
}

/** Whether nothing follows: the result tells of it. */
export function hasEnded({phase}: MigrationStatus): boolean {
	return phase === 'completed' || phase === 'aborted' || phase === 'failed' || phase === 'undecided';
}

/** What the guest dirtied, as far as it is known; undefined when nothing is, or when it is of no interest (yet). */
export function describeDirty({dirtyPages, dirtyBytesPerSecond, direction, phase}: MigrationStatus): string | undefined {
	if (direction !== 'outgoing' || (phase !== 'precopy' && phase !== 'stop-and-copy')) return undefined;
	const parts = [];
	if (dirtyPages !== undefined) parts.push(`${formatSize(dirtyPages * PAGE_SIZE_BYTES)} in ${formatCount(dirtyPages)} pages`);
	if (dirtyBytesPerSecond > 0) parts.push(formatRate(dirtyBytesPerSecond));
	return parts.length === 0 ? undefined : `dirty ${parts.join(', ')}`;
}

/** What the downtime would be if the guest were paused now; of no interest once it is. */
export function describeExpectedDowntime({expectedDowntimeMs, phase}: MigrationStatus): string | undefined {
	return expectedDowntimeMs === undefined || phase !== 'precopy' ? undefined : `expected downtime ${formatDuration(expectedDowntimeMs)}`;
}

/** What is left of the disks; undefined where there are none, or they are equal. */
export function describeDisks({diskBytesLeft = 0}: MigrationStatus): string | undefined {
	return diskBytesLeft === 0 ? undefined : `${formatSize(diskBytesLeft)} of disks left`;
}

/** What was done, in one line: times, passes, amount. */
export function describeEffort({
	totalMs,
	downtimeMs,
	iterations,
	bytesSent,
	pagesSent,
	zeroPages = 0,
	savedBytes = 0,
	diskBytesSent = 0,
	interruptions = 0,
	interruptedMs = 0,
	repairedPages = 0,
}: MigrationResult): string {
	const parts = [formatDuration(totalMs)];
	if (downtimeMs !== undefined) parts.push(`downtime ${formatDuration(downtimeMs)}`);
	if (iterations > 0) parts.push(`${iterations} ${iterations === 1 ? 'iteration' : 'iterations'}`);
	parts.push(`${formatSize(bytesSent)} in ${formatCount(pagesSent)} pages`);
	if (zeroPages > 0) parts.push(`${formatCount(zeroPages)} of them zeros`);
	if (savedBytes > 0) parts.push(`${formatSize(savedBytes)} saved by compression`);
	if (diskBytesSent > 0) parts.push(`${formatSize(diskBytesSent)} of disks`);
	if (interruptions > 0)
		parts.push(`${interruptions} ${interruptions === 1 ? 'interruption' : 'interruptions'} of ${formatDuration(interruptedMs)}`);
	if (repairedPages > 0) parts.push(`${formatCount(repairedPages)} pages sent again after they had arrived wrong`);
	return parts.join(', ');
}

const PART_NAMES: Readonly<Record<keyof DowntimeParts, string>> = {
	pause: 'pause',
	scan: 'scan',
	copy: 'copy',
	deviceState: 'device state',
	load: 'load',
	hook: 'hook',
	handover: 'handover',
	resume: 'resume',
};

/** Shorter parts would print as 0. */
const SHOWN_MS = 0.005;

/** What the downtime was spent on: `pause 0.3 ms, scan 0.41 ms, …`; parts that took no time are left out. */
export function describeDowntimeParts(parts: DowntimeParts): string {
	return Object.entries(PART_NAMES)
		.map(([key, name]) => ({name, ms: parts[key as keyof DowntimeParts]}))
		.filter((part): part is {name: string; ms: number} => part.ms !== undefined && part.ms >= SHOWN_MS)
		.map(({name, ms}) => `${name} ${formatDuration(ms)}`)
		.join(', ');
}
