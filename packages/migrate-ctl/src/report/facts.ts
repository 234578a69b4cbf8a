import {formatDuration} from '@sterna/host/units';
import type {RecordedFault} from '@sterna/host/record';
import type {LineOf, MigrationRecord, SideRecord} from './record.ts';

/** Figures that more than one part of a report tells. */

/** When in the migration something was: `+3.12 s`. */
export function sinceStart({startedAtMs}: Pick<MigrationRecord, 'startedAtMs'>, atMs: number): string {
	const ms = atMs - startedAtMs;
	return `${ms < 0 ? '-' : '+'}${formatDuration(Math.abs(ms))}`;
}

/** The name of the host that a side is on, as far as it is known. */
export function hostOf({source, target}: Pick<MigrationRecord, 'source' | 'target'>, side: 'sender' | 'receiver'): string {
	const host = side === 'sender' ? source : target;
	return host === '' ? `the ${side}` : host;
}

/** The other daemon's recording: the receiver's for a migration that goes out. */
export function otherSide({main, sender, receiver}: MigrationRecord): SideRecord | undefined {
	return main === sender ? receiver : sender;
}

const ENDED: ReadonlySet<string> = new Set(['completed', 'aborted', 'failed', 'undecided']);

/** The phase in which a side stood at a moment, those of an end aside; undefined before the first. */
export function phaseAt({phases}: SideRecord, atMs = Infinity): LineOf<'phase'> | undefined {
	return phases.findLast(phase => phase.atMs <= atMs && !ENDED.has(phase.phase));
}

/** A phase with its first and last moment, for the bands of a plot. */
export type Band = {readonly phase: string; readonly fromMs: number; readonly toMs: number};

export function bandsOf({main, endedAtMs}: MigrationRecord): Band[] {
	const phases = main.phases.filter(({phase}) => !ENDED.has(phase));
	return phases.map(({phase, atMs}, index) => ({phase, fromMs: atMs, toMs: Math.max(atMs, phases[index + 1]?.atMs ?? endedAtMs)}));
}

/** From the loss of a connection until one was made again; without an end where none was. */
export type Interruption = {readonly fromMs: number; readonly toMs: number | undefined; readonly errors: readonly RecordedFault[]};

/** When there was no whole connection, and why. Of several connections that went together, the first loss and the first return count. */
export function interruptionsOf({links}: Pick<SideRecord, 'links'>): Interruption[] {
	const interruptions: Interruption[] = [];
	let open: {readonly fromMs: number; readonly errors: RecordedFault[]} | undefined;
	for (const {state, error, atMs} of links) {
		if (state === 'lost') {
			open ??= {fromMs: atMs, errors: []};
			if (error !== undefined) open.errors.push(error);
		} else if (open !== undefined) {
			interruptions.push({...open, toMs: atMs});
			open = undefined;
		}
	}

	return open === undefined ? interruptions : [...interruptions, {...open, toMs: undefined}];
}

/** The error that ended it: the end's own, else the last one that was recorded. */
export function faultOf({end, errors}: SideRecord): RecordedFault | undefined {
	return end?.error ?? (end?.outcome === 'completed' ? undefined : errors.at(-1)?.error);
}

/** What was sent when it ended, or when the recording breaks off. A daemon that settles what an earlier one began knows of nothing that was sent: the last sample does. */
export function sentOf({end, samples}: SideRecord): {readonly pagesSent: number; readonly bytesSent: number} {
	const last = samples.at(-1);
	const told = end === undefined || end.pagesSent === 0 ? (last ?? end) : end;
	return {pagesSent: told?.pagesSent ?? 0, bytesSent: told?.bytesSent ?? 0};
}

/** Bytes a second from the beginning of the precopy to the last sample; undefined where there are too few. */
export function meanBandwidth({samples, phases}: Pick<SideRecord, 'samples' | 'phases'>): number | undefined {
	const beganMs = phases.find(({phase}) => phase === 'precopy')?.atMs ?? -Infinity;
	const [first, last] = [samples.find(({atMs}) => atMs >= beganMs), samples.at(-1)];
	if (first === undefined || last === undefined) return undefined;
	const ms = last.atMs - first.atMs;
	return ms > 0 && last.bytesSent > first.bytesSent ? ((last.bytesSent - first.bytesSent) * 1000) / ms : undefined;
}

/** The bandwidth limit that held last; undefined: none, or not known. */
export function bandwidthLimitOf({begin, samples}: SideRecord): number | undefined {
	const limit = samples.findLast(({bandwidthLimitBytesPerSecond: each}) => each !== undefined)?.bandwidthLimitBytesPerSecond;
	return limit ?? begin?.bandwidthLimitBytesPerSecond ?? undefined;
}

/** `1 pass`, `3 passes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** A share as a whole number of percent: `42 %`. */
export function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}
