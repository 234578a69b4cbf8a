import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {DEFAULT_COSTS, dirtyModelOf, type DirtyScan, type Limits, type SimulationInput} from '@sterna/sender/simulation';
import {fileError} from '../report/load-record.ts';
import type {MigrationRecord, SideRecord} from '../report/record.ts';
import {paceOf} from './pace.ts';
import {recordedContent} from './recorded-content.ts';
import {recordedLink} from './recorded-link.ts';

/** A recorded migration, as it can be played again. */
export type Reconstruction = {
	readonly input: Omit<SimulationInput, 'policy' | 'seed'>;
	readonly limits: Limits;
	/** What the recording does not tell and is taken for granted, in sentences. */
	readonly assumptions: readonly string[];
};

/** Between two lines of a recording and what they say of the time between them. */
const SLACK_MS = 20;

/**
 * The guest's writes, the link and the costs of a migration, from the recording of its source. Throws ERR_FILE where it does not tell enough: it needs one scan at
 * least, so what ended within its first pass cannot be played again.
 */
export function reconstruct({id, sender}: MigrationRecord): Reconstruction {
	const begin = sender?.begin;
	const first = sender?.scans[0];
	if (sender === undefined || begin?.memoryBytes === undefined || begin.limits === undefined || first === undefined)
		throw fileError(
			`the recording of ${id} does not tell enough to play it again: that takes the source's, and a pass over all of the memory`,
			[],
		);
	const memoryPages = Math.ceil(begin.memoryBytes / PAGE_SIZE_BYTES);
	const trackedAtMs = first.atMs - first.sinceMs;
	const firstPageAtMs = Math.max(trackedAtMs, sender.decisions[0]?.atMs ?? trackedAtMs);
	const {link, assumptions} = recordedLink(sender, firstPageAtMs);
	const scans = consecutive(sender.scans);
	const model = dirtyModelOf(scans, {memoryPages});
	return {
		input: {
			memoryPages,
			dirty: {...model, pace: paceOf(model, scans)},
			link,
			content: recordedContent(sender, {memoryPages, channels: link.channels}),
			costs: recordedCosts(sender, {trackedAtMs, firstPageAtMs, roundTripMs: link.roundTripMs}),
			downtimeBudgetMs: begin.downtimeBudgetMs ?? 0,
		},
		limits: recordedLimits(begin.limits),
		assumptions: [...assumptions, ...interventions(sender)],
	};
}

/** What a scan says of those before it, only where the recording has all of them. */
function consecutive(scans: SideRecord['scans']): DirtyScan[] {
	let before: SideRecord['scans'][number] | undefined;
	let isWhole = true;
	return scans.map(scan => {
		const {atMs, sinceMs, dirtyPages} = scan;
		const follows = before !== undefined && Math.abs(atMs - before.atMs - sinceMs) <= SLACK_MS + 0.05 * sinceMs;
		if (before !== undefined && !follows) isWhole = false;
		before = scan;
		return {
			sinceMs,
			dirtyPages,
			againPages: follows ? scan.againPages : undefined,
			everPages: isWhole ? scan.everPages : undefined,
		};
	});
}

function recordedCosts(
	{begin, phases, downtime, end}: SideRecord,
	{trackedAtMs, firstPageAtMs, roundTripMs}: {readonly trackedAtMs: number; readonly firstPageAtMs: number; readonly roundTripMs: number},
): NonNullable<SimulationInput['costs']> {
	const beganAtMs = begin?.atMs ?? trackedAtMs;
	const parts = downtime?.parts;
	const part = (name: string, usual: number): number => parts?.[name] ?? (parts === undefined ? usual : 0);
	const handover = part('handover', DEFAULT_COSTS.handoverMs) + part('hook', 0);
	const resumeMs = part('resume', DEFAULT_COSTS.resumeMs);
	const handedAtMs = phases.find(({phase}) => phase === 'handover')?.atMs;
	const closeMs =
		end === undefined || handedAtMs === undefined ? DEFAULT_COSTS.closeMs : end.totalMs - (handedAtMs - beganAtMs) - handover - resumeMs;
	return {
		setupMs: Math.max(0, trackedAtMs - beganAtMs),
		openMs: firstPageAtMs - trackedAtMs,
		scanMs: part('scan', DEFAULT_COSTS.scanMs),
		pauseMs: part('pause', DEFAULT_COSTS.pauseMs),
		deviceStateMs: part('deviceState', DEFAULT_COSTS.deviceStateMs),
		loadMs: Math.max(0, part('load', DEFAULT_COSTS.loadMs) - roundTripMs),
		handoverMs: Math.max(0, handover - roundTripMs),
		resumeMs,
		closeMs: Math.max(0, closeMs),
	};
}

function recordedLimits({
	maxDowntimeMs,
	deadlineMs,
	onDeadline,
	onStall,
	...limits
}: NonNullable<NonNullable<SideRecord['begin']>['limits']>): Limits {
	return {
		...limits,
		maxDowntimeMs: maxDowntimeMs ?? undefined,
		deadlineMs: deadlineMs ?? undefined,
		onDeadline: onDeadline === 'abort' ? 'abort' : 'stop-and-copy',
		onStall: onStall === 'abort' || onStall === 'stop-and-copy' ? onStall : 'advise',
	};
}

/** What happened from outside, and is not played again. */
function interventions({commands, links}: SideRecord): string[] {
	return [
		...(commands.length === 0
			? []
			: [`what the operator asked for meanwhile is left out: ${commands.map(({command}) => command).join(', ')}`]),
		...(links.some(({state}) => state === 'lost') ? ['the link that was lost stays up'] : []),
	];
}
