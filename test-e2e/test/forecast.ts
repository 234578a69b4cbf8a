import test from 'ava';
import type {LabHost} from '../src/lab/lab-host.ts';
import {assertWhole, forecast, logBeside} from './helpers/forecast.ts';
import {assertRunsIntact, createGuest, DOMAIN, startScene, waitUntil} from './helpers/scene.ts';
import {migrate, mustMigrate} from './helpers/start.ts';

/** Forecasts that have begun on a host. */
function forecasts(host: LabHost): number {
	return host.daemon('sender').log.split('watched for a forecast').length - 1;
}

test.serial('a calm guest will converge, is as it was, and then moves', async t => {
	const {lab, hostA, hostB} = await startScene(t, {tls: true});
	await createGuest(hostA, {memory: '64MiB', rate: '2MB/s', hot: '1MiB'});
	const args = ['--channels', '2', '--bandwidth', '40MB/s', '--max-downtime', '300ms'];
	const reply = await forecast(hostA, args);
	assertWhole(t, reply);
	t.is(reply.convergence, 'converges', reply.because);
	t.is(reply.remedies.length, 0);
	t.is(reply.memoryBytes, 64 * 1024 * 1024);
	t.true(reply.workingSetBytes > 0 && reply.workingSetBytes <= 2 * 1024 * 1024, String(reply.workingSetBytes));
	t.true(reply.bandwidthBytesPerSecond <= 40e6);
	await assertRunsIntact(t, lab, hostA);
	const {totalMs, downtimeMs} = await mustMigrate(t, hostA, hostB, {args});
	logBeside(t, reply, {totalMs, downtimeMs});
	await assertRunsIntact(t, lab, hostB);
});

test.serial(
	'a guest that writes more than its link carries is not begun with, and a forecast that is cut short leaves it free',
	async t => {
		const {lab, hostA, hostB} = await startScene(t);
		await createGuest(hostA, {memory: '64MiB', rate: '200MB/s', hot: '32MiB'});
		const limits = ['--bandwidth', '20MB/s', '--max-downtime', '10ms', '--downtime-budget', '0s'];
		const reply = await forecast(hostA, limits);
		assertWhole(t, reply);
		t.is(reply.convergence, 'will-not-converge', reply.because);
		t.true(reply.remedies.length > 0);
		const refused = await migrate(hostA, hostB, {args: ['--forecast=refuse', ...limits]});
		t.is(refused.status, 4, refused.text);
		t.like(refused.error, {code: 'ERR_WILL_NOT_CONVERGE', phase: 'request', side: 'migrate-ctl', runsOn: 'host-a'});
		t.regex(refused.error?.next ?? '', /^migrate-ctl (start|forecast) dom1 host-b/);
		await assertRunsIntact(t, lab, hostA);

		const before = forecasts(hostA);
		const watching = hostA.spawnCtl(['forecast', DOMAIN, 'host-b', '--sample', '10min']);
		await waitUntil('a forecast that has the domain', () => forecasts(hostA) > before);
		const second = await migrate(hostA, hostB);
		t.is(second.error?.code, 'ERR_DOMAIN_BUSY', second.text);
		t.regex(second.error?.message ?? '', /a forecast of its migration to host-b/);
		watching.kill('SIGKILL');
		await watching.result;
		await waitUntil(
			'the domain free again',
			async () => (await hostA.ctl(['forecast', DOMAIN, 'host-b', '--sample', '500ms'])).status === 0,
		);
		await assertRunsIntact(t, lab, hostA);
	},
);

test.serial('a guest that ends while it is watched, and a daemon that stops, end the forecast with the reason', async t => {
	const {hostA} = await startScene(t);
	await createGuest(hostA);
	const args = ['forecast', DOMAIN, 'host-b', '--sample', '10min', '--json'];
	const first = hostA.spawnCtl(args);
	await waitUntil('a forecast that has the domain', () => forecasts(hostA) === 1);
	process.kill(await hostA.guestPid(DOMAIN), 'SIGKILL');
	t.regex((await first.result).stdout, /ERR_GUEST_EXITED/);

	await hostA.mustCtl(['domain', 'destroy', DOMAIN]);
	await createGuest(hostA);
	const second = hostA.spawnCtl(args);
	await waitUntil('a forecast that has the domain', () => forecasts(hostA) === 2);
	await hostA.kill('sender', 'SIGTERM');
	// The answer, or the end of the connection, whichever comes first: both say why.
	t.regex((await second.result).stdout, /ERR_DAEMON_STOPPING|the daemon is stopping/);
});
