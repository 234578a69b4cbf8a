import {readFileSync, realpathSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {BareQemu} from '../../../../scripts/qmp/bare-qemu.ts';
import {compareLikeness} from '../../../../src/drivers/qemu/likeness/compare-likeness.ts';
import {readLikeness, type ReadLikeness} from '../../../../src/drivers/qemu/likeness/read-likeness.ts';
import {RomFiles} from '../../../../src/drivers/qemu/likeness/rom-files.ts';
import {multibootKernel} from '../../../helpers/multiboot-kernel.ts';
import {temporaryDirectory, until} from '../../../helpers/workshop.ts';

const BINARY = '/usr/bin/qemu-system-x86_64';
const romFiles = new RomFiles();

type Shape = {
	machine?: string;
	memoryMib?: number;
	cpu?: string;
	smp?: string;
	/** Devices and whatever else makes a difference. */
	rest?: readonly string[];
	/** `-S -incoming defer`, `-S`, or neither. */
	mode?: 'run' | 'paused' | 'incoming';
};

const NIC = 'virtio-net-pci,netdev=n0,mac=52:54:00:00:00:02';
const BLK = 'virtio-blk-pci,drive=d0,id=blk';
const net = (device = NIC): string[] => ['-netdev', 'hubport,id=n0,hubid=0', '-device', device];
const disk = (device = BLK): string[] => ['-blockdev', 'null-co,node-name=d0,read-zeroes=on', '-device', device];

function argumentsOf({
	machine = 'pc-q35-7.2',
	memoryMib = 64,
	cpu = 'qemu64',
	smp = '1',
	rest = [...net(), ...disk()],
	mode = 'paused',
}: Shape): string[] {
	const backend = `memory-backend-memfd,id=m,size=${memoryMib}M,share=on`;
	const base = ['-accel', 'tcg', '-m', `${memoryMib}M`, '-object', backend, '-machine', `${machine},memory-backend=m`];
	const modes = {run: [], paused: ['-S'], incoming: ['-S', '-incoming', 'defer']};
	return [...base, '-cpu', cpu, '-smp', smp, ...rest, ...modes[mode]];
}

/** What a QEMU of this shape says of itself; it ends with the test's step. */
async function likenessOf(shape: Shape): Promise<ReadLikeness> {
	await using qemu = await BareQemu.start({args: argumentsOf(shape)});
	return await readLikeness({qmp: qemu.qmp, binary: BINARY, romFiles}); // Before QEMU ends.
}

const MACHINES: Readonly<Record<string, Shape>> = {
	'pc with an emulated network card': {
		machine: 'pc-i440fx-7.2',
		rest: [...net('e1000,netdev=n0'), ...disk()],
	},
	'q35 with two CPUs of every feature, a display, a balloon and a random number device': {
		cpu: 'max',
		smp: '2',
		rest: [...net(), ...disk(), '-vga', 'std', '-device', 'virtio-balloon-pci', '-device', 'virtio-rng-pci'],
	},
	microvm: {
		machine: 'microvm',
		rest: ['-blockdev', 'null-co,node-name=d0', '-device', 'virtio-blk-device,drive=d0', '-serial', 'null'],
	},
};

for (const [name, shape] of Object.entries(MACHINES)) {
	test(`${name} is like its counterpart, whether it runs, is paused, or waits for a migration`, async t => {
		await using qemu = await BareQemu.start({args: argumentsOf({...shape, mode: 'run'})});
		const source = {qmp: qemu.qmp, binary: BINARY, romFiles};
		const atStart = await readLikeness(source);
		await untilFirmwareHasRun(qemu);
		const running = await readLikeness(source);
		await qemu.qmp.execute('stop');
		const paused = await readLikeness(source);
		const incoming = await likenessOf({...shape, mode: 'incoming'});
		t.deepEqual(running, atStart);
		t.deepEqual(paused, atStart);
		t.deepEqual(incoming, atStart);
		t.deepEqual(compareLikeness(running.likeness, incoming.likeness), []);
	});
}

/** SeaBIOS gives every PCI device its addresses, which the device tree shows. */
async function untilFirmwareHasRun(qemu: BareQemu): Promise<void> {
	await until(async () => !/bar [0-5]: .* at 0xffffffffffffffff/.test(await qemu.qmp.humanMonitor('info qtree')));
}

const MISMATCHES: ReadonlyArray<readonly [what: string, target: Shape, says: readonly RegExp[]]> = [
	['less RAM', {memoryMib: 48}, [/^RAM: 64 MiB at the source, 48 MiB here$/, /^block of memory m: 64 MiB at the source, 48 MiB here$/]],
	['another CPU model', {cpu: 'max'}, [/^CPU model: qemu64 at the source, max here$/]],
	['a CPU without a feature', {cpu: 'qemu64,-sse3'}, [/^features of CPU model qemu64: sha256 \w+… at the source, sha256 \w+… here$/]],
	['a CPU with an ability that is no bit of CPUID', {cpu: 'qemu64,hv-relaxed=on'}, [/^features of CPU model qemu64: /]],
	['two CPUs', {smp: '2'}, [/^CPUs: 1 at the source, 2 here$/]],
	[
		'one device more',
		{rest: [...net(), ...disk(), '-device', 'virtio-rng-pci']},
		[/^device at pcie\.0\/03\.0: none at the source, virtio-rng-pci here$/],
	],
	[
		'one device less',
		{rest: disk()},
		[
			/^device at pcie\.0\/01\.0: virtio-net-pci at the source, virtio-blk-pci here$/,
			/^device at pcie\.0\/02\.0: virtio-blk-pci at the source, none here$/,
			/^block of memory 0000:00:01\.0\/virtio-net-pci\.rom: 256 KiB at the source, none here$/,
			/^content of ROM of virtio-net-pci at pcie\.0\/01\.0: sha256 \w+… at the source, none here$/,
		],
	],
	[
		'a device at another address',
		{rest: [...net(), ...disk(`${BLK},addr=7`)]},
		[/^device virtio-blk-pci: pcie\.0\/02\.0 at the source, pcie\.0\/07\.0 here$/],
	],
	[
		'a device with another property',
		{rest: [...net(), ...disk(`${BLK},queue-size=128`)]},
		[/^properties of the virtio-blk-device at pcie\.0\/02\.0\/virtio-bus\/virtio-blk-device: hash \w+ at the source, hash \w+ here$/],
	],
	['another machine type', {machine: 'pc-q35-7.1'}, [/^machine type: pc-q35-7\.2 at the source, pc-q35-7\.1 here$/]],
	[
		'no option ROM',
		{rest: [...net(`${NIC},romfile=`), ...disk()]},
		[/^block of memory 0000:00:01\.0\/virtio-net-pci\.rom: 256 KiB at the source, none here$/],
	],
	[
		'other firmware',
		{rest: [...net(), ...disk(), '-bios', '/usr/share/seabios/bios.bin']},
		[
			/^block of memory pc\.bios: 256 KiB at the source, 128 KiB here$/,
			/^content of firmware: sha256 \w+… at the source, sha256 \w+… here$/,
		],
	],
];

for (const [what, target, says] of MISMATCHES) {
	test(`${what} is a difference, told with both values`, async t => {
		const [first, second] = [await likenessOf({}), await likenessOf({...target, mode: 'incoming'})];
		const differences = compareLikeness(first.likeness, second.likeness);
		for (const sentence of says)
			t.true(
				differences.some(difference => sentence.test(difference)),
				differences.join('\n'),
			);
	});
}

test('an option ROM and a kernel are compared by their content, not by their path', async t => {
	const directory = temporaryDirectory(t);
	const [rom, copy, changed, kernel] = ['a.rom', 'b.rom', 'c.rom', 'kernel'].map(name => join(directory, name)) as [
		string,
		string,
		string,
		string,
	];
	const content = readFileSync('/usr/lib/ipxe/qemu/efi-virtio.rom');
	writeFileSync(rom, content);
	writeFileSync(copy, content);
	content[content.length - 1] = 1 ^ (content.at(-1) ?? 0);
	writeFileSync(changed, content);
	writeFileSync(kernel, multibootKernel());
	const withRom = async (file: string): Promise<ReadLikeness> => likenessOf({rest: [...net(`${NIC},romfile=${file}`), '-kernel', kernel]});
	const first = await withRom(rom);
	t.deepEqual((await withRom(copy)).likeness, first.likeness);
	t.deepEqual(
		compareLikeness(first.likeness, (await withRom(changed)).likeness).map(difference => difference.split(':', 1)[0]),
		['content of ROM of virtio-net-pci at pcie.0/01.0'],
	);
	t.true(first.likeness.files.some(({role}) => role === 'kernel'));
});

test('the firmware is the file that pc.bios is filled with, at the top of the first 4 GiB', async t => {
	const expected: ReadonlyArray<readonly [Shape, string, number]> = [
		[{}, '/usr/share/seabios/bios-256k.bin', 256 * 1024],
		[{rest: ['-bios', '/usr/share/seabios/bios.bin']}, '/usr/share/seabios/bios.bin', 128 * 1024],
		[{machine: 'microvm', rest: []}, '/usr/share/qemu/bios-microvm.bin', 64 * 1024],
	];
	for (const [shape, file, bytes] of expected) {
		const {firmware} = await likenessOf({...shape, mode: 'incoming'});
		t.is(firmware && realpathSync(firmware.file), realpathSync(file));
		t.is(firmware?.bytes, bytes);
		t.is(firmware?.address, 2 ** 32 - bytes);
	}
});
