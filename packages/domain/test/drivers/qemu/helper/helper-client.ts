import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {PageBitmap} from '../../../../src/index.ts';
import {QemuHelper} from '../../../../src/drivers/qemu/helper/helper-client.ts';
import {type ProcessIdentity, startTicksOf} from '../../../../src/process-identity.ts';
import {startPagemapScanLog} from '../../../../src/trackers/pagemap-scan-log.ts';

const SCRIPTS = path.join(import.meta.dirname, '../../../helpers/qemu');
const PAGES = 64;
const RAM_BYTES = PAGES * 4096;
/** Elsewhere no calls are made in other processes. */
const x64Test = process.arch === 'x64' ? test : test.skip;

/** A process that has a file of shared memory mapped, as a QEMU has its RAM. */
async function startMapping(
	t: ExecutionContext,
): Promise<{identity: ProcessIdentity; ramFile: string; write: (pfn: number) => Promise<void>}> {
	const directory = mkdtempSync('/dev/shm/sterna-test-');
	const ramFile = path.join(directory, 'ram');
	writeFileSync(ramFile, '');
	truncateSync(ramFile, RAM_BYTES);
	const child = spawn(process.execPath, ['--no-warnings', path.join(SCRIPTS, 'mapping-process.ts'), ramFile, String(RAM_BYTES)], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	t.teardown(() => {
		child.kill('SIGKILL');
		rmSync(directory, {recursive: true});
	});
	await once(child.stdout, 'data');
	const pid = child.pid ?? 0;
	return {
		identity: {pid, startTicks: startTicksOf(pid) ?? ''},
		ramFile,
		async write(pfn) {
			child.stdin.write(`${pfn}\n`);
			await once(child.stdout, 'data');
		},
	};
}

x64Test("a process's memory and the tracking of its writes are handed over, and it goes on", async t => {
	const {identity, ramFile, write} = await startMapping(t);
	await write(7);
	await using helper = QemuHelper.start();
	const {ramFd, address, tracking, trackingRefused} = await helper.takeHold({process: identity, ramFile, ramBytes: RAM_BYTES, track: true});
	t.is(trackingRefused, undefined);
	if (!tracking) return;
	await using log = startPagemapScanLog({process: identity, address, pageLimit: PAGES, fd: ramFd}, tracking.pagemap);
	for (const pfn of [7, 8, 63]) await write(pfn);
	const found = new PageBitmap(PAGES);
	t.is(await log.take(found), 3);
	t.true([7, 8, 63].every(pfn => found.has(pfn)));
	closeSync(tracking.uffd);
	await write(7);
	await t.throwsAsync(log.take(found), {name: 'DomainError', code: 'ERR_TRACKER'});
	closeSync(ramFd);
});

test('an error of the helper comes with its code, its reason and what lay beneath', async t => {
	const {identity, ramFile} = await startMapping(t);
	{
		await using helper = QemuHelper.start();
		const request = {process: identity, ramFile: 'memfd', ramBytes: RAM_BYTES, track: false};
		await t.throwsAsync(helper.takeHold(request), {name: 'DomainError', code: 'ERR_NOT_SUPPORTED', message: /no such file is mapped/});
	}

	await using helper = QemuHelper.start();
	const firmware = {address: 2 ** 32, file: '/nowhere/bios.bin', bytes: 4096};
	const request = {process: identity, ramFile, ramBytes: RAM_BYTES, track: false, firmware};
	const error = await t.throwsAsync(helper.takeHold(request), {name: 'DomainError', code: 'ERR_FILE'});
	t.regex(String(error?.cause), /ENOENT/);
});

test('a request that makes no sense is refused before anything is looked at', async t => {
	const {identity, ramFile} = await startMapping(t);
	await using helper = QemuHelper.start();
	await t.throwsAsync(helper.takeHold({process: identity, ramFile, ramBytes: 4097, track: true}), {code: 'ERR_INTERNAL', message: /4096/});
});

test('a helper answers one request', async t => {
	const {identity, ramFile} = await startMapping(t);
	const request = {process: identity, ramFile, ramBytes: RAM_BYTES, track: false};
	await using helper = QemuHelper.start();
	const {ramFd} = await helper.takeHold(request);
	closeSync(ramFd);
	await t.throwsAsync(helper.takeHold(request), {instanceOf: TypeError});
	const unused = QemuHelper.start();
	await unused[Symbol.asyncDispose]();
	await t.throwsAsync(unused.takeHold(request), {instanceOf: TypeError});
});

test('a helper that is not asked ends with the process that started it', async t => {
	const starter = spawn(process.execPath, ['--no-warnings', path.join(SCRIPTS, 'start-helper.ts')], {stdio: ['pipe', 'pipe', 'inherit']});
	await once(starter.stdout, 'data');
	const {pid = 0} = starter;
	const helper = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1'));
	t.true(helper > 0);
	starter.kill('SIGKILL');
	while (existsSync(`/proc/${helper}`)) await sleep(10);
	t.pass();
});
