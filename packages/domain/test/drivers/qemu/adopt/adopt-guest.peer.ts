import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {driverFor} from '@sterna/domain';
import {type Adopted, type AdoptRequest, NotAdoptableError} from '../../../../src/adopt.ts';
import type {QemuHostSettings} from '../../../../src/drivers/qemu/host-settings.ts';
import type {QemuDefinition} from '../../../../src/drivers/qemu/definition.ts';
import {adoptGuest} from '../../../../src/drivers/qemu/adopt/adopt-guest.ts';
import {compareLikeness} from '../../../../src/drivers/qemu/likeness/compare-likeness.ts';
import {readLikeness} from '../../../../src/drivers/qemu/likeness/read-likeness.ts';
import {RomFiles} from '../../../../src/drivers/qemu/likeness/rom-files.ts';
import {QmpClient} from '../../../../src/drivers/qemu/qmp/qmp-client.ts';
import {placesIn, startForeignQemu, startProgram} from '../../../helpers/foreign-qemu.ts';
import {multibootKernel} from '../../../helpers/multiboot-kernel.ts';
import {qemuHostSettings} from '../../../helpers/qemu-definition.ts';
import {scriptedMonitor} from '../../../helpers/scripted-monitor.ts';
import {temporaryDirectory} from '../../../helpers/workshop.ts';

const UUID = 'a2f1b7c4-53c1-4e0e-9f52-2f9d2c4f8d11';
const MULTICAST = 'socket,id=n0,mcast=239.1.2.3:7177,localaddr=127.0.0.1';
const romFiles = new RomFiles();
const DEVICES = [
	'virtio-net-pci',
	'virtio-blk-pci',
	'virtio-rng-pci',
	'virtio-balloon-pci',
	'virtio-net-device',
	'virtio-blk-device',
	'ide-hd',
	'ide-cd',
];

/** A guest whose memory can be shared, and nothing else; `machine` with its options. */
const memory = (machine: string, backend = 'memory-backend-memfd,id=ram0,size=64M,share=on'): string[] => [
	'-machine',
	`${machine},memory-backend=ram0`,
	'-m',
	'64M',
	'-object',
	backend,
];

/** What every guest here has: named, without a window. */
const BASE = ['-name', 'byhand', '-display', 'none', '-S'];

/** A host that allows the devices above, and images of one directory. */
const hostWith = (directory: string): QemuHostSettings => qemuHostSettings({paths: [directory], devices: new Set(DEVICES)});

type Request = Partial<Omit<AdoptRequest, 'monitorSocket'>>;

async function adopt(t: ExecutionContext, args: readonly string[], request: Request = {}): Promise<Adopted & {definition: QemuDefinition}> {
	const directory = temporaryDirectory(t);
	writeFileSync(join(directory, 'd.img'), Buffer.alloc(1024 * 1024));
	writeFileSync(join(directory, 'kernel'), multibootKernel());
	const {monitorSocket} = await startForeignQemu(t, args, directory);
	return adoptRunning(monitorSocket, directory, request);
}

async function adoptRunning(
	monitorSocket: string,
	directory: string,
	request: Request = {},
): Promise<Adopted & {definition: QemuDefinition}> {
	const adopted = await adoptGuest(
		{name: undefined, uuid: UUID, networks: {}, disks: {}, ...request, monitorSocket},
		placesIn(directory, hostWith(directory)),
		romFiles,
	);
	if (adopted.definition.kind !== 'qemu') throw new TypeError('no QEMU guest');
	return {...adopted, definition: adopted.definition};
}

/** Starts the command that another host would, and says in what its guest differs from the adopted one. */
async function differences(
	t: ExecutionContext,
	{definition, command}: {definition: QemuDefinition; command: readonly string[]},
): Promise<string[]> {
	const {likeness} = definition;
	if (likeness === undefined) throw new TypeError('an adopted guest has a likeness');
	const option = command[command.indexOf('-chardev') + 1] ?? '';
	const socketPath = /path=([^,]+)/.exec(option)?.[1] ?? '';
	await startProgram(t, command, socketPath);
	using qmp = await QmpClient.connect(socketPath, {timeoutMs: 30_000});
	const other = await readLikeness({qmp, binary: command[0] ?? '', romFiles});
	return compareLikeness(likeness, other.likeness);
}

const GUESTS: ReadonlyArray<readonly [what: string, args: readonly string[], request?: Request]> = [
	["pc without QEMU's own choice of devices", [...BASE, ...memory('pc'), '-nodefaults']],
	["pc with QEMU's own choice of devices, and no network", [...BASE, ...memory('pc'), '-net', 'none']],
	[
		'q35 with a serial port to a file, and memory in a file',
		[
			...BASE,
			...memory('q35', 'memory-backend-file,id=ram0,size=64M,mem-path=ram,share=on'),
			'-nodefaults',
			'-serial',
			'null',
			'-vga',
			'std',
			'-cpu',
			'max',
			'-smp',
			'2,cores=2,sockets=1',
		],
	],
	[
		'q35 with everything of virtio',
		[
			...BASE,
			...memory('q35,smm=off'),
			'-nodefaults',
			'-drive',
			'file=d.img,if=none,id=d0,format=raw,cache=none',
			'-device',
			'virtio-blk,drive=d0,id=blk',
			'-netdev',
			MULTICAST,
			'-device',
			'virtio-net-pci,netdev=n0,addr=7',
			'-object',
			'rng-random,id=r0,filename=/dev/urandom',
			'-device',
			'virtio-rng-pci,rng=r0',
			'-device',
			'virtio-balloon-pci',
		],
		{networks: {n0: 'lab'}},
	],
	[
		'pc with a disk and a card in the short forms',
		[
			...BASE,
			...memory('pc'),
			'-nographic',
			'-serial',
			'null',
			'-drive',
			'file=d.img,if=virtio,format=raw',
			'-nic',
			'socket,model=virtio-net-pci,mcast=239.1.2.3:7177,localaddr=127.0.0.1',
			'-device',
			'virtio-rng-pci',
		],
		{networks: {nic0: 'lab'}, disks: {virtio0: 'mirror'}},
	],
	['pc with a disk on its IDE bus', [...BASE, ...memory('pc'), '-nic', 'none', '-drive', 'file=d.img,format=raw']],
	[
		'q35 with its devices in JSON',
		[
			...BASE,
			...memory('pc-q35-7.1'),
			'-nodefaults',
			'-blockdev',
			'{"driver":"file","filename":"d.img","node-name":"f0"}',
			'-blockdev',
			'{"driver":"raw","file":"f0","node-name":"d0","read-only":true}',
			'-device',
			'{"driver":"virtio-blk-pci","drive":"d0","id":"b"}',
			'-device',
			'virtio-rng-pci',
		],
	],
	['q35 with a kernel beside it', [...BASE, ...memory('q35'), '-nodefaults', '-kernel', 'kernel', '-append', 'quiet']],
	[
		'microvm',
		[
			...BASE,
			...memory('microvm'),
			'-nodefaults',
			'-serial',
			'null',
			'-drive',
			'file=d.img,if=none,id=d0,format=raw',
			'-device',
			'virtio-blk-device,drive=d0',
			'-netdev',
			MULTICAST,
			'-device',
			'virtio-net-device,netdev=n0',
		],
		{networks: {n0: 'lab'}},
	],
];

for (const [what, args, request] of GUESTS) {
	test(`a guest started by hand is adopted, and the command for the other host makes its like: ${what}`, async t => {
		const adopted = await adopt(t, args, request);
		t.deepEqual(await differences(t, adopted), []);
		t.true(adopted.paused);
		t.is(adopted.definition.name, 'byhand');
	});
}

const NODEFAULTS = [...BASE, ...memory('q35'), '-nodefaults'];
const REFUSALS: ReadonlyArray<readonly [what: string, args: readonly string[], says: RegExp, request?: Request]> = [
	[
		'anonymous memory',
		[...BASE, '-nodefaults', '-m', '64M'],
		/anonymous memory \(memory-backend-ram pc\.ram\).* \(cure: .*memory-backend-memfd,id=ram,size=64M,share=on/,
	],
	[
		'memory that is not shared',
		[...BASE, ...memory('q35', 'memory-backend-memfd,id=ram0,size=64M,share=off'), '-nodefaults'],
		/memory that is not shared \(memory-backend-memfd ram0 without share=on\)/,
	],
	[
		'room for more memory',
		[
			...BASE,
			'-machine',
			'q35,memory-backend=ram0',
			'-m',
			'64M,slots=2,maxmem=1G',
			'-object',
			'memory-backend-memfd,id=ram0,size=64M,share=on',
			'-nodefaults',
		],
		/room for memory that is added later/,
	],
	['user networking', [...NODEFAULTS, '-netdev', 'user,id=n0', '-device', 'virtio-net-pci,netdev=n0'], /network n0: user networking/],
	["QEMU's default network card", [...BASE, ...memory('pc')], /QEMU's default network card, with user networking/],
	[
		'a network that nobody named',
		[...NODEFAULTS, '-netdev', MULTICAST, '-device', 'virtio-net-pci,netdev=n0'],
		/network n0 \(socket\): which of the hosts' networks it is on is not known \(cure: say --network n0=NAME, one of lab, lan\)/,
	],
	[
		'a network that this host does not have',
		[...NODEFAULTS, '-netdev', MULTICAST, '-device', 'virtio-net-pci,netdev=n0'],
		/network n0: this host has no network moon/,
		{networks: {n0: 'moon'}},
	],
	[
		'pages that vanish',
		[...NODEFAULTS, '-device', 'virtio-balloon-pci,free-page-reporting=on'],
		/device virtio-balloon-pci with free-page-reporting=on: pages become zeros without a trace/,
	],
	['a display that is none of ours', [...NODEFAULTS, '-vga', 'cirrus'], /display cirrus-vga of -vga cirrus/],
	[
		'firmware in flash',
		[...NODEFAULTS, '-drive', 'if=pflash,format=raw,readonly=on,file=/usr/share/seabios/bios-256k.bin'],
		/firmware in flash memory/,
	],
	[
		'a snapshot',
		[...NODEFAULTS, '-drive', 'file=d.img,if=none,id=d0,format=raw,snapshot=on', '-device', 'virtio-blk-pci,drive=d0'],
		/what the guest writes is in a temporary file of this host/,
	],
	[
		'a disk that cannot be had elsewhere',
		[...NODEFAULTS, '-drive', 'file=null-co://,if=none,id=d0,format=raw', '-device', 'virtio-blk-pci,drive=d0'],
		/disk d0 \(null-co:\/\/\): it is not a file/,
	],
	[
		'a disk of a directory that is not allowed',
		[
			...NODEFAULTS,
			'-drive',
			'file=/usr/share/seabios/bios.bin,if=none,id=d0,format=raw,readonly=on',
			'-device',
			'virtio-blk-pci,drive=d0',
		],
		/disk d0 \/usr\/share\/seabios\/bios\.bin: it is in none of the directories that this host allows/,
	],
	['time by counted instructions', [...NODEFAULTS, '-icount', 'shift=auto'], /-icount: time that goes by counted instructions/],
	['a device that this host does not allow', [...NODEFAULTS, '-device', 'e1000'], /device 0 \(e1000\): it is not on the list of this host/],
	[
		'a stream into the guest',
		[...NODEFAULTS, '-chardev', 'null,id=c0', '-device', 'virtio-serial-pci', '-device', 'virtconsole,chardev=c0'],
		/device virtconsole: a stream of this host \(chardev\)/,
	],
	[
		'tables of its own',
		[...NODEFAULTS, '-smbios', 'type=1,serial=x'],
		/-smbios: a table or device that the definition of a guest has no place for/,
	],
];

for (const [what, args, says, request] of REFUSALS) {
	test(`a guest that cannot be migrated is refused with the reason: ${what}`, async t => {
		const error = await t.throwsAsync(adopt(t, args, request), {instanceOf: NotAdoptableError, code: 'ERR_NOT_SUPPORTED'});
		t.true(
			error?.obstacles.some(obstacle => says.test(obstacle)),
			error?.message,
		);
	});
}

for (const [what, backend] of [
	['in a memfd', 'memory-backend-memfd,id=ram0,size=64M,share=on'],
	['in a file that is named from where QEMU was started', 'memory-backend-file,id=ram0,size=64M,mem-path=./ram,share=on'],
	['in a directory', 'memory-backend-file,id=ram0,size=64M,mem-path=/dev/shm,share=on'],
] as const) {
	test(`an adopted guest is a source whose memory is taken hold of: ${what}`, async t => {
		const directory = temporaryDirectory(t);
		const {monitorSocket} = await startForeignQemu(t, [...BASE, ...memory('q35', backend), '-nodefaults'], directory);
		const {definition, handle} = await adoptRunning(monitorSocket, directory);
		const place = placesIn(directory, hostWith(directory))(definition.name);
		await using source = await driverFor('qemu').openSource(definition, handle, place, {tracker: 'auto'});
		t.is(source.memory.pageLimit, 16_384);
	});
}

test('all that stands against a guest is told at once', async t => {
	const args = [...BASE, '-m', '64M', '-icount', 'shift=auto', '-smbios', 'type=1,serial=x'];
	const error = await t.throwsAsync(adopt(t, args), {instanceOf: NotAdoptableError});
	for (const says of [/anonymous memory/, /-icount/, /-smbios/, /default network card/])
		t.true(error?.obstacles.some(obstacle => says.test(obstacle)));
});

test('devices that were added since the start are refused by name, and the guest is as it was', async t => {
	const directory = temporaryDirectory(t);
	const {monitorSocket} = await startForeignQemu(t, [...BASE.filter(word => word !== '-S'), ...memory('pc'), '-nodefaults'], directory);
	const run = async (commands: (qmp: QmpClient) => Promise<unknown>): Promise<void> => {
		using qmp = await QmpClient.connect(monitorSocket);
		await commands(qmp);
	};
	t.false((await adoptRunning(monitorSocket, directory)).paused);
	await run(async qmp => qmp.execute('device_add', {driver: 'virtio-rng-pci', id: 'late'}));
	await run(async qmp => qmp.execute('device_add', {driver: 'virtio-balloon-pci'}));
	const error = await t.throwsAsync(adoptRunning(monitorSocket, directory), {instanceOf: NotAdoptableError});
	t.deepEqual(
		error?.obstacles.map(obstacle => obstacle.split(' (cure')[0]),
		['device late (virtio-rng-pci) was added since the start', 'device virtio-balloon-pci was added since the start'],
	);
	await run(async qmp => t.is((await qmp.execute('query-status')).status, 'running'));
});

test('what is of this host alone is told as such, and what was chosen is in the definition', async t => {
	const args = [
		...NODEFAULTS,
		'-drive',
		'file=d.img,if=none,id=d0,format=raw,aio=threads',
		'-device',
		'virtio-blk-pci,drive=d0',
		'-no-reboot',
		'-pidfile',
		'pid',
	];
	const {definition, notes, handle} = await adopt(t, args, {name: 'other', disks: {d0: 'mirror'}});
	t.is(definition.name, 'other');
	t.is(definition.uuid, UUID);
	t.like(definition.disks[0], {node: 'd0', sharing: 'mirror', format: 'raw', direct: false});
	t.is(handle.kind === 'process' && handle.pid > 0, true);
	t.deepEqual(notes, [
		'on the other host a reboot does not end the guest (-no-reboot)',
		'of this host alone, and not taken over: -display, -pidfile, -qmp',
		'aio of -drive d0 is not taken over',
		`the guest has no uuid of its own: after a reboot on the other host it has ${UUID}`,
	]);
});

test("a monitor that speaks for another's guest is not believed", async t => {
	const directory = temporaryDirectory(t);
	const other = await startForeignQemu(t, NODEFAULTS, directory);
	using qmp = await QmpClient.connect(other.monitorSocket);
	const cpus = await qmp.execute('query-cpus-fast');
	const pretender = await scriptedMonitor(t, {onCommand: ({send}, {id}) => send({return: cpus, id})});
	await t.throwsAsync(adoptRunning(pretender.socketPath, directory), {
		code: 'ERR_NOT_SUPPORTED',
		message: new RegExp(`^the monitor was made by process ${process.pid}, but the guest's CPUs run in ${other.pid}:`),
	});
});
