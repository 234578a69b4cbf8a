import test from 'ava';
import {assertFault} from './helpers/fault.ts';
import {assertRunsIntact, createGuest, DOMAIN, listDomains, startSceneThroughProxy, waitForLines, waitUntil} from './helpers/scene.ts';
import {beginMigration, inPrecopy, mustMigrate} from './helpers/start.ts';

const MIB = 1024 * 1024;
/** A lost link is not made anew: what is left behind is tidied up at once. */
const NO_RECONNECT = {args: ['--reconnect', '0s']};

test.serial('a receiver that is killed in precopy: the guest runs on at the source, and moves once the receiver is back', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB, NO_RECONNECT);
	await run.reached('precopy', inPrecopy);
	await hostB.kill('receiver');
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_CONNECTION_LOST',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 6,
	});
	proxy.throttle(undefined);
	await hostB.daemon('receiver').start();
	// What the killed one had begun is gone again: the name is free.
	await waitUntil('host-b without the half-made guest', async () => (await listDomains(hostB)).length === 0);
	await assertRunsIntact(t, lab, hostA);
	await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a sender that is killed in precopy: the guest runs on at the source, and a restarted sender moves it', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB, NO_RECONNECT);
	await run.reached('precopy', inPrecopy);
	await hostA.kill('sender');
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_DAEMON_UNREACHABLE',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'systemctl start sterna-sender && migrate-ctl domain show dom1',
		status: 4,
	});
	await waitForLines(hostA);
	proxy.throttle(undefined);
	await hostA.daemon('sender').start();
	await waitUntil('host-b without the half-made guest', async () => (await listDomains(hostB)).length === 0);
	await assertRunsIntact(t, lab, hostA);
	await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('guests outlive both daemons of their host, and are there again when these are back', async t => {
	const {lab, hostA, hostB} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	const pid = await hostA.guestPid(DOMAIN);
	await hostA.kill('sender');
	await hostA.kill('receiver', 'SIGTERM');
	await waitForLines(hostA);
	await hostA.start();
	t.is(await hostA.guestPid(DOMAIN), pid);
	await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a sender that is told to stop gives up its migration and leaves the guest running', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	await hostA.kill('sender', 'SIGTERM');
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_DAEMON_STOPPING',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 3,
	});
	await hostA.daemon('sender').start();
	await assertRunsIntact(t, lab, hostA);
});
