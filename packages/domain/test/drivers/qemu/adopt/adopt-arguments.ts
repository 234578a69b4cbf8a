import test from 'ava';
import {adoptArguments, nameOfGuest, type UnderstoodGuest} from '../../../../src/drivers/qemu/adopt/adopt-arguments.ts';
import type {RunningBlock, RunningGuest} from '../../../../src/drivers/qemu/adopt/running-guest.ts';
import {qemuHostSettings} from '../../../helpers/qemu-definition.ts';

const UUID = 'a2f1b7c4-53c1-4e0e-9f52-2f9d2c4f8d11';
const OWN_UUID = '7f3f0a52-9f0b-4f43-8a0c-0b8c6a3e5f11';

const GUEST: RunningGuest = {
	argv: [],
	cwd: '/srv/vm',
	executable: '/usr/bin/qemu-system-x86_64',
	machine: 'pc-q35-7.2',
	accelerator: 'tcg',
	cpuModel: 'qemu64',
	cpus: 1,
	memory: {id: 'ram0', type: 'memory-backend-memfd', bytes: 256 * 2 ** 20, pluggedBytes: 0, share: true, huge: false},
	firmware: '/usr/share/seabios/bios-256k.bin',
	state: 'running',
	named: new Map(),
	unnamed: [],
	tree: [],
	blocks: [],
	blockedBecause: [],
};

const BLOCK: RunningBlock = {
	name: 'd0',
	node: '#block1',
	format: 'raw',
	file: '/srv/vm/d.img',
	readOnly: false,
	direct: true,
	flushes: true,
	backing: undefined,
};

type Choice = {networks?: Record<string, string>; disks?: Record<string, 'shared' | 'mirror' | 'read-only'>};

/** What is made of a command line; `running` is what the guest says of itself beside the above. */
function understand(
	args: readonly string[],
	running: Partial<RunningGuest> = {},
	{networks = {}, disks = {}}: Choice = {},
): UnderstoodGuest {
	return adoptArguments(
		{...GUEST, ...running, argv: ['qemu-system-x86_64', '-uuid', OWN_UUID, '-nodefaults', ...args]},
		{name: 'vm', uuid: UUID, binary: 'qemu-system-x86_64', networks: {chosen: networks, known: qemuHostSettings().networks}, disks},
	);
}

/** Obstacles without their cures. */
const obstacles = (...given: Parameters<typeof understand>): string[] =>
	understand(...given).obstacles.map(text => text.split(' (cure: ', 1)[0] ?? '');

test('a plain guest is what its command line says', t => {
	const machine = [
		'-machine',
		'q35,memory-backend=ram0,accel=tcg,vmport=off',
		'-cpu',
		'qemu64,-sse3',
		'-smp',
		'4,sockets=1,cores=4',
		'-m',
		'256',
	];
	const boot = ['-kernel', 'vmlinuz', '-initrd', '/boot/initrd', '-append', '-x console=ttyS0'];
	const others = ['-global', 'virtio-net-pci.mq=on', '-rtc', 'base=utc,driftfix=slew', '-no-hpet'];
	const {definition, obstacles: against, notes} = understand([...machine, ...boot, ...others], {cpus: 4});
	t.deepEqual(against, []);
	t.deepEqual(notes, []);
	t.deepEqual(definition, {
		kind: 'qemu',
		name: 'vm',
		uuid: OWN_UUID,
		memoryBytes: 256 * 2 ** 20,
		pfnLimit: 65_536,
		binary: 'qemu-system-x86_64',
		machine: 'pc-q35-7.2',
		machineOptions: {vmport: 'off', hpet: 'off'},
		accelerator: 'tcg',
		cpu: 'qemu64,-sse3',
		smp: {cpus: 4, sockets: 1, cores: 4},
		memoryBackend: {kind: 'memfd', id: 'ram0'},
		kernel: {image: '/srv/vm/vmlinuz', initrd: '/boot/initrd', append: '-x console=ttyS0'},
		vga: 'none',
		nodefaults: true,
		serialPorts: 0,
		disks: [],
		networks: [],
		devices: [],
		globals: [
			{driver: 'virtio-net-pci', property: 'mq', value: 'on'},
			{driver: 'mc146818rtc', property: 'lost_tick_policy', value: 'slew'},
		],
	});
});

test('options with one dash or two, and of the machine, say the same', t => {
	const one = understand(['-M', 'q35', '-kernel', '/k', '-bios', 'x.bin']);
	const other = understand(['--machine', 'q35,kernel=/k,firmware=x.bin']);
	t.deepEqual(one, other);
	t.is(one.definition?.firmware, '/usr/share/seabios/bios-256k.bin');
});

test('devices keep their order, their places, and the models that their short names stand for', t => {
	const {definition} = understand(
		[
			'-device',
			'virtio-blk,drive=d0,id=blk,addr=7',
			'-device',
			'virtio-rng,rng=r0',
			'-device',
			'{"driver":"virtio-balloon","id":"b","event_idx":false}',
			'-device',
			'pcie-root-port,id=rp',
		],
		{
			named: new Map([
				['blk', 'virtio-blk-pci'],
				['b', 'virtio-balloon-pci'],
				['rp', 'pcie-root-port'],
			]),
			unnamed: ['virtio-rng-pci'],
			blocks: [BLOCK],
		},
	);
	t.deepEqual(definition?.devices, [
		{driver: 'virtio-blk-pci', properties: {drive: 'd0', id: 'blk', addr: '7'}},
		{driver: 'virtio-rng-pci', properties: {}},
		{driver: 'pcie-root-port', properties: {id: 'rp'}},
		{driver: 'virtio-balloon-pci', properties: {id: 'b', event_idx: 'off'}},
	]);
	t.deepEqual(definition?.disks, [{node: 'd0', path: '/srv/vm/d.img', format: 'raw', sharing: 'shared', direct: true}]);
});

test('a serial port given as a device is a port of the machine', t => {
	const {definition} = understand(['-chardev', 'pty,id=c', '-device', 'isa-serial,chardev=c,id=s'], {
		named: new Map([['s', 'isa-serial']]),
		tree: [{place: 'isa.0/0x3f8', model: 'isa-serial', id: 's', properties: new Map(), wiring: []}],
	});
	t.is(definition?.serialPorts, 1);
	t.deepEqual(definition?.devices, []);
});

test('what is not in the guest cannot be chosen for', t => {
	t.deepEqual(obstacles([], {}, {networks: {n9: 'lab'}, disks: {d9: 'mirror'}}), [
		'no disk d9 in the guest',
		'no network backend n9 in the guest',
	]);
});

const DISK = ['-drive', 'file=d.img,if=none,id=d0', '-device', 'virtio-blk-pci,drive=d0'];
const ONE_DISK = {unnamed: ['virtio-blk-pci']};
const CARD = ['-device', 'virtio-net-pci,netdev=n0'];
const ONE_CARD = {unnamed: ['virtio-net-pci']};
const REFUSED: ReadonlyArray<readonly [says: string, args: readonly string[], running?: Partial<RunningGuest>, choice?: Choice]> = [
	["memory in huge pages, in which single pages' writes cannot be told apart", [], {memory: {...GUEST.memory, huge: true}}],
	['memory modules of 4096 bytes', [], {memory: {...GUEST.memory, pluggedBytes: 4096}}],
	['further memory (memory-backend-ram m1)', ['-object', 'memory-backend-ram,id=m1,size=64M']],
	['object sev-guest s', ['-object', 'sev-guest,id=s']],
	['2 CPUs where it was started with 1', ['-smp', '1,maxcpus=2'], {cpus: 2}],
	['the guest is inmigrate', [], {state: 'inmigrate'}],
	['QEMU would not migrate it: it is pinned', [], {blockedBecause: ['it is pinned']}],
	['-blah: an option that is not known here', ['-blah', 'x']],
	["-snapshot: the guest's writes are in temporary files of this host", ['-snapshot']],
	['-mem-path: memory in a file that QEMU keeps for itself', ['-mem-path', '/dev/hugepages']],
	['-L: ROM files from a directory of its own', ['-L', '/opt/roms']],
	['-parallel: a parallel port', ['-parallel', 'null']],
	["-rtc clock=vm: a clock that is not the host's", ['-rtc', 'clock=vm']],
	['an interrupt controller of its own choice (kernel-irqchip)', ['-accel', 'kvm,kernel-irqchip=split']],
	['firmware in flash memory (pflash0)', ['-machine', 'q35,pflash0=p']],
	[
		'device vfio-pci v: a device of this host that is given to the guest',
		['-device', 'vfio-pci,host=01:00.0,id=v'],
		{named: new Map([['v', 'vfio-pci']])},
	],
	['device nvdimm n: memory beside the main one', ['-device', 'nvdimm,id=n'], {named: new Map([['n', 'nvdimm']])}],
	['device virtio-mem-pci m: memory beside the main one', ['-device', 'virtio-mem-pci,id=m'], {named: new Map([['m', 'virtio-mem-pci']])}],
	[
		'device vhost-user-blk-pci: a device whose state is outside of QEMU',
		['-device', 'vhost-user-blk-pci'],
		{unnamed: ['vhost-user-blk-pci']},
	],
	['device gone was removed since the start', ['-device', 'virtio-rng-pci,id=gone']],
	['network n0: vhost: the state of its queues is in the kernel of this host', ['-netdev', 'tap,id=n0,vhost=on', ...CARD], ONE_CARD],
	['network n0: vhost-user: the state of its queues is outside of QEMU', ['-netdev', 'vhost-user,id=n0,chardev=c', ...CARD], ONE_CARD],
	[
		'network n0 (tap): the guest may use offloads that lab, a multicast network, has not',
		['-netdev', 'tap,id=n0', ...CARD],
		ONE_CARD,
		{networks: {n0: 'lab'}},
	],
	['-net user: a hub within QEMU', ['-net', 'user']],
	['disk d0 (/srv/vm/d.img): its format vmdk is neither raw nor qcow2', DISK, {...ONE_DISK, blocks: [{...BLOCK, format: 'vmdk'}]}],
	[
		'disk d0 (/srv/vm/d.img): it has the changes of base.qcow2 alone',
		DISK,
		{...ONE_DISK, blocks: [{...BLOCK, format: 'qcow2', backing: 'base.qcow2'}]},
	],
	['disk d0 (/dev/sdb): it is not a file', DISK, {...ONE_DISK, blocks: [{...BLOCK, file: '/dev/sdb'}]}],
	['disk d0 (/srv/vm/d.img): the guest may write it', DISK, {...ONE_DISK, blocks: [BLOCK]}, {disks: {d0: 'read-only'}}],
	[
		'-drive file=d.img,if=none,id=d0,cache=writethrough: the guest sees a disk without a cache',
		['-drive', 'file=d.img,if=none,id=d0,cache=writethrough'],
	],
];

for (const [says, args, running, choice] of REFUSED) {
	test(`refused, with this reason alone: ${says}`, t => {
		t.deepEqual(obstacles(args, running, choice), [says]);
		t.true(understand(args, running, choice).obstacles.every(obstacle => / \(cure: .+\)$/.test(obstacle)));
	});
}

test('memory that nobody else can read leaves no definition', t => {
	t.is(understand([], {memory: {...GUEST.memory, type: 'memory-backend-ram'}}).definition, undefined);
	t.is(understand([], {memory: {...GUEST.memory, share: false}}).definition, undefined);
});

test('what is of the host alone is told in one sentence', t => {
	const {notes, obstacles: against} = understand([
		'-display',
		'none',
		'-qmp',
		'unix:/q',
		'-D',
		'log',
		'-monitor',
		'none',
		'-daemonize',
		'-S',
	]);
	t.deepEqual(against, []);
	t.deepEqual(notes, ['of this host alone, and not taken over: -D, -daemonize, -display, -monitor, -qmp']);
});

test('a guest without a uuid gets the one that is offered', t => {
	const {definition, notes} = adoptArguments(
		{...GUEST, argv: ['qemu', '-nodefaults']},
		{
			name: 'vm',
			uuid: UUID,
			binary: 'qemu-system-x86_64',
			networks: {chosen: {}, known: new Map()},
			disks: {},
		},
	);
	t.is(definition?.uuid, UUID);
	t.deepEqual(notes, [`the guest has no uuid of its own: after a reboot on the other host it has ${UUID}`]);
});

test('a guest is called what -name says', t => {
	t.is(nameOfGuest(['qemu', '-name', 'vm1']), 'vm1');
	t.is(nameOfGuest(['qemu', '-name', 'guest=vm2,debug-threads=on']), 'vm2');
	t.is(nameOfGuest(['qemu', '-append', '-name', '-m', '64']), undefined);
});
