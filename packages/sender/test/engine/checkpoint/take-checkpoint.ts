import test, {type ExecutionContext} from 'ava';
import {StagingArena} from '../../../src/engine/checkpoint/staging-arena.ts';
import {takeCheckpoint, type TakeCheckpointOptions, type TakenCheckpoint} from '../../../src/engine/checkpoint/take-checkpoint.ts';
import {writeCheckpoint} from '../../../src/engine/checkpoint/write-checkpoint.ts';
import {type CheckpointStep, SimulatedCheckpoints} from '../../helpers/simulated-checkpoints.ts';

const never = new AbortController().signal;

type Subject = {
	readonly guest: SimulatedCheckpoints;
	readonly arena: StagingArena;
	readonly take: (options?: Partial<TakeCheckpointOptions>, signal?: AbortSignal) => Promise<TakenCheckpoint>;
};

/** `arenaPages`: of the 16 that are dirty. */
async function prepare(t: ExecutionContext, arenaPages = 16): Promise<Subject> {
	const guest = new SimulatedCheckpoints();
	const arena = await StagingArena.create(arenaPages * 4096);
	t.teardown(() => {
		arena[Symbol.dispose]();
		guest[Symbol.dispose]();
	});
	const take = async (options: Partial<TakeCheckpointOptions> = {}, signal = never): Promise<TakenCheckpoint> =>
		takeCheckpoint(guest.dependencies, {epoch: 3, arena, due: guest.newDue(), beginsToHold: false, staysPaused: false, ...options}, signal);
	return {guest, arena, take};
}

test('a guest is told to pause, to cut its output and to save its state in one breath, and goes on when its pages are copied', async t => {
	const {guest, take} = await prepare(t);
	const taken = await take();
	t.deepEqual(guest.steps, ['pause', 'cut 3', 'device-state checkpoint', 'disk-cut', 'take', 'resume']);
	t.is(taken.epoch, 3);
	t.is(taken.stagedPages, 16);
	t.is(taken.overflowPages, 0);
	t.is(taken.faults, 12, 'but for the pages that were guessed');
	t.false(guest.isPaused);
	t.is(taken.deviceState.libxl.length, 1);
});

test('the first checkpoint holds the output from its pause on', async t => {
	const {guest, take} = await prepare(t);
	await take({beginsToHold: true});
	t.deepEqual(guest.steps.slice(0, 4), ['pause', 'hold', 'cut 3', 'device-state checkpoint']);
});

test('pages that the arena has no room for are with the kernel before the guest goes on', async t => {
	const {guest, take} = await prepare(t, 10);
	const {stagedPages, overflowPages} = await take();
	t.deepEqual(guest.steps.slice(-2), ['overflow 18+6', 'resume']);
	t.deepEqual([stagedPages, overflowPages], [10, 6]);
});

test('the guest of the last checkpoint stands still', async t => {
	const {guest, take} = await prepare(t);
	await take({staysPaused: true});
	t.false(guest.steps.includes('resume'));
	t.true(guest.isPaused);
});

test('the parts of a pause are one behind another, and the standstill begins with the last step', async t => {
	const {take} = await prepare(t, 10);
	const {parts, standstillMs} = await take();
	for (const part of Object.values(parts)) t.true(part >= 0);
	t.true(parts.pause > 0 && parts.scan > 0 && parts.copy > 0 && parts.overflow > 0 && parts.resume > 0);
	t.true(standstillMs > parts.scan + parts.copy + parts.overflow);
});

for (const staysPaused of [false, true]) {
	for (const step of [
		'pause',
		'hold',
		'cut',
		'device-state',
		'take',
		'disk-cut',
		'overflow',
	] as const satisfies readonly CheckpointStep[]) {
		test(`a ${staysPaused ? 'last ' : ''}checkpoint that fails at ${step} lets the guest go on, and says why`, async t => {
			const {guest, take} = await prepare(t, 10);
			const error = new Error(`no ${step}`);
			guest.failing = {step, error};
			await t.throwsAsync(take({beginsToHold: true, staysPaused}), {is: error});
			t.false(guest.isPaused);
			t.true(guest.steps.includes('resume'));
		});
	}
}

test('a guest that cannot go on is what is told, and where something failed before, that is', async t => {
	const {guest, take} = await prepare(t);
	const error = new Error('gone');
	guest.failing = {step: 'resume', error};
	await t.throwsAsync(take(), {is: error});
});

test('an abort while the kernel takes pages with the guest standing still lets it go on', async t => {
	const {guest, take} = await prepare(t, 10);
	const reached = Promise.withResolvers<void>();
	guest.held = {step: 'overflow', reached};
	const stop = new AbortController();
	const taking = take({}, stop.signal);
	await reached.promise;
	t.true(guest.isPaused);
	stop.abort(new Error('no more'));
	await t.throwsAsync(taking, {message: 'no more'});
	t.false(guest.isPaused);
});

test('a checkpoint is written as pages, disk writes, state, digest and end', async t => {
	const {guest, take} = await prepare(t);
	const taken = await take();
	guest.steps.length = 0;
	const {sent, diskBytes} = await writeCheckpoint(guest.dependencies.link, taken, {zeroPages: 'in-full'}, never);
	await sent;
	// X86_TSC_INFO, CHECKPOINT and EMULATOR_CONTEXT together, then CHECKPOINT_END.
	t.deepEqual(guest.steps, ['copies 8+16', 'extent 0:512+100', 'extent 0:0+50', 'tail 64 bytes', 'digest', 'tail 8 bytes']);
	t.is(diskBytes, 150);
});

for (const step of ['copies', 'extent', 'tail', 'digest'] as const satisfies readonly CheckpointStep[]) {
	test(`a link that fails at ${step} fails the checkpoint`, async t => {
		const {guest, take} = await prepare(t);
		const taken = await take();
		const error = new Error(`no ${step}`);
		guest.failing = {step, error};
		const write = async (): Promise<number> => {
			const {sent} = await writeCheckpoint(guest.dependencies.link, taken, {zeroPages: 'in-full'}, never);
			return sent;
		};
		await t.throwsAsync(write(), {is: error});
	});
}
