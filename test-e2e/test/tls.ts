import {copyFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test from 'ava';
import {TestAuthority, type TlsFiles, writeTlsFiles} from '@sterna/test-certificates';
import {Lab} from '../src/lab/lab.ts';
import type {LabHost} from '../src/lab/lab-host.ts';
import {MEMORY_HOOK_SETTINGS, readComparison} from '../src/memory-hook/comparison.ts';
import {assertFault} from './helpers/fault.ts';
import {assertRunsIntact, createGuest, startScene, startSceneThroughProxy, waitUntil} from './helpers/scene.ts';
import {beginMigration, migrate, mustMigrate} from './helpers/start.ts';

const MIB = 1024 * 1024;
const BOTH_HOOKED = {'host-a': MEMORY_HOOK_SETTINGS, 'host-b': MEMORY_HOOK_SETTINGS};
/** The first byte of a TLS connection, and the first bytes of a preamble. */
const TLS_RECORD = 0x16;
const PREAMBLE_MAGIC = 'STERNADC';

const isTls = (bytes: Buffer | undefined): boolean => bytes?.[0] === TLS_RECORD;

/** What another authority than the lab's would give a host of this name. */
async function strangeFiles(host: LabHost): Promise<TlsFiles> {
	const authority = await TestAuthority.create('another authority');
	const issued = await authority.issue({name: host.name, addresses: ['127.0.0.1']});
	const files = writeTlsFiles(path.join(host.directory, 'strange'), issued, authority.certificate);
	// It still trusts whom it trusted.
	return {...files, ca: tlsFilesOf(host).ca};
}

function tlsFilesOf(host: LabHost): TlsFiles {
	const directory = path.join(host.directory, 'tls');
	const file = (name: string): string => path.join(directory, name);
	return {certificate: file('certificate.pem'), key: file('key.pem'), ca: file('ca.pem')};
}

test.serial('a guest moves there and back over TLS: memories equal at the handover, each line once, nothing in plain', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t, {settings: BOTH_HOOKED, tls: true});
	await createGuest(hostA, {memory: '64MiB', rate: '100MB/s'});
	for (const [from, to] of [[hostA, hostB] as const, [hostB, hostA] as const]) {
		const result = await mustMigrate(t, from, to);
		const {source, target} = readComparison(from.directory, result.id ?? '');
		t.is(source.bytes, 64 * MIB);
		t.deepEqual(source, target);
		await assertRunsIntact(t, lab, to);
	}

	t.true(isTls(proxy.firstBytesTo(hostB.controlPort)));
	t.true(isTls(proxy.firstBytesTo(hostB.dataPort)));
});

test.serial('several data connections have a TLS session each', async t => {
	const {lab, hostA, hostB} = await startScene(t, {settings: BOTH_HOOKED, tls: true});
	await createGuest(hostA, {memory: '64MiB', rate: '100MB/s'});
	const {id} = await mustMigrate(t, hostA, hostB, {args: ['--channels', '3']});
	const {source, target} = readComparison(hostA.directory, id ?? '');
	t.deepEqual(source, target);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('data goes in plain only where both operators turned its TLS off; control never does', async t => {
	const off = {tls: {data: false}};
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t, {settings: {'host-b': off}, tls: true});
	await createGuest(hostA);
	await mustMigrate(t, hostA, hostB);
	t.true(isTls(proxy.firstBytesTo(hostB.dataPort)), 'host-a did not agree');
	await mustMigrate(t, hostB, hostA);

	lab.configure('host-a', {settings: off, route: () => '127.0.0.2'});
	await hostA.restart('receiver');
	await hostA.restart('sender');
	await mustMigrate(t, hostA, hostB);
	t.is(proxy.firstBytesTo(hostB.dataPort)?.toString('latin1', 0, 8), PREAMBLE_MAGIC);
	t.true(isTls(proxy.firstBytesTo(hostB.controlPort)));
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a data connection that is lost over TLS leaves the guest at the source, and the next attempt succeeds', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t, {tls: true});
	await createGuest(hostA);
	const cut = proxy.cut({port: hostB.dataPort, direction: 'forward', afterBytes: 10 * MIB, how: 'reset'});
	const ended = await migrate(hostA, hostB, {args: ['--reconnect', '0s']});
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
	await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
});

const REFUSED = {
	code: 'ERR_TLS',
	phase: 'prepare',
	side: 'sender',
	runsOn: 'host-a',
	next: 'migrate-ctl hosts --probe',
	status: 5,
} as const;

test.serial(
	'a sender of another authority is refused, the receiver says why, and a renewed certificate is taken without a restart',
	async t => {
		const {lab, hostA, hostB} = await startScene(t, {tls: true});
		await createGuest(hostA);
		const right = tlsFilesOf(hostA);
		const kept = {certificate: `${right.certificate}.kept`, key: `${right.key}.kept`};
		const strange = await strangeFiles(hostA);
		const reread = (): void => {
			process.kill(hostA.daemon('sender').id?.pid ?? -1, 'SIGHUP');
		};
		const told = (): number => hostA.daemon('sender').log.split('told to read again').length;
		for (const name of ['certificate', 'key'] as const) {
			copyFileSync(right[name], kept[name]);
			copyFileSync(strange[name], right[name]);
		}

		reread();
		await waitUntil('the strange certificate is read', () => told() === 2);
		assertFault(t, await migrate(hostA, hostB), REFUSED);
		await waitUntil('a line in the log of host-b', () =>
			/control connection refused.*its certificate is not accepted|its certificate is not accepted.*control connection refused/.test(
				hostB.daemon('receiver').log,
			),
		);
		await assertRunsIntact(t, lab, hostA);

		for (const name of ['certificate', 'key'] as const) copyFileSync(kept[name], right[name]);
		reread();
		await waitUntil('the right certificate is read', () => told() === 3);
		await mustMigrate(t, hostA, hostB);
		await assertRunsIntact(t, lab, hostB);
	},
);

test.serial('a receiver whose certificate is for another name is not given the guest', async t => {
	const {lab, hostA, hostB} = await startScene(t, {tls: true});
	await createGuest(hostA);
	lab.configure('host-a', {
		settings: {hosts: {'host-b': {address: '127.0.0.1', 'control-port': hostB.controlPort, 'tls-name': 'host-x'}}},
	});
	await hostA.restart('sender');
	const ended = await migrate(hostA, hostB);
	assertFault(t, ended, REFUSED);
	t.regex(ended.text, /shows a certificate that is not accepted here/);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a sender without TLS and a receiver with it, and the reverse, are told apart from a host that is down', async t => {
	const {lab, hostA, hostB} = await startScene(t, {tls: true});
	const plain = {hosts: {'host-b': {address: '127.0.0.1', 'control-port': hostB.controlPort}}};
	await createGuest(hostA);
	const withoutTls = await Lab.start({hosts: ['host-c'], settings: {'host-c': plain}});
	t.teardown(async () => withoutTls[Symbol.asyncDispose]());
	const hostC = withoutTls.host('host-c');
	await createGuest(hostC, {name: 'dom2'});
	const refused = await migrate(hostC, 'host-b', {domain: 'dom2'});
	assertFault(t, refused, {...REFUSED, code: 'ERR_HOST_UNREACHABLE', runsOn: 'host-c'});
	t.regex(refused.text, /hung up without a word: .*it has TLS, which this host has not/);
	await waitUntil('a line in the log of host-b', () => hostB.daemon('receiver').log.includes('control connection refused'));

	lab.configure('host-a', {settings: {hosts: {'host-c': {address: '127.0.0.1', 'control-port': hostC.controlPort}}}});
	await hostA.restart('sender');
	const other = await migrate(hostA, 'host-c');
	assertFault(t, other, REFUSED);
	t.regex(other.text, /does not speak TLS/);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a stranger at the data port does not disturb a migration, and is named in the log', async t => {
	const {lab, hostA, hostB} = await startScene(t, {tls: true});
	await createGuest(hostA);
	const stranger = net.connect({host: '127.0.0.1', port: hostB.dataPort});
	stranger.on('error', () => {});
	const run = beginMigration(hostA, hostB);
	stranger.write('GET / HTTP/1.1\r\n\r\n');
	t.is((await run.ended).status, 0);
	await waitUntil('a line in the log', () => hostB.daemon('receiver').log.includes('it does not speak TLS'));
	await assertRunsIntact(t, lab, hostB);
});

test.serial('daemons do not start with certificates that cannot be used, nor beyond loopback without any', async t => {
	await using lab = await Lab.start({hosts: ['host-a'], tls: true, startDaemons: false});
	const hostA = lab.host('host-a');
	const strange = await strangeFiles(hostA);
	copyFileSync(strange.key, tlsFilesOf(hostA).key);
	for (const name of ['sender', 'receiver'] as const)
		await t.throwsAsync(hostA.daemon(name).start(), {message: /exited with 2[^]*tls\.key .*key\.pem is not the key of tls\.certificate/});
	await using plain = await Lab.start({
		hosts: ['host-b'],
		settings: {'host-b': {receiver: {'listen-address': '0.0.0.0'}}},
		startDaemons: false,
	});
	await t.throwsAsync(plain.host('host-b').daemon('receiver').start(), {
		message: /exited with 2[^]*without TLS a daemon listens on loopback only/,
	});
});
