import test from 'ava';
import {assertFault} from './helpers/fault.ts';
import {assertRunsIntact, createGuest, DOMAIN, listDomains, startSceneThroughProxy} from './helpers/scene.ts';
import {beginMigration, inPrecopy, mustMigrate} from './helpers/start.ts';

const MIB = 1024 * 1024;

test.serial('an operator aborts at the source, by the name of the domain: the guest runs on there', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	await hostA.mustCtl(['abort', DOMAIN]);
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_ABORTED_BY_OPERATOR',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 3,
	});
	t.is(ended.result?.outcome, 'aborted');
	proxy.throttle(undefined);
	await assertRunsIntact(t, lab, hostA);
	t.deepEqual(await listDomains(hostB), []);
	await mustMigrate(t, hostA, hostB);
});

test.serial('an operator aborts on the receiving host: the guest runs on at the source', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	await hostB.mustCtl(['abort', DOMAIN]);
	const ended = await run.ended;
	assertFault(t, ended, {
		code: 'ERR_ABORTED_BY_RECEIVER',
		phase: 'precopy',
		side: 'receiver',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 3,
	});
	t.is(ended.result?.outcome, 'aborted');
	proxy.throttle(undefined);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('Ctrl-C on start aborts the migration and waits for its end', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	run.interrupt('SIGINT');
	const ended = await run.ended;
	t.is(ended.status, 3, ended.text);
	t.like(ended.result, {outcome: 'aborted', runsOn: 'host-a'});
	proxy.throttle(undefined);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('aborting twice is answered both times, and once all is over, says so', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	const {id} = await run.reached('precopy', inPrecopy);
	const [first, second] = await Promise.all([hostA.ctl(['abort', id]), hostA.ctl(['abort', id])]);
	t.is(first.status, 0, first.stderr);
	t.is(second.status, 0, second.stderr);
	t.is((await run.ended).status, 3);
	const late = await hostA.ctl(['abort', id]);
	t.is(late.status, 0, late.stderr);
	t.regex(late.stdout, /aborted/);
	proxy.throttle(undefined);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('stop-and-copy ends the precopy at once, and what was left of it arrives', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	await hostA.mustCtl(['stop-and-copy', DOMAIN]);
	proxy.throttle(undefined);
	const ended = await run.ended;
	t.is(ended.status, 0, ended.text);
	t.is(ended.result?.iterations, 0, 'the first iteration was not finished');
	await assertRunsIntact(t, lab, hostB);
});
