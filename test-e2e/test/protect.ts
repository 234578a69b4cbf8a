import test, {type ExecutionContext} from 'ava';
import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {LabHost} from '../src/lab/lab-host.ts';
import {Source} from '../src/protection/kill-source.ts';
import {ProtectedGuest} from '../src/protection/protected-guest.ts';
import {assertReleasedOnce} from '../src/protection/released-lines.ts';
import {SMALL_GUEST} from '../src/small-guest.ts';
import {assertRunsIntact, DOMAIN, type Scene, type SceneOptions, startScene} from './helpers/scene.ts';

const INTERVAL: readonly string[] = ['--interval', '40ms'];

type Protected = Scene & {readonly guest: ProtectedGuest};

async function startProtected(t: ExecutionContext, settings: SceneOptions['settings'] = {}): Promise<Protected> {
	const scene = await startScene(t, {settings});
	const guest = await ProtectedGuest.create(scene.lab, scene.hostA, DOMAIN, SMALL_GUEST);
	await guest.protect(scene.hostA, scene.hostB, INTERVAL, 5);
	return {...scene, guest};
}

async function stateOn(host: LabHost): Promise<string> {
	return (await host.showDomain(DOMAIN)).state;
}

test.serial(
	'checkpoints flow, status shows them, other operations are refused with what to type, and unprotect leaves an ordinary guest',
	async t => {
		const {hostA, hostB, guest} = await startProtected(t);
		const before = await guest.reached(hostA, 'a rate', ({checkpointsPerSecond}) => (checkpointsPerSecond ?? 0) > 0);
		t.like(before, {role: 'source', peer: 'host-b', phase: 'protected', incarnation: 1});
		t.is(await stateOn(hostA), 'protected');
		t.is(await stateOn(hostB), 'standby');
		for (const command of [
			['start', DOMAIN, 'host-b'],
			['protect', DOMAIN, 'host-b'],
			['domain', 'destroy', DOMAIN],
			['domain', 'pause', DOMAIN],
			['save', DOMAIN, path.join(hostA.directory, 'saved')],
		]) {
			const {status, stderr} = await hostA.ctl(command);
			t.is(status, 4, `${command.join(' ')}: ${stderr}`);
			t.regex(stderr, /protected/, command.join(' '));
		}

		await hostA.mustCtl(['unprotect', DOMAIN]);
		t.is(await stateOn(hostA), 'running');
		t.is((await hostB.ctl(['domain', 'show', DOMAIN])).status, 4);
		await guest.mustBeIntactOn(hostA);
		const [recording] = readdirSync(path.join(hostA.files.state, 'protections'));
		const lines = readFileSync(path.join(hostA.files.state, 'protections', recording ?? ''), 'utf8')
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line) as {readonly kind: string; readonly phase?: string});
		t.deepEqual(
			lines.flatMap(({kind, phase}) => (kind === 'phase' ? [phase] : [])),
			['starting', 'protected', 'ended'],
		);
		// It can be protected again, its first checkpoint cut as it is asked for; and not with what nobody can do.
		const refused = await hostA.ctl(['protect', DOMAIN, 'host-b', '--deadline', '1s', '--on-deadline', 'postcopy']);
		t.regex(refused.stderr, /there is no postcopy/);
		await guest.protect(hostA, hostB, [...INTERVAL, '--max-iterations', '1', '--dirty-threshold', '0'], 3);
		t.regex(hostA.daemon('sender').log, /1 iterations, the limit/);
	},
);

test.serial('a planned failover hands the guest over without loss, whichever host is asked for it', async t => {
	const {lab, hostA, hostB, guest} = await startProtected(t);
	const there = await guest.failover(hostA, ['--planned']);
	t.like(there, {planned: true, runsOn: 'host-b', because: 'planned', incarnation: 2});
	t.is(await stateOn(hostB), 'running');
	t.is((await hostA.ctl(['domain', 'show', DOMAIN])).status, 4);
	await guest.mustBeIntactOn(hostB);
	await guest.protect(hostB, hostA, INTERVAL, 3);
	const back = await guest.failover(hostA, ['--planned']);
	t.like(back, {planned: true, runsOn: 'host-a', because: 'planned'});
	await guest.mustBeIntactOn(hostA);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a planned failover that the before-go hook refuses leaves the guest where it is, protected over the same link', async t => {
	const asked = path.join(mkdtempSync(path.join(tmpdir(), 'sterna-test-')), 'asked');
	t.teardown(() => rmSync(path.dirname(asked), {recursive: true, force: true}));
	// Notes what it is asked, and lets nothing go before there is a second file.
	const hook = ['sh', '-c', 'cat >>"$0"; test -e "$0.allowed"', asked];
	const {hostA, hostB, guest} = await startProtected(t, {'host-a': {hooks: {'before-go': hook}}});
	for (const host of [hostA, hostB]) {
		const {committedEpoch} = await guest.reached(hostA, 'its standby', ({phase}) => phase === 'protected');
		const {status, stderr} = await host.ctl(['failover', DOMAIN, '--planned']);
		t.is(status, 7, stderr);
		t.regex(stderr, /the hook before-go \(sh\) exited with 1/, host.name);
		await guest.reached(
			hostA,
			'later checkpoints',
			({phase, committedEpoch: later}) => phase === 'protected' && (later ?? 0) > (committedEpoch ?? 0) + 3,
		);
	}

	const [recording = ''] = readdirSync(path.join(hostA.files.state, 'protections'));
	t.notRegex(readFileSync(path.join(hostA.files.state, 'protections', recording), 'utf8'), /"link-ended"/);
	writeFileSync(`${asked}.allowed`, '');
	t.like(await guest.failover(hostA, ['--planned']), {planned: true, runsOn: 'host-b', incarnation: 2});
	await guest.mustBeIntactOn(hostB);
	const inputs = readFileSync(asked, 'utf8').trimEnd().split('\n');
	t.is(inputs.length, 3);
	for (const input of inputs) t.like(JSON.parse(input), {domain: DOMAIN, host: 'host-a', peer: 'host-b', incarnation: 2});
});

test.serial("a source that loses its power is taken over by a person's word, and its copy is stale when its daemon is back", async t => {
	const {hostA, hostB, guest} = await startProtected(t);
	await hostA.kill('receiver');
	await hostA.kill('sender');
	t.like(await guest.failover(hostB, ['--source-is-dead']), {planned: false, runsOn: 'host-b', because: 'source-is-dead'});
	await guest.mustBeIntactOn(hostB);
	await hostA.start();
	await guest.reached(hostA, 'that it is stale', ({phase}) => phase === 'stale');
	t.is(await stateOn(hostA), 'stale');
	// In the other direction it is the new standby.
	await guest.protect(hostB, hostA, INTERVAL, 3);
	t.is(await stateOn(hostA), 'standby');
	await guest.failover(hostB, ['--planned']);
	await guest.mustBeIntactOn(hostA);
});

test.serial('a guest whose process is killed goes on from its last checkpoint, without a person', async t => {
	const {hostA, hostB, guest} = await startProtected(t);
	const source = await hostA.guestPid(DOMAIN);
	process.kill(source, 'SIGKILL');
	await guest.reached(hostA, 'that the standby has it', ({phase}) => phase === 'promoted');
	t.is(await stateOn(hostB), 'running');
	await guest.mustBeIntactOn(hostB);
});

test.serial('a source that dies with its daemon, in either order, leaves a standby that goes on', async t => {
	const {hostA, hostB, guest} = await startProtected(t);
	const source = Source.of(hostA, await guest.show(hostA));
	await source.kill({first: 'daemon', gapMs: 0});
	t.like(await guest.failover(hostB, ['--source-is-dead']), {planned: false, runsOn: 'host-b'});
	await guest.mustBeIntactOn(hostB);
});

test.serial(
	'a source whose host comes back without its guest leaves it to the standby, which needs nobody to answer for the host',
	async t => {
		const {lab, hostA, hostB, guest} = await startProtected(t);
		const source = Source.of(hostA, await guest.show(hostA));
		await source.kill({first: 'daemon', gapMs: 0});
		await hostA.daemon('sender').start();
		const without = await guest.reached(hostA, 'that its guest is gone', ({error}) => error?.code === 'ERR_GUEST_EXITED');
		t.is(without.phase, 'unprotected');
		t.like(await guest.failover(hostB), {planned: false, runsOn: 'host-b'});
		await guest.mustBeIntactOn(hostB);
		await guest.reached(hostA, 'that it is stale', ({phase}) => phase === 'stale');
		assertReleasedOnce(lab.guestOutput(DOMAIN));
	},
);

test.serial('a restarted daemon takes the protection up, and sends only what differs', async t => {
	const {hostA, hostB, guest} = await startProtected(t);
	const {committedEpoch} = await guest.reached(hostA, 'checkpoints', status => (status.committedEpoch ?? 0) > 5);
	await hostA.kill('sender');
	await hostA.daemon('sender').start();
	await guest.reached(
		hostA,
		'later checkpoints',
		status => status.phase === 'protected' && (status.committedEpoch ?? 0) > (committedEpoch ?? 0) + 3,
	);
	await guest.failover(hostA, ['--planned']);
	t.is(await stateOn(hostB), 'running');
	await guest.mustBeIntactOn(hostB);
});

test.serial(
	'a standby that comes back in time is in step again; one that does not leaves the guest alone, or standing still, as was asked for',
	async t => {
		const {hostA, hostB, guest} = await startProtected(t);
		await hostB.kill('receiver');
		await hostB.daemon('receiver').start();
		const {committedEpoch} = await guest.reached(hostA, 'its standby again', ({phase}) => phase === 'protected');
		await guest.reached(hostA, 'later checkpoints', status => (status.committedEpoch ?? 0) > (committedEpoch ?? 0) + 3);
		await hostB.kill('receiver');
		const alone = await guest.reached(hostA, 'that it is alone', ({phase}) => phase === 'unprotected');
		t.is(alone.error?.code, 'ERR_STANDBY_LOST');
		await guest.mustBeIntactOn(hostA);
		// Of the daemon that is there, which knows nothing of it.
		const refused = await hostB.ctl(['failover', DOMAIN, '--source-is-dead']);
		t.is(refused.status, 4, refused.stderr);
		t.regex(refused.stderr, /on this host is a standby/);
		await hostB.daemon('receiver').start();
		await guest.protect(hostA, hostB, [...INTERVAL, '--on-standby-loss', 'pause'], 3);
		await hostB.kill('receiver');
		const paused = await guest.reached(hostA, 'that it stands still', ({phase}) => phase === 'paused');
		t.is(paused.error?.code, 'ERR_STANDBY_LOST');
		await hostB.daemon('receiver').start();
		await hostA.mustCtl(['unprotect', DOMAIN]);
		await guest.mustBeIntactOn(hostA);
	},
);
