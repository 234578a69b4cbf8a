import test, {type ExecutionContext} from 'ava';
import type {LabHost} from '../src/lab/lab-host.ts';
import {ProtectedGuest} from '../src/protection/protected-guest.ts';
import {SMALL_GUEST} from '../src/small-guest.ts';
import {assertRunsIntact, createGuest, DOMAIN, type Scene, startScene, waitUntil} from './helpers/scene.ts';
import {beginMigration} from './helpers/start.ts';

type Resolved = {
	readonly status: number;
	readonly resolve: {
		readonly role: string | null;
		readonly step: string | null;
		readonly peerSays: string | null;
		readonly runsOn: string | null;
		readonly done: string | null;
		readonly choices: readonly string[];
	};
};

async function resolve(host: LabHost, ...args: readonly string[]): Promise<Resolved> {
	const {status, stdout, stderr} = await host.ctl(['resolve', DOMAIN, '--json', ...args]);
	const {resolve: reply} = JSON.parse(stdout === '' ? '{}' : stdout) as {readonly resolve?: Resolved['resolve']};
	if (reply === undefined) throw new Error(`resolve exited with ${status}: ${stdout}${stderr}`);
	return {status, resolve: reply};
}

/** A handover whose receiver died at `go`, and whose source gave up waiting for it. */
async function undecided(t: ExecutionContext): Promise<Scene> {
	const scene = await startScene(t);
	const {hostA, hostB} = scene;
	await createGuest(hostA);
	await hostB.restart('receiver', {environment: {STERNA_CRASH_POINT: 'target.outcome-running.before'}});
	const {status, result} = await beginMigration(hostA, hostB).ended;
	t.is(status, 9);
	t.is(result?.outcome, 'undecided');
	t.is((await hostA.showDomain(DOMAIN)).state, 'undecided');
	return scene;
}

test.serial(
	'resolve says that the other host is not reached, and what could be forced; it decides as soon as that host answers',
	async t => {
		const {lab, hostA, hostB} = await undecided(t);
		const alone = await resolve(hostA);
		t.is(alone.status, 9);
		t.like(alone.resolve, {role: 'source', step: 'undecided', peerSays: null, runsOn: null, done: null});
		t.is(alone.resolve.choices.length, 2);
		t.is((await hostA.showDomain(DOMAIN)).state, 'undecided');
		await hostB.daemon('receiver').start();
		const together = await resolve(hostA);
		// The background may have asked before us.
		t.is(together.status, 0);
		t.is(together.resolve.runsOn, 'host-a');
		await assertRunsIntact(t, lab, hostA);
	},
);

test.serial('a person can let the source run its copy, and the receiver that comes back hears of it and gives its own up', async t => {
	const {lab, hostA, hostB} = await undecided(t);
	const forced = await resolve(hostA, '--force', 'run-here');
	t.is(forced.status, 0);
	t.like(forced.resolve, {runsOn: 'host-a', done: 'the guest runs on here'});
	await hostB.daemon('receiver').start();
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a person can let the target give its copy up, or run it, and the source does what follows', async t => {
	const {lab, hostA, hostB} = await undecided(t);
	await hostA.kill('sender');
	await hostB.daemon('receiver').start();
	const waiting = await resolve(hostB);
	t.like(waiting.resolve, {role: 'target', step: 'ready', done: null});
	t.is(waiting.status, 9);
	const forced = await resolve(hostB, '--force', 'run-here');
	t.like(forced.resolve, {runsOn: 'host-b', done: 'the guest runs here'});
	await hostA.daemon('sender').start();
	await waitUntil('host-a without the guest', async () => !(await hostA.mustCtl(['domain', 'list'])).includes(DOMAIN));
	await assertRunsIntact(t, lab, hostB);
	t.like((await resolve(hostB)).resolve, {role: null, runsOn: 'host-b', choices: []});
	t.is((await hostB.ctl(['resolve', DOMAIN, '--force', 'run-here'])).status, 4);
});

test.serial(
	'a planned failover whose standby does not answer is undecided, and a person can have the guest go on at the source',
	async t => {
		const {lab, hostA, hostB} = await startScene(t);
		const guest = await ProtectedGuest.create(lab, hostA, DOMAIN, SMALL_GUEST);
		await hostB.restart('receiver', {environment: {STERNA_CRASH_POINT: 'standby.journal-promoting.before'}});
		await guest.protect(hostA, hostB, ['--interval', '40ms'], 3);
		const failover = hostA.ctl(['failover', DOMAIN, '--planned']);
		await waitUntil('a death in the handover', () => hostB.daemon('receiver').id === undefined);
		const alone = await resolve(hostA);
		t.is(alone.status, 9);
		t.like(alone.resolve, {role: 'source', step: 'undecided', peerSays: null, runsOn: null, done: null});
		t.is(alone.resolve.choices.length, 2);
		const forced = await resolve(hostA, '--force', 'run-here');
		t.is(forced.status, 0);
		t.like(forced.resolve, {runsOn: 'host-a', done: 'the guest runs on here'});
		t.is((await failover).status, 5);
		await guest.mustBeIntactOn(hostA);
		// The standby that comes back holds what it held, and is in step again.
		await hostB.daemon('receiver').start();
		await guest.reached(hostA, 'its standby, or that it is alone', ({phase}) => phase === 'protected' || phase === 'unprotected');
		await guest.mustBeIntactOn(hostA);
	},
);
