import test from 'ava';
import {formatQemuArguments, type FormatArgumentsOptions} from '../../../../src/drivers/qemu/command-line/format-arguments.ts';
import type {QemuDefinition} from '../../../../src/index.ts';
import {qemuDefinition, qemuHostSettings} from '../../../helpers/qemu-definition.ts';

const OPTIONS: FormatArgumentsOptions = {
	place: {runDir: '/run/sterna/guests/vm1', outputFile: '/var/lib/sterna/domains/vm1/output'},
	settings: qemuHostSettings(),
	mode: 'run',
};
const format = (overrides: Partial<QemuDefinition>, options: Partial<FormatArgumentsOptions> = {}): string[] =>
	formatQemuArguments(qemuDefinition(overrides), {...OPTIONS, ...options});

/** The values behind an option, in their order. */
const behind = (args: readonly string[], option: string): string[] => args.filter((_, index) => args[index - 1] === option);

test('a guest is one command line', t => {
	const args = format({
		machineOptions: {smm: 'off', hpet: 'off'},
		cpu: 'max,-avx2',
		smp: {cpus: 2, sockets: 1, cores: 2},
		kernel: {image: '/srv/images/vmlinuz', initrd: '/srv/images/initrd.gz', append: 'console=ttyS0 mc=mb=64,rate=50'},
		disks: [{node: 'disk0', path: '/srv/images/a.img', format: 'raw', sharing: 'shared', direct: true}],
		networks: [{netdev: 'net0', network: 'lan'}],
		devices: [
			{driver: 'virtio-blk-pci', properties: {drive: 'disk0'}},
			{driver: 'virtio-net-pci', properties: {netdev: 'net0', mac: '52:54:00:00:00:02', romfile: ''}},
		],
		globals: [{driver: 'ICH9-LPC', property: 'disable_s3', value: '1'}],
	});
	const lines = [
		'-name vm1',
		'-uuid 7f3f0a52-9f0b-4f43-8a0c-0b8c6a3e5f11',
		'-no-user-config',
		'-nodefaults',
		'-display none',
		'-object memory-backend-memfd,id=ram,size=134217728B,share=on',
		'-machine pc-q35-7.2,memory-backend=ram,suppress-vmdesc=on,smm=off,hpet=off',
		'-accel tcg',
		'-cpu max,-avx2',
		'-smp cpus=2,sockets=1,cores=2',
		'-m size=134217728B',
		'-chardev socket,id=qmp,path=/run/sterna/guests/vm1/qmp.sock,server=on,wait=off',
		'-mon qmp,mode=control',
		'-chardev socket,id=info,path=/run/sterna/guests/vm1/info.sock,server=on,wait=off',
		'-mon info,mode=control',
		'-monitor none',
		'-chardev socket,id=console,path=/run/sterna/guests/vm1/console.sock,server=on,wait=off,logfile=/var/lib/sterna/domains/vm1/output,logappend=on',
		'-serial chardev:console',
		'-kernel /srv/images/vmlinuz',
		'-initrd /srv/images/initrd.gz',
		'-append console=ttyS0 mc=mb=64,rate=50',
		'-vga none',
		'-blockdev {"driver":"file","node-name":"disk0-file","filename":"/srv/images/a.img","read-only":false,"cache":{"direct":true}}',
		'-blockdev {"driver":"raw","node-name":"disk0","file":"disk0-file","read-only":false,"cache":{"direct":true}}',
		'-netdev bridge,id=net0,br=br0,helper=/usr/lib/qemu/qemu-bridge-helper',
		'-device virtio-blk-pci,drive=disk0',
		'-device virtio-net-pci,netdev=net0,mac=52:54:00:00:00:02,romfile=',
		'-global driver=ICH9-LPC,property=disable_s3,value=1',
	];
	t.deepEqual(
		args,
		lines.flatMap(line => {
			const [option = '', ...value] = line.split(' ');
			return value.length === 0 ? [option] : [option, value.join(' ')];
		}),
	);
});

test('a guest that waits is told so at the end', t => {
	t.deepEqual(format({}, {mode: 'paused'}), [...format({}), '-S']);
	t.deepEqual(format({}, {mode: 'incoming'}), [...format({}), '-S', '-incoming', 'defer']);
});

test('memory in a file is in the run directory', t => {
	const args = format({memoryBackend: {kind: 'file', id: 'mem'}});
	t.deepEqual(behind(args, '-object'), ['memory-backend-file,id=mem,size=134217728B,mem-path=/run/sterna/guests/vm1/ram,share=on']);
	t.regex(behind(args, '-machine')[0] ?? '', /,memory-backend=mem,/);
});

test('a comma in a path of this host ends no option', t => {
	const args = format({memoryBackend: {kind: 'file', id: 'mem'}}, {place: {runDir: '/run/a,share=off', outputFile: '/var/b,c'}});
	t.regex(behind(args, '-object')[0] ?? '', /mem-path=\/run\/a,,share=off\/ram,share=on$/);
	t.true(behind(args, '-chardev').every(text => text.includes('path=/run/a,,share=off/')));
	t.regex(behind(args, '-chardev')[2] ?? '', /logfile=\/var\/b,,c,logappend=on$/);
});

test('the first serial port is the console, further ones lead nowhere', t => {
	t.deepEqual(behind(format({serialPorts: 3}), '-serial'), ['chardev:console', 'null', 'null']);
	const none = format({serialPorts: 0});
	t.deepEqual(behind(none, '-serial'), ['none']);
	t.false(none.some(text => text.includes('console')));
});

test("QEMU's own choice of devices never brings a network", t => {
	const args = format({nodefaults: false, vga: 'std'});
	t.false(args.includes('-nodefaults'));
	t.deepEqual(behind(args, '-nic'), ['none']);
	t.deepEqual(behind(args, '-vga'), ['std']);
	t.false(format({networks: [{netdev: 'net0', network: 'lab'}]}).includes('-nic'));
});

test('a network is what this host connects it to', t => {
	const networks = [{netdev: 'net0', network: 'lab'}];
	t.deepEqual(behind(format({networks}), '-netdev'), ['socket,id=net0,mcast=239.1.2.3:7100,localaddr=127.0.0.1']);
	const bare = new Map([['lab', {kind: 'bridge', bridge: 'br1', helper: undefined}] as const]);
	t.deepEqual(behind(format({networks}, {settings: {networks: bare}}), '-netdev'), ['bridge,id=net0,br=br1']);
	t.throws(() => format({networks: [{netdev: 'net0', network: 'elsewhere'}]}), {
		code: 'ERR_NOT_SUPPORTED',
		message: /no network elsewhere/,
	});
});

test('a replicated disk is had from the disk server of the guest, under the same name on both hosts', t => {
	const args = format({disks: [{node: 'd0', path: '/srv/images/a.img', format: 'raw', sharing: 'replicated', direct: false}]});
	t.deepEqual(
		behind(args, '-blockdev').map(text => JSON.parse(text) as unknown),
		[
			{
				driver: 'nbd',
				server: {type: 'unix', path: '/run/sterna/guests/vm1/disks.sock'},
				export: 'd0',
				'node-name': 'd0-file',
				'read-only': false,
				cache: {direct: false},
			},
			{driver: 'raw', 'node-name': 'd0', file: 'd0-file', 'read-only': false, cache: {direct: false}},
		],
	);
	t.false(args.some(text => text.includes('/srv/images/a.img')));
});

test('an image in qcow2 never brings another one, and one that is only read is never written', t => {
	const args = format({disks: [{node: 'd', path: '/srv/images/a.qcow2", "x": "', format: 'qcow2', sharing: 'read-only', direct: false}]});
	t.deepEqual(
		behind(args, '-blockdev').map(text => JSON.parse(text) as unknown),
		[
			{driver: 'file', 'node-name': 'd-file', filename: '/srv/images/a.qcow2", "x": "', 'read-only': true, cache: {direct: false}},
			{driver: 'qcow2', 'node-name': 'd', file: 'd-file', 'read-only': true, cache: {direct: false}, backing: null},
		],
	);
});

test('nothing of a definition takes the place of what is set here', t => {
	const refused = {name: 'DomainError', code: 'ERR_NOT_SUPPORTED'};
	for (const key of [
		'memory-backend',
		'memory_backend',
		'type',
		'kernel',
		'firmware',
		'accel',
		'smp.cpus',
		'memory.size',
		'suppress-vmdesc',
	])
		t.throws(() => format({machineOptions: {[key]: 'x'}}), refused, key);
	t.throws(() => format({devices: [{driver: 'virtio-rng-pci', properties: {driver: 'vfio-pci'}}]}), refused);
});
