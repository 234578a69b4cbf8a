import test from 'ava';
import {assertFault, assertNotPausedFor} from './helpers/fault.ts';
import {tellGuest} from './helpers/guest-socket.ts';
import {assertRunsIntact, createGuest, DOMAIN, listDomains, startScene, startSceneThroughProxy, waitUntil} from './helpers/scene.ts';
import {beginMigration, inPrecopy, migrate, mustMigrate} from './helpers/start.ts';

const MIB = 1024 * 1024;

test.serial('a guest that is killed in precopy ends the migration, and runs nowhere', async t => {
	const {hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	process.kill(await hostA.guestPid(DOMAIN), 'SIGKILL');
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_GUEST_EXITED',
		phase: 'precopy',
		side: 'sender',
		runsOn: null,
		next: 'migrate-ctl domain show dom1',
		status: 8,
	});
	await waitUntil('host-b without the half-made guest', async () => (await listDomains(hostB)).length === 0);
});

test.serial('a half-made guest that is killed in precopy ends the migration, for which the guest was not paused', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	process.kill(await hostB.guestPid(DOMAIN), 'SIGKILL');
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_GUEST_EXITED',
		phase: 'precopy',
		side: 'receiver',
		runsOn: 'host-a',
		next: 'migrate-ctl domain show dom1',
		status: 8,
	});
	assertNotPausedFor(t, ended);
	proxy.throttle(undefined);
	await assertRunsIntact(t, lab, hostA);
	await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a guest that reboots in precopy stays at the source, and moves on the next attempt', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	await tellGuest(hostA, {command: 'reboot'});
	assertFault(t, await run.ended, {
		code: 'ERR_GUEST_REBOOTED',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 8,
	});
	proxy.throttle(undefined);
	await waitUntil('the guest is up again', async () => (await hostA.showDomain(DOMAIN)).state === 'running');
	await mustMigrate(t, hostA, hostB);
	t.is((await hostB.ctl(['domain', 'check', DOMAIN])).status, 0);
	const {missing, repeated, remarks} = lab.guestOutput(DOMAIN);
	t.deepEqual({missing, repeated, remarks}, {missing: [], repeated: [], remarks: ['host-a: REBOOT']});
});

test.serial('a guest whose memory is resized in precopy stays at the source, running', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	await tellGuest(hostA, {command: 'resize', memoryBytes: 16 * MIB});
	assertFault(t, await run.ended, {
		code: 'ERR_GUEST_RESIZED',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 8,
	});
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a guest that gets a device in precopy stays at the source, running', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	await tellGuest(hostA, {command: 'add-device', device: 'nic1'});
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_GUEST_DEVICE_ADDED',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 8,
	});
	t.regex(ended.error?.message ?? '', /nic1/);
	await assertRunsIntact(t, lab, hostA);
});

for (const [fault, code] of [
	['not-a-file', 'ERR_DEVICE_STATE_NOT_A_FILE'],
	['changes-size', 'ERR_DEVICE_STATE_CHANGED'],
] as const) {
	test.serial(
		`a device state that ${fault === 'not-a-file' ? 'is not a plain file' : 'changes its size while it is read'} is refused, and the guest is given back, running`,
		async t => {
			const {lab, hostA, hostB} = await startScene(t);
			await createGuest(hostA);
			await tellGuest(hostA, {command: 'set-fault', deviceState: fault});
			assertFault(t, await migrate(hostA, hostB), {
				code,
				phase: 'stop-and-copy',
				side: 'sender',
				runsOn: 'host-a',
				next: 'migrate-ctl domain show dom1',
				status: 7,
			});
			await assertRunsIntact(t, lab, hostA);
			await tellGuest(hostA, {command: 'set-fault'});
			await mustMigrate(t, hostA, hostB);
			await assertRunsIntact(t, lab, hostB);
		},
	);
}
