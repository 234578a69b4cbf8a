import {mkdtemp} from 'node:fs/promises';
import path from 'node:path';
import {type GuestSettings, LinuxGuest} from '@sterna/test-e2e';
import {type GuestLoad, randomSegment, SegmentListener} from '@sterna/test-guest';
import {HostPair} from '../host-pair.ts';
import {heardDuring} from '../measure/packet-gap.ts';
import {QemuLinuxPair} from '../peers/qemu-linux-pair.ts';
import {type Contender, figures, OURS, type Scenario} from '../scenario.ts';
import {roundsOf, type ScenarioContext} from './context.ts';

type Load = {readonly id: 'idle' | 'heavy'; readonly title: string; readonly guest: GuestLoad; readonly downtimeAtMost: number};

/** A datagram each 5 ms is what gaps are measured by; one page each is next to nothing. */
const TICK_MS = 5;
const LOADS: readonly Load[] = [
	{id: 'idle', title: 'idle', guest: {arenaMiB: 256, pagesPerTick: 1, tickMs: TICK_MS}, downtimeAtMost: 2},
	{
		id: 'heavy',
		title: 'writing 256 MiB as fast as it can',
		guest: {arenaMiB: 256, pagesPerTick: 0, tickMs: TICK_MS},
		downtimeAtMost: 0.1,
	},
];

const GUEST = {
	name: 'linux',
	machine: 'pc-q35-7.2',
	memoryMiB: 512,
	backend: 'memfd',
	cpu: 'qemu64',
	cpus: 1,
	rng: true,
	vga: 'none',
} as const satisfies Partial<GuestSettings>;
const MAC = '52:54:00:5e:00:01';
/** Guests that are tried for one measurement of QEMU's own. */
const MAX_GUESTS = 4;

/** A Linux guest in a stock QEMU, moved by Sterna and by QEMU itself: how long it was not heard from outside, and how long it took from the start of the destination. The guest whose turn it is not stands still. */
export function qemu(context: ScenarioContext): readonly Scenario[] {
	return LOADS.map(load => {
		const what = `Linux in QEMU (TCG, 512 MiB, memfd), ${load.title}`;
		return {
			id: `qemu-${load.id}`,
			title: `QEMU guest: ${what}`,
			rows: [
				{
					id: `qemu-downtime-${load.id}`,
					title: `longest gap between its datagrams (one each ${TICK_MS} ms), ${what}`,
					unit: 'ms',
					better: 'less',
					targets: [{vs: 'qemu', atMost: load.downtimeAtMost}],
				},
				{
					id: `qemu-total-${load.id}`,
					title: `from the start of the destination to the end, ${what}`,
					unit: 'ms',
					better: 'less',
					targets: [{vs: 'qemu', atMost: 1}],
				},
			],
			rounds: roundsOf(context, {quick: 3, full: 7}),
			async open() {
				await using stack = new AsyncDisposableStack();
				const ours = await openOurs(stack, load);
				const theirs = await openTheirs(stack, context, load);
				const owned = stack.move();
				return {
					contenders: [ours, theirs],
					async warmUp() {
						await ours.measure();
						await ours.measure();
						await theirs.measure();
					},
					[Symbol.asyncDispose]: async () => owned.disposeAsync(),
				};
			},
		};
	});
}

async function openOurs(stack: AsyncDisposableStack, load: Load): Promise<Contender> {
	const pair = stack.use(await HostPair.start({qemu: true}));
	const {qemu: lab} = pair.lab;
	if (lab === undefined) throw new TypeError('a lab without QEMU guests');
	const listener = stack.use(await SegmentListener.join(lab.segment));
	const guest = await LinuxGuest.create(pair.lab, pair.lab.host('host-a'), {...GUEST, disk: 'none', load: load.guest});
	pair.adopt(guest.name);
	await pair.pause(guest.name);
	return {
		name: OURS,
		async measure() {
			await pair.resume(guest.name);
			const {datagrams, isHeardStill, result: move} = await heardDuring(listener, async () => pair.move(guest.name));
			if (!isHeardStill || datagrams.repeated.length > 0)
				throw new Error(`the guest is ${isHeardStill ? 'heard twice' : 'not heard any more'}: ${JSON.stringify(datagrams)}`);
			guest.movedTo(pair.route(guest.name).from);
			await guest.runs();
			await pair.pause(guest.name);
			return figures(OURS, {[`qemu-downtime-${load.id}`]: datagrams.longestGapMs, [`qemu-total-${load.id}`]: move.result.totalMs});
		},
	};
}

/** A guest that QEMU itself has moved is at times not heard any more when it goes on behind a pause: another takes its place then, and is measured. */
async function openTheirs(stack: AsyncDisposableStack, {directory}: ScenarioContext, load: Load): Promise<Contender> {
	const segment = randomSegment();
	const listener = stack.use(await SegmentListener.join(segment));
	const settings = {...GUEST, mac: MAC, disk: undefined, load: load.guest};
	const boot = async (): Promise<QemuLinuxPair> => QemuLinuxPair.start(await mkdtemp(path.join(directory, 'qemu-')), settings, segment);
	let pair = await boot();
	stack.defer(async () => pair[Symbol.asyncDispose]());
	await pair.pause();
	return {
		name: 'qemu',
		async measure() {
			await pair.resume();
			for (let guests = 0; guests < MAX_GUESTS; guests++) {
				const {datagrams, isHeardStill, result: totalMs} = await heardDuring(listener, async () => pair.move());
				if (isHeardStill) {
					await pair.pause();
					return figures('qemu', {[`qemu-downtime-${load.id}`]: datagrams.longestGapMs, [`qemu-total-${load.id}`]: totalMs});
				}

				await pair[Symbol.asyncDispose]();
				pair = await boot();
			}

			throw new Error(`${MAX_GUESTS} guests in turn were not heard any more`);
		},
	};
}
