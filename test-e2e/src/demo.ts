/**
 * `npm run demo`: two hosts on loopback, a guest under write load, moved there and back by `migrate-ctl`. Shows what an operator sees, a forecast before and a report after, and then
 * proves what an operator must believe: both memories at the handover, every line of the guest's output, the guest's own check. Exit status 0 when all is right.
 */
import {setTimeout as sleep} from 'node:timers/promises';
import {bold, dim, duration, mebibytes, prompt, table, Verdict} from './demo/screen.ts';
import {Lab} from './lab/lab.ts';
import type {LabHost} from './lab/lab-host.ts';
import {type MemoryComparison, MEMORY_HOOK_SETTINGS, readComparison} from './memory-hook/comparison.ts';
import type {MigrationJson, ResultJson} from './migration-json.ts';

const DOMAIN = 'dom1';
const MEMORY_BYTES = 512 * 1024 * 1024;
const CREATE = [
	'domain',
	'create',
	DOMAIN,
	'--memory',
	'512MiB',
	'--pattern',
	'hot-set',
	'--hot',
	'64MiB',
	'--rate',
	'200MB/s',
	'--line-interval',
	'10ms',
];
/** Lines that the guest shall have written on a host before it moves on: about a second. */
const LINES_PER_STAY = 100;
const WAIT_TIMEOUT_MS = 20_000;

type Move = {
	readonly route: string;
	readonly tracker: string;
	readonly result: ResultJson;
	/** Milliseconds of the downtime that the comparison of both memories took, which only the demo asks for. */
	readonly hookMs: number;
	readonly memory: MemoryComparison;
};

/** Waits until the guest's output on a host has grown by a second's worth: proof that it runs there. */
async function waitForLines(lab: Lab, host: LabHost): Promise<void> {
	const count = (): number => host.output(DOMAIN).split('\n').length - 1;
	const wanted = count() + LINES_PER_STAY;
	const deadline = performance.now() + WAIT_TIMEOUT_MS;
	while (count() < wanted) {
		if (performance.now() > deadline)
			throw new Error(`the guest wrote only ${count()} of ${wanted} lines on ${host.name}; see ${lab.directory}`);
		await sleep(50);
	}
}

/** Migrates, with the operator's own view of it on the screen. */
async function move(lab: Lab, from: LabHost, to: LabHost): Promise<Move> {
	const command = ['start', DOMAIN, to.name];
	console.log(prompt(from.name, `migrate-ctl ${command.join(' ')}`));
	const status = await from.showCtl(command);
	if (status !== 0) throw new Error(`migrate-ctl exited with ${status}\n${from.daemon('sender').log.slice(-3000)}`);
	const {migration} = JSON.parse(await from.mustCtl(['status', DOMAIN, '--json'])) as {migration: MigrationJson};
	const lines = (await from.mustCtl(['watch', migration.id, '--json'])).trimEnd().split('\n');
	const facts = Object.assign({}, ...lines.map(line => JSON.parse(line) as object)) as {
		readonly downtime: {readonly hook: number};
		readonly result: ResultJson;
	};
	const memory = readComparison(from.directory, migration.id);
	await waitForLines(lab, to);
	return {route: `${from.name} → ${to.name}`, tracker: migration.tracker, result: facts.result, hookMs: facts.downtime.hook, memory};
}

/** What the recording says of a migration, down to where the guest is: the rest is for whoever looks closer. */
async function showReport(host: LabHost): Promise<void> {
	const report = ['report', DOMAIN];
	console.log(prompt(host.name, `migrate-ctl ${report.join(' ')}`));
	const [told = ''] = (await host.mustCtl(report)).split('\nTimeline\n');
	console.log(`${told.trimEnd()}\n\n${dim('… timeline of both hosts, iterations, downtime by its parts, configuration')}`);
}

function checkMove({route, memory: {source, target}}: Move, verdict: Verdict): void {
	const isSame = source.sha256 === target.sha256 && source.bytes === target.bytes && source.bytes === MEMORY_BYTES;
	const short = (sha256: string): string => sha256.slice(0, 16);
	verdict.check(
		isSame,
		`${route}: ${mebibytes(source.bytes)} on both hosts at the handover, sha256 ${short(source.sha256)}… ${isSame ? '=' : '≠'} ${short(target.sha256)}…`,
	);
}

function showFigures(moves: readonly Move[]): void {
	const column = (label: string, cell: (move: Move) => string): [string, ...string[]] => [label, ...moves.map(item => cell(item))];
	console.log(`\n${bold('What it took')}`);
	console.log(
		table([
			column('', ({route}) => route),
			column('total time', ({result}) => duration(result.totalMs)),
			column('guest stood still', ({result, hookMs}) => duration((result.downtimeMs ?? Number.NaN) - hookMs)),
			column('  plus hashing, in this demo only', ({hookMs}) => duration(hookMs)),
			column('iterations', ({result}) => String(result.iterations)),
			column('sent', ({result}) => `${mebibytes(result.bytesSent)} in ${result.pagesSent.toLocaleString('en-US')} pages`),
			column('dirty pages found by', ({tracker}) => tracker),
		]),
	);
}

async function demo(): Promise<boolean> {
	const startedMs = performance.now();
	console.log(`${bold('Sterna')}: a running guest moves from host-a to host-b, and back\n`);
	const settings = {'host-a': MEMORY_HOOK_SETTINGS, 'host-b': MEMORY_HOOK_SETTINGS};
	await using lab = await Lab.start({hosts: ['host-a', 'host-b'], settings});
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	for (const host of lab.hosts) {
		const pids = `sterna-sender ${host.daemon('sender').id?.pid}, sterna-receiver ${host.daemon('receiver').id?.pid}`;
		console.log(`  ${host.name}  ${pids}  ${dim(`127.0.0.1:${host.controlPort}`)}`);
	}

	console.log(prompt('host-a', `migrate-ctl ${CREATE.join(' ')}`));
	await hostA.showCtl(CREATE);
	await waitForLines(lab, hostA);
	const forecast = ['forecast', DOMAIN, hostB.name, '--sample', '2s'];
	console.log(prompt(hostA.name, `migrate-ctl ${forecast.join(' ')}`));
	await hostA.showCtl(forecast);
	const there = await move(lab, hostA, hostB);
	await showReport(hostA);
	const moves = [there, await move(lab, hostB, hostA)];

	console.log(prompt('host-a', `migrate-ctl domain check ${DOMAIN}`));
	const checkStatus = await hostA.showCtl(['domain', 'check', DOMAIN]);
	await hostA.mustCtl(['domain', 'destroy', DOMAIN]);

	console.log(`\n${bold('What is true')}`);
	const verdict = new Verdict();
	for (const item of moves) checkMove(item, verdict);
	const {lines, missing, repeated, remarks, stretches, longestGapMs} = lab.guestOutput(DOMAIN);
	const where = stretches.map(({host, from, to}) => `${from}–${to} ${host}`).join(', ');
	verdict.check(
		missing.length === 0 && repeated.length === 0,
		`output lines 1 to ${lines.at(-1)?.number}: ${missing.length} missing, ${repeated.length} twice (${where})`,
	);
	verdict.check(
		checkStatus === 0 && remarks.length === 0,
		`the guest's own check of all its memory ${checkStatus === 0 ? 'found every page right' : 'failed'}${remarks.map(text => `\n    ${text}`).join('')}`,
	);
	showFigures(moves);
	console.log(dim(`\n  longest time between two lines of output, hashing included: ${duration(longestGapMs)}`));
	console.log(
		`\n${verdict.isGood ? bold('All of it holds.') : bold('Something is wrong: see above.')} ${dim(`${duration(performance.now() - startedMs)} in all.`)}`,
	);
	return verdict.isGood;
}

process.exitCode = (await demo()) ? 0 : 1;
