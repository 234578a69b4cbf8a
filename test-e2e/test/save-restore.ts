import test, {type ExecutionContext} from 'ava';
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {LabHost} from '../src/lab/lab-host.ts';
import {assertFault} from './helpers/fault.ts';
import {assertRunsIntact, createGuest, DOMAIN, listDomains, type Scene, startScene} from './helpers/scene.ts';
import {type Ended, mustMigrate, runToEnd} from './helpers/start.ts';

const save = async (host: LabHost, file: string, ...args: readonly string[]): Promise<Ended> =>
	runToEnd(host, ['save', DOMAIN, file, '--json', ...args]);
const restore = async (host: LabHost, file: string, ...args: readonly string[]): Promise<Ended> =>
	runToEnd(host, ['restore', file, '--json', ...args]);

/** A file on host-a that a guest was saved to; the guest itself is gone. */
async function saveGuest(t: ExecutionContext): Promise<Scene & {readonly file: string}> {
	const scene = await startScene(t);
	await createGuest(scene.hostA);
	const file = path.join(scene.hostA.directory, 'dom1.xl');
	const {status, result, text} = await save(scene.hostA, file);
	t.is(status, 0, text);
	t.like(result, {outcome: 'completed', runsOn: null});
	return {...scene, file};
}

test.serial('a saved guest is gone from its host, and goes on where it stopped once it is restored elsewhere', async t => {
	const {lab, hostA, hostB, file} = await saveGuest(t);
	t.deepEqual(await listDomains(hostA), []);
	const verified = await hostA.ctl(['stream', 'verify', file]);
	t.is(verified.status, 0, verified.stdout + verified.stderr);
	const restored = await restore(hostB, file);
	t.is(restored.status, 0, restored.text);
	await assertRunsIntact(t, lab, hostB);
	await mustMigrate(t, hostB, hostA);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a checkpoint leaves the guest running, and can be restored under another name', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	const file = path.join(hostA.directory, 'dom1.xl');
	const saved = await save(hostA, file, '--checkpoint');
	t.is(saved.status, 0, saved.text);
	await assertRunsIntact(t, lab, hostA);
	const restored = await restore(hostB, file, '--name', 'twin', '--paused');
	t.is(restored.status, 0, restored.text);
	t.is((await hostB.showDomain('twin')).state, 'paused');
	t.is((await hostB.ctl(['domain', 'check', 'twin'])).status, 0);
});

test.serial('a disk that is full in save leaves no file, and the guest running', async t => {
	const {lab, hostA} = await startScene(t);
	// A file system that is too small, seen by the sender alone; and by the guest, which a sender in a user namespace could not look into otherwise.
	const small = path.join(hostA.directory, 'small');
	mkdirSync(small);
	await hostA.kill('sender', 'SIGTERM');
	await hostA.daemon('sender').start({
		wrapper: ['unshare', '--map-root-user', '--mount', 'sh', '-c', 'mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@"', small],
	});
	await createGuest(hostA);
	const ended = await save(hostA, path.join(small, 'dom1.xl'));
	assertFault(t, ended, {
		code: 'ERR_DISK_FULL',
		phase: 'save',
		side: 'sender',
		runsOn: 'host-a',
		next: 'df -h # then the same command with a FILE that has room',
		status: 7,
	});
	t.deepEqual(readdirSync(`/proc/${hostA.daemon('sender').id?.pid}/root${small}`), []);
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a file that is there already is not overwritten', async t => {
	const {lab, hostA} = await startScene(t);
	await createGuest(hostA);
	const file = path.join(hostA.directory, 'precious');
	writeFileSync(file, 'precious');
	const ended = await save(hostA, file);
	t.is(ended.status, 7, ended.text);
	t.is(ended.error?.code, 'ERR_FILE');
	t.is(readFileSync(file, 'utf8'), 'precious');
	await assertRunsIntact(t, lab, hostA);
});

test.serial('a truncated file is refused in restore, and leaves nothing behind', async t => {
	const {hostA, file} = await saveGuest(t);
	const {size} = statSync(file);
	for (const length of [size - 8, size - 4096, Math.floor(size / 2), 100, 20, 0]) {
		truncateSync(file, length);
		const ended = await restore(hostA, file);
		assertFault(t, ended, {
			code: 'ERR_STREAM_TRUNCATED',
			phase: 'restore',
			side: 'receiver',
			runsOn: null,
			next: 'migrate-ctl stream verify FILE',
			status: 7,
		});
		t.deepEqual(await listDomains(hostA), [], `cut at ${length} of ${size}`);
	}
});

test.serial('a corrupt file is refused in restore, and leaves nothing behind', async t => {
	const {hostA, file} = await saveGuest(t);
	const good = readFileSync(file);
	// The magic of the xl header, and the type of the last record (libxl END).
	for (const at of [0, good.length - 8]) {
		const bad = Buffer.from(good);
		bad.writeUInt8(bad.readUInt8(at) ^ 0x40, at);
		writeFileSync(file, bad);
		const ended = await restore(hostA, file);
		assertFault(t, ended, {
			code: 'ERR_STREAM',
			phase: 'restore',
			side: 'receiver',
			runsOn: null,
			next: 'migrate-ctl stream verify FILE',
			status: 7,
		});
		t.deepEqual(await listDomains(hostA), [], `byte ${at}`);
	}
});

test.serial('a file that is not there, and a name that is taken, are refused in restore', async t => {
	const {hostA, file} = await saveGuest(t);
	const absent = await restore(hostA, `${file}.absent`);
	t.is(absent.error?.code, 'ERR_FILE', absent.text);
	t.is((await restore(hostA, file)).status, 0);
	const again = await restore(hostA, file);
	t.is(again.error?.code, 'ERR_DOMAIN_EXISTS', again.text);
	t.is((await hostA.ctl(['domain', 'check', DOMAIN])).status, 0);
	t.true(existsSync(file));
});
