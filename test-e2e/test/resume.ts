import test from 'ava';
import {assertRunsIntact, createGuest, listDomains, startSceneThroughProxy, waitForLines, waitUntil} from './helpers/scene.ts';
import {beginMigration, inPrecopy, mustMigrate, statusOf} from './helpers/start.ts';

const MIB = 1024 * 1024;
/** The largest window of a lab's hosts: what can be on its way. */
const WINDOW_BYTES = 64 * MIB;

test.serial('a migration goes on behind a lost data connection, and sends nothing twice but what was on its way', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA, {memory: '64MiB'});
	const cut = proxy.cut({port: hostB.dataPort, direction: 'forward', afterBytes: 10 * MIB, how: 'reset'});
	const result = await mustMigrate(t, hostA, hostB, {args: ['--compression', 'none']});
	await cut;
	t.is(result.interruptions, 1);
	t.true((result.interruptedMs ?? 0) > 0);
	t.true((result.resentBytes ?? Infinity) <= WINDOW_BYTES, `${result.resentBytes} bytes sent again`);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a connection that is lost again and again delays a migration, and what arrived in between is there', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA, {rate: '4MB/s', hot: '1MiB'});
	const cuts = [5, 9, 13].map(async each => proxy.cut({port: hostB.dataPort, direction: 'forward', afterBytes: each * MIB, how: 'reset'}));
	const result = await mustMigrate(t, hostA, hostB, {args: ['--compression', 'none']});
	await Promise.all(cuts);
	t.is(result.interruptions, 3);
	// From the beginning each time it would be 5, 9 and 13 MiB more than the guest has.
	t.true((result.bytesSent ?? Infinity) < 56 * MIB, `${result.bytesSent} bytes of a guest of 32 MiB`);
	t.is((await statusOf(hostB, result.id ?? '')).result?.interruptions, 3);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a migration goes on over several data connections and TLS, whichever of them is lost', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t, {tls: true});
	await createGuest(hostA, {memory: '64MiB'});
	const cut = proxy.cut({port: hostB.dataPort, direction: 'forward', afterBytes: 5 * MIB, how: 'reset'});
	const result = await mustMigrate(t, hostA, hostB, {args: ['--channels', '3']});
	await cut;
	t.is(result.interruptions, 1);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a migration goes on behind a network that was away, while its guest runs', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	proxy.down();
	await run.reached('the loss', ({phase}) => phase === 'reconnecting');
	await waitForLines(hostA);
	proxy.throttle(undefined);
	proxy.up();
	const {status, result, text} = await run.ended;
	t.is(status, 0, text);
	t.true((result?.interruptions ?? 0) >= 1);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('bytes that change on the way are found, and sent again', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	const flipped = proxy.flip({port: hostB.dataPort, direction: 'forward', afterBytes: 20 * MIB, bit: 3});
	const result = await mustMigrate(t, hostA, hostB, {args: ['--compression', 'none']});
	await flipped;
	t.is(result.interruptions, 1);
	t.is(result.repairedPages, 1);
	t.is(result.proof, 'wire');
	t.regex(result.digest ?? '', /^[0-9a-f]{16}$/);
	t.is((await statusOf(hostB, result.id ?? '')).result?.digest, result.digest);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a sender that is killed in precopy takes its migration up when it is back', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA, {hot: '1MiB', rate: '100kB/s'});
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	const {id} = await run.reached('some of the memory there', ({phase, bytesSent}) => phase === 'precopy' && bytesSent > 16 * MIB);
	await hostA.kill('sender');
	await run.ended;
	await waitForLines(hostA);
	proxy.throttle(undefined);
	await hostA.daemon('sender').start();
	await waitUntil('the end of the migration', async () => (await statusOf(hostA, id)).result !== null);
	const {result} = await statusOf(hostA, id);
	t.is(result?.outcome, 'completed', JSON.stringify(result));
	// What was there is not sent again.
	t.true((result?.bytesSent ?? Infinity) < 28 * MIB, `${result?.bytesSent} bytes`);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a receiver that is killed in precopy goes on with what it has when it is back', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('some of the memory there', ({phase, bytesSent}) => phase === 'precopy' && bytesSent > 8 * MIB);
	await hostB.kill('receiver');
	await run.reached('the loss', ({phase}) => phase === 'reconnecting');
	proxy.throttle(undefined);
	await hostB.daemon('receiver').start();
	const {status, result, text} = await run.ended;
	t.is(status, 0, text);
	t.is(result?.interruptions, 1);
	t.true((result?.resentBytes ?? Infinity) <= WINDOW_BYTES, `${result?.resentBytes} bytes sent again`);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('an operator on the receiving host who does not want to wait ends it there', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB);
	await run.reached('precopy', inPrecopy);
	proxy.down();
	await run.reached('the loss', ({phase}) => phase === 'reconnecting');
	await hostB.mustCtl(['abort', 'dom1']);
	await waitUntil('host-b without the half-made guest', async () => (await listDomains(hostB)).length === 0);
	proxy.throttle(undefined);
	proxy.up();
	const {error, status, text} = await run.ended;
	t.deepEqual([error?.code, error?.runsOn, status], ['ERR_TARGET_REFUSED', 'host-a', 5], text);
	await assertRunsIntact(t, lab, hostA);
	await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
});
