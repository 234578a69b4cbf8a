import process from 'node:process';
import test from 'ava';
import {
	closeDescriptor,
	createMemoryFile,
	mapShared,
	openWriteTracking,
	resizeFile,
	trackWrites,
	unmapMemory,
	viewMemory,
} from '@sterna/system';
import {type DirtyLog, PageBitmap} from '../../src/index.ts';
import {startTicksOf} from '../../src/process-identity.ts';
import {startPagemapScanLog} from '../../src/trackers/pagemap-scan-log.ts';
import {PopulatedSpans} from '../../src/trackers/populated-spans.ts';

const PAGE = 4096;
const PAGES = 8192;

/** Memory of this process with its writes tracked, as a guest's is. */
function trackedMemory(teardown: (undo: () => void) => void): {fd: number; bytes: Uint8Array; start: () => DirtyLog} {
	const fd = createMemoryFile('sterna-test');
	resizeFile(fd, PAGES * PAGE);
	const address = mapShared({fd, length: PAGES * PAGE, writable: true});
	const tracking = openWriteTracking();
	trackWrites(tracking, address, PAGES * PAGE);
	teardown(() => {
		closeDescriptor(tracking.fd);
		unmapMemory(address, PAGES * PAGE);
		closeDescriptor(fd);
	});
	const identity = {pid: process.pid, startTicks: startTicksOf(process.pid) ?? ''};
	return {
		fd,
		bytes: viewMemory(address, PAGES * PAGE),
		start: () => startPagemapScanLog({process: identity, address: Number(address), pageLimit: PAGES, fd}),
	};
}

async function taken(log: DirtyLog): Promise<number[]> {
	const pages = new PageBitmap(PAGES);
	const found = await log.take(pages);
	const pfns: number[] = [];
	for (let pfn = 0; pfn < PAGES; pfn++) if (pages.has(pfn)) pfns.push(pfn);
	return found === pfns.length ? pfns : [-1];
}

test('pages that were there and pages that came into being are found when they are written, once', async t => {
	const {bytes, start} = trackedMemory(undo => t.teardown(undo));
	for (const pfn of [10, 11, 12, 300, 6000]) bytes[pfn * PAGE] = 1;
	await using log = start();
	t.deepEqual(await taken(log), [], 'nothing was written since it was armed');
	bytes[11 * PAGE] = 2;
	bytes[200 * PAGE] = 2; // A hole between two pages that are scanned together.
	bytes[4000 * PAGE] = 2; // A hole that is not scanned.
	bytes[8191 * PAGE] = 2;
	t.deepEqual(await taken(log), [11, 200, 4000, 8191]);
	t.deepEqual(await taken(log), []);
	bytes[4000 * PAGE] = 3;
	bytes[4001 * PAGE] = 3;
	t.deepEqual(await taken(log), [4000, 4001]);
});

test('memory without any page has nothing to scan, and its first page is found', async t => {
	const {bytes, start} = trackedMemory(undo => t.teardown(undo));
	await using log = start();
	t.deepEqual(await taken(log), []);
	bytes[77 * PAGE] = 1;
	t.deepEqual(await taken(log), [77]);
});

test('spans grow by what the holes around them have come to hold', t => {
	const {fd, bytes} = trackedMemory(undo => t.teardown(undo));
	const populated = new PopulatedSpans({fd, pageLimit: PAGES});
	for (const pfn of [10, 20, 1000]) bytes[pfn * PAGE] = 1;
	populated.update(16);
	t.deepEqual(populated.spans, [
		{pfn: 10, pageCount: 11},
		{pfn: 1000, pageCount: 1},
	]);
	for (const pfn of [0, 15, 21, 999, 8191]) bytes[pfn * PAGE] = 1;
	populated.update(0);
	t.deepEqual(populated.spans, [
		{pfn: 0, pageCount: 1},
		{pfn: 10, pageCount: 12},
		{pfn: 999, pageCount: 2},
		{pfn: 8191, pageCount: 1},
	]);
});

test('pages that are written each time are taken without being armed, where that is allowed, and no write is missed when they go cold', async t => {
	const {bytes, start} = trackedMemory(undo => t.teardown(undo));
	await using log = start();
	const write = (pfn: number, pageCount: number): void => {
		for (let page = pfn; page < pfn + pageCount; page++) bytes[page * PAGE] = (bytes[page * PAGE] ?? 0) + 1;
	};
	/** What was taken, and how much of it was looked for. */
	const guess = async (): Promise<{pages: PageBitmap; found: number}> => {
		const pages = new PageBitmap(PAGES);
		return {found: await log.take(pages, {mayGuess: true}), pages};
	};

	write(0, 256);
	await guess();
	let guessed = 0;
	for (let count = 0; count < 100; count++) {
		write(0, 256);
		write(1000 + count, 1);
		const {found, pages} = await guess();
		t.is(pages.count, 257);
		t.true(pages.has(0) && pages.has(255) && pages.has(1000 + count));
		guessed += pages.count - found;
	}

	t.true(guessed > 100 * 128, `${guessed} of ${100 * 256} pages were not looked for`);
	for (let count = 0; count < 100; count++) {
		write(32, 1);
		t.true((await guess()).pages.has(32), 'a page among those that have gone cold is found each time');
	}

	t.deepEqual(await taken(log), []);
	write(40, 3);
	t.deepEqual(await taken(log), [40, 41, 42]);
});

test('a call that may not guess finds what was written to pages that were guessed before', async t => {
	const {bytes, start} = trackedMemory(undo => t.teardown(undo));
	await using log = start();
	for (let count = 0; count < 6; count++) {
		for (let page = 0; page < 64; page++) bytes[page * PAGE] = count;
		await log.take(new PageBitmap(PAGES), {mayGuess: true});
	}

	bytes[5 * PAGE] = 99;
	t.true((await taken(log)).includes(5));
	t.deepEqual(await taken(log), [], 'and arms all of them');
	bytes[6 * PAGE] = 99;
	t.deepEqual(await taken(log), [6]);
});
