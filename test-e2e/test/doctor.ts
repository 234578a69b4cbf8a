import {copyFileSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {TestAuthority, writeTlsFiles} from '@sterna/test-certificates';
import {FaultProxy} from '@sterna/test-network';
import {Lab} from '../src/lab/lab.ts';
import type {LabHost} from '../src/lab/lab-host.ts';
import {createGuest, startScene, waitUntil} from './helpers/scene.ts';

const PROXY_HOST = '127.0.0.2';
const CLOCK_MODULE = new URL('../src/chaos/jumping-clock.ts', import.meta.url).href;

type FindingJson = {
	readonly check: string;
	readonly state: string;
	readonly host: string;
	readonly side: string;
	readonly detail: string;
	readonly fix: string;
};

type Examination = {readonly status: number; readonly findings: readonly FindingJson[]; readonly bad: readonly FindingJson[]};

/** What an operator of this host is told, and of that what is not well. */
async function examine(host: LabHost, ...args: readonly string[]): Promise<Examination> {
	const {status, stdout} = await host.ctl(['doctor', ...args, '--json']);
	const {findings} = JSON.parse(stdout) as {readonly findings: readonly FindingJson[]};
	return {status, findings, bad: findings.filter(({state}) => state !== 'ok')};
}

const keyOf = ({host, side, check, state}: FindingJson): string => `${state} ${host} ${side} ${check}`;

/** What was well before and is not now, each with its fix; the exit status goes by the faults. */
function assertNews(
	t: ExecutionContext,
	before: Examination,
	now: Examination,
	expected: readonly (readonly [key: string, fix: RegExp])[],
): void {
	const known = new Set(before.bad.map(keyOf));
	const news = now.bad.filter(finding => !known.has(keyOf(finding)));
	t.deepEqual(news.map(keyOf).toSorted(), expected.map(([key]) => key).toSorted(), JSON.stringify(news));
	for (const [key, fix] of expected) t.regex(news.find(finding => keyOf(finding) === key)?.fix ?? '', fix, key);
	t.is(now.status, now.bad.some(({state}) => state === 'fault') ? 5 : 0);
	t.true(now.bad.every(({fix}) => fix !== ''));
}

test.serial('a healthy pair has no fault, and each thing that is broken is found by itself, with what to do about it', async t => {
	const {lab, hostA, hostB} = await startScene(t, {throughProxy: true});
	const listen = async (...ports: readonly number[]): Promise<FaultProxy> =>
		FaultProxy.listen({listenHost: PROXY_HOST, targetHost: '127.0.0.1', ports});
	let proxy = await listen(hostB.controlPort, hostB.dataPort);
	t.teardown(async () => proxy[Symbol.asyncDispose]());
	await createGuest(hostA);
	const healthy = await examine(hostA, 'host-b');
	t.deepEqual(
		healthy.findings.filter(({state}) => state === 'fault'),
		[],
	);
	t.is(healthy.status, 0);
	for (const check of ['connection', 'data-port', 'way-back', 'tracker', 'clock', 'room', 'guests'])
		t.true(
			healthy.findings.some(finding => finding.check === check && finding.state === 'ok'),
			check,
		);

	await proxy[Symbol.asyncDispose]();
	proxy = await listen(hostB.controlPort);
	assertNews(t, healthy, await examine(hostA, 'host-b'), [
		['fault host-a sender data-port', new RegExp(`open TCP port ${hostB.dataPort} of host-b`)],
	]);
	await proxy[Symbol.asyncDispose]();
	proxy = await listen(hostB.controlPort, hostB.dataPort);

	const migrations = path.join(hostB.files.state, 'migrations');
	renameSync(migrations, `${migrations}.kept`);
	writeFileSync(migrations, '');
	assertNews(t, healthy, await examine(hostA, 'host-b'), [['fault host-b receiver directories', /migrations out of the way/]]);
	rmSync(migrations);
	renameSync(`${migrations}.kept`, migrations);

	await createGuest(hostB, {name: 'dom2'});
	const record = path.join(hostB.files.state, 'domains', 'dom2', 'domain.json');
	writeFileSync(record, readFileSync(record, 'utf8').replace('"state": "running"', '"state": "stale"'));
	const stale = await examine(hostA, 'host-b');
	assertNews(t, healthy, stale, [['warning host-b receiver guests', /^migrate-ctl domain destroy dom2/]]);
	await hostB.mustCtl(['domain', 'destroy', 'dom2']);

	const clock = path.join(hostB.directory, 'clock');
	writeFileSync(clock, String(-3_600_000));
	await hostB.restart('receiver', {environment: {NODE_OPTIONS: `--import=${CLOCK_MODULE}`, STERNA_CHAOS_CLOCK: clock}});
	const shifted = await examine(hostA, 'host-b');
	assertNews(t, healthy, shifted, [['fault host-a sender clock', /timedatectl set-ntp true/]]);
	t.regex(shifted.bad.find(({check}) => check === 'clock')?.detail ?? '', /host-b is 3\d{3}\.\d s behind/);

	lab.configure('host-b', {settings: {receiver: {'memory-limit': '1MiB'}, hooks: {'before-go': ['/nowhere/hook']}}});
	await hostB.restart('receiver');
	assertNews(t, healthy, await examine(hostA, 'host-b'), [
		['fault host-b receiver memory', /raise receiver\.memory-limit/],
		['fault host-a sender room', /raise receiver\.memory-limit on host-b/],
	]);

	await hostB.kill('receiver');
	const down = await examine(hostA, 'host-b');
	assertNews(t, healthy, down, [['fault host-a sender connection', /TCP port|sterna-receiver, on host-b/]]);
});

test.serial('a daemon of this host that is down is a finding, and what the other daemon finds is told beside it', async t => {
	await using lab = await Lab.start({hosts: ['host-a']});
	const hostA = lab.host('host-a');
	const healthy = await examine(hostA);
	t.is(healthy.status, 0, JSON.stringify(healthy.bad));
	await hostA.kill('sender');
	const withoutSender = await examine(hostA, 'host-b');
	assertNews(t, healthy, withoutSender, [
		['fault host-a sender daemon', /systemctl start sterna-sender/],
		['warning host-a sender connection', /migrate-ctl doctor host-b/],
	]);
	t.true(withoutSender.findings.some(({check, side}) => check === 'memory' && side === 'receiver'));

	await hostA.kill('receiver');
	assertNews(t, healthy, await examine(hostA), [
		['fault host-a receiver daemon', /systemctl start sterna-receiver/],
		['fault host-a sender daemon', /systemctl start sterna-sender/],
	]);
	await hostA.daemon('sender').start();
	const withoutReceiver = await examine(hostA);
	t.deepEqual(withoutReceiver.findings.filter(({state}) => state === 'fault').map(keyOf), ['fault host-a receiver daemon']);
	// In its place the sender looks at the host.
	t.true(withoutReceiver.findings.some(({check, side}) => check === 'tracker' && side === 'sender'));
});

test.serial('over TLS: certificates are looked at as they are in their files, and as the other host takes them', async t => {
	const {hostA, hostB} = await startScene(t, {tls: true});
	const healthy = await examine(hostA, 'host-b');
	t.is(healthy.status, 0, JSON.stringify(healthy.bad));

	const directory = path.join(hostA.directory, 'tls');
	const [certificate, key] = [path.join(directory, 'certificate.pem'), path.join(directory, 'key.pem')];
	const right = [readFileSync(certificate), readFileSync(key)] as const;
	const authority = await TestAuthority.create('another authority');
	const issue = async (name: string, notAfter?: Date): Promise<void> => {
		const issued = await authority.issue({name: 'host-a', addresses: ['127.0.0.1'], ...(notAfter === undefined ? {} : {notAfter})});
		const files = writeTlsFiles(path.join(hostA.directory, name), issued, authority.certificate);
		copyFileSync(files.certificate, certificate);
		copyFileSync(files.key, key);
	};

	// The daemons have read the right one, and go on with it until they are told, or started again.
	await issue('expired', new Date(Date.now() - 60_000));
	assertNews(t, healthy, await examine(hostA, 'host-b'), [
		['fault host-a receiver certificate', /issue another/],
		['fault host-a sender certificate', /issue another/],
		['fault host-a receiver authority', /issue another/],
		['fault host-a sender authority', /issue another/],
	]);

	await issue('strange');
	const told = (): number => hostA.daemon('sender').log.split('told to read again').length;
	const before = told();
	process.kill(hostA.daemon('sender').id?.pid ?? -1, 'SIGHUP');
	await waitUntil('the strange certificate is read', () => told() > before);
	assertNews(t, healthy, await examine(hostA, 'host-b'), [
		['fault host-a receiver authority', /issue another/],
		['fault host-a sender authority', /issue another/],
		['fault host-a sender connection', /one authority must have issued the certificates of both hosts/],
	]);

	// The other way: host-b, which is as it was, does not take what the receiver of host-a shows now.
	process.kill(hostA.daemon('receiver').id?.pid ?? -1, 'SIGHUP');
	await waitUntil('the receiver has read it, too', () => hostA.daemon('receiver').log.includes('told to read again'));
	writeFileSync(certificate, right[0]);
	writeFileSync(key, right[1]);
	process.kill(hostA.daemon('sender').id?.pid ?? -1, 'SIGHUP');
	await waitUntil('the right certificate is read', () => told() > before + 1);
	assertNews(t, healthy, await examine(hostA, 'host-b'), [['warning host-b receiver way-back', /migrate-ctl doctor host-a, on host-b/]]);
	const fromB = await examine(hostB, 'host-a');
	t.deepEqual(fromB.findings.filter(({state}) => state === 'fault').map(keyOf), ['fault host-b sender connection']);
});
