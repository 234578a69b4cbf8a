import {findGuestFaults, Lab, LinuxGuest, type LinuxGuestOptions, qemuProcesses, type ResultJson} from '@sterna/test-e2e';
import {SegmentListener} from '@sterna/test-guest';
import {spreadOf} from '../../statistics.ts';
import type {Check} from '../check.ts';
import type {Detail} from '../steps.ts';

const ROUND_TRIPS = 10;
const BOARDS = ['pc-i440fx-7.2', 'pc-q35-7.2', 'microvm'] as const;
const PROCESSORS = [
	{cpu: 'qemu64', cpus: 1},
	{cpu: 'max', cpus: 2},
] as const;

/** A name, and what is different from a guest with everything. */
type Variant = readonly [name: string, options: LinuxGuestOptions];

const VARIANTS: readonly Variant[] = [
	...BOARDS.flatMap(machine =>
		(['memfd', 'file'] as const).flatMap(backend =>
			PROCESSORS.map(({cpu, cpus}): Variant => [`${machine}, ${backend}, ${cpus} × ${cpu}`, {machine, backend, cpu, cpus}]),
		),
	),
	['pc-i440fx-7.2 without virtio-net', {network: false}],
	['pc-i440fx-7.2 without virtio-blk', {disk: 'none'}],
	['pc-i440fx-7.2 without virtio-rng', {rng: false}],
	['pc-i440fx-7.2 with VGA', {vga: 'std'}],
	['pc-q35-7.2 with VGA', {machine: 'pc-q35-7.2', vga: 'std'}],
	['pc-q35-7.2 with nothing', {machine: 'pc-q35-7.2', network: false, disk: 'none', rng: false}],
];

/** What the tests of every commit try a few of, all combined. */
export const qemuMatrix: Check = {
	name: 'qemu-matrix',
	title: `a Linux guest under load in ${VARIANTS.length} kinds of QEMU machine, ${ROUND_TRIPS} times there and back each: memory, lines, packets and disk records, and it boots again`,
	subject: 'files',
	async run(steps) {
		for (const [name, options] of VARIANTS) await steps.step(name, async () => shuttle(options));
	},
};

async function shuttle(options: LinuxGuestOptions): Promise<Detail> {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b'], qemu: true});
	if (lab.qemu === undefined) throw new TypeError('a lab without QEMU guests');
	await using listener = await SegmentListener.join(lab.qemu.segment);
	const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
	const guest = await LinuxGuest.create(lab, hostA, options);
	const downtimesMs: number[] = [];
	const move = async (): Promise<void> => {
		const to = guest.host === hostA ? hostB : hostA;
		const output = await guest.host.mustCtl(['start', guest.name, to.name, '--json']);
		const {result} = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as {readonly result: ResultJson};
		downtimesMs.push(result.downtimeMs ?? Infinity);
		guest.movedTo(to);
		await guest.runs();
	};
	for (let trip = 0; trip < 2 * ROUND_TRIPS; trip++) await move();
	const {faults, packets} = await findGuestFaults(guest, listener);
	if (faults.length > 0) throw new Error(faults.join('; '));
	const lines = guest.boot?.counts ?? 0;

	await move();
	listener.clear();
	await guest.ask('system_reset');
	await guest.rebooted(1);
	const others = qemuProcesses(lab).length - 1;
	if ((guest.boot?.faults.length ?? 1) > 0 || others > 0)
		throw new Error(`behind a reset: ${guest.boot?.faults.join('; ')}; ${others} other QEMUs`);
	return {
		migrations: downtimesMs.length,
		'downtime median ms': Math.round(spreadOf(downtimesMs).median * 10) / 10,
		'longest silence ms': Math.round(packets.longestGapMs * 10) / 10,
		'lines exactly once': lines,
		'packets exactly once': packets.last ?? 0,
		'disk records': guest.boot?.report?.record ?? 0,
	};
}
