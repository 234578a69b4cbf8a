import test from 'ava';
import {array, assert, constantFrom, property, tuple} from 'fast-check';
import {compareLikeness} from '../../../../src/drivers/qemu/likeness/compare-likeness.ts';
import type {Likeness} from '../../../../src/drivers/qemu/likeness/likeness.ts';

const MIB = 1024 * 1024;
const hash = (digit: string): string => digit.repeat(64);
const LIKENESS: Likeness = {
	version: '7.2.22',
	package: 'Debian 1:7.2+dfsg-7',
	machine: 'pc-q35-7.2-machine',
	memoryBytes: 512 * MIB,
	cpu: {type: 'qemu64-x86_64-cpu', count: 2, features: hash('a')},
	devices: [
		'pcie.0/01.0 virtio-net-pci aaaa',
		'pcie.0/01.0/virtio-bus/virtio-net-device virtio-net-device bbbb',
		'pcie.0/02.0 virtio-blk-pci cccc',
	],
	networkCards: [{mac: '52:54:00:00:00:02', features: 'CSUM GUEST_CSUM MRG_RXBUF'}],
	ramBlocks: [
		{name: 'm', bytes: 512 * MIB},
		{name: 'pc.bios', bytes: 256 * 1024},
	],
	files: [{role: 'firmware', sha256: hash('f')}],
};

const CHANGES: ReadonlyArray<readonly [what: string, change: Partial<Likeness>, says: readonly string[]]> = [
	['version', {version: '8.0.0', package: ''}, ['QEMU: 7.2.22 (Debian 1:7.2+dfsg-7) at the source, 8.0.0 here']],
	['machine type', {machine: 'pc-i440fx-7.2-machine'}, ['machine type: pc-q35-7.2 at the source, pc-i440fx-7.2 here']],
	['RAM', {memoryBytes: 256 * MIB}, ['RAM: 512 MiB at the source, 256 MiB here']],
	['RAM, by a page', {memoryBytes: 512 * MIB - 4096}, ['RAM: 512 MiB at the source, 524284 KiB here']],
	['CPU model', {cpu: {...LIKENESS.cpu, type: 'max-x86_64-cpu', features: hash('b')}}, ['CPU model: qemu64 at the source, max here']],
	[
		'CPU flags',
		{cpu: {...LIKENESS.cpu, features: hash('b')}},
		['features of CPU model qemu64: sha256 aaaaaaaaaaaaaaaa… at the source, sha256 bbbbbbbbbbbbbbbb… here'],
	],
	['number of CPUs', {cpu: {...LIKENESS.cpu, count: 4}}, ['CPUs: 2 at the source, 4 here']],
	[
		'another device',
		{devices: [...LIKENESS.devices, 'pcie.0/03.0 virtio-rng-pci dddd']},
		['device at pcie.0/03.0: none at the source, virtio-rng-pci here'],
	],
	['no network card', {devices: LIKENESS.devices.slice(2)}, ['device at pcie.0/01.0: virtio-net-pci at the source, none here']],
	[
		'network card elsewhere',
		{devices: LIKENESS.devices.map(line => line.replace('/01.0', '/07.0'))},
		['device virtio-net-pci: pcie.0/01.0 at the source, pcie.0/07.0 here'],
	],
	[
		'other network card',
		{devices: ['pcie.0/01.0 e1000 eeee', 'pcie.0/02.0 virtio-blk-pci cccc']},
		['device at pcie.0/01.0: virtio-net-pci at the source, e1000 here'],
	],
	[
		'other properties',
		{devices: LIKENESS.devices.map(line => line.replace('cccc', 'dddd'))},
		['properties of the virtio-blk-pci at pcie.0/02.0: hash cccc at the source, hash dddd here'],
	],
	[
		'a network without offloads',
		{networkCards: [{mac: '52:54:00:00:00:02', features: 'MRG_RXBUF'}]},
		[
			'offloads of the network card 52:54:00:00:00:02 (a bridge has them, a multicast segment does not): CSUM GUEST_CSUM at the source, none here',
		],
	],
	[
		'a network with others',
		{networkCards: [{mac: '52:54:00:00:00:02', features: 'CSUM GUEST_CSUM GUEST_USO4 MRG_RXBUF'}]},
		[
			'offloads of the network card 52:54:00:00:00:02 (a bridge has them, a multicast segment does not): none at the source, GUEST_USO4 here',
		],
	],
	[
		'a block',
		{ramBlocks: LIKENESS.ramBlocks.map(block => (block.name === 'pc.bios' ? {...block, bytes: 128 * 1024} : block))},
		['block of memory pc.bios: 256 KiB at the source, 128 KiB here'],
	],
	[
		'a block more',
		{ramBlocks: [...LIKENESS.ramBlocks, {name: 'vga.vram', bytes: 16 * MIB}]},
		['block of memory vga.vram: none at the source, 16 MiB here'],
	],
	['the size of a replicated disk', {disks: [{node: 'disk0', bytes: 20 * MIB}]}, ['disk disk0: none at the source, 20 MiB here']],
	[
		'a file',
		{files: [{role: 'firmware', sha256: hash('e')}]},
		['content of firmware: sha256 ffffffffffffffff… at the source, sha256 eeeeeeeeeeeeeeee… here'],
	],
	[
		'no kernel',
		{files: [...LIKENESS.files, {role: 'kernel', sha256: hash('0')}]},
		['content of kernel: none at the source, sha256 0000000000000000… here'],
	],
];

for (const [what, change, says] of CHANGES) {
	test(`one difference is one sentence with both values: ${what}`, t => {
		t.deepEqual(compareLikeness(LIKENESS, {...LIKENESS, ...change}), says);
	});
}

test('a guest is like itself', t => {
	t.deepEqual(compareLikeness(LIKENESS, structuredClone(LIKENESS)), []);
});

test('all that differs is told at once, and the sides are called what the caller calls them', t => {
	const other = {...LIKENESS, memoryBytes: MIB, cpu: {...LIKENESS.cpu, count: 1}};
	t.deepEqual(compareLikeness(LIKENESS, other, {first: 'when it was made', second: 'now'}), [
		'RAM: 512 MiB when it was made, 1 MiB now',
		'CPUs: 2 when it was made, 1 now',
	]);
});

test('two lists of devices give a sentence exactly where they differ', t => {
	const place = constantFrom('pcie.0/01.0', 'pcie.0/02.0', 'pcie.0/01.0/virtio-bus/x', 'isa.0/0x3f8', 'no bus');
	const device = tuple(place, constantFrom('virtio-net-pci', 'e1000', 'x'), constantFrom('aa', 'bb')).map(words => words.join(' '));
	const devices = array(device, {maxLength: 6}).map(lines => lines.toSorted());
	assert(
		property(devices, devices, (first, second) => {
			const differences = compareLikeness({...LIKENESS, devices: first}, {...LIKENESS, devices: second});
			t.is(differences.length === 0, first.join('\n') === second.join('\n'));
		}),
	);
});
