import {closeSync, fstatSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {setTimeout as sleep} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {PageBitmap} from '../../../../src/index.ts';
import {QemuHelper, type QemuHold} from '../../../../src/drivers/qemu/helper/helper-client.ts';
import {startPagemapScanLog} from '../../../../src/trackers/pagemap-scan-log.ts';
import {RAM_BYTES, StockQemu, type StockQemuOptions} from '../../../helpers/qemu/stock-qemu.ts';

const PAGE = 4096;
const PAGES = RAM_BYTES / PAGE;

async function hold(qemu: StockQemu, options: {track: boolean; ramBytes?: number} = {track: true}): Promise<QemuHold> {
	await using helper = QemuHelper.start();
	return await helper.takeHold({process: qemu.identity, ramFile: qemu.ramFile, ramBytes: RAM_BYTES, ...options});
}

/** Takes hold with the kernel's tracking, and has its descriptors closed at the end of the test; `endTracking` closes the userfaultfd before. */
async function track(
	t: ExecutionContext,
	qemu: StockQemu,
): Promise<{log: ReturnType<typeof startPagemapScanLog>; endTracking: () => void}> {
	const {ramFd, address, tracking, trackingRefused} = await hold(qemu);
	t.is(trackingRefused, undefined);
	if (!tracking) throw new Error('not tracked');
	let open = true;
	const endTracking = (): void => {
		if (open) closeSync(tracking.uffd);
		open = false;
	};
	const log = startPagemapScanLog({process: qemu.identity, address, pageLimit: PAGES, fd: ramFd}, tracking.pagemap);
	t.teardown(async () => {
		endTracking();
		await log[Symbol.asyncDispose]();
		closeSync(ramFd);
	});
	return {log, endTracking};
}

function differing(a: Buffer, b: Buffer): number[] {
	const pages: number[] = [];
	for (let pfn = 0; pfn < PAGES; pfn++) {
		const at = pfn * PAGE;
		if (a.compare(b, at, at + PAGE, at, at + PAGE) !== 0) pages.push(pfn);
	}

	return pages;
}

const PLACES: Readonly<Record<string, StockQemuOptions>> = {
	'a memfd': {backend: 'memfd'},
	'a file of shared memory': {backend: 'file'},
	'a file on a disk': {backend: 'file', parentDirectory: tmpdir()},
};

for (const [place, options] of Object.entries(PLACES)) {
	test(`every page that a running guest writes is found, its RAM in ${place}`, async t => {
		await using qemu = await StockQemu.start(options);
		const {log} = await track(t, qemu);
		// What was written between arming and the copy below is taken apart.
		await qemu.execute('stop');
		await log.take(new PageBitmap(PAGES));
		for (let cut = 0; cut < 3; cut++) {
			const before = qemu.readRam();
			await qemu.execute('cont');
			const found = new PageBitmap(PAGES);
			for (let scan = 0; scan < 10; scan++) {
				await sleep(20);
				await log.take(found);
			}

			await qemu.execute('stop');
			await log.take(found);
			const written = differing(before, qemu.readRam());
			t.true(written.length > 100, `the guest wrote ${written.length} pages`);
			t.deepEqual(
				written.filter(pfn => !found.has(pfn)),
				[],
				'pages that were missed',
			);
			t.true(found.count < written.length * 2, `${found.count} pages were found for ${written.length} that differ`);
		}

		await qemu.execute('cont');
		t.is(await qemu.status(), 'running');
	});
}

test('QEMU is left as it was: its descriptors, its mappings, and what its main thread waits in', async t => {
	await using qemu = await StockQemu.start({backend: 'memfd'});
	const {pid} = qemu.identity;
	const waitsIn = async (): Promise<string> => {
		for (;;) {
			const call = readFileSync(`/proc/${pid}/syscall`, 'latin1');
			if (call.startsWith('271 ')) return call.split(' ').toSpliced(3, 1).join(' '); // ppoll, but for its time limit, which is on the stack.
			await sleep(1);
		}
	};
	// Stopped, its main thread has nothing to do but to wait for us.
	await qemu.execute('stop');
	const [call, descriptors, registers] = [await waitsIn(), qemu.descriptors(), await qemu.ask('info registers')];
	const {endTracking} = await track(t, qemu);
	t.is(await waitsIn(), call);
	t.deepEqual(qemu.descriptors(), descriptors);
	t.is(await qemu.ask('info registers'), registers);
	t.regex(readFileSync(`/proc/${pid}/status`, 'latin1'), /^TracerPid:\s+0$/m);
	await qemu.execute('cont');
	const before = qemu.readRam();
	while (qemu.readRam().equals(before)) await sleep(10);
	endTracking();
	t.is(await qemu.status(), 'running');
});

test('tracking ends with its descriptor, and can be taken again', async t => {
	await using qemu = await StockQemu.start({backend: 'memfd'});
	const first = await track(t, qemu);
	const descriptors = qemu.descriptors();
	const second = await hold(qemu);
	t.is(second.tracking, undefined);
	t.deepEqual(qemu.descriptors(), descriptors);
	t.regex(second.trackingRefused ?? '', /another tracks them already/);
	closeSync(second.ramFd);
	first.endTracking();
	await t.throwsAsync(first.log.take(new PageBitmap(PAGES)), {name: 'DomainError', code: 'ERR_TRACKER'});
	const {log} = await track(t, qemu);
	await sleep(100);
	t.true((await log.take(new PageBitmap(PAGES))) > 0);
});

test('RAM that is not tracked is taken for writing, RAM that is tracked for reading only', async t => {
	await using qemu = await StockQemu.start({backend: 'file'});
	const untracked = await hold(qemu, {track: false});
	t.is(untracked.tracking, undefined);
	t.is(untracked.trackingRefused, undefined);
	const tracked = await hold(qemu);
	const modeOf = (fd: number): string => /^flags:.*(\d)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? '';
	t.is(modeOf(untracked.ramFd), '2', 'O_RDWR');
	t.is(modeOf(tracked.ramFd), '0', 'O_RDONLY');
	t.is(fstatSync(tracked.ramFd).ino, fstatSync(untracked.ramFd).ino);
	for (const fd of [untracked.ramFd, tracked.ramFd, tracked.tracking?.uffd, tracked.tracking?.pagemap]) if (fd !== undefined) closeSync(fd);
});

test('a QEMU that is gone, or another process with its number, is refused', async t => {
	await using qemu = await StockQemu.start({backend: 'memfd'});
	const request = {ramFile: 'memfd', ramBytes: RAM_BYTES, track: true};
	{
		await using helper = QemuHelper.start();
		const another = {...qemu.identity, startTicks: String(Number(qemu.identity.startTicks) - 1)};
		await t.throwsAsync(helper.takeHold({...request, process: another}), {name: 'DomainError', code: 'ERR_GUEST_EXITED'});
	}

	await qemu.kill();
	await using helper = QemuHelper.start();
	await t.throwsAsync(helper.takeHold({...request, process: qemu.identity}), {name: 'DomainError', code: 'ERR_GUEST_EXITED'});
});

test('RAM of another size, private RAM and RAM elsewhere are refused with the reason', async t => {
	await using qemu = await StockQemu.start({backend: 'memfd'});
	await t.throwsAsync(hold(qemu, {track: true, ramBytes: RAM_BYTES / 2}), {
		code: 'ERR_NOT_SUPPORTED',
		message: /not one mapping of 67108864 bytes/,
	});
	{
		await using helper = QemuHelper.start();
		await t.throwsAsync(helper.takeHold({process: qemu.identity, ramFile: '/dev/shm/elsewhere', ramBytes: RAM_BYTES, track: true}), {
			code: 'ERR_NOT_SUPPORTED',
			message: /no such file is mapped/,
		});
	}

	await using unshared = await StockQemu.start({backend: 'file', shared: false});
	await t.throwsAsync(hold(unshared), {code: 'ERR_NOT_SUPPORTED', message: /share=on/});
});

test('RAM in huge pages is refused', async t => {
	// It is never touched, so that no huge page is needed.
	const args = ['-S', '-incoming', 'defer'];
	await using qemu = await StockQemu.start({backend: 'memfd', backendOptions: ',hugetlb=on,hugetlbsize=2M,reserve=off', args});
	await t.throwsAsync(hold(qemu), {code: 'ERR_NOT_SUPPORTED', message: /huge pages/});
	t.is(await qemu.status(), 'inmigrate');
});

test('a QEMU in its own sandbox is tracked', async t => {
	await using qemu = await StockQemu.start({
		backend: 'memfd',
		args: ['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'],
	});
	const {log} = await track(t, qemu);
	await sleep(100);
	t.true((await log.take(new PageBitmap(PAGES))) > 0);
	t.is(await qemu.status(), 'running');
});
