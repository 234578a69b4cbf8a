import test from 'ava';
import {setTimeout as sleep} from 'node:timers/promises';
import {assertFault} from './helpers/fault.ts';
import {assertRunsIntact, createGuest, startSceneThroughProxy} from './helpers/scene.ts';
import {beginMigration, inPrecopy, migrate, mustMigrate} from './helpers/start.ts';

const MIB = 1024 * 1024;
/** A lost connection is the end: what else may become of it is in resume.ts. */
const NO_RECONNECT = ['--reconnect', '0s'];

test.serial('a data connection that is lost in precopy leaves the guest at the source, and the next attempt succeeds', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	const cut = proxy.cut({port: hostB.dataPort, direction: 'forward', afterBytes: 10 * MIB, how: 'reset'});
	const ended = await migrate(hostA, hostB, {args: NO_RECONNECT});
	await cut;
	assertFault(t, ended, {
		code: 'ERR_CONNECTION_LOST',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 6,
	});
	t.is(ended.result?.runsOn, 'host-a');
	await assertRunsIntact(t, lab, hostA);
	await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a data connection that is lost in stop-and-copy gives the guest back, running', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA, {memory: '32MiB', hot: '16MiB', rate: '400MB/s'});
	proxy.throttle(40 * MIB);
	const run = beginMigration(hostA, hostB, {args: ['--max-iterations', '1', ...NO_RECONNECT]});
	await run.reached('the pause', ({phase}) => phase === 'stop-and-copy');
	proxy.down();
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_CONNECTION_LOST',
		phase: 'stop-and-copy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 6,
	});
	await assertRunsIntact(t, lab, hostA);
	proxy.up();
	proxy.throttle(undefined);
	await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a control connection that is lost in precopy leaves the guest at the source', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB, {args: NO_RECONNECT});
	await run.reached('precopy', inPrecopy);
	proxy.down();
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_CONNECTION_LOST',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 6,
	});
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a receiver that falls behind slows the migration down and nothing else', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	proxy.stall();
	const before = hostA.output('dom1').length;
	await sleep(1000);
	t.true(hostA.output('dom1').length > before, 'the guest runs while its migration stands still');
	proxy.unstall();
	proxy.throttle(undefined);
	t.is((await run.ended).status, 0);
	await assertRunsIntact(t, lab, hostB);
});
