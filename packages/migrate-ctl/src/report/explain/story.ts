import {formatDuration, formatRate, formatSize} from '@sterna/host/units';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {formatTime} from '../../render/quantity.ts';
import {counted, hostOf, interruptionsOf, percent, phaseAt, sentOf, sinceStart} from '../facts.ts';
import type {MigrationRecord} from '../record.ts';
import {convergenceOf, pagesAndSize} from './convergence.ts';

/** The run in order, whatever became of it: a sentence for each thing worth one. */
export function storyOf(record: MigrationRecord): string[] {
	return [
		began(record),
		...passes(record),
		...restarts(record),
		...interruptions(record),
		...commands(record),
		...paused(record),
		ended(record),
	];
}

function began({main, domain, direction, source, target, startedAtMs}: MigrationRecord): string {
	const size = main.begin?.memoryBytes === undefined ? '' : ` (${formatSize(main.begin.memoryBytes)} of memory)`;
	const when = `at ${formatTime(startedAtMs)}`;
	switch (direction) {
		case 'outgoing':
		case 'incoming':
			return `${domain}${size} began to move from ${source} to ${target} ${when}.`;
		case 'save':
			return `${domain}${size} began to be saved on ${source} ${when}.`;
		case 'restore':
			return `${domain}${size} began to be restored on ${target} ${when}.`;
	}
}

function passes(record: MigrationRecord): string[] {
	const {main} = record;
	const first = main.iterations.find(({iteration}) => iteration === 1);
	if (first === undefined) {
		const {pagesSent} = sentOf(main);
		const memoryBytes = main.begin?.memoryBytes;
		if (pagesSent === 0 || record.main === record.receiver) return [];
		const share =
			memoryBytes === undefined || memoryBytes === 0
				? ''
				: `, ${percent(Math.min(1, (pagesSent * PAGE_SIZE_BYTES) / memoryBytes))} of memory`;
		return [
			`${counted(pagesSent, 'page')}${share}${share === '' ? '' : ','} had been given to the connection when it ended; the first pass was not finished.`,
		];
	}

	// What the receiver had taken by then may be a small part of what was on its way: then it says nothing of the link.
	const takenBytes = ((first.bandwidthBytesPerSecond ?? 0) * first.durationMs) / 1000;
	const isTold = takenBytes >= (first.writtenPages * PAGE_SIZE_BYTES) / 2;
	const rate = isTold && first.bandwidthBytesPerSecond !== undefined ? ` at ${formatRate(first.bandwidthBytesPerSecond)}` : '';
	const sentences = [`The first pass sent ${pagesAndSize(first.writtenPages)} in ${formatDuration(first.durationMs)}${rate}.`];
	const {firstDirtyPages, lastDirtyPages, passes: count} = convergenceOf(record);
	if (count > 1 && firstDirtyPages !== undefined && lastDirtyPages !== undefined)
		sentences.push(
			count === 2
				? `A second one sent the ${pagesAndSize(firstDirtyPages)} that the guest had written meanwhile.`
				: `${counted(count - 1, 'more pass', 'more passes')} followed: ${pagesAndSize(firstDirtyPages)} were dirty for the first of them, ${pagesAndSize(lastDirtyPages)} for the last.`,
		);
	return sentences;
}

function restarts(record: MigrationRecord): string[] {
	const side = record.main === record.sender ? 'sender' : 'receiver';
	return record.main.restarts.map(
		({atMs}) =>
			`At ${sinceStart(record, atMs)} another sterna-${side} on ${hostOf(record, side)} took it over from the one before, which was gone.`,
	);
}

function interruptions(record: MigrationRecord): string[] {
	const all = interruptionsOf(record.main);
	if (all.length === 0) return [];
	const gone = all.reduce((sum, {fromMs, toMs}) => sum + Math.max(0, (toMs ?? record.endedAtMs) - fromMs), 0);
	const last = all.at(-1);
	const phase = last === undefined ? undefined : phaseAt(record.main, last.fromMs)?.phase;
	const where = phase === undefined ? '' : ` in ${phase}`;
	return [
		`The connection was lost ${all.length === 1 ? 'once' : `${all.length} times`}, for ${formatDuration(gone)} in all${
			last === undefined ? '' : `; ${all.length === 1 ? '' : 'the last time '}at ${sinceStart(record, last.fromMs)}${where}`
		}${last?.toMs === undefined ? ', and was not made anew' : ', and was made anew'}.`,
	];
}

function commands(record: MigrationRecord): string[] {
	return record.main.commands
		.slice(0, 8)
		.map(
			({command, detail, atMs}) =>
				`At ${sinceStart(record, atMs)} the operator asked for ${command}${detail === '' ? '' : ` (${detail})`}.`,
		);
}

function paused(record: MigrationRecord): string[] {
	const phase = record.main.phases.find(each => each.phase === 'stop-and-copy');
	if (phase === undefined || record.main === record.receiver) return [];
	const because = switchReason(record);
	return [`At ${sinceStart(record, phase.atMs)} the guest was paused for the switch${because === undefined ? '' : `: ${because}`}.`];
}

/** Why the precopy ended by the switch. */
export function switchReason({main}: MigrationRecord): string | undefined {
	const decision = main.decisions.findLast(({action}) => action === 'stop-and-copy');
	return decision?.because ?? (main.end?.because === '' ? undefined : main.end?.because);
}

function ended(record: MigrationRecord): string {
	const {main, endedAtMs, startedAtMs} = record;
	if (main.end === undefined) return `The recording breaks off at ${sinceStart(record, main.lastAtMs)}.`;
	const {pagesSent, bytesSent} = sentOf(main);
	const after = formatDuration(main.end.totalMs || endedAtMs - startedAtMs);
	// Of what failed, pages may have been given to the connection that never left.
	const onTheWire = main.end.outcome === 'completed' ? `, ${formatSize(bytesSent)} on the wire` : '';
	const nothing = main.restarts.length > 0 ? 'how much had been sent is not recorded' : 'no page had been sent';
	const sent = pagesSent === 0 ? nothing : `${counted(pagesSent, 'page')} had been sent${onTheWire}`;
	return `It ended after ${after}, ${main.end.outcome}; ${sent}.`;
}

/** What was last heard of a side: a sentence, or undefined where nothing was recorded of it. */
export function lastHeard(record: MigrationRecord, side: 'sender' | 'receiver'): string {
	const host = hostOf(record, side);
	const of = record[side];
	if (of === undefined) return `Nothing that ${host} recorded is here: it could not be asked for it any more.`;
	const phase = phaseAt(of)?.phase;
	if (of.end === undefined)
		return `What ${host} recorded breaks off at ${sinceStart(record, of.lastAtMs)}${phase === undefined ? '' : ` in ${phase}`}, without an end: its daemon stopped there, or could not be asked any more.`;
	return `${host} recorded to its end, at ${sinceStart(record, of.end.atMs)}: ${of.end.outcome}${of.end.error === undefined ? '' : `, ${of.end.error.message}`}.`;
}
