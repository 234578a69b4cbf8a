import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, rmSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {isProcessAlive, killProcess, type ProcessIdentity, waitForExit} from '@sterna/domain/processes';
import {bootTimeNs} from '@sterna/system';
import {GuardFile} from '../../src/guard/guard-file.ts';
import {GuestGuard, type GuestGuardOptions} from '../../src/guard/guest-guard.ts';
import {type BusyGuest, startBusyGuest} from '../helpers/busy-guest.ts';

const MS = 1_000_000n;
const HOUR_NS = 3_600_000n * MS;
/** For what is waited for and comes at once on a quiet machine. */
const PATIENCE_MS = 60_000;

async function openGuard(t: ExecutionContext, guest: BusyGuest, options: Partial<GuestGuardOptions> = {}): Promise<GuestGuard> {
	const guard = await GuestGuard.open({
		guest: guest.id,
		file: guest.guardFile,
		known: undefined,
		untilBootNs: bootTimeNs() + HOUR_NS,
		side: 'sender',
		...options,
	});
	t.teardown(async () => {
		const {id} = guard;
		guard[Symbol.dispose]();
		if (id !== undefined) await killProcess(id, PATIENCE_MS);
	});
	return guard;
}

/** A guest with a guard that watches it. */
async function guarded(
	t: ExecutionContext,
): Promise<{readonly guest: BusyGuest; readonly guard: GuestGuard; readonly id: ProcessIdentity}> {
	const guest = await startBusyGuest(t);
	const guard = await openGuard(t, guest);
	return {guest, guard, id: await guard.watch()};
}

/** The guest stands still: it takes no step any more. */
async function assertStill(t: ExecutionContext, guest: BusyGuest): Promise<void> {
	await guest.stopped();
	const steps = guest.steps();
	await sleep(50);
	t.is(guest.steps(), steps);
}

test.serial('a busy guest runs up to its deadline, and stands still from then on', async t => {
	const {guest, guard} = await guarded(t);
	await guest.running();
	t.is(guard.stoppedAtBootNs, undefined);
	const deadline = bootTimeNs() + 300n * MS;
	guard.extend(deadline);
	await assertStill(t, guest);
	t.true((guard.stoppedAtBootNs ?? 0n) >= deadline);
	t.true(guard.isGuestStopped);
	t.is(guard.state, 'watching');
});

test.serial('a guest whose deadline is moved in time runs beyond each', async t => {
	const {guest, guard} = await guarded(t);
	using file = GuardFile.open(guest.guardFile);
	for (let inTime = 0; inTime < 5;) {
		const deadline = bootTimeNs() + 300n * MS;
		guard.extend(deadline);
		await sleep(100);
		guard.extend(deadline + HOUR_NS);
		const isInTime = bootTimeNs() < deadline;
		while (file.lookedAtBootNs < deadline) await sleep(20);
		// A machine that was too busy for us to be in time tells nothing.
		if (isInTime) {
			t.is(guard.stoppedAtBootNs, undefined);
			await guest.running();
			inTime += 1;
		} else await guard.letRun(deadline + HOUR_NS);
	}
});

test.serial('a guest that was stopped runs again when the daemon lets it, up to the next deadline', async t => {
	const {guest, guard} = await guarded(t);
	for (let round = 0; round < 5; round++) {
		guard.extend(0n);
		await assertStill(t, guest);
		await guard.letRun(bootTimeNs() + HOUR_NS);
		t.is(guard.stoppedAtBootNs, undefined);
		await guest.running();
	}
});

test.serial('a guest that somebody else lets run is stopped again', async t => {
	const {guest, guard} = await guarded(t);
	await guard.stop();
	for (let round = 0; round < 5; round++) {
		const steps = guest.steps();
		process.kill(guest.id.pid, 'SIGCONT');
		while (guest.steps() === steps) await sleep(1);
		await assertStill(t, guest);
	}
});

test.serial('a deadline stops the guest of a daemon that was killed', async t => {
	const guest = await startBusyGuest(t);
	const owner = spawn(
		process.execPath,
		[
			'--no-warnings',
			fileURLToPath(new URL('../helpers/guard-owner.ts', import.meta.url)),
			String(guest.id.pid),
			guest.id.startTicks,
			guest.guardFile,
			String(bootTimeNs() + HOUR_NS),
		],
		{stdio: ['ignore', 'pipe', 'inherit']},
	);
	const known = JSON.parse(String(await once(owner.stdout, 'data'))) as ProcessIdentity;
	owner.kill('SIGKILL');
	await once(owner, 'exit');
	t.true(isProcessAlive(known));
	await guest.running();
	// The next daemon finds guard and file, by which it ends the term.
	const guard = await openGuard(t, guest, {known, untilBootNs: 0n});
	t.deepEqual(await guard.watch(), known);
	await guest.running();
	guard.extend(bootTimeNs());
	await assertStill(t, guest);
});

test.serial('a guard that was killed is missed, and another one takes its place', async t => {
	const {guest, guard, id} = await guarded(t);
	process.kill(id.pid, 'SIGKILL');
	t.true(await waitForExit(id, PATIENCE_MS));
	t.is(guard.state, 'gone');
	guard.extend(0n);
	await guest.running();
	const [next, same] = await Promise.all([guard.watch(), guard.watch()]);
	t.not(next.pid, id.pid);
	t.deepEqual(next, same, 'one alone');
	await assertStill(t, guest);
});

test.serial(
	'a guard that is frozen is noticed, another one watches in its place, and what it does when it is thawed does no harm',
	async t => {
		const {guest, guard, id} = await guarded(t);
		process.kill(id.pid, 'SIGSTOP');
		while (guard.state === 'watching') await sleep(50);
		t.is(guard.state, 'silent');
		guard.extend(0n);
		const next = await guard.watch();
		t.not(next.pid, id.pid);
		await assertStill(t, guest);
		process.kill(id.pid, 'SIGCONT');
		await guard.letRun(bootTimeNs() + HOUR_NS);
		await guest.running();
		guard.dismiss();
		t.true(await waitForExit(id, PATIENCE_MS), 'both read the same file');
		t.true(await waitForExit(next, PATIENCE_MS));
	},
);

test.serial('a guest is not let run where no guard would stop it', async t => {
	const {guest, guard, id} = await guarded(t);
	await guard.stop();
	process.kill(id.pid, 'SIGKILL');
	t.true(await waitForExit(id, PATIENCE_MS));
	await t.throwsAsync(guard.letRun(bootTimeNs() + HOUR_NS), {code: 'ERR_INTERNAL'});
	await assertStill(t, guest);
});

test.serial('a guest is not let run up to a deadline that has passed', async t => {
	const {guest, guard} = await guarded(t);
	await guest.running();
	guard.extend(0n);
	await assertStill(t, guest);
	await t.throwsAsync(guard.letRun(bootTimeNs() - MS), {code: 'ERR_LEASE_LOST'});
	await assertStill(t, guest);
	t.not(guard.stoppedAtBootNs, undefined);
});

test.serial('a guard that is dismissed ends, and its guest runs on beyond the deadline', async t => {
	const {guest, guard, id} = await guarded(t);
	guard.dismiss();
	t.false(existsSync(guest.guardFile));
	t.true(await waitForExit(id, PATIENCE_MS));
	guard.extend(0n);
	await guest.running();
	t.is(guard.state, 'gone');
});

test.serial('a guard ends with its guest, one that stands still included', async t => {
	const {guest, guard, id} = await guarded(t);
	await guard.stop();
	await killProcess(guest.id, PATIENCE_MS);
	t.true(await waitForExit(id, PATIENCE_MS));
	await t.throwsAsync(guard.watch(), {code: 'ERR_INTERNAL', message: /the guard of process \d+ cannot be started/});
	await t.throwsAsync(openGuard(t, guest), {code: 'ERR_GUEST_EXITED'});
});

test.serial('another process that has the pid of a guest is not taken for it', async t => {
	const guest = await startBusyGuest(t);
	const options = {guest: {...guest.id, startTicks: '1'}};
	await t.throwsAsync(openGuard(t, guest, options), {code: 'ERR_GUEST_EXITED'});
	await guest.running();
});

test.serial('a guard whose file was lost is ended before another one is begun: nobody could move its deadline', async t => {
	const {guest, id: known} = await guarded(t);
	rmSync(guest.guardFile);
	const guard = await openGuard(t, guest, {known});
	t.false(isProcessAlive(known));
	t.not((await guard.watch()).pid, known.pid);
	await guest.running();
});

test.serial('a guard that the daemon before had not written down yet goes by what the next one says', async t => {
	const {guest, id} = await guarded(t);
	const guard = await openGuard(t, guest);
	const another = await guard.watch();
	t.true(isProcessAlive(id));
	t.not(another.pid, id.pid);
	await guest.running();
	guard.extend(0n);
	await assertStill(t, guest);
	guard.dismiss();
	t.true(await waitForExit(id, PATIENCE_MS));
	t.true(await waitForExit(another, PATIENCE_MS));
});
