/** `npm run bench [-- --quick] [--rounds N] [--only ID,…] [--json FILE]`: Sterna beside its peers, in one run on this machine. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Command, InvalidArgumentError} from 'commander';
import {describeMachine} from './machine.ts';
import {PeerMissingError} from './peers/tool.ts';
import {renderMachine, renderRow, toJson} from './report.ts';
import {type Row, runScenario, type Sample} from './scenario.ts';
import {scenarios} from './scenarios/index.ts';

const DEFAULT_ROUNDS = 7;
const QUICK_ROUNDS = 3;

type Options = {readonly quick: boolean; readonly rounds?: number; readonly only?: string[]; readonly json?: string};

function countArgument(text: string): number {
	const count = Number(text);
	if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('must be a whole number, 1 or more');
	return count;
}

function renderSample(sample: Sample): string {
	return Object.entries(sample)
		.map(([id, value]) => `${id} ${value.toPrecision(4)}`)
		.join(', ');
}

async function bench({quick, rounds = quick ? QUICK_ROUNDS : DEFAULT_ROUNDS, only, json}: Options): Promise<void> {
	const machine = await describeMachine();
	console.log(`${renderMachine(machine)}\n`);
	const directory = await mkdtemp(path.join(tmpdir(), 'sterna-bench-'));
	try {
		const all = scenarios({directory, quick});
		const unknown = (only ?? []).filter(id => all.every(scenario => scenario.id !== id));
		if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(', ')}; there are ${all.map(({id}) => id).join(', ')}`);
		const rows: Row[] = [];
		for (const scenario of all.filter(({id}) => only === undefined || only.includes(id))) {
			console.log(`${scenario.title}, ${rounds} rounds`);
			const onSample = (contender: string, round: number, sample: Sample): void => {
				console.log(`  round ${round + 1}  ${contender.padEnd(8)} ${renderSample(sample)}`);
			};
			rows.push(...(await runScenario(scenario, {rounds, onSample})));
		}

		console.log(`\n${rows.map(row => renderRow(row)).join('\n\n')}`);
		if (json !== undefined) await writeFile(json, toJson(machine, rows, {rounds, quick}));
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
}

const program = new Command('npm run bench --')
	.description('Measures Sterna beside QEMU, iperf3 and a bare memory pump, in turn, and prints medians, spread and ratios.')
	.option('--quick', 'fewer rounds, under three minutes in all', false)
	.option('--rounds <n>', `measurements of each (default: ${DEFAULT_ROUNDS}, with --quick ${QUICK_ROUNDS})`, countArgument)
	.option('--only <ids>', 'scenarios by id, separated by commas', text => text.split(','))
	.option('--json <file>', 'write machine and rows there too')
	.action(bench);

try {
	await program.parseAsync();
} catch (error) {
	if (!(error instanceof PeerMissingError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
