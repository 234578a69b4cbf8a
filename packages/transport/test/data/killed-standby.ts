import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import net from 'node:net';
import {createInterface, type Interface} from 'node:readline';
import {setTimeout} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {
	CHECKPOINT_CRASH_POINTS,
	type CheckpointCrash,
	completeCheckpointStore,
	DataWorkerPool,
	openSendChannels,
	PageHashes,
	readCheckpointStore,
	recoverCheckpointStore,
	type SendChannels,
} from '../../src/index.ts';
import {detachDescriptor} from '../../src/data/tcp-options.ts';
import {CheckpointSource, CommitLog, SeededGuest, Standby} from '../helpers/checkpoints.ts';
import type {StandbyProcessOptions} from '../helpers/standby-process.ts';
import {streamStart} from '../helpers/stream.ts';
import {TemporaryDirectory} from '../helpers/temporary-directory.ts';

const PAGES = 1024;
const RANDOM_KILLS = 10;
const STANDBY = new URL('../helpers/standby-process.ts', import.meta.url).pathname;

const pool = new DataWorkerPool();
test.after.always(async () => pool.close());

type Running = {readonly child: ChildProcess; readonly lines: Interface; readonly connect: () => Promise<number>};

/** Starts a standby; `through`: a command that runs it. */
async function startStandby(options: StandbyProcessOptions, through: readonly string[] = []): Promise<Running> {
	const [command, ...args] = [...through, process.execPath, STANDBY, JSON.stringify(options)];
	const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'inherit']});
	const lines = createInterface({input: child.stdout});
	const [port] = (await once(lines, 'line')) as [string];
	return {
		child,
		lines,
		async connect() {
			const socket = net.connect(Number(port), '127.0.0.1');
			socket.pause();
			await once(socket, 'connect');
			return detachDescriptor(socket);
		},
	};
}

function openSender(fd: number, guest: SeededGuest, key: number, log: CommitLog): SendChannels {
	return openSendChannels(pool, {
		connections: [{fd, tlsSession: undefined}],
		kind: 'socket',
		memory: guest.memory,
		pageTypes: undefined,
		windowBytes: 8 * 1024 * 1024,
		teeFd: undefined,
		pageHashes: new PageHashes({pageLimit: PAGES, key}),
		onCommitted: log.onCommitted,
	});
}

/** Kills a standby some time behind one of its first checkpoints. */
async function killAtRandom(child: ChildProcess, log: CommitLog, sender: SendChannels): Promise<void> {
	await log.count(1 + Math.floor(Math.random() * 8), sender.closed);
	await setTimeout(Math.random() * 30);
	child.kill('SIGKILL');
}

/** Protects a guest until the standby's process has died, and holds what that left against the guest at that epoch. */
async function expectWhole(t: ExecutionContext, seed: number, crash: CheckpointCrash | 'at random'): Promise<void> {
	using directory = new TemporaryDirectory('/dev/shm');
	const options = {directory: directory.path, pages: PAGES, key: seed};
	const {child, connect} = await startStandby({...options, crashAt: crash === 'at random' ? undefined : crash});
	const exited = once(child, 'exit');
	using guest = new SeededGuest({pages: PAGES, seed});
	using source = new CheckpointSource(guest);
	const log = new CommitLog();
	await using sender = openSender(await connect(), guest, seed, log);
	if (crash === 'at random') void killAtRandom(child, log, sender);
	let sent = 0;
	try {
		await sender.primary.writeBytes(streamStart());
		await source.sendAll(sender);
		for (sent = 1; ; sent++) {
			await log.count(sent - 1, sender.closed);
			await source.sendEpoch(sender);
		}
	} catch {
		t.true(['ERR_CONNECTION_LOST', undefined].includes(((await sender.closed) as {code?: string} | undefined)?.code));
	}

	t.deepEqual((await exited).slice(0, 2), [null, 'SIGKILL']);
	const committed = log.checkpoints.at(-1)?.epoch ?? 0;
	using standby = new Standby(directory.path, {pages: PAGES});
	const before = readCheckpointStore(standby.file);
	const guestOfStore = {file: standby.file, memory: standby.memory, disks: standby.disks};
	// A guest that takes over waits for no more than this.
	const completed = await completeCheckpointStore(guestOfStore);
	t.is(completed?.epoch ?? 0, before.committedEpoch);
	t.true(
		before.committedEpoch >= committed && before.committedEpoch <= sent + 1,
		`${before.committedEpoch} of ${committed} to ${sent + 1}`,
	);
	if (crash !== 'at random') {
		const whole = crash.point === 'commit.before' ? crash.count - 1 : crash.count;
		t.is(before.committedEpoch, whole);
		t.is(before.appliedEpoch, crash.point === 'commit.before' || crash.point === 'applied.after' ? whole : whole - 1);
	}

	if (completed === undefined) return;
	using wanted = SeededGuest.after(completed.epoch - 1, {pages: PAGES, seed});
	t.deepEqual(standby.differencesFrom(wanted), []);
	// Once more changes nothing.
	t.deepEqual(await completeCheckpointStore(guestOfStore), completed);
	t.deepEqual(await recoverCheckpointStore(guestOfStore), completed);
	t.deepEqual(standby.differencesFrom(wanted), []);
}

for (const point of CHECKPOINT_CRASH_POINTS) {
	for (const count of [1, 2, 7])
		test.serial(`a standby that dies at ${point} of checkpoint ${count} leaves one whole checkpoint`, async t =>
			expectWhole(t, count * 31, {point, count}),
		);
}

for (let seed = 1; seed <= RANDOM_KILLS; seed++)
	test.serial(`a standby that is killed at a random moment leaves one whole checkpoint, ${seed}`, async t =>
		expectWhole(t, seed, 'at random'),
	);

test.serial('a store on a file system that is full is an error of memory, and not a signal', async t => {
	using directory = new TemporaryDirectory('/dev/shm');
	const mount = directory.file('small');
	const storeFile = directory.file('small/store');
	const through = ['unshare', '-Urm', 'sh', '-c', `mkdir ${mount} && mount -t tmpfs -o size=400k tmpfs ${mount} && exec "$@"`, 'sh'];
	const {child, lines, connect} = await startStandby({directory: directory.path, pages: PAGES, key: 3, storeFile}, through);
	const outcome = once(lines, 'line') as Promise<[string]>;
	using guest = new SeededGuest({pages: PAGES, seed: 3});
	using source = new CheckpointSource(guest);
	const log = new CommitLog();
	await using sender = openSender(await connect(), guest, 3, log);
	await sender.primary.writeBytes(streamStart());
	await source.sendAll(sender);
	await log.count(1, sender.closed);
	t.is(log.checkpoints.length, 1);
	// More pages in one checkpoint than the file system has room for.
	for (let epoch = 0; epoch < 4; epoch++) {
		await sender.primary.writePages(Uint32Array.of(epoch * 250, 250));
	}

	t.deepEqual(await outcome, ['failed ERR_MEMORY_INSUFFICIENT']);
	const exited = once(child, 'exit');
	child.kill('SIGKILL');
	await exited;
});
