import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import type {QemuDefinition} from '@sterna/domain';
import {transfer} from '../../../src/contract/transfer.ts';
import {qemuDefinition} from '../../helpers/qemu-definition.ts';
import {ask, bootsOf, goOn, QemuHosts} from '../../helpers/qemu-guest.ts';
import {linesOf, outputOf} from '../../helpers/qemu-subject.ts';

const SECTOR = 512;

/** A disk of 1 MiB that the hosts have in common, and the device that it is in. */
function sharedDisk(hosts: QemuHosts): Pick<QemuDefinition, 'disks' | 'devices'> {
	const path = join(hosts.images, 'disk.img');
	writeFileSync(path, Buffer.alloc(2048 * SECTOR));
	return {
		disks: [{node: 'disk0', path, format: 'raw', sharing: 'shared', direct: false}],
		devices: [{driver: 'virtio-blk-pci', properties: {drive: 'disk0'}}],
	};
}

const KINDS: Readonly<Record<string, Partial<QemuDefinition>>> = {
	"with a display, whose memory is not the guest's own": {machine: 'pc-q35-7.2', vga: 'std'},
	'of two CPUs with all that they can': {machine: 'pc-q35-7.2', cpu: 'max', smp: {cpus: 2}},
	'with a network card': {
		networks: [{netdev: 'net0', network: 'lab'}],
		devices: [{driver: 'virtio-net-pci', properties: {netdev: 'net0', romfile: ''}}],
	},
	'on a PC with a disk': {machine: 'pc-i440fx-7.2'},
	'on a microvm, its memory a file': {machine: 'microvm', memoryBackend: {kind: 'file', id: 'ram'}},
};

for (const [kind, overrides] of Object.entries(KINDS)) {
	test.serial(`a guest ${kind} goes on where it was, and boots again when it is reset there`, async t => {
		const hosts = new QemuHosts(t);
		const disk = kind.includes('disk') ? sharedDisk(hosts) : {};
		const {definition, handle, place: here} = await hosts.start({...overrides, ...disk});
		const there = hosts.place();
		const source = await hosts.driver.openSource(definition, handle, here, {tracker: 'auto'});
		const target = await hosts.target(definition, there);
		await transfer(source, target, {rounds: 2});
		await target.resume();
		await source.destroy();
		await target[Symbol.asyncDispose]();
		await goOn([there]);
		const lines = linesOf([here, there]);
		t.deepEqual(
			lines,
			Array.from(lines, (_, index) => index + 1),
		);
		await ask(there, async monitor => monitor.execute('system_reset'));
		while (bootsOf([here, there]) < 2) await delay(5);
		await goOn([there]);
		t.notRegex(outputOf([here, there]), /CORRUPT/);
	});
}

test.serial('a guest with a disk that is given back after its state was loaded elsewhere has its disk again', async t => {
	const hosts = new QemuHosts(t);
	const {definition, handle, place: here} = await hosts.start(sharedDisk(hosts));
	const source = await hosts.driver.openSource(definition, handle, here, {tracker: 'auto'});
	const target = await hosts.target(definition, hosts.place());
	await transfer(source, target, {rounds: 1});
	await target.destroy();
	await source.resume();
	await goOn([here]);
	// And once more, to its end.
	const there = hosts.place();
	const second = await hosts.target(definition, there);
	await transfer(source, second, {rounds: 1});
	await second.resume();
	await source.destroy();
	await goOn([there]);
	t.is(bootsOf([here, there]), 1);
});

test.serial('a guest whose image another holds does not run on the target, and goes on at the source when that one is gone', async t => {
	const hosts = new QemuHosts(t);
	const disk = sharedDisk(hosts);
	const {definition, handle, place: here} = await hosts.start(disk);
	const source = await hosts.driver.openSource(definition, handle, here, {tracker: 'auto'});
	const there = hosts.place();
	const target = await hosts.target(definition, there);
	await transfer(source, target, {rounds: 1});
	// The image is nobody's now: a third QEMU takes it.
	const thief = await hosts.start({...disk, name: 'thief'});
	await t.throwsAsync(target.resume(), {name: 'DomainError', code: 'ERR_DOMAIN_STATE', message: /lock/});
	await t.throwsAsync(source.resume(), {name: 'DomainError', code: 'ERR_DOMAIN_STATE', message: /lock/});
	await target.destroy();
	await hosts.driver.remove(thief.handle, thief.place);
	await source.resume();
	await goOn([here]);
	t.deepEqual(linesOf([there]), []);
});

test.serial('a paused guest with a disk is moved on without having run', async t => {
	const hosts = new QemuHosts(t);
	const {definition, handle, place: here} = await hosts.start(sharedDisk(hosts));
	const places = [here, hosts.place(), hosts.place()] as const;
	const source = await hosts.driver.openSource(definition, handle, here, {tracker: 'auto'});
	const target = await hosts.target(definition, places[1]);
	await transfer(source, target, {rounds: 1});
	await source.destroy();
	await target[Symbol.asyncDispose]();
	const between = await hosts.driver.openSource(definition, target.handle, places[1], {tracker: 'auto'});
	const last = await hosts.target(definition, places[2]);
	await transfer(between, last, {rounds: 1});
	await between.destroy();
	await last.resume();
	await goOn([places[2]]);
	const lines = linesOf(places);
	t.deepEqual(
		lines,
		Array.from(lines, (_, index) => index + 1),
	);
	t.false(existsSync(join(places[2].runDir, 'images-released')));
});

test.serial('a guest that has not taken a step yet boots where it came to', async t => {
	const hosts = new QemuHosts(t);
	const [here, there] = [hosts.place(), hosts.place()];
	const asked = qemuDefinition({memoryBytes: 32 * 2 ** 20, kernel: {image: hosts.kernel}, ...sharedDisk(hosts)});
	const handle = await hosts.driver.create(asked, here, {paused: true});
	t.teardown(() => hosts.driver.remove(handle, here));
	const definition = (await hosts.driver.describe(asked, handle, here)) as QemuDefinition;
	const source = await hosts.driver.openSource(definition, handle, here, {tracker: 'auto'});
	const target = await hosts.target(definition, there);
	await transfer(source, target, {rounds: 1});
	await target.resume();
	await source.destroy();
	await goOn([there]);
	t.deepEqual(linesOf([here]), []);
	t.is(bootsOf([there]), 1);
});
