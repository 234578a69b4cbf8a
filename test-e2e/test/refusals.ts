import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {ControlServer} from '@sterna/transport';
import {assertFault} from './helpers/fault.ts';
import {assertRunsIntact, createGuest, DOMAIN, listDomains, startScene} from './helpers/scene.ts';
import {migrate, mustMigrate} from './helpers/start.ts';

test.serial('an unknown domain is refused', async t => {
	const {hostA, hostB} = await startScene(t);
	assertFault(t, await migrate(hostA, hostB, {domain: 'nobody'}), {
		code: 'ERR_DOMAIN_UNKNOWN',
		phase: 'request',
		side: 'sender',
		runsOn: '?',
		next: 'migrate-ctl domain list',
		status: 4,
	});
});

test.serial('an unknown host is refused, and the guest is left alone', async t => {
	const {lab, hostA} = await startScene(t);
	await createGuest(hostA);
	assertFault(t, await migrate(hostA, 'host-z'), {
		code: 'ERR_HOST_UNKNOWN',
		phase: 'request',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl hosts',
		status: 4,
	});
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a host that does not answer is named so, and the guest runs on', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	await hostB.kill('receiver');
	assertFault(t, await migrate(hostA, hostB), {
		code: 'ERR_HOST_UNREACHABLE',
		phase: 'prepare',
		side: 'sender',
		runsOn: 'host-a',
		next: 'migrate-ctl hosts --probe',
		status: 5,
	});
	await assertRunsIntact(t, lab, hostA);
	await hostB.daemon('receiver').start();
	await mustMigrate(t, hostA, hostB);
});

test.serial('a receiver that has a domain of this name refuses, and both guests run on', async t => {
	const {hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	await createGuest(hostB);
	assertFault(t, await migrate(hostA, hostB), {
		code: 'ERR_DOMAIN_EXISTS',
		phase: 'prepare',
		side: 'receiver',
		runsOn: 'host-a',
		next: 'migrate-ctl domain list',
		status: 4,
	});
	for (const host of [hostA, hostB]) {
		t.is((await host.showDomain(DOMAIN)).state, 'running');
		t.is((await host.ctl(['domain', 'check', DOMAIN])).status, 0);
	}
});

test.serial('a receiver without enough memory refuses before anything is sent', async t => {
	const {lab, hostA, hostB} = await startScene(t, {settings: {'host-b': {receiver: {'memory-limit': '16MiB'}}}});
	await createGuest(hostA, {memory: '32MiB'});
	const ended = await migrate(hostA, hostB);
	assertFault(t, ended, {
		code: 'ERR_MEMORY_INSUFFICIENT',
		phase: 'prepare',
		side: 'receiver',
		runsOn: 'host-a',
		next: 'migrate-ctl domain list # on host-b',
		status: 5,
	});
	t.is(ended.result?.pagesSent, 0);
	t.deepEqual(await listDomains(hostB), []);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('daemons without a protocol version in common say so, with both versions', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	await hostB.kill('receiver');
	await using _future = await ControlServer.listen({
		listen: {host: '127.0.0.1', port: hostB.controlPort},
		hello: {software: 'sterna-receiver 99.0.0', host: 'host-b', role: 'receiver', versions: {min: 99, max: 99}},
		roles: ['sender'],
		onRequest: () => t.fail('no request may come after such a hello'),
		onError: error => t.log(error),
	});
	const ended = await migrate(hostA, hostB);
	assertFault(t, ended, {
		code: 'ERR_PROTOCOL_VERSION',
		phase: 'prepare',
		side: 'receiver',
		runsOn: 'host-a',
		next: 'migrate-ctl hosts --probe',
		status: 5,
	});
	t.regex(ended.error?.message ?? '', /99/);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a domain that is on its way is busy for everything else', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA, {memory: '256MiB'});
	const [first, second] = await Promise.all([migrate(hostA, hostB), migrate(hostA, hostB)]);
	const [won, lost] = first.status === 0 ? [first, second] : [second, first];
	t.is(won.status, 0, won.text);
	assertFault(t, lost, {
		code: 'ERR_DOMAIN_BUSY',
		phase: 'request',
		side: 'sender',
		runsOn: '?',
		next: 'migrate-ctl status',
		status: 4,
	});
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a QEMU guest that the host does not make is refused with the reason, and nothing of it is there', async t => {
	const {hostA} = await startScene(t);
	const file = path.join(hostA.directory, 'vm1.toml');
	writeFileSync(file, 'name = "vm1"\nmemory = "64MiB"\nmachine = "pc-q35-7.2"\nbinary = "sh"\n');
	const {status, stderr} = await hostA.ctl(['domain', 'create', '--qemu', file]);
	t.is(status, 4);
	t.regex(stderr, /^error ERR_NOT_SUPPORTED: .*\bsh\b/);
	t.deepEqual(await listDomains(hostA), []);
});
