import test from 'ava';
import type {DiskMirrors, OpenDisk, SourceDisks} from '@sterna/domain';
import {TaskGroup} from '@sterna/host';
import {mirrorDisks} from '../../src/engine/mirror-disks.ts';
import {Migration} from '../../src/migration.ts';

const openDisk: OpenDisk = async () => Promise.reject(new TypeError('the simulated disks open nothing'));

type SimulatedDisks = {
	readonly disks: SourceDisks;
	readonly becomeReady: () => void;
	readonly fail: (error: Error) => void;
	readonly disposals: number;
};

/** Two disks that a test makes ready, or fails. */
function simulateDisks(): SimulatedDisks {
	const ready = Promise.withResolvers<void>();
	const failed = Promise.withResolvers<never>();
	failed.promise.catch(() => undefined);
	let disposals = 0;
	const mirrors: DiskMirrors = {
		ready: ready.promise,
		failed: failed.promise,
		progress: {bytesLeft: 7, bytesSent: 40},
		async [Symbol.asyncDispose]() {
			disposals += 1;
			return Promise.resolve();
		},
	};
	return {
		disks: {nodes: ['d0', 'd1'], startMirrors: async () => Promise.resolve(mirrors)},
		becomeReady: ready.resolve,
		fail: failed.reject,
		get disposals() {
			return disposals;
		},
	};
}

const newMigration = (): Migration => new Migration({id: 'm1', domain: 'dom1', direction: 'outgoing', peer: 'host-b'});
const never = new AbortController().signal;

test('a guest without disks of its own waits for none', async t => {
	const group = new TaskGroup();
	t.is(await mirrorDisks({domain: {}, migration: newMigration(), openDisk}, group, never), undefined);
	await group.join();
});

test('memory waits until the disks are equal; they are kept so until disposal, and the status tells what is left', async t => {
	const simulated = simulateDisks();
	const [group, migration] = [new TaskGroup(), newMigration()];
	const mirroring = mirrorDisks({domain: simulated, migration, openDisk}, group, never);
	let isEqual = false;
	const waiting = mirroring.then(() => {
		isEqual = true;
		return undefined;
	});
	while (migration.status().diskBytesLeft === undefined) await new Promise(resolve => setImmediate(resolve));
	t.like(migration.status(), {phase: 'precopy', reason: 'the 2 disks go first', diskBytesLeft: 7});
	t.false(isEqual);
	simulated.becomeReady();
	await waiting;
	t.is(migration.status().reason, '');
	t.is(simulated.disposals, 0);
	await (await mirroring)?.[Symbol.asyncDispose]();
	t.is(simulated.disposals, 1);
	await group.join(); // Nothing of them is left to wait for.
	migration.end({outcome: 'completed', runsOn: 'host-b'});
	t.is(migration.result?.diskBytesSent, 40);
	t.is(migration.status().diskBytesLeft, undefined);
});

test('a disk that fails ends the link, before it is equal and after', async t => {
	for (const when of ['before', 'after'] as const) {
		const simulated = simulateDisks();
		const group = new TaskGroup();
		const run = async (): Promise<void> => {
			await using disks = await mirrorDisks({domain: simulated, migration: newMigration(), openDisk}, group, group.signal);
			await new Promise((_resolve, reject) => {
				group.signal.addEventListener('abort', () => reject(new Error('stopped')));
			});
			t.truthy(disks);
		};
		group.run('engine', run);
		if (when === 'after') simulated.becomeReady();
		setImmediate(() => simulated.fail(new Error('the disk is full')));
		await t.throwsAsync(group.join(), {message: 'the disk is full'}, when);
		t.is(simulated.disposals, 1, when);
	}
});

test('what was sent over a link that was lost counts as well', async t => {
	const migration = newMigration();
	migration.disksMirrored(() => ({bytesLeft: 1, bytesSent: 10}));
	migration.disksMirrored(() => ({bytesLeft: 2, bytesSent: 5}));
	t.is(migration.status().diskBytesLeft, 2);
	migration.end({outcome: 'failed', runsOn: 'host-a'});
	t.is(migration.result?.diskBytesSent, 15);
});
