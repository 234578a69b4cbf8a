import test from 'ava';
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {inspectStream} from '../src/stream-content.ts';
import {assertFault} from './helpers/fault.ts';
import {assertRunsIntact, createGuest, DOMAIN, listDomains, startScene, startSceneThroughProxy, waitUntil} from './helpers/scene.ts';
import {beginMigration, inPrecopy, migrate, mustMigrate} from './helpers/start.ts';

const MIB = 1024 * 1024;

/** What is in the stream of a workload guest beside PAGE_DATA. docs/spec/stream.md section 3. */
const RECORDS = [
	'xl XL_HEADER',
	'libxl LIBXL_HEADER',
	'libxl LIBXC_CONTEXT',
	'libxc IMAGE_HEADER',
	'libxc DOMAIN_HEADER',
	'libxc STATIC_DATA_END',
	'libxc X86_TSC_INFO',
	'libxc HVM_CONTEXT',
	'libxc END',
	'libxl EMULATOR_CONTEXT',
	'libxl END',
];

test.serial('the tee of a live migration has every byte that was sent, and the records of a guest of ours', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA, {rate: '200MB/s'});
	const file = path.join(hostA.directory, 'tee.xl');
	const {bytesSent, pagesSent} = await mustMigrate(t, hostA, hostB, {args: ['--stream=xen', '--tee', file]});
	t.is(statSync(file).size, bytesSent);
	const verified = await hostA.ctl(['stream', 'verify', file]);
	t.is(verified.status, 0, verified.stdout + verified.stderr);
	const {records, pages, memory} = await inspectStream(hostA, file);
	t.deepEqual(
		records.map(({layer, name}) => `${layer} ${name}`),
		RECORDS,
	);
	t.deepEqual(pages, {NOTAB: pagesSent});
	t.is(memory?.pages, 8192);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('a tee that cannot be made is refused before anything happens', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	await createGuest(hostA);
	const precious = path.join(hostA.directory, 'precious');
	writeFileSync(precious, 'precious');
	// There already; a device, which would take everything; a directory; nowhere.
	for (const file of [precious, '/dev/full', hostA.directory, path.join(hostA.directory, 'absent/tee.xl')]) {
		const ended = await migrate(hostA, hostB, {args: ['--stream=xen', '--tee', file]});
		assertFault(t, ended, {code: 'ERR_FILE', phase: 'request', side: 'sender', runsOn: 'host-a', next: null, status: 7});
		t.regex(ended.error?.message ?? '', new RegExp(file));
		t.is(ended.result?.pagesSent, 0);
		t.is(ended.result?.id, null);
	}

	t.is(readFileSync(precious, 'utf8'), 'precious');
	t.deepEqual(await listDomains(hostB), []);
	await assertRunsIntact(t, lab, hostA);
	await mustMigrate(t, hostA, hostB);
});

test.serial('a disk that is full of the tee ends the migration: no file is left, and the guest runs on', async t => {
	const {lab, hostA, hostB} = await startScene(t);
	// A file system that is too small, seen by the sender alone, and by the guest that it starts.
	const small = path.join(hostA.directory, 'small');
	mkdirSync(small);
	await hostA.kill('sender', 'SIGTERM');
	await hostA.daemon('sender').start({
		wrapper: ['unshare', '--map-root-user', '--mount', 'sh', '-c', 'mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@"', small],
	});
	await createGuest(hostA);
	const ended = await migrate(hostA, hostB, {args: ['--stream=xen', '--tee', path.join(small, 'tee.xl')]});
	assertFault(t, ended, {
		code: 'ERR_DISK_FULL',
		phase: 'precopy',
		side: 'sender',
		runsOn: 'host-a',
		next: 'df -h # then the same command with a FILE that has room',
		status: 7,
	});
	t.deepEqual(readdirSync(`/proc/${hostA.daemon('sender').id?.pid}/root${small}`), []);
	await waitUntil('host-b without the half-made guest', async () => (await listDomains(hostB)).length === 0);
	await assertRunsIntact(t, lab, hostA);
	await mustMigrate(t, hostA, hostB);
	await assertRunsIntact(t, lab, hostB);
});

test.serial('an aborted migration leaves no tee, so that the same command can be typed again', async t => {
	const {lab, hostA, hostB, proxy} = await startSceneThroughProxy(t);
	await createGuest(hostA);
	const file = path.join(hostA.directory, 'tee.xl');
	const command = {args: ['--stream=xen', '--tee', file]};
	proxy.throttle(4 * MIB);
	const run = beginMigration(hostA, hostB, command);
	const {id} = await run.reached('precopy', inPrecopy);
	t.true(existsSync(file));
	await hostA.mustCtl(['abort', id]);
	t.is((await run.ended).status, 3);
	t.false(existsSync(file));
	proxy.throttle(undefined);
	await mustMigrate(t, hostA, hostB, command);
	t.is((await hostA.ctl(['stream', 'verify', file])).status, 0);
	await assertRunsIntact(t, lab, hostB);
	t.deepEqual(await listDomains(hostA), []);
	t.is((await hostB.showDomain(DOMAIN)).state, 'running');
});
