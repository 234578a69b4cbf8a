import {accessSync, constants, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {assertAllowed, programOf, type QemuHostSettings, whyNotAllowed} from '../../../src/drivers/qemu/host-settings.ts';
import type {QemuDefinition} from '../../../src/index.ts';
import {qcow2Image} from '../../helpers/qcow2-image.ts';
import {qemuDefinition, qemuHostSettings} from '../../helpers/qemu-definition.ts';

type Disk = QemuDefinition['disks'][number];
type Host = {
	/** The one directory that this host allows; beside it, one that it does not. */
	readonly images: string;
	readonly outside: string;
	readonly settings: QemuHostSettings;
};

/** A host whose program is one that surely is there, with an image and a kernel, and a secret beside its directory. */
function host(t: ExecutionContext, overrides: Partial<QemuHostSettings> = {}): Host {
	const root = mkdtempSync(path.join(tmpdir(), 'sterna-allowed-'));
	t.teardown(() => rmSync(root, {recursive: true, force: true}));
	const [images, outside] = [path.join(root, 'images'), path.join(root, 'images-not')];
	for (const directory of [images, outside]) mkdirSync(directory);
	for (const name of ['a.img', 'vmlinuz', 'initrd.gz', 'bios.bin']) writeFileSync(path.join(images, name), name);
	writeFileSync(path.join(outside, 'secret'), 'secret');
	const binaries = new Map([['qemu-system-x86_64', process.execPath]]);
	return {images, outside, settings: qemuHostSettings({binaries, paths: [images], ...overrides})};
}

const disk = (file: string, overrides: Partial<Disk> = {}): Disk => ({
	node: 'disk0',
	path: file,
	format: 'raw',
	sharing: 'shared',
	direct: false,
	...overrides,
});

/** The reasons against a guest that is otherwise as it should be. */
const against = async (settings: QemuHostSettings, overrides: Partial<QemuDefinition>): Promise<string> =>
	(await whyNotAllowed(qemuDefinition(overrides), settings)).join('; ');

test('a guest of what this host has is allowed', async t => {
	const {images, settings} = host(t);
	const file = (name: string): string => path.join(images, name);
	await t.notThrowsAsync(
		assertAllowed(
			qemuDefinition({
				machineOptions: {hpet: 'off', smm: 'off', 'max-ram-below-4g': '2G'},
				cpu: 'max,+avx,-sse4a,hv-vendor-id=My Name,phys-bits=40',
				smp: {cpus: 2},
				kernel: {image: file('vmlinuz'), initrd: file('initrd.gz'), append: 'console=ttyS0 init=/bin/sh'},
				firmware: file('bios.bin'),
				disks: [disk(file('a.img'))],
				networks: [{netdev: 'net0', network: 'lan'}],
				devices: [
					{driver: 'virtio-blk-pci', properties: {drive: 'disk0'}},
					{driver: 'virtio-net-pci', properties: {netdev: 'net0', mac: '52:54:00:00:00:02', romfile: ''}},
				],
				globals: [
					{driver: 'ICH9-LPC', property: 'disable_s3', value: '1'},
					{driver: 'virtio-blk-pci', property: 'num-queues', value: '2'},
				],
			}),
			settings,
		),
	);
});

test('everything against a guest is said, each with the part of the definition that it is about', async t => {
	const error = await t.throwsAsync(
		assertAllowed(qemuDefinition({binary: 'sh', machine: 'q35', networks: [{netdev: 'net0', network: 'elsewhere'}]}), qemuHostSettings()),
		{name: 'DomainError', code: 'ERR_NOT_SUPPORTED'},
	);
	t.is(
		error?.message,
		'this host does not make such a guest: machine q35: known to migrate are pc-i440fx-VERSION, pc-q35-VERSION and microvm; network net0: this host has no network elsewhere (qemu.networks); binary: this host has no sh among its programs (qemu.binaries)',
	);
});

test('only the programs of this host are run, by their names', async t => {
	const {settings} = host(t, {binaries: new Map([['qemu-system-x86_64', '/nowhere/qemu-system-x86_64']])});
	for (const binary of ['sh', 'bin.sh', '..', '__proto__'])
		t.regex(await against(settings, {binary}), /has no .* among its programs/, binary);
	t.is(await against(settings, {}), 'binary: /nowhere/qemu-system-x86_64 is not installed, or cannot be run');
	t.is(programOf('qemu-system-x86_64', settings), '/nowhere/qemu-system-x86_64');
	t.throws(() => programOf('sh', settings), {code: 'ERR_NOT_SUPPORTED'});
});

test('no file outside of the directories is opened, whatever part of the guest it is for', async t => {
	const {images, outside, settings} = host(t);
	const secret = path.join(outside, 'secret');
	const outsiders = [secret, `${images}/../images-not/secret`, '/etc/passwd', images, `${images}-not/secret`, '/', '/proc/self/mem'];
	for (const file of outsiders) {
		for (const guest of [
			{disks: [disk(file)]},
			{disks: [disk(file, {sharing: 'read-only'})]},
			{kernel: {image: file}},
			{kernel: {image: path.join(images, 'vmlinuz'), initrd: file}},
			{firmware: file},
		] satisfies Partial<QemuDefinition>[])
			t.regex(await against(settings, guest), /none of the directories|not written in the shortest way/, JSON.stringify(guest));
	}
});

test('whether a file outside of the directories is there cannot be found out', async t => {
	const {outside, settings} = host(t);
	const there = await against(settings, {firmware: path.join(outside, 'secret')});
	t.is(there.replace('secret', 'not-there'), await against(settings, {firmware: path.join(outside, 'not-there')}));
});

test('a link counts as what it leads to', async t => {
	const {images, outside, settings} = host(t);
	const link = (name: string, target: string): string => {
		symlinkSync(target, path.join(images, name));
		return path.join(images, name);
	};
	t.is(await against(settings, {disks: [disk(link('within.img', path.join(images, 'a.img')))]}), '');
	const out = link('out.img', path.join(outside, 'secret'));
	t.is(await against(settings, {disks: [disk(out)]}), `disk disk0 ${out}: a link in it leads out of the directories that this host allows`);
	const through = path.join(link('directory', outside), 'secret');
	t.regex(await against(settings, {firmware: through}), /leads out of/);
	t.regex(await against(settings, {firmware: link('loop', 'loop')}), /cannot be read: ELOOP/);
});

test('a directory of the host may itself be a link', async t => {
	const {images, outside, settings} = host(t);
	const alias = path.join(outside, 'alias');
	symlinkSync(images, alias);
	const linked = {...settings, paths: [alias]};
	for (const directory of [alias, images]) t.is(await against(linked, {firmware: path.join(directory, 'bios.bin')}), '', directory);
	t.regex(await against(linked, {firmware: path.join(outside, 'secret')}), /none of the directories/);
});

test('what is no plain file, or not there, is named', async t => {
	const {images, settings} = host(t);
	mkdirSync(path.join(images, 'sub'));
	t.regex(await against(settings, {firmware: path.join(images, 'sub')}), /not a plain file/);
	t.is(await against(settings, {kernel: {image: path.join(images, 'gone')}}), `kernel ${images}/gone: it cannot be read: it is not there`);
	t.regex(await against({...settings, paths: []}, {firmware: path.join(images, 'bios.bin')}), /directories that this host allows \(none\)/);
});

test('a path of an initial ramdisk is one file, never a list', async t => {
	const {images, settings} = host(t);
	mkdirSync(path.join(images, 'initrd.gz,'));
	const initrd = path.join(images, 'initrd.gz,', 'x');
	writeFileSync(initrd, '');
	t.regex(await against(settings, {kernel: {image: path.join(images, 'vmlinuz'), initrd}}), /^initrd: its path must not have a comma/);
});

test('an image that names another file is refused: a guest could read any file of the host by it', async t => {
	const {images, settings} = host(t);
	const file = path.join(images, 'a.qcow2');
	const why = async (content: Buffer): Promise<string> => {
		writeFileSync(file, content);
		return against(settings, {disks: [disk(file, {format: 'qcow2'})]});
	};
	t.is(await why(qcow2Image()), '');
	t.is(await why(qcow2Image({version: 2, incompatible: 4n})), '', 'version 2 has no such field');
	t.is(await why(qcow2Image({incompatible: 1n})), '', 'not closed properly');
	t.regex(await why(qcow2Image({backingFile: '/etc/shadow'})), /has a backing file/);
	t.regex(await why(qcow2Image({version: 2, backingFile: 'a.img'})), /has a backing file/);
	t.regex(await why(qcow2Image({incompatible: 4n})), /its data in another file/);
	t.regex(await why(qcow2Image({magic: 0x7f_45_4c_46})), /not an image in qcow2/);
	t.regex(await why(Buffer.alloc(8)), /not an image in qcow2/);
});

test('a replicated disk is raw, and in the page cache', async t => {
	const {images, settings} = host(t);
	const file = path.join(images, 'a.img');
	writeFileSync(file, qcow2Image());
	const why = async (change: Partial<Disk>): Promise<string> =>
		against(settings, {disks: [disk(file, {sharing: 'replicated', ...change})]});
	t.is(await why({}), '');
	t.regex(await why({format: 'qcow2'}), /^disk \S+: a replicated disk is raw, not qcow2/);
	t.regex(await why({direct: true}), /^disk \S+: a replicated disk is not past the page cache/);
});

test('a device that is not on the list is refused, and one that cannot migrate with its reason, listed or not', async t => {
	const {settings} = host(t);
	const device = async (driver: string): Promise<string> => against(settings, {devices: [{driver, properties: {}}]});
	t.is(await device('isa-debug-exit'), 'device 0 (isa-debug-exit): it is not on the list of this host (qemu.devices)');
	const immovable = [
		'vfio-pci',
		'vhost-user-blk-pci',
		'vhost-vsock-pci',
		'usb-host',
		'nvdimm',
		'pc-dimm',
		'virtio-mem-pci',
		'virtio-pmem-pci',
	];
	const others = ['ivshmem-plain', 'loader', 'guest-loader', 'virtio-9p-pci', 'scsi-generic', 'tpm-tis', 'nvme', 'x-pci-proxy-dev'];
	const generous = {...settings, devices: new Set([...immovable, ...others])};
	for (const driver of [...immovable, ...others])
		t.regex(await against(generous, {devices: [{driver, properties: {}}]}), /^device 0 \(.*\): (?!it is not on the list)/, driver);
});

test('a property is refused with its device', async t => {
	const {settings} = host(t);
	const properties = {driver: 'vfio-pci', romfile: '/etc/shadow'};
	t.is(
		await against(settings, {devices: [{driver: 'virtio-rng-pci', properties}]}),
		'device 0 (virtio-rng-pci) driver: it would name another device model; device 0 (virtio-rng-pci) romfile: it would read a file of this host: it can only be empty',
	);
});

test('machines, their options, CPUs and defaults are those that are known to stay within the guest', async t => {
	const {settings} = host(t);
	for (const machine of ['q35', 'pc', 'none', 'x-remote', 'isapc', 'pc-q35-7.2.help', 'xenfv-4.2'])
		t.regex(await against(settings, {machine}), /^machine /, machine);
	for (const machine of ['pc-q35-7.2', 'pc-q35-4.0.1', 'pc-i440fx-2.12', 'microvm']) t.is(await against(settings, {machine}), '', machine);
	for (const name of [
		'memory-backend',
		'kernel',
		'firmware',
		'dtb',
		'dumpdtb',
		'memory-encryption',
		'confidential-guest-support',
		'sgx-epc.0.memdev',
	])
		t.regex(await against(settings, {machineOptions: {[name]: 'x'}}), new RegExp(`^machine option ${name}: a guest may set`), name);
	t.regex(await against(settings, {machineOptions: {acpi: '/etc/shadow'}}), /^machine option acpi: its value/);
	for (const cpu of ['help', '', 'max,help', 'max,memory=/machine', 'max,', 'max,+a b', '-x', 'max,hv-vendor-id=a/b'])
		t.regex(await against(settings, {cpu}), /^cpu: /, cpu);
	for (const [driver, property, value] of [
		['memory-backend-memfd', 'share', 'off'],
		['migration', 'send-configuration', 'off'],
		['virtio-blk-pci', 'romfile', '/etc/shadow'],
		['virtio-blk-pci', 'share-rw', 'on'],
		['usb-tablet', 'pcap', '/root/x'],
		['ICH9-LPC', 'anything', '/etc/shadow'],
		['virtio-net-pci', 'driver', 'loader'],
	] as const)
		t.regex(
			await against(settings, {globals: [{driver, property, value}]}),
			new RegExp(`^global ${driver}\\.${property}: `),
			`${driver}.${property}`,
		);
});

test('names are for one thing each, and memory is what QEMU can have', async t => {
	const {images, settings} = host(t);
	const file = path.join(images, 'a.img');
	t.is(
		await against(settings, {disks: [disk(file), disk(file, {node: 'disk0-file'})]}),
		'name disk0-file: it is taken by something else of the guest',
	);
	t.regex(await against(settings, {networks: [{netdev: 'ram', network: 'lan'}]}), /^name ram: it is taken/);
	t.is(await against(settings, {memoryBytes: 4096 * 3}), 'memoryBytes: must be a multiple of 8192');
	t.is(await against(settings, {pfnLimit: 2 ** 32}), 'pfnLimit: must be the memory in pages of 4096 bytes');
});

test('KVM is for hosts where it can be used', async t => {
	const {settings} = host(t);
	let usable = true;
	try {
		accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
	} catch {
		usable = false;
	}

	t.regex(await against(settings, {accelerator: 'kvm'}), usable ? /^$/ : /^accelerator: \/dev\/kvm cannot be opened: E[A-Z]+$/);
});
