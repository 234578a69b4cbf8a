import path from 'node:path';
import {daemonPid, HostPair} from '../host-pair.ts';
import {Sampler} from '../measure/sampler.ts';
import {type ThreadTimes, threadTimesOf} from '../measure/thread-times.ts';
import {transferMs} from '../move.ts';
import {GIB, idleGuest, sizeText} from '../scenarios/context.ts';
import {parseCalls, renderCalls, type Trace, traceCalls} from './system-calls.ts';
import {addUse, renderUse, type ThreadUse, threadUse} from './thread-share.ts';

const GUEST = 'profiled';
const INTERVAL_MS = 10;
const DAEMONS = ['sender', 'receiver'] as const;
type Daemon = (typeof DAEMONS)[number];

/**
 * Moves an idle guest full of random bytes to and fro and says where the time goes while its memory is under way: of each thread of both
 * daemons by what the kernel counts, which disturbs nothing; then, where strace is installed, the busiest one's system calls, which
 * takes longer than it would without, but in the same proportions.
 */
export async function profileBulk({quick, rounds = 6}: {readonly quick: boolean; readonly rounds?: number}): Promise<string> {
	const memoryBytes = quick ? GIB : 2 * GIB;
	await using pair = await HostPair.start();
	await pair.create(GUEST, idleGuest(memoryBytes, 'random'));
	await pair.warmUp(GUEST);
	// Every second move is one from the first host, whose daemons alone are looked at: their threads stay the same ones.
	const sums: Readonly<Record<Daemon, Map<number, ThreadUse>>> = {sender: new Map(), receiver: new Map()};
	let seconds = 0;
	for (let round = 0; round < rounds; round++) {
		seconds += await moveCounted(pair, sums);
		await pair.move(GUEST);
	}

	const gigabytesPerSecond = (rounds * memoryBytes) / seconds / 1e9;
	const title = `${sizeText(memoryBytes)} of random content, ${rounds} times, ${gigabytesPerSecond.toFixed(2)} GB/s; shares of the time in which the memory was under way:`;
	const tables = DAEMONS.map(daemon => renderUse(`sterna-${daemon}`, sums[daemon].values(), seconds));
	return [title, '', tables.join('\n\n'), '', await callsOf(pair, sums)].join('\n');
}

/** Moves the guest, adds what each thread used, and returns the seconds that its memory was under way. */
async function moveCounted(pair: HostPair, sums: Readonly<Record<Daemon, Map<number, ThreadUse>>>): Promise<number> {
	const {from, to} = pair.route(GUEST);
	const sample = (pid: number): Sampler<ReadonlyMap<number, ThreadTimes>> =>
		new Sampler(() => threadTimesOf(pid), {intervalMs: INTERVAL_MS});
	const samplers = {sender: sample(daemonPid(from, 'sender')), receiver: sample(daemonPid(to, 'receiver'))};
	const move = await pair.move(GUEST);
	for (const daemon of DAEMONS) {
		samplers[daemon][Symbol.dispose]();
		addUse(sums[daemon], threadUse(samplers[daemon].samples, move.streamBeganMs, move.appliedMs));
	}

	return transferMs(move) / 1000;
}

/** The system calls of the busiest thread of each daemon, in one more migration. */
async function callsOf(pair: HostPair, sums: Readonly<Record<Daemon, ReadonlyMap<number, ThreadUse>>>): Promise<string> {
	const {from, to} = pair.route(GUEST);
	const traced: {readonly daemon: Daemon; readonly trace: Trace}[] = [];
	for (const [daemon, host] of [
		['sender', from],
		['receiver', to],
	] as const) {
		const trace = await traceCalls(daemonPid(host, daemon), path.join(pair.lab.directory, `${daemon}.strace`));
		if (trace !== undefined) traced.push({daemon, trace});
	}

	const move = await pair.move(GUEST);
	const lines = [`system calls of the busiest thread under strace, ${(transferMs(move) / 1000).toFixed(2)} s:`];
	for (const {daemon, trace} of traced) {
		const times = parseCalls(await trace.stop(), move.streamBeganMs, move.appliedMs);
		const busiest = [...sums[daemon].values()].toSorted((a, b) => b.user + b.system - a.user - a.system)[0];
		const calls = busiest === undefined ? undefined : times.get(busiest.tid);
		if (calls !== undefined) lines.push(`  sterna-${daemon}: ${renderCalls(calls, transferMs(move) / 1000)}`);
	}

	return traced.length < DAEMONS.length
		? 'system calls: not told apart, as strace is not installed, or may not trace the daemons'
		: lines.join('\n');
}
