import test from 'ava';
import {OperationError} from '@sterna/protocol';
import {QemuDefinition} from '@sterna/domain';
import * as v from 'valibot';
import {parseQemuFile, type WrittenDefinition} from '../../../src/commands/domain/qemu-definition.ts';

const MIB = 2 ** 20;
const UUID = '7f3f0a52-9f0b-4f43-8a0c-0b8c6a3e5f11';

function parse(text: string, name?: string): WrittenDefinition {
	let drawn = 0;
	return parseQemuFile(text, 'vm1.toml', {name, drawMac: () => `52:54:00:00:00:0${++drawn}`});
}

/** The fault of a file's text, without the file's name. */
const faultOf = (text: string): string => {
	try {
		parse(`memory = "64MiB"\n${text}`);
	} catch (error) {
		if (error instanceof OperationError && error.code === 'ERR_USAGE') return error.message.replace(/^vm1\.toml/, '');
		throw error;
	}

	return 'none';
};

test('the least that a file can say is a guest', t => {
	const definition = parse('memory = "512MiB"', 'vm1');
	t.deepEqual(definition, {
		kind: 'qemu',
		name: 'vm1',
		memoryBytes: 512 * MIB,
		pfnLimit: 131_072,
		binary: 'qemu-system-x86_64',
		machine: 'q35',
		machineOptions: {},
		accelerator: 'tcg',
		cpu: 'qemu64',
		smp: {cpus: 1},
		memoryBackend: {kind: 'memfd', id: 'ram'},
		vga: 'none',
		nodefaults: true,
		serialPorts: 1,
		disks: [],
		networks: [],
		devices: [],
		globals: [],
	});
	t.true(v.is(QemuDefinition, {...definition, uuid: UUID}), "it is a definition as soon as the daemon's uuid is in it");
});

const WHOLE = `
name = "vm1"
uuid = "${UUID}"
memory = "1GiB"
binary = "qemu-next"
machine = "pc-i440fx-7.2"
machine-options = {hpet = false, acpi = true, max-ram-below-4g = 1073741824}
accelerator = "kvm"
cpu = "max,-avx2"
memory-backend = "file"
firmware = "/srv/images/bios.bin"
vga = "std"
serial-ports = 2
smp = {cpus = 4, sockets = 1, cores = 2, threads = 2}

[kernel]
image = "/srv/images/vmlinuz"
append = "console=ttyS0"

[[disk]]
path = "/srv/images/a.qcow2"
format = "qcow2"
sharing = "shared"
[disk.properties]
serial = "one"
bootindex = 1

[[disk]]
path = "/srv/images/b.img"
sharing = "mirror"
node = "data"
device = "scsi-hd"
properties = {bus = "scsi0.0"}

[[network]]
network = "lan"
[[network]]
network = "lab"
mac = "52:54:00:AB:CD:EF"
device = "e1000"
properties = {bootindex = 2}

[[device]]
driver = "virtio-scsi-pci"
properties = {id = "scsi0"}

[[global]]
driver = "PIIX4_PM"
property = "disable_s3"
value = 1
`;

test('every key is taken over, in the words of QEMU', t => {
	const definition = parse(WHOLE);
	t.deepEqual(definition, {
		kind: 'qemu',
		name: 'vm1',
		uuid: UUID,
		memoryBytes: 1024 * MIB,
		pfnLimit: 262_144,
		binary: 'qemu-next',
		machine: 'pc-i440fx-7.2',
		machineOptions: {hpet: 'off', acpi: 'on', 'max-ram-below-4g': '1073741824'},
		accelerator: 'kvm',
		cpu: 'max,-avx2',
		smp: {cpus: 4, sockets: 1, cores: 2, threads: 2},
		memoryBackend: {kind: 'file', id: 'ram'},
		kernel: {image: '/srv/images/vmlinuz', append: 'console=ttyS0'},
		firmware: '/srv/images/bios.bin',
		vga: 'std',
		nodefaults: true,
		serialPorts: 2,
		disks: [
			{node: 'disk0', path: '/srv/images/a.qcow2', format: 'qcow2', sharing: 'shared', direct: true},
			{node: 'data', path: '/srv/images/b.img', format: 'raw', sharing: 'mirror', direct: false},
		],
		networks: [
			{netdev: 'net0', network: 'lan'},
			{netdev: 'net1', network: 'lab'},
		],
		devices: [
			{driver: 'virtio-scsi-pci', properties: {id: 'scsi0'}},
			{driver: 'virtio-blk-pci', properties: {drive: 'disk0', serial: 'one', bootindex: '1'}},
			{driver: 'scsi-hd', properties: {drive: 'data', bus: 'scsi0.0'}},
			{driver: 'virtio-net-pci', properties: {netdev: 'net0', mac: '52:54:00:00:00:01', romfile: ''}},
			{driver: 'e1000', properties: {netdev: 'net1', mac: '52:54:00:AB:CD:EF', bootindex: '2'}},
		],
		globals: [{driver: 'PIIX4_PM', property: 'disable_s3', value: '1'}],
	});
	t.true(v.is(QemuDefinition, definition));
	t.is(parse(WHOLE, 'other').name, 'other', 'the command line counts more');
});

test('a machine without PCI has devices without it', t => {
	const text = 'memory = "64MiB"\nmachine = "microvm"\n[[disk]]\npath = "/a"\nsharing = "read-only"\n[[network]]\nnetwork = "lab"\n';
	t.deepEqual(parse(text, 'vm1').devices, [
		{driver: 'virtio-blk-device', properties: {drive: 'disk0'}},
		{driver: 'virtio-net-device', properties: {netdev: 'net0', mac: '52:54:00:00:00:01'}},
	]);
});

test('a replicated disk is in the page cache', t => {
	const text = 'memory = "64MiB"\n[[disk]]\npath = "/a"\nsharing = "replicated"\n';
	t.deepEqual(parse(text, 'vm1').disks, [{node: 'disk0', path: '/a', format: 'raw', sharing: 'replicated', direct: false}]);
});

test('an Ethernet address is drawn for each card that has none', t => {
	const text = 'memory = "64MiB"\n[[network]]\nnetwork = "lab"\n[[network]]\nnetwork = "lab"\n';
	const macs = parseQemuFile(text, 'x', {name: 'vm1'}).devices.map(({properties}) => properties['mac'] ?? '');
	for (const mac of macs) t.regex(mac, /^52:54:00(:[0-9a-f]{2}){3}$/);
	t.not(macs[0], macs[1]);
});

test('what is wrong in a file is named with line and key, and with the word that was probably meant', t => {
	t.is(faultOf('[[disk]]\npath = "/a"\nsharing = "shared"\n[[disk]]\npth = "/b"\nsharing = "shared"'), ':5: disk.1.path is missing');
	t.is(faultOf('[[disk]]\npath = "/a"\nsharing = "shared"\nformt = "raw"'), ':5: disk.0.formt is not a known key: did you mean format?');
	t.is(faultOf('memroy-backend = "file"'), ':2: memroy-backend is not a known key: did you mean memory-backend?');
	t.is(faultOf('[[disk]]\npath = "a.img"\nsharing = "shared"'), ':3: disk.0.path: must be an absolute path');
	t.is(faultOf('[[disk]]\npath = "/a"'), ':2: disk.0.sharing is missing');
	t.regex(faultOf('[[disk]]\npath = "/a"\nsharing = "copied"'), /^:4: disk\.0\.sharing: .*"shared"/);
	t.is(
		faultOf('[[disk]]\npath = "/a"\nsharing = "shared"\n[disk.properties]\ndrive = "other"'),
		':5: disk.0.properties: must not have drive: it is set by what it belongs to',
	);
	t.is(
		faultOf('[[device]]\ndriver = "e1000"\nproperties = {mac = [1]}'),
		':4: device.0.properties.mac: must be a text, a number, true or false',
	);
	t.is(faultOf('[[network]]\nnetwork = "lan"\nmac = "52:54"'), ':4: network.0.mac: must be an Ethernet address such as 52:54:00:12:34:56');
	t.is(faultOf('cpus = 2\nsmp = {cpus = 2}'), ':2: cpus: smp has it, too');
	t.is(faultOf('[smp]\ncores = 2'), ':2: smp.cpus is missing');
	t.is(
		faultOf('[kernel]\nimage = "/vmlinuz"\ninitramfs = "/x"'),
		':4: kernel.initramfs is not a known key; known here are image, initrd, append',
	);
	t.regex(faultOf('cpus = 0'), /^:2: cpus: must be 1 or more/);
	t.regex(faultOf('x = ['), /^:2:\d+: /);
	const size = (memory: string): Error | undefined => t.throws(() => parse(`memory = ${memory}`), {code: 'ERR_USAGE'});
	t.regex(size('"512M"')?.message ?? '', /^vm1\.toml:1: memory: "512M" has the unknown unit M/);
	t.regex(size('4096')?.message ?? '', /^vm1\.toml:1: memory: must be a multiple of 8KiB/);
});
