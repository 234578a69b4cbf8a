/** `npm run acceptance -- NAME…`: checks that take too long for every commit. Each keeps a log in .acceptance/, and goes on where it was interrupted. */
import path from 'node:path';
import {Command, InvalidArgumentError} from 'commander';
import type {Check} from './check.ts';
import {backAndForth} from './checks/back-and-forth.ts';
import {commands} from './checks/commands.ts';
import {combinations} from './checks/combinations.ts';
import {bitflips} from './checks/bitflips.ts';
import {checkpointSoak} from './checks/checkpoint-soak.ts';
import {crashMatrix} from './checks/crash-matrix.ts';
import {failoverKills} from './checks/failover-kills.ts';
import {freshClone} from './checks/fresh-clone.ts';
import {goldensMove} from './checks/goldens-move.ts';
import {killDaemons} from './checks/kill-daemons.ts';
import {linkCuts} from './checks/link-cuts.ts';
import {partitions} from './checks/partitions.ts';
import {protectCrashMatrix} from './checks/protect-crash-matrix.ts';
import {qemuMatrix} from './checks/qemu-matrix.ts';
import {qemuProtect} from './checks/qemu-protect.ts';
import {repeat50, repeat50Tls} from './checks/repeat50.ts';
import {standbyKills} from './checks/standby-kills.ts';
import {unprivilegedDemo} from './checks/unprivileged-demo.ts';
import {wireFlips} from './checks/wire-flips.ts';
import {xenVerifier} from './checks/xen-verifier.ts';
import {Steps} from './steps.ts';
import {CHECKOUT, headCommit, treeIdentity} from './subject.ts';

const CHECKS: readonly Check[] = [
	repeat50,
	repeat50Tls,
	combinations,
	commands,
	bitflips,
	goldensMove,
	xenVerifier,
	killDaemons,
	crashMatrix,
	linkCuts,
	wireFlips,
	backAndForth,
	qemuMatrix,
	failoverKills,
	standbyKills,
	partitions,
	protectCrashMatrix,
	checkpointSoak,
	qemuProtect,
	unprivilegedDemo,
	freshClone,
];
const DIRECTORY = path.join(CHECKOUT, '.acceptance');
const DEFAULT_TIMES = 50;

type Options = {readonly list: boolean; readonly fresh: boolean; readonly times: number};

function countArgument(text: string): number {
	const count = Number(text);
	if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('must be a whole number, 1 or more');
	return count;
}

async function accept(names: readonly string[], {list, fresh, times}: Options): Promise<void> {
	if (list || names.length === 0) {
		for (const {name, title} of CHECKS) console.log(`${name.padEnd(20)} ${title}`);
		return;
	}

	const wanted = names.map(name => CHECKS.find(check => check.name === name) ?? name);
	const unknown = wanted.filter(check => typeof check === 'string');
	if (unknown.length > 0) {
		console.error(`there is no check ${unknown.join(', ')}; there are ${CHECKS.map(({name}) => name).join(', ')}`);
		process.exitCode = 2;
		return;
	}

	const summaries: string[] = [];
	for (const check of wanted) {
		if (typeof check === 'string') continue;
		const commit = check.subject === 'commit' ? headCommit() : treeIdentity();
		const steps = new Steps({name: check.name, commit, directory: DIRECTORY, fresh, say: text => console.log(text)});
		await check.run(steps, {times});
		summaries.push(steps.summary());
		if (!steps.passed) process.exitCode = 1;
	}

	console.log(`\n${summaries.join('\n')}`);
}

// What a check has made is removed on the way out.
for (const [signal, status] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) process.once(signal, () => process.exit(status));

await new Command('npm run acceptance --')
	.description('Long checks. Each logs its steps in .acceptance/NAME.jsonl; run again on the same files it goes on where it stopped.')
	.argument('[names...]', 'what to check; none: the list')
	.option('--list', 'the names, and what is true when each passes', false)
	.option('--fresh', 'run the steps that passed before, too', false)
	.option('--times <n>', `migrations of repeat50 and repeat50-tls (default: ${DEFAULT_TIMES})`, countArgument, DEFAULT_TIMES)
	.action(accept)
	.parseAsync();
