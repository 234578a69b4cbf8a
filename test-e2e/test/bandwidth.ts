import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {assertRunsIntact, createGuest, DOMAIN, startScene, startSceneThroughProxy, waitForLines} from './helpers/scene.ts';
import {beginMigration, inPrecopy} from './helpers/start.ts';

const MB = 1e6;

test.serial('a migration under a limit is raised in flight, and ends', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	const run = beginMigration(hostA, hostB, {args: ['--bandwidth', '2MB/s', '--compression', 'none']});
	const begun = await run.reached('precopy', inPrecopy);
	const later = await run.reached('some more of it', event => event.elapsedMs > begun.elapsedMs + 1000);
	// 2 MB/s, with what the kernel takes at once and a late clock on top.
	const seconds = (later.elapsedMs - begun.elapsedMs) / 1000;
	t.true(later.bytesSent - begun.bytesSent < seconds * 2 * MB + 4.5 * MB, `${later.bytesSent - begun.bytesSent} bytes in ${seconds} s`);
	const set = JSON.parse(await hostA.mustCtl(['set', DOMAIN, 'bandwidth=none', 'max-downtime=10s', '--json'])) as {
		migration: {bandwidthLimitBytesPerSecond: number | null};
	};
	t.is(set.migration.bandwidthLimitBytesPerSecond, null);
	const ended = await run.ended;
	t.is(ended.status, 0, ended.text);
	await assertRunsIntact(t, lab, hostB);
	const late = await hostA.ctl(['set', DOMAIN, 'bandwidth=1MB/s']);
	t.is(late.status, 4, late.stderr);
	t.regex(late.stderr, /has ended: nothing of it can be set/);
});

test.serial("a limit of the daemon's holds for a migration that has none of its own, until it is lifted", async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	await hostA.mustCtl(['set', '--daemon', 'bandwidth=2MB/s']);
	const run = beginMigration(hostA, hostB, {args: ['--compression', 'none']});
	await run.reached('precopy', inPrecopy);
	const {migration} = JSON.parse(await hostA.mustCtl(['status', DOMAIN, '--json'])) as {
		migration: {bandwidthLimitBytesPerSecond: number | null};
	};
	t.is(migration.bandwidthLimitBytesPerSecond, 2 * MB);
	await hostA.mustCtl(['set', '--daemon', 'bandwidth=none']);
	const ended = await run.ended;
	t.is(ended.status, 0, ended.text);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('while the receiver is stalled the guest goes on, and nothing more is sent', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MB);
	const run = beginMigration(hostA, hostB, {args: ['--compression', 'none']});
	await run.reached('precopy', inPrecopy);
	proxy.stall();
	const sent = async (): Promise<number> =>
		(JSON.parse(await hostA.mustCtl(['status', DOMAIN, '--json'])) as {migration: {bytesSent: number}}).migration.bytesSent;
	let before = -1;
	for (let now = await sent(); now !== before; now = await sent()) {
		before = now;
		await sleep(300);
	}

	await waitForLines(hostA);
	t.is(await sent(), before);
	proxy.throttle(undefined);
	proxy.unstall();
	const ended = await run.ended;
	t.is(ended.status, 0, ended.text);
	await assertRunsIntact(t, lab, hostB);
});
