import test from 'ava';
import {MEMORY_HOOK_SETTINGS, readComparison} from '../src/memory-hook/comparison.ts';
import {assertFault} from './helpers/fault.ts';
import {assertRunsIntact, createGuest, DOMAIN, startScene, startSceneThroughProxy} from './helpers/scene.ts';
import {migrate, mustMigrate} from './helpers/start.ts';

const BOTH_HOOKED = {'host-a': MEMORY_HOOK_SETTINGS, 'host-b': MEMORY_HOOK_SETTINGS};

for (const channels of ['2', '5']) {
	test.serial(
		`a guest under write load moves there and back over ${channels} data connections: memories equal, each line once`,
		async t => {
			const {lab, hostA, hostB} = await startScene(t, {settings: BOTH_HOOKED});
			await createGuest(hostA, {memory: '64MiB', rate: '100MB/s', hot: '32MiB'});
			for (const [from, to] of [[hostA, hostB] as const, [hostB, hostA] as const]) {
				const result = await mustMigrate(t, from, to, {args: ['--channels', channels]});
				const {source, target} = readComparison(from.directory, result.id ?? '');
				t.deepEqual(source, target);
				t.true(result.bytesSent > result.pagesSent * 4096);
				await assertRunsIntact(t, lab, to);
			}
		},
	);
}

test.serial('the configured number of data connections is used where no other was asked for', async t => {
	const {lab, hostA, hostB} = await startScene(t, {settings: {'host-a': {data: {channels: 3}}}});
	await createGuest(hostA);
	await mustMigrate(t, hostA, hostB);
	t.regex(hostB.daemon('receiver').log, /"dataConnections":3/);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('one data connection that is lost takes the others with it, and the guest runs on where it was', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA, {memory: '256MiB'});
	const cut = proxy.cut({port: hostB.dataPort, direction: 'forward', afterBytes: 10 * 2 ** 20, how: 'reset'});
	const ended = await migrate(hostA, hostB, {args: ['--channels', '3', '--reconnect', '0s']});
	await cut;
	assertFault(t, ended, {
		code: 'ERR_CONNECTION_LOST',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start dom1 host-b',
		status: 6,
	});
	await assertRunsIntact(t, lab, hostA);
	await mustMigrate(t, hostA, hostB, {args: ['--channels', '3']});
	await assertRunsIntact(t, lab, hostB);
});

test.serial("Xen's stream over several data connections is refused, and nothing was touched", async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	const ended = await migrate(hostA, hostB, {domain: DOMAIN, args: ['--stream', 'xen', '--channels', '2']});
	assertFault(t, ended, {
		code: 'ERR_USAGE',
		phase: 'request',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl start --help',
		status: 2,
	});
	await assertRunsIntact(t, lab, hostA);
});
