import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, lstatSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {driverFor, type GuestEvent, PageBitmap} from '@sterna/domain';
import {connectToGuest} from '../../../src/drivers/workload/guest-connection.ts';
import type {ProcessHandle} from '../../../src/drivers/process-handle.ts';
import {linesOf, smallWorkload, withClient} from '../../helpers/workload-subject.ts';
import {newPlace, outputOf, removeAfter, startGuest, until} from '../../helpers/workshop.ts';

const driver = driverFor('workload');

test.serial('a guest outlives the process that made it', async t => {
	const place = newPlace(t);
	const maker = spawn(
		process.execPath,
		[fileURLToPath(new URL('../../helpers/make-guest.ts', import.meta.url)), JSON.stringify({definition: smallWorkload(), place})],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	let output = '';
	maker.stdout.on('data', (chunk: Buffer) => {
		output += chunk.toString();
	});
	const [exitCode] = (await once(maker, 'close')) as [number];
	t.is(exitCode, 0);
	const handle = JSON.parse(output) as ProcessHandle;
	removeAfter(t, handle, place);
	t.true(driver.isAlive(handle));
	const before = linesOf(place.outputFile).length;
	await until(() => linesOf(place.outputFile).length > before + 3);
	t.pass();
});

test.serial('a guest that is killed has exited, to whoever watches it', async t => {
	const guest = await startGuest(t, smallWorkload());
	await using source = await driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'auto'});
	const told = new Promise<GuestEvent>(resolve => {
		source.onGuestEvent = resolve;
	});
	process.kill(guest.handle.pid, 'SIGKILL');
	t.deepEqual(await told, {kind: 'exited', detail: "the guest's process ended", isSudden: true});
	t.false(driver.isAlive(guest.handle));
	await t.throwsAsync(source.pause(), {name: 'DomainError', code: 'ERR_GUEST_EXITED'});
	await t.throwsAsync(driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'auto'}), {code: 'ERR_GUEST_EXITED'});
	await t.notThrowsAsync(source.destroy());
	t.deepEqual(readdirSync(guest.place.runDir), []);
});

test.serial('a scan of a guest that is gone says so, ahead of any event', async t => {
	const guest = await startGuest(t, smallWorkload());
	await using source = await driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'pagemap-scan'});
	await using log = await source.startDirtyLog();
	process.kill(guest.handle.pid, 'SIGKILL');
	await until(() => !driver.isAlive(guest.handle));
	await t.throwsAsync(log.take(new PageBitmap(source.memory.pageLimit)), {name: 'DomainError', code: 'ERR_GUEST_EXITED'});
});

test.serial('where the kernel tracks no writes, they are found by comparing', async t => {
	const guest = await startGuest(t, smallWorkload(), {mode: 'run', tracking: false});
	await using source = await driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'auto'});
	await using log = await source.startDirtyLog();
	t.is(log.kind, 'compare');
	const pages = new PageBitmap(source.memory.pageLimit);
	await until(async () => (await log.take(pages)) > 0);
	await t.throwsAsync(driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'pagemap-scan'}), {code: 'ERR_TRACKER'});
	await t.throwsAsync(driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'none'}), {code: 'ERR_TRACKER'});
});

test.serial('the device state must be a plain file of the size that the guest reported', async t => {
	const guest = await startGuest(t, smallWorkload(), {mode: 'paused'});
	await using source = await driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'auto'});
	await withClient(guest, async client => client.request('set-fault', {deviceState: 'not-a-file'}));
	await t.throwsAsync(source.saveDeviceState(), {name: 'DomainError', code: 'ERR_DEVICE_STATE_NOT_A_FILE'});
	await withClient(guest, async client => client.request('set-fault', {deviceState: 'changes-size'}));
	await t.throwsAsync(source.saveDeviceState(), {name: 'DomainError', code: 'ERR_DEVICE_STATE_CHANGED'});
	await withClient(guest, async client => client.request('set-fault', {}));
	await t.notThrowsAsync(source.saveDeviceState());
	t.deepEqual(
		readdirSync(guest.place.runDir).filter(name => name.startsWith('state')),
		[],
	);
});

test.serial('a running guest does not save its state, and an incoming one does not run', async t => {
	const running = await startGuest(t, smallWorkload());
	await using source = await driver.openSource(running.definition, running.handle, running.place, {tracker: 'auto'});
	await t.throwsAsync(source.saveDeviceState(), {name: 'DomainError', code: 'ERR_DOMAIN_STATE'});
	const target = await driver.createTarget(running.definition, newPlace(t));
	t.teardown(() => target.destroy());
	await t.throwsAsync(target.resume(), {name: 'DomainError', code: 'ERR_DOMAIN_STATE'});
	t.throws(() => target.acceptStaticRecord({layer: 'libxc', type: 0x11, body: new Uint8Array(8)}), {code: 'ERR_NOT_SUPPORTED'});
	t.throws(() => target.acceptHeaders({guestType: 'pv', streamVersion: 3, xenVersion: [4, 17], xlConfig: undefined}), {
		code: 'ERR_NOT_SUPPORTED',
	});
	t.deepEqual([...target.memory.populatedRuns()], [], 'and has no memory yet');
});

test.serial('a guest that boots again begins with the first step, and its lines go on', async t => {
	const guest = await startGuest(t, smallWorkload());
	await until(() => linesOf(guest.place.outputFile).length > 5);
	await withClient(guest, async client => client.request('reboot'));
	const lines = linesOf(guest.place.outputFile).length;
	await until(() => linesOf(guest.place.outputFile).length > lines + 3);
	const all = linesOf(guest.place.outputFile);
	t.deepEqual(
		all,
		Array.from({length: all.length}, (_, index) => index + 1),
	);
	t.regex(outputOf(guest.place), /^REBOOT$/m);
	await using managed = await driver.manage(guest.definition, guest.handle, guest.place);
	t.like(await managed.check(), {badPages: 0});
	t.like(await managed.show(), {state: 'running', detail: {boots: 2}});
});

test.serial('an idle guest makes no step, and answers', async t => {
	const guest = await startGuest(t, smallWorkload({rateBytesPerSecond: 0}));
	await until(() => linesOf(guest.place.outputFile).length > 2);
	await using source = await driver.openSource(guest.definition, guest.handle, guest.place, {tracker: 'pagemap-scan'});
	await using log = await source.startDirtyLog();
	await source.pause();
	await source.resume();
	t.is(await log.take(new PageBitmap(source.memory.pageLimit)), 0);
	t.is((await withClient(guest, async client => client.request('show'))).steps, 0);
});

test.serial('several clients may ask at once, and what is no request ends the connection of its sender alone', async t => {
	const guest = await startGuest(t, smallWorkload());
	const {client} = await connectToGuest(guest.definition, guest.handle);
	using asking = client;
	for (const line of [
		'not JSON',
		'{}',
		'{"id":1,"command":"format-disk"}',
		'{"id":-1,"command":"show"}',
		'{"id":1,"command":"show","more":1}',
		'x'.repeat(140_000),
	]) {
		const socket = connect(guest.handle.socketPath);
		const closed = once(socket, 'close');
		socket.on('error', () => undefined);
		socket.write(`${line}\n`);
		await closed;
	}

	const shows = await Promise.all(Array.from({length: 20}, async () => asking.request('show')));
	t.true(shows.every(({state}) => state === 'running'));
});

test.serial('nobody but its user can reach a guest', async t => {
	const guest = await startGuest(t, smallWorkload());
	t.is(lstatSync(guest.place.runDir).mode & 0o777, 0o700);
	t.is(statSync(guest.handle.socketPath).mode & 0o777, 0o600);
	t.is(statSync(guest.place.outputFile).mode & 0o077, 0);
});

test.serial('a guest that cannot start says why, and nothing is left', async t => {
	const place = newPlace(t);
	const noSuchDirectory = {...place, outputFile: join(place.domainDir, 'missing', 'output')};
	await t.throwsAsync(driver.create(smallWorkload(), noSuchDirectory, {paused: false}), {
		name: 'DomainError',
		message: /no such file or directory/,
	});
	t.deepEqual(readdirSync(place.runDir), []);
	const long = {...place, runDir: join(place.runDir, 'x'.repeat(120))};
	await t.throwsAsync(driver.create(smallWorkload(), long, {paused: false}), {code: 'ERR_CONFIG'});
	await t.throwsAsync(driver.create({...smallWorkload(), pfnLimit: 10}, place, {paused: false}), {code: 'ERR_CONFIG'});
	const {touchedBytes: _all, ...program} = smallWorkload().program;
	await t.throwsAsync(driver.create({...smallWorkload({}, 2 ** 39), program}, place, {paused: false}), {code: 'ERR_NOT_SUPPORTED'});
	const tooLarge = smallWorkload({}, 2 ** 43);
	await t.throwsAsync(driver.createTarget(tooLarge, place), {code: 'ERR_MEMORY_INSUFFICIENT'});
	t.deepEqual(readdirSync(place.runDir), []);
});

test.serial('the socket of another guest is not taken for this one', async t => {
	const guest = await startGuest(t, smallWorkload());
	const other = {...guest.definition, uuid: crypto.randomUUID()};
	await t.throwsAsync(driver.manage(other, guest.handle, guest.place), {name: 'DomainError', code: 'ERR_DOMAIN_STATE'});
	const imposter = {...guest.handle, socketPath: join(guest.place.runDir, 'other.sock')};
	writeFileSync(imposter.socketPath, '');
	await t.throwsAsync(driver.manage(guest.definition, imposter, guest.place), {name: 'DomainError', code: 'ERR_GUEST_EXITED'});
	t.true(existsSync(guest.handle.socketPath));
});
