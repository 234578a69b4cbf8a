import {setTimeout as sleep} from 'node:timers/promises';
import {Lab, OwnImages, ProtectedLinux, seededRandom, type TakenOver} from '@sterna/test-e2e';
import {SegmentListener} from '@sterna/test-guest';
import {spreadOf} from '../../statistics.ts';
import type {Check} from '../check.ts';
import type {Detail} from '../steps.ts';

const KILLS = 20;
const KILLS_A_STEP = 5;
const SEED = 20_261_128;
const WAYS = {
	killQemu: 'QEMU',
	killDaemons: 'both daemons of its host',
} as const;
/** A guest goes on being protected for at most so long before it is killed: many epochs, and whatever falls into them. */
const PROTECTED_MS = 1000;
const INTERVALS = ['25ms', '50ms', '100ms'] as const;

type Kill = {readonly afterMs: number; readonly interval: string};

/** What the tests of every commit do a few times. */
export const qemuProtect: Check = {
	name: 'qemu-protect',
	title: `a protected Linux guest in QEMU, under memory, network and disk load: QEMU and the daemons killed at ${KILLS} random moments each, and taken over within 50 ms: memory, packets and disk are those of the last checkpoint`,
	subject: 'files',
	async run(steps) {
		const random = seededRandom(SEED);
		for (const [way, what] of Object.entries(WAYS) as Array<[keyof typeof WAYS, string]>) {
			for (let first = 1; first <= KILLS; first += KILLS_A_STEP) {
				// Drawn for steps that passed before, too: the ones behind them stay the same.
				const kills = Array.from({length: KILLS_A_STEP}, (): Kill => ({
					afterMs: random(PROTECTED_MS),
					interval: INTERVALS[random(INTERVALS.length)] ?? '50ms',
				}));
				await steps.step(`${what} killed, ${first} to ${first + KILLS_A_STEP - 1}`, async () => killAll(way, kills, steps.say));
			}
		}
	},
};

/** One guest, killed again and again, each time where it was taken over last. */
async function killAll(way: keyof typeof WAYS, kills: readonly Kill[], say: (text: string) => void): Promise<Detail> {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b'], qemu: true});
	if (lab.qemu === undefined) throw new TypeError('a lab without QEMU guests');
	await using listener = await SegmentListener.join(lab.qemu.segment);
	const images = await OwnImages.give(lab, lab.host('host-b'));
	const linux = await ProtectedLinux.create({lab, listener, images}, lab.host('host-a'));
	const taken: TakenOver[] = [];
	for (const {afterMs, interval} of kills) {
		const {committedEpoch} = await linux.protect(['--interval', interval], 5);
		await sleep(afterMs);
		const from = linux.guest.host.name;
		const {epoch, decidedToRunningMs, ...rest} = await linux[way]();
		if (epoch < (committedEpoch ?? Infinity)) throw new Error(`it goes on from checkpoint ${epoch}, and ${committedEpoch} was committed`);
		say(
			`  ${from}, an epoch of ${interval}: ${committedEpoch} was committed, goes on from ${epoch} after ${decidedToRunningMs.toFixed(1)} ms`,
		);
		taken.push({epoch, decidedToRunningMs, ...rest});
	}

	await linux.protect(['--interval', '50ms'], 5);
	const plannedMs = await linux.handOver();
	const running = spreadOf(taken.map(({decidedToRunningMs}) => decidedToRunningMs));
	const {heard, disk} = await linux.findNoFault();
	return {
		takeovers: taken.length,
		'decided to running, median ms': tenths(running.median),
		'decided to running, max ms': tenths(running.max),
		'within 50 ms': taken.filter(({decidedToRunningMs}) => decidedToRunningMs <= 50).length,
		'planned failover ms': tenths(plannedMs),
		'packets exactly once': heard.last - heard.unheard,
		'packets that nobody heard': heard.unheard,
		'disk records': disk.newest ?? 0,
	};
}

function tenths(value: number): number {
	return Math.round(value * 10) / 10;
}
