import {setTimeout as sleep} from 'node:timers/promises';
import {
	assertReleasedOnce,
	freePorts,
	knownOutput,
	Lab,
	type LabHost,
	OutputClient,
	ProtectedGuest,
	seededRandom,
	Source,
} from '@sterna/test-e2e';
import {spreadOf} from '../../statistics.ts';
import {runCtl} from '../../run-ctl.ts';
import type {Check} from '../check.ts';
import type {Detail} from '../steps.ts';

const KILLS = 200;
const KILLS_A_STEP = 20;
const SEED = 20_261_127;
const NAME = 'dom1';
const GUEST = '--memory 64MiB --content random --pattern hot-set --hot 8MiB --rate 40MB/s --line-interval 5ms'.split(' ');
/** A guest goes on being protected for at most so long before it is killed: several epochs, and whatever falls into them. */
const PROTECTED_MS = 400;
/** Between the two kills, at most. */
const GAP_MS = 3;
const REQUESTS_PER_SECOND = 300;

type Kill = {readonly afterMs: number; readonly first: 'guest' | 'daemon'; readonly gapMs: number; readonly intervalMs: number};

/** The source of a protected guest loses its power. */
export const failoverKills: Check = {
	name: 'failover-kills',
	title: `a protected guest and its daemon killed at ${KILLS} random moments: its standby goes on from the last committed checkpoint, and the world heard nothing that it does not know`,
	subject: 'files',
	async run(steps) {
		const random = seededRandom(SEED);
		for (let step = 0; step < KILLS / KILLS_A_STEP; step++) {
			// Drawn for steps that passed before, too: the ones behind them stay the same.
			const kills = Array.from({length: KILLS_A_STEP}, () => drawKill(random));
			await steps.step(`kills ${step * KILLS_A_STEP + 1} to ${(step + 1) * KILLS_A_STEP}`, async () => killAll(kills, steps.say));
		}
	},
};

function drawKill(random: (limit: number) => number): Kill {
	return {
		afterMs: random(PROTECTED_MS * 10) / 10,
		first: random(2) === 0 ? 'guest' : 'daemon',
		gapMs: random(GAP_MS * 10) / 10,
		intervalMs: [10, 25, 50][random(3)] ?? 25,
	};
}

async function killAll(kills: readonly Kill[], say: (text: string) => void): Promise<Detail> {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b']});
	let [from, to] = [lab.host('host-a'), lab.host('host-b')];
	const [port = 0] = await freePorts(1);
	await using client = await OutputClient.start({
		addresses: lab.hosts.map(host => host.guestAddress),
		port,
		requestsPerSecond: REQUESTS_PER_SECOND,
	});
	const guest = await ProtectedGuest.create(lab, from, NAME, [...GUEST, '--udp-port', String(port)], runCtl);
	const runningMs: number[] = [];
	let pages = 0;
	for (const [index, kill] of kills.entries()) {
		await client.answered(from.guestAddress);
		const {decidedToRunningMs, epoch, pagesChecked, committedEpoch} = await killOne(guest, from, to, kill);
		runningMs.push(decidedToRunningMs);
		pages += pagesChecked;
		say(
			`  ${index + 1}: ${from.name} killed at checkpoint ${committedEpoch} or behind it, ${to.name} goes on from ${epoch} after ${Math.round(decidedToRunningMs)} ms`,
		);
		[from, to] = [to, from];
	}

	await client.answered(from.guestAddress);
	await client.stop();
	const known = await knownOutput(from, NAME);
	const faults = client.faults(known);
	if (faults.length > 0)
		throw new Error(`what the world heard is not what the guest knows: ${faults.slice(0, 5).join('; ')}\n${guest.logs()}`);
	const {replies, missing} = client.summary();
	const {lines, unheard} = assertReleasedOnce(lab.guestOutput(NAME));
	return {
		failovers: kills.length,
		'pages checked': pages,
		'decided to running, median ms': tenths(spreadOf(runningMs).median),
		'decided to running, max ms': tenths(spreadOf(runningMs).max),
		'replies heard': replies,
		'replies that nobody heard': missing.length,
		'lines released': lines,
		'lines that nobody heard': unheard,
	};
}

type Failover = {
	readonly decidedToRunningMs: number;
	readonly epoch: number;
	readonly committedEpoch: number;
	readonly pagesChecked: number;
};

/** One protection, one kill, one failover; the killed host's daemon is back afterwards, with the remains of the guest. */
async function killOne(guest: ProtectedGuest, from: LabHost, to: LabHost, {afterMs, first, gapMs, intervalMs}: Kill): Promise<Failover> {
	const source = Source.of(from, await guest.show(from));
	const {committedEpoch} = await guest.protect(from, to, ['--interval', `${intervalMs}ms`]);
	await sleep(afterMs);
	await source.kill({first, gapMs});
	const {epoch, decidedToRunningMs, runsOn} = await guest.failover(to, ['--source-is-dead']);
	if (runsOn !== to.name || epoch < (committedEpoch ?? Infinity))
		throw new Error(`runs on ${runsOn} from checkpoint ${epoch}, and ${committedEpoch} was committed\n${guest.logs()}`);
	const pagesChecked = await guest.mustBeIntactOn(to);
	await from.daemon('sender').start();
	// It asks who runs the guest before it lets go of its own copy.
	await guest.reached(from, 'that its copy is out of date', ({phase}) => phase === 'stale');
	return {decidedToRunningMs, epoch, committedEpoch: committedEpoch ?? 0, pagesChecked};
}

function tenths(value: number): number {
	return Math.round(value * 10) / 10;
}
