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
