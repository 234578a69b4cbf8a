import {writeFile} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import type {ForecastReply} from '@sterna/protocol/control';
import {textTable} from '../acceptance/text-table.ts';
import {HostPair} from '../host-pair.ts';
import {runCtl} from '../run-ctl.ts';
import {CALIBRATION, CASES, type ForecastCase} from './cases.ts';
import {isDowntimeInside, isTotalInside, type Scored, summarize, verdictOf, widthOf} from './score.ts';

const GUEST = 'foretold';
/** A guest's load is steady by then. */
const SETTLE_MS = 1000;

export type ForecastBenchOptions = {
	readonly calibrate: boolean;
	readonly sample: string;
	readonly only?: readonly string[];
	readonly json?: string;
};

/** Makes each forecast, then the migration, and prints both as they come, and the score of all. */
export async function benchForecasts({calibrate, sample, only, json}: ForecastBenchOptions): Promise<void> {
	const cases = (calibrate ? CALIBRATION : CASES).filter((_, index) => only === undefined || only.includes(String(index + 1)));
	await using pair = await HostPair.start();
	// What is slow once in the life of a daemon is not what is scored.
	await pair.create(GUEST, ['--memory', '64MiB']);
	await pair.warmUp(GUEST);
	await pair.destroy(GUEST);
	const scored: Scored[] = [];
	for (const [index, each] of cases.entries()) {
		try {
			const one = await runCase(pair, each, sample);
			scored.push(one);
			console.log(`${index + 1}/${cases.length}  ${lineOf(one).join('  ')}`);
		} catch (error) {
			console.log(`${index + 1}/${cases.length}  ${each.name}: FAILED: ${error instanceof Error ? error.message : String(error)}`);
			process.exitCode = 1;
		}
	}

	console.log(`\n${textTable([HEADINGS, ...scored.map(one => lineOf(one))])}\n\n${summarize(scored).join('\n')}`);
	if (json !== undefined) await writeFile(json, `${JSON.stringify(scored, undefined, '\t')}\n`);
}

async function runCase(pair: HostPair, {name, guest, migration}: ForecastCase, sample: string): Promise<Scored> {
	await pair.create(GUEST, guest);
	try {
		await sleep(SETTLE_MS);
		const {from, to} = pair.route(GUEST);
		const {status, stdout, stderr} = await runCtl(from, ['forecast', GUEST, to.name, '--sample', sample, '--json', ...migration]);
		if (status !== 0) throw new Error(`migrate-ctl forecast exited with ${status}: ${stdout}${stderr}`);
		const {forecast} = JSON.parse(stdout) as {forecast: ForecastReply};
		const {result} = await pair.move(GUEST, migration);
		const real = {totalMs: result.totalMs, downtimeMs: result.downtimeMs ?? 0, because: result.because ?? ''};
		await pair.check(GUEST);
		return {name, forecast, real};
	} finally {
		await pair.destroy(GUEST);
	}
}

const HEADINGS = ['guest and migration', 'total foretold', 'real', '', 'width', 'downtime foretold', 'real', '', 'verdict', '', 'ended by'];

function lineOf(scored: Scored): string[] {
	const {name, forecast, real} = scored;
	const range = (low: number, high: number): string => `${formatDuration(low)} to ${formatDuration(high)}`;
	const inside = (isInside: boolean): string => (isInside ? 'inside' : 'OUTSIDE');
	return [
		name,
		range(forecast.totalLowMs, forecast.totalHighMs),
		formatDuration(real.totalMs),
		inside(isTotalInside(scored)),
		`±${Math.round(widthOf(forecast) * 100)} %`,
		range(forecast.downtimeLowMs, forecast.downtimeHighMs),
		formatDuration(real.downtimeMs),
		inside(isDowntimeInside(scored)),
		`${forecast.convergence} (${Math.round(forecast.likelihood * 100)} %)`,
		verdictOf(scored),
		real.because,
	];
}

function formatDuration(ms: number): string {
	return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(1)} ms`;
}
