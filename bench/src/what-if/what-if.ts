import {access} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {HostPair} from '../host-pair.ts';
import {runCtl} from '../run-ctl.ts';
import {medianOf} from '../statistics.ts';
import {WHAT_IF_CASES, withChanges, type WhatIfCase} from './cases.ts';

type Times = {readonly totalMs: number; readonly downtimeMs: number};

/** What was said of a migration, and what it was. */
export type Comparison = {
	readonly id: string;
	readonly changes: string;
	readonly predicted: Times & {readonly iterations: number};
	readonly real: Times & {readonly iterations: number};
};

type ReplayJson = {readonly replayed: Simulated; readonly wouldHave: Simulated | null};
type Simulated = {readonly totalMs: number; readonly downtimeMs: number | null; readonly iterations: number};

/** How long a recording may take to be on the disk behind the end of its migration. */
const FLUSHED_MS = 2000;

/** Records a migration of each guest, asks `replay` of it what changes would do, does that in truth, and tells of each. Some two minutes. */
export async function compareWhatIf(onComparison: (comparison: Comparison) => void): Promise<readonly Comparison[]> {
	const comparisons: Comparison[] = [];
	await using pair = await HostPair.start();
	for (const one of WHAT_IF_CASES) {
		for await (const comparison of compare(pair, one)) {
			comparisons.push(comparison);
			onComparison(comparison);
		}
	}

	return comparisons;
}

async function* compare(pair: HostPair, {id, guest, recorded, changes}: WhatIfCase): AsyncGenerator<Comparison> {
	await pair.create(id, guest);
	// What is slow only once is in no recording that anybody looks at.
	await pair.warmUp(id);
	const {from} = pair.route(id);
	const {result} = await pair.move(id, recorded);
	const file = path.join(from.directory, 'state/records', `${result.id}.sender.jsonl`);
	await written(file);
	for (const change of changes) {
		const {status, stdout, stderr} = await runCtl(from, ['replay', file, '--json', ...change]);
		if (status !== 0) throw new Error(`replay exited with ${status}: ${stderr}`);
		const {replayed, wouldHave} = JSON.parse(stdout) as ReplayJson;
		const said = wouldHave ?? replayed;
		const {result: was} = await pair.move(id, withChanges(recorded, change));
		yield {
			id,
			changes: change.length === 0 ? 'nothing' : change.join(' ').replaceAll('--', ''),
			predicted: {totalMs: said.totalMs, downtimeMs: said.downtimeMs ?? 0, iterations: said.iterations},
			real: {totalMs: was.totalMs, downtimeMs: was.downtimeMs ?? 0, iterations: was.iterations},
		};
	}

	await pair.destroy(id);
}

async function written(file: string): Promise<void> {
	const untilMs = performance.now() + FLUSHED_MS;
	for (;;) {
		try {
			await access(file);
			await sleep(200);
			return;
		} catch (error) {
			if (performance.now() > untilMs) throw error;
			await sleep(50);
		}
	}
}

/** Of the real one; downtimes that differ by less than a scheduler's turn are as good as the same. */
export function errorOf(predicted: number, real: number): number {
	return (predicted - real) / real;
}

/** One line of the table. */
export function renderComparison({id, changes, predicted, real}: Comparison): string {
	const ms = (value: number): string => value.toFixed(value < 100 ? 1 : 0).padStart(7);
	const error = (kind: 'totalMs' | 'downtimeMs'): string => `${(errorOf(predicted[kind], real[kind]) * 100).toFixed(0).padStart(4)} %`;
	return [
		id.padEnd(9),
		changes.padEnd(38),
		`total ${ms(predicted.totalMs)} ${ms(real.totalMs)} ms ${error('totalMs')}`,
		`downtime ${ms(predicted.downtimeMs)} ${ms(real.downtimeMs)} ms ${error('downtimeMs')}`,
		`iterations ${predicted.iterations} ${real.iterations}`,
	].join('  ');
}

/** Median and largest of the errors, either way. */
export function renderErrors(comparisons: readonly Comparison[]): string {
	const of = (kind: 'totalMs' | 'downtimeMs'): string => {
		const parts = comparisons.map(({predicted, real}) => Math.abs(errorOf(predicted[kind], real[kind])) * 100);
		const off = comparisons.map(({predicted, real}) => Math.abs(predicted[kind] - real[kind]));
		return `median ${medianOf(parts).toFixed(0)} % (${medianOf(off).toFixed(1)} ms), worst ${Math.max(...parts).toFixed(0)} % (${Math.max(...off).toFixed(1)} ms)`;
	};
	const same = comparisons.filter(({predicted, real}) => predicted.iterations === real.iterations).length;
	return [
		`total: ${of('totalMs')}`,
		`downtime: ${of('downtimeMs')}`,
		`the same number of iterations: ${same} of ${comparisons.length}`,
	].join('\n');
}
