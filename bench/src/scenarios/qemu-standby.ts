import {setTimeout as sleep} from 'node:timers/promises';
import {OwnImages, ProtectedLinux} from '@sterna/test-e2e';
import {SegmentListener} from '@sterna/test-guest';
import {HostPair} from '../host-pair.ts';
import {pagesWrittenDuring} from '../measure/guest-work.ts';
import {mustCtl} from '../run-ctl.ts';
import {type Figure, figures, OURS, type Scenario} from '../scenario.ts';
import {roundsOf, type ScenarioContext} from './context.ts';

const RATES = [
	{perSecond: 10, atLeast: 90},
	{perSecond: 20, atLeast: 85},
	{perSecond: 40, atLeast: 70},
] as const;

/** Writes 8 MiB over and over as fast as it can, sends a packet each 20 ms, and writes and reads back a record of 4 KiB five times a second. */
const GUEST = {machine: 'pc-i440fx-7.2', memoryMiB: 512, load: {arenaMiB: 64, hotPages: 2048, pagesPerTick: 0}} as const;
const MEASURED_MS = 5000;
/** For what is slow only once, and for medians of the status to be of what is measured. */
const SETTLE_MS = 2000;

/** What checkpoints cost a Linux guest in a stock QEMU, whose memory, network and disk are under load. */
export function qemuStandby(context: ScenarioContext): Scenario {
	const what = 'Linux in QEMU (TCG, 512 MiB) that writes 8 MiB as fast as it can, sends packets and writes to a replicated disk';
	return {
		id: 'qemu-standby',
		title: `Checkpoints of a QEMU guest: ${what}`,
		rows: RATES.flatMap(({perSecond, atLeast}) => {
			const at = `at ${perSecond} checkpoints a second, ${what}`;
			return [
				{
					id: `qemu-standby-pause-${perSecond}`,
					title: `pause of a checkpoint, median, ${at}`,
					unit: 'ms',
					better: 'less',
					targets: [{figure: 'median', atMost: 5}],
				},
				{
					id: `qemu-standby-kept-${perSecond}`,
					title: `pages written a second, of those without a standby in alternating runs, ${at}`,
					unit: '%',
					better: 'more',
					targets: [{figure: 'median', atLeast}],
				},
				{id: `qemu-standby-lag-${perSecond}`, title: `from a cut to its acknowledgement, ${at}`, unit: 'ms', better: 'less'},
				{
					id: `qemu-standby-rate-${perSecond}`,
					title: `checkpoints a second of ${perSecond} that were asked for, ${what}`,
					unit: '/s',
					better: 'more',
				},
			] as const;
		}),
		rounds: roundsOf(context, {quick: 1, full: 5}),
		async open() {
			await using stack = new AsyncDisposableStack();
			const {lab} = stack.use(await HostPair.start({qemu: true}));
			if (lab.qemu === undefined) throw new TypeError('a lab without QEMU guests');
			const listener = stack.use(await SegmentListener.join(lab.qemu.segment));
			const images = await OwnImages.give(lab, lab.host('host-b'));
			const linux = await ProtectedLinux.create({lab, listener, images}, lab.host('host-a'), GUEST);
			const owned = stack.move();
			return {
				contenders: RATES.map(({perSecond}) => ({name: `${OURS}, ${perSecond}/s`, measure: async () => measure(linux, perSecond)})),
				async warmUp() {
					await whileProtected(linux, 20, async () => sleep(SETTLE_MS));
				},
				async [Symbol.asyncDispose]() {
					try {
						await linux.findNoFault();
					} finally {
						await owned.disposeAsync();
					}
				},
			};
		},
	};
}

/** Without, with, and without again: a machine that grows slower meanwhile is not taken for the checkpoints. */
async function measure(linux: ProtectedLinux, perSecond: number): Promise<readonly Figure[]> {
	const {guest} = linux;
	const alone = async (): Promise<number> => (await pagesWrittenDuring(guest, async () => sleep(MEASURED_MS / 2))).perSecond;
	const before = await alone();
	const inside = await whileProtected(linux, perSecond, async () => {
		await sleep(SETTLE_MS);
		const first = await linux.reached('a status', () => true);
		const startedMs = performance.now();
		const {perSecond: pages} = await pagesWrittenDuring(guest, async () => sleep(MEASURED_MS));
		const status = await linux.reached('a status', () => true);
		const rate = (((status.committedEpoch ?? 0) - (first.committedEpoch ?? 0)) / (performance.now() - startedMs)) * 1000;
		return {pages, rate, status};
	});
	const after = await alone();
	return figures(OURS, {
		[`qemu-standby-pause-${perSecond}`]: inside.status.pauseMedianMs ?? Number.NaN,
		[`qemu-standby-kept-${perSecond}`]: (inside.pages / ((before + after) / 2)) * 100,
		[`qemu-standby-lag-${perSecond}`]: inside.status.ackLagMs ?? Number.NaN,
		[`qemu-standby-rate-${perSecond}`]: inside.rate,
	});
}

/** Protects the guest for as long as `work` takes. */
async function whileProtected<Result>(linux: ProtectedLinux, perSecond: number, work: () => Promise<Result>): Promise<Result> {
	await linux.protect(['--interval', `${1000 / perSecond}ms`], 5);
	try {
		return await work();
	} finally {
		await mustCtl(linux.guest.host, ['unprotect', linux.guest.name]);
	}
}
