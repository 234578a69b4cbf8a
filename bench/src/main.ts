/** `npm run bench -- forecast`: how often a forecast is right. `npm run bench [-- --quick] [--rounds N] [--only ID,…] [--json FILE] [--svg FILE] [--profile]`: Sterna beside its peers, in one run on this machine. */
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Command, InvalidArgumentError} from 'commander';
import {renderChart} from './chart.ts';
import {benchForecasts, type ForecastBenchOptions} from './forecast/run.ts';
import {describeMachine, type Machine} from './machine.ts';
import {PeerMissingError} from './peers/tool.ts';
import {profileBulk} from './profile/profile-bulk.ts';
import {formatNumber, renderFailure, renderMachine, renderRow, renderTargets, toJson} from './report.ts';
import type {Row} from './row.ts';
import {type Failure, runScenario} from './run-scenario.ts';
import {type Figure, OURS, type Scenario} from './scenario.ts';
import {scenarios} from './scenarios/index.ts';
import {compareWhatIf, renderComparison, renderErrors} from './what-if/what-if.ts';

const DEFAULT_SVG = path.join(import.meta.dirname, '../../bench-results/bench.svg');

type Options = {
	readonly quick: boolean;
	readonly list: boolean;
	readonly profile: boolean;
	readonly rounds?: number;
	readonly only?: readonly string[];
	readonly json?: string;
	readonly svg: string;
};

/** A mistake on the command line, shown without a stack. */
class UsageError extends Error {
	override readonly name = 'UsageError';
}

function countArgument(text: string): number {
	const count = Number(text);
	if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('must be a whole number, 1 or more');
	return count;
}

function renderFigures(figures: readonly Figure[]): string {
	const own = figures.filter(({by}) => by === OURS);
	// Where ours is another row's peer, it is told of once.
	return (own.length > 0 ? own : figures).map(({row, value}) => `${row} ${formatNumber(value)}`).join(', ');
}

/** The scenarios that were asked for, by their own id or that of a row. Throws UsageError for one that there is not. */
function choose(all: readonly Scenario[], only: readonly string[] | undefined): readonly Scenario[] {
	if (only === undefined) return all;
	const chosen = all.filter(({id, rows}) => only.some(name => name === id || rows.some(row => row.id === name)));
	const unknown = only.filter(name => all.every(({id, rows}) => name !== id && rows.every(row => row.id !== name)));
	if (unknown.length > 0) throw new UsageError(`no scenario ${unknown.join(', ')}; there are ${all.map(({id}) => id).join(', ')}`);
	return chosen;
}

async function runAll(chosen: readonly Scenario[]): Promise<{readonly rows: readonly Row[]; readonly failures: readonly Failure[]}> {
	const rows: Row[] = [];
	const failures: Failure[] = [];
	for (const scenario of chosen) {
		const startedMs = performance.now();
		console.log(`${scenario.title}; rounds: ${scenario.rounds}`);
		const result = await runScenario(scenario, {
			onFigures: (contender, round, figures) => console.log(`  round ${round + 1}  ${contender}: ${renderFigures(figures)}`),
			onFailure: failure => console.log(`  ${renderFailure(failure)}`),
		});
		console.log(`  ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
		rows.push(...result.rows);
		failures.push(...result.failures);
	}

	return {rows, failures};
}

async function writeResults(
	machine: Machine,
	result: {readonly rows: readonly Row[]; readonly failures: readonly Failure[]},
	{json, svg, quick}: Options,
): Promise<void> {
	await mkdir(path.dirname(svg), {recursive: true});
	const subtitle = `${machine.cpuCount} × ${machine.cpu}, Linux ${machine.kernel}, Node ${machine.node}${quick ? ', quick run' : ''}; bars: medians, lines: smallest to largest, marks: targets, ↑ ↓: which way is better`;
	await writeFile(svg, renderChart(result.rows, {title: "Sterna's figures over those of its peers, and over its limits", subtitle}));
	console.log(`chart: ${svg}`);
	if (json !== undefined) await writeFile(json, toJson(machine, {...result, quick}));
}

async function bench(options: Options): Promise<void> {
	const directory = await mkdtemp(path.join(tmpdir(), 'sterna-bench-'));
	try {
		const all = scenarios({directory, quick: options.quick, rounds: options.rounds});
		if (options.list) {
			for (const {id, title, rows} of all) console.log(`${id.padEnd(12)} ${title}\n${' '.repeat(13)}${rows.map(row => row.id).join(', ')}`);
			return;
		}

		if (options.profile) {
			console.log(await profileBulk(options));
			return;
		}

		const chosen = choose(all, options.only);
		const machine = await describeMachine();
		console.log(`${renderMachine(machine)}\n`);
		const result = await runAll(chosen);
		console.log(`\n${result.rows.map(row => renderRow(row)).join('\n\n')}\n`);
		console.log(renderTargets(result.rows));
		for (const failure of result.failures) console.log(renderFailure(failure));
		await writeResults(machine, result, options);
		if (result.failures.length > 0) process.exitCode = 1;
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
}

async function whatIf(): Promise<void> {
	console.log(`${renderMachine(await describeMachine())}\n`);
	console.log('Of each: what was predicted, what it was, and the error.');
	const comparisons = await compareWhatIf(comparison => console.log(renderComparison(comparison)));
	console.log(`\n${renderErrors(comparisons)}`);
}

const program = new Command('npm run bench --')
	.description('Measures Sterna beside QEMU, iperf3 and a bare memory pump, in turn, and prints medians, spread and ratios.')
	.option('--quick', 'smaller guests and fewer rounds: some five minutes in all', false)
	.option('--rounds <n>', 'rounds of every scenario (default: as many as each wants)', countArgument)
	.option('--only <ids>', 'scenarios, or the rows that are wanted of them, by id, separated by commas', text => text.split(','))
	.option('--list', 'the scenarios and their rows', false)
	.option('--json <file>', 'write machine and rows there too')
	.option('--svg <file>', 'where the chart goes', DEFAULT_SVG)
	.option('--profile', 'say instead where the time of a bulk migration goes, thread by thread', false)
	.action(bench);
program
	.command('forecast')
	.description('Foretells migrations, makes them, and prints how often the forecast was right.')
	.option('--calibrate', 'the guests that the model is calibrated with, and not those that are scored', false)
	.option('--sample <duration>', 'for so long each guest is watched', '2s')
	.option('--only <numbers>', 'cases by number, separated by commas', text => text.split(','))
	.option('--json <file>', 'write forecasts and real figures there too')
	.action(async (_own: object, command: Command) => benchForecasts(command.optsWithGlobals<ForecastBenchOptions>()));
program
	.command('what-if')
	.description('Records migrations, replays them with changes, does the same in truth, and prints how far apart the two are.')
	.action(whatIf);

try {
	await program.parseAsync();
} catch (error) {
	if (!(error instanceof PeerMissingError || error instanceof UsageError)) throw error;
	console.error(error.message);
	process.exitCode = error instanceof UsageError ? 2 : 1;
}
