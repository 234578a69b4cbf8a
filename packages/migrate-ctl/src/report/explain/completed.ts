import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {bandwidthLimitOf, counted, interruptionsOf, meanBandwidth, percent, sentOf} from '../facts.ts';
import type {MigrationRecord} from '../record.ts';
import {downtimeParts} from '../downtime.ts';
import {convergenceOf, describeConvergence} from './convergence.ts';
import type {EndingPart} from './explanation.ts';
import {switchReason} from './story.ts';

/** It went well: why then, and what its times were made of. */
export function completedPart(record: MigrationRecord): EndingPart {
	return {
		headline: headline(record),
		why: [...switched(record), ...whatTookTime(record), ...whatTookDowntime(record)],
		whatToDo: [],
	};
}

function headline({main, direction, domain, source, target, endedAtMs, startedAtMs}: MigrationRecord): string {
	const after = formatDuration(main.end?.totalMs ?? endedAtMs - startedAtMs);
	const downtimeMs = main.end?.downtimeMs ?? main.downtime?.totalMs;
	const downtime = downtimeMs === undefined ? '' : `, with a downtime of ${formatDuration(downtimeMs)}`;
	switch (direction) {
		case 'outgoing':
		case 'incoming':
			return `${domain} moved from ${source} to ${target} in ${after}${downtime}`;
		case 'save':
			return `${domain} was saved on ${source} in ${after}${downtime}`;
		case 'restore':
			return `${domain} was restored on ${target} in ${after}`;
	}
}

function switched(record: MigrationRecord): string[] {
	const because = switchReason(record);
	if (because === undefined) return [];
	const sentences = [`The switch came because of this: ${because}.`];
	const {maxDowntimeMs, switchMs, passes} = convergenceOf(record);
	// It came by another limit than its target, which had not been met: said in the words of the policy that has the target.
	const isMissed =
		passes > 1 && !because.includes(' is within ') && maxDowntimeMs !== undefined && switchMs !== undefined && switchMs > maxDowntimeMs;
	return isMissed ? [...sentences, ...describeConvergence(record)] : sentences;
}

/** Close to its limit is at it: a limiter's bursts and the pauses between passes are in the mean. */
const AT_LIMIT = 0.8;
/** From here on it is worth saying that pages went more than once. */
const MUCH_AGAIN = 1.2;

function whatTookTime(record: MigrationRecord): string[] {
	const {main} = record;
	const sentences: string[] = [];
	const [limit, mean] = [bandwidthLimitOf(main), meanBandwidth(main)];
	if (mean !== undefined)
		sentences.push(
			limit !== undefined && mean >= limit * AT_LIMIT
				? `Its total time was bound by the bandwidth limit: ${formatRate(mean)} were sent of the ${formatRate(limit)} that were allowed.`
				: `Its total time was bound by what the link and the two hosts carried: ${formatRate(mean)} in the mean${limit === undefined ? ', without a limit' : `, of an allowed ${formatRate(limit)}`}.`,
		);
	const memoryBytes = main.begin?.memoryBytes ?? 0;
	const times = memoryBytes === 0 ? 0 : (sentOf(main).pagesSent * PAGE_SIZE_BYTES) / memoryBytes;
	const {dirtyBytesPerSecond} = convergenceOf(record);
	if (times >= MUCH_AGAIN)
		sentences.push(
			`Its memory went ${times.toFixed(1)} times${dirtyBytesPerSecond === undefined ? '' : `, as the guest wrote ${formatRate(dirtyBytesPerSecond)} meanwhile`}: ${formatSize(
				(times - 1) * memoryBytes,
			)} went again.`,
		);
	const lost = interruptionsOf(main);
	const lostMs = lost.reduce((sum, {fromMs, toMs}) => sum + ((toMs ?? fromMs) - fromMs), 0);
	if (lostMs > 0) sentences.push(`${formatDuration(lostMs)} of it were without a connection, in ${counted(lost.length, 'interruption')}.`);
	return sentences;
}

function whatTookDowntime({main}: MigrationRecord): string[] {
	const parts = downtimeParts(main.downtime);
	const totalMs = main.downtime?.totalMs ?? main.end?.downtimeMs;
	const largest = parts.toSorted((a, b) => b.ms - a.ms)[0];
	if (totalMs === undefined || totalMs <= 0 || largest === undefined) return [];
	const limit = main.begin?.limits?.maxDowntimeMs ?? undefined;
	const allowed =
		limit === undefined
			? ''
			: totalMs <= limit
				? `; ${formatDuration(limit)} were allowed`
				: `: more than the ${formatDuration(limit)} that were allowed`;
	return [
		`Of its downtime the largest part was ${largest.name}, ${formatDuration(largest.ms)} of ${formatDuration(totalMs)} (${percent(Math.min(1, largest.ms / totalMs))})${allowed}.`,
	];
}
