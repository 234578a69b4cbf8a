import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {parseRecordLine, type RecordLine} from '@sterna/host/record';
import type {LabHost} from '../../src/lab/lab-host.ts';
import {waitUntil} from './scene.ts';

/** Where a host keeps a recording: `ID.jsonl` the merged one, `ID.sender.jsonl` and `ID.receiver.jsonl` that of a daemon. */
export function recordingFile(host: LabHost, name: string): string {
	return path.join(host.files.state, 'records', name);
}

/** Its lines, as far as they can be read; none where there is no such file. */
export function linesOf(host: LabHost, name: string): RecordLine[] {
	const file = recordingFile(host, name);
	if (!existsSync(file)) return [];
	const texts = readFileSync(file, 'utf8').trimEnd().split('\n');
	return texts.map(text => parseRecordLine(text)).filter(line => line !== undefined);
}

/** Whose ends the lines have. */
export const ends = (lines: readonly RecordLine[]): string[] => lines.filter(({kind}) => kind === 'end').map(({side}) => side);

/** Waits until the source has merged what both sides recorded to its end: from then on nothing is added. */
export async function mergedLines(source: LabHost, id: string): Promise<RecordLine[]> {
	await waitUntil('both sides of the recording', () => new Set(ends(linesOf(source, `${id}.jsonl`))).size === 2);
	return linesOf(source, `${id}.jsonl`);
}

/** What `history --json` says of a migration, as far as tests look at it. */
export type HistoryJson = {
	readonly id: string;
	readonly outcome: string | null;
	readonly direction: string;
	readonly runsOn: string | null;
	readonly totalMs: number | null;
	readonly downtimeMs: number | null;
	readonly iterations: number | null;
	readonly because: string | null;
	readonly error: {readonly code: string} | null;
	readonly hasRecord: boolean;
};

/** The latest first. */
export async function historyOf(host: LabHost): Promise<readonly HistoryJson[]> {
	return (JSON.parse(await host.mustCtl(['history', '--json'])) as {migrations: readonly HistoryJson[]}).migrations;
}

/** What a switch found in hand: pages that were sent yet while the guest ran, and how long the pause had to wait for them, in milliseconds. */
export async function inHandAtSwitch(host: LabHost, id: string): Promise<{readonly pages: number; readonly beforePauseMs: number}> {
	const sent = (): RecordLine[] => linesOf(host, `${id}.jsonl`).filter(({side}) => side === 'sender');
	await waitUntil('the end of the recording', () => sent().some(({kind}) => kind === 'end'));
	const lines = sent();
	const phases = lines.filter(line => line.kind === 'phase');
	const switched = phases.find(({phase}) => phase === 'stop-and-copy');
	const handover = phases.find(({phase}) => phase === 'handover');
	const parts = lines.find(line => line.kind === 'downtime')?.parts ?? {};
	if (switched?.pagesInHand === undefined || handover === undefined) throw new Error(`the recording of ${id} has no switch`);
	const stillMs = ['pause', 'scan', 'copy', 'deviceState', 'load'].reduce((sum, part) => sum + (parts[part] ?? 0), 0);
	return {pages: switched.pagesInHand, beforePauseMs: handover.atMs - switched.atMs - stillMs};
}
