import {chmodSync, copyFileSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {closeDescriptor} from '@sterna/system';
import type {DeviceState, GuestHandle, GuestPlace, QemuDefinition} from '@sterna/domain';
import {QemuHelper} from '../../../src/drivers/qemu/helper/helper-client.ts';
import {processHandle} from '../../../src/drivers/process-handle.ts';
import {transfer} from '../../../src/contract/transfer.ts';
import type {ProcessIdentity} from '../../../src/process-identity.ts';
import {ask, goOn, QemuHosts} from '../../helpers/qemu-guest.ts';
import {linesOf} from '../../helpers/qemu-subject.ts';

const FIRMWARE = '/usr/share/seabios/bios-256k.bin';

const identityOf = (handle: GuestHandle): ProcessIdentity => {
	const {pid, startTicks} = processHandle(handle);
	return {pid, startTicks};
};

const leftIn = ({domainDir, runDir}: GuestPlace): string[] => [...readdirSync(domainDir), ...readdirSync(runDir)];
const domainError = (code: string, message: RegExp): {name: string; code: string; message: RegExp} => ({
	name: 'DomainError',
	code,
	message,
});

test.serial('what makes another guest of a definition is refused with every difference, and nothing is left', async t => {
	const hosts = new QemuHosts(t);
	const {definition, place: here} = await hosts.start({machine: 'pc-q35-7.2'});
	const firmware = join(hosts.images, 'bios.bin');
	copyFileSync(FIRMWARE, firmware);
	const bytes = readFileSync(firmware);
	bytes[0x100] = 1;
	writeFileSync(firmware, bytes);
	const memoryBytes = 16 * 2 ** 20;
	const others: ReadonlyArray<readonly [Partial<QemuDefinition>, RegExp]> = [
		[{memoryBytes, pfnLimit: memoryBytes / 4096}, /RAM: 32 MiB at the source, 16 MiB here/],
		[{cpu: 'max'}, /CPU model: qemu64 at the source, max here/],
		[{smp: {cpus: 2}}, /CPUs: 1 at the source, 2 here/],
		[{machine: 'pc-q35-7.1'}, /machine type: pc-q35-7\.2 at the source, pc-q35-7\.1 here/],
		[{machine: 'pc-i440fx-7.2'}, /machine type/],
		[{devices: [{driver: 'virtio-rng-pci', properties: {}}]}, /device at .*: none at the source, virtio-rng-pci here/],
		[{firmware}, /content of firmware/],
	];
	for (const [other, message] of others) {
		const there = hosts.place();
		const told = domainError('ERR_TARGET_REFUSED', message);
		await t.throwsAsync(hosts.driver.createTarget({...definition, ...other}, there), told, JSON.stringify(other));
		t.deepEqual(leftIn(there), [], JSON.stringify(other));
	}

	await goOn([here]);
});

test.serial('a host without the program, or with one that does not start, says so, and nothing is left', async t => {
	const hosts = new QemuHosts(t);
	const {definition} = await hosts.start();
	const broken = join(hosts.images, 'qemu');
	writeFileSync(broken, '#!/bin/sh\necho "cannot set up guest memory" >&2\nexit 3\n');
	chmodSync(broken, 0o755);
	const refusals = [
		[new Map(), domainError('ERR_NOT_SUPPORTED', /qemu-system-x86_64/)],
		[new Map([['qemu-system-x86_64', '/nowhere/qemu']]), domainError('ERR_NOT_SUPPORTED', /\/nowhere\/qemu/)],
		[new Map([['qemu-system-x86_64', broken]]), domainError('ERR_CONFIG', /status 3 as it started: cannot set up guest memory/)],
	] as const;
	for (const [binaries, told] of refusals) {
		const there = hosts.place({binaries});
		await t.throwsAsync(hosts.driver.createTarget(definition, there), told);
		t.deepEqual(leftIn(there), []);
	}

	const {qemu: _qemu, ...there} = hosts.place();
	await t.throwsAsync(hosts.driver.createTarget(definition, there), domainError('ERR_NOT_SUPPORTED', /not set up/));
	await t.throwsAsync(
		hosts.driver.createTarget({...definition, kernel: {image: '/etc/passwd'}}, hosts.place()),
		domainError('ERR_NOT_SUPPORTED', /\/etc\/passwd/),
	);
	t.deepEqual(leftIn(there), []);
});

const FAULTS: Readonly<Record<string, readonly [change: (bytes: Uint8Array) => Uint8Array, message: RegExp]>> = {
	'of another machine': [
		bytes => Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('i8259', 'x8259'), 'latin1')),
		/QEMU did not load the device state: .*Unknown savevm section/,
	],
	'that is cut off': [bytes => bytes.slice(0, bytes.byteLength - 100), /QEMU did not load the device state: .*load of migration failed/],
	'of another version': [
		bytes => {
			const changed = bytes.slice();
			changed[15] = 4;
			return changed;
		},
		/does not begin with QEVM/,
	],
};

for (const [fault, [change, message]] of Object.entries(FAULTS)) {
	test.serial(`a device state ${fault} is refused with the reason, and the guest goes on at the source`, async t => {
		const hosts = new QemuHosts(t);
		const {definition, handle, place: here} = await hosts.start({machine: 'pc-i440fx-7.2'});
		const source = await hosts.driver.openSource(definition, handle, here, {tracker: 'auto'});
		const there = hosts.place();
		const target = await hosts.target(definition, there);
		const whole = source.saveDeviceState.bind(source);
		source.saveDeviceState = async (): Promise<DeviceState> => {
			const {libxc, libxl} = await whole();
			return {libxc, libxl: libxl.map(({layer, type, body}) => ({layer, type, body: change(body)}))};
		};
		await t.throwsAsync(transfer(source, target, {rounds: 1}), domainError('ERR_DEVICE_STATE', message));
		await target.destroy();
		t.deepEqual(leftIn(there), []);
		await source.resume();
		await goOn([here]);
		const lines = linesOf([here, there]);
		t.deepEqual(
			lines,
			Array.from(lines, (_, index) => index + 1),
		);
	});
}

test.serial('a guest that a migration has hold of is busy for another, and can be looked at all the same', async t => {
	const hosts = new QemuHosts(t);
	const {definition, handle, place} = await hosts.start();
	const source = await hosts.driver.openSource(definition, handle, place, {tracker: 'auto'});
	await t.throwsAsync(
		hosts.driver.openSource(definition, handle, place, {tracker: 'auto'}),
		domainError('ERR_DOMAIN_BUSY', /another client holds the monitor/),
	);
	await using managed = await hosts.driver.manage(definition, handle, place);
	t.is((await managed.show()).state, 'running');
	await t.throwsAsync(managed.check(), domainError('ERR_NOT_SUPPORTED', /QEMU guest/));
	await source[Symbol.asyncDispose]();
});

test.serial('a guest that is not as it was described, or that QEMU itself has migrated, is not moved', async t => {
	const hosts = new QemuHosts(t);
	const {definition, handle, place} = await hosts.start({machine: 'pc-i440fx-7.2'});
	await ask(place, async monitor => monitor.execute('device_add', {driver: 'virtio-rng-pci'}));
	await t.throwsAsync(
		hosts.driver.openSource(definition, handle, place, {tracker: 'auto'}),
		domainError('ERR_DOMAIN_STATE', /device at .*: none when it was made, virtio-rng-pci now/),
	);
	const other = await hosts.start();
	await ask(other.place, async monitor => {
		await monitor.execute('migrate', {uri: 'exec:cat > /dev/null'});
		while ((await monitor.execute('query-status')).status !== 'postmigrate') await delay(5);
	});
	await t.throwsAsync(
		hosts.driver.openSource(other.definition, other.handle, other.place, {tracker: 'auto'}),
		domainError('ERR_DOMAIN_STATE', /postmigrate/),
	);
});

test.serial('a guest that has stopped by itself is not saved, and is left as it is when it is given back', async t => {
	const hosts = new QemuHosts(t);
	const {definition, handle, place} = await hosts.start();
	const source = await hosts.driver.openSource(definition, handle, place, {tracker: 'auto'});
	await ask(place, async monitor => {
		await monitor.execute('migrate', {uri: 'exec:cat > /dev/null'});
		while ((await monitor.execute('query-status')).status !== 'postmigrate') await delay(5);
	});
	await t.throwsAsync(source.pause(), domainError('ERR_DOMAIN_STATE', /postmigrate/));
	await source.resume();
	// Elsewhere it may run: whoever has migrated it knows.
	await ask(place, async monitor => {
		t.is((await monitor.execute('query-status')).status, 'postmigrate');
		await monitor.execute('cont');
	});
	await goOn([place]);
	const lines = linesOf([place]);
	t.deepEqual(
		lines,
		Array.from(lines, (_, index) => index + 1),
	);
});

test.serial('a tracker that does not work with a guest is refused, and the reason for another is told', async t => {
	const hosts = new QemuHosts(t);
	const {definition, handle, place} = await hosts.start();
	await t.throwsAsync(hosts.driver.openSource(definition, handle, place, {tracker: 'none'}), domainError('ERR_TRACKER', /memory changes/));
	const first = await hosts.driver.openSource(definition, handle, place, {tracker: 'pagemap-scan'});
	await first[Symbol.asyncDispose]();
	// As another process would that tracks it.
	await using helper = QemuHelper.start();
	const {ramFd, tracking} = await helper.takeHold({
		process: identityOf(handle),
		ramFile: 'memfd',
		ramBytes: definition.memoryBytes,
		track: true,
	});
	t.teardown(() => {
		for (const fd of [ramFd, tracking?.uffd, tracking?.pagemap]) if (fd !== undefined) closeDescriptor(fd);
	});
	await t.throwsAsync(hosts.driver.openSource(definition, handle, place, {tracker: 'pagemap-scan'}), domainError('ERR_TRACKER', /track/));
	await using source = await hosts.driver.openSource(definition, handle, place, {tracker: 'auto'});
	await using log = await source.startDirtyLog();
	t.is(log.kind, 'compare');
	t.regex(log.fallbackBecause ?? '', /track/);
});

test.serial('of guests that no record names only one that waits for a migration is ended', async t => {
	const hosts = new QemuHosts(t);
	const {definition, place} = await hosts.start();
	t.false(await hosts.driver.endHalfMade(place.runDir));
	await goOn([place]);
	const there = hosts.place();
	t.false(await hosts.driver.endHalfMade(there.runDir));
	const target = await hosts.target(definition, there);
	await target[Symbol.asyncDispose]();
	t.true(await hosts.driver.endHalfMade(there.runDir));
	t.false(hosts.driver.isAlive(target.handle));
	t.deepEqual(leftIn(there), []);
});
