import process from 'node:process';
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {ReplicatedDisk} from '@sterna/domain';
import test from 'ava';
import type {TakenCheckpoint} from '../../../src/engine/checkpoint/take-checkpoint.ts';
import {ProtectedGuest, smallGuest} from '../../helpers/protected-guest.ts';

const never = new AbortController().signal;

for (const perSecond of [20, 40]) {
	test.serial(
		`at ${perSecond} checkpoints a second the standby's memory is the guest's at the last one, and the guest runs on`,
		async t => {
			const guest = await ProtectedGuest.start(t, {intervalMs: 1000 / perSecond});
			await guest.first();
			const stop = new AbortController();
			const running = guest.checkpointer.run(stop.signal);
			await guest.until(() => guest.wholeCheckpoints >= 40);
			stop.abort(new Error('enough'));
			await t.throwsAsync(running, {message: 'enough'});

			const {epoch} = guest.checkpointer.status;
			await guest.until(() => guest.wholeCheckpoints === epoch);
			t.true(guest.standbyIsSnapshot);
			const {committedEpoch, lagEpochs, pauseMs, pagesPerCheckpoint, stagingBytes, overflowPages, lastCheckpoints, ...status} =
				guest.checkpointer.status;
			t.is(committedEpoch, epoch);
			t.is(lagEpochs, 0);
			t.is(stagingBytes, 0);
			t.is(overflowPages, 0);
			t.true((pauseMs ?? 0) > 0 && (pagesPerCheckpoint ?? 0) > 0 && (status.ackLagMs ?? 0) > 0 && (status.addedLatencyMs ?? 0) > 0);
			t.true((status.slowdownPercent ?? 0) > 0 && (status.bytesPerSecond ?? 0) > 0);
			t.deepEqual(
				lastCheckpoints.map(checkpoint => checkpoint.epoch),
				Array.from({length: 16}, (_, index) => epoch - index),
			);
			t.true(lastCheckpoints.every(({pages, bytes}) => bytes > pages * 4096));
			// It has written on: the abort gave it back.
			await guest.until(() => !guest.standbyIsGuest);
		},
	);
}

test.serial(
	'the last checkpoint leaves the guest standing still, with a standby that has all of it, and all of its output out',
	async t => {
		const guest = await ProtectedGuest.start(t);
		await guest.first();
		const running = guest.checkpointer.run(never);
		await guest.until(() => guest.wholeCheckpoints >= 10);
		const {taken, committed} = await guest.checkpointer.last(never);
		await running;
		t.is(committed.epoch, taken.epoch);
		t.true(guest.standbyIsGuest);
		const held = await guest.domain.checkpoints?.gate?.held();
		t.is(held?.items, 0);
		t.true(guest.lines.every((line, index) => line === index + 1));
		t.true(guest.standbyIsGuest);
	},
);

test.serial(
	'of a guest that writes its pages all the time most are taken without a fault, and the standby has all that it wrote',
	async t => {
		const taken: TakenCheckpoint[] = [];
		const onCheckpoint = (checkpoint: TakenCheckpoint): void => void taken.push(checkpoint);
		const guest = await ProtectedGuest.start(t, {definition: smallGuest({rateBytesPerSecond: undefined}), dependencies: {onCheckpoint}});
		await guest.first();
		const running = guest.checkpointer.run(never);
		await guest.until(() => guest.wholeCheckpoints >= 60);
		await guest.checkpointer.last(never);
		await running;
		t.true(guest.standbyIsGuest);
		const unseen = taken.filter(({faults, stagedPages}) => faults < stagedPages / 2);
		t.true(unseen.length > 0, taken.map(({faults, stagedPages}) => `${faults} of ${stagedPages}`).join(', '));
	},
);

test.serial('what a small arena has no room for goes with the guest standing still, and the standby has it as well', async t => {
	const guest = await ProtectedGuest.start(t, {stagingBytes: 64 * 4096, definition: smallGuest({rateBytesPerSecond: undefined})});
	await guest.first();
	const running = guest.checkpointer.run(never);
	await guest.until(() => guest.wholeCheckpoints >= 10);
	await guest.checkpointer.last(never);
	await running;
	t.true(guest.standbyIsGuest);
	const {overflowPages, pauseParts} = guest.checkpointer.status;
	t.true(overflowPages > 2048, `${overflowPages} pages`);
	t.true((pauseParts?.overflow ?? 0) > 0);
});

test.serial('a standby that acknowledges nothing gets as many checkpoints as may be in flight, and the output stays held', async t => {
	const guest = await ProtectedGuest.start(t, {intervalMs: 5, acknowledges: false, inFlight: 3});
	await guest.first();
	const stop = new AbortController();
	const running = guest.checkpointer.run(stop.signal);
	await guest.until(() => guest.wholeCheckpoints >= 3);
	// The guest goes on, and says more and more that nobody hears.
	const {lines} = guest;
	const gate = guest.domain.checkpoints?.gate;
	for (let held = 0; held < 100;) held = (await gate?.held())?.items ?? 0;
	t.is(guest.checkpointer.status.epoch, 3);
	t.is(guest.checkpointer.status.lagEpochs, 3);
	t.deepEqual(guest.lines, lines);

	guest.acknowledges = true;
	guest.acknowledge();
	await guest.until(() => guest.checkpointer.status.committedEpoch >= 6);
	t.true(guest.lines.length > lines.length);
	stop.abort(new Error('enough'));
	await t.throwsAsync(running, {message: 'enough'});
});

test.serial('a guest that is killed ends its protection', async t => {
	const guest = await ProtectedGuest.start(t);
	await guest.first();
	const running = guest.checkpointer.run(never);
	await guest.until(() => guest.wholeCheckpoints >= 5);
	process.kill(guest.pid, 'SIGKILL');
	// Whichever is met first, its memory that is gone or itself.
	const error = await t.throwsAsync(running, {code: 'ERR_GUEST_EXITED'});
	await t.throwsAsync(guest.checkpointer.run(never), {is: error});
});

test.serial('a link that is lost ends the protection, and the guest runs on', async t => {
	const guest = await ProtectedGuest.start(t);
	await guest.first();
	const running = guest.checkpointer.run(never);
	await guest.until(() => guest.wholeCheckpoints >= 5);
	const lost = new Error('lost');
	await guest.link.destroy(lost);
	await t.throwsAsync(running, {is: lost});
	await guest.domain.pause();
	const before = await guest.domain.saveDeviceState('checkpoint');
	await guest.domain.resume();
	await guest.domain.pause();
	t.notDeepEqual(await guest.domain.saveDeviceState('checkpoint'), before);
});

test.serial('an abort between two checkpoints leaves nothing half done: the protection may go on', async t => {
	const guest = await ProtectedGuest.start(t);
	await guest.first();
	for (let round = 1; round <= 5; round++) {
		const stop = new AbortController();
		const running = guest.checkpointer.run(stop.signal);
		await guest.until(() => guest.wholeCheckpoints >= round * 3);
		stop.abort(new Error('for now'));
		await t.throwsAsync(running, {message: 'for now'});
	}

	await guest.checkpointer.last(never);
	t.true(guest.standbyIsGuest);
});

test.serial('a last checkpoint that is given up gives the guest back', async t => {
	const guest = await ProtectedGuest.start(t, {acknowledges: false});
	await guest.first();
	const stop = new AbortController();
	const last = guest.checkpointer.last(stop.signal);
	await guest.until(() => guest.wholeCheckpoints >= 2);
	t.true(guest.standbyIsGuest);
	stop.abort(new Error('no'));
	await t.throwsAsync(last, {message: 'no'});
	while (guest.standbyIsGuest) await nextTurn();
	t.pass();
});

test.serial('an acknowledgement of a checkpoint that is not on its way ends the protection', async t => {
	const guest = await ProtectedGuest.start(t, {acknowledges: false});
	await guest.first();
	const running = guest.checkpointer.run(never);
	guest.checkpointer.committed({epoch: 7, digest: 0n});
	await t.throwsAsync(running, {code: 'ERR_STREAM'});
});

test.serial('an epoch ends early for what the guest has written to a disk', async t => {
	const disk: ReplicatedDisk = {
		node: 'disk0',
		sizeBytes: 2 ** 30,
		loggedBytes: 2 ** 20,
		copy: async function* () {},
		cut: async () => (async function* () {})(),
		stopLog: async () => undefined,
	};
	const guest = await ProtectedGuest.start(t, {intervalMs: 3_600_000, dependencies: {disks: [disk]}, options: {diskLogBytes: 2 ** 20}});
	await guest.first();
	const stop = new AbortController();
	const running = guest.checkpointer.run(stop.signal);
	await guest.until(() => guest.wholeCheckpoints >= 3);
	stop.abort(new Error('enough'));
	await t.throwsAsync(running, {message: 'enough'});
});

test.serial('a checkpointer does one thing at a time', async t => {
	const guest = await ProtectedGuest.start(t);
	await guest.first();
	const stop = new AbortController();
	const running = guest.checkpointer.run(stop.signal);
	await t.throwsAsync(guest.checkpointer.run(never), {instanceOf: TypeError});
	stop.abort(new Error('enough'));
	await t.throwsAsync(running, {message: 'enough'});
});
