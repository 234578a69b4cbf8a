import test from 'ava';
import {createScratchMemory, PageBitmap} from '@sterna/domain';
import {viewMemory} from '@sterna/system';
import {chooseRuns, sampleContent} from '../../src/forecast/sample-content.ts';

const bitmap = (pfnLimit: number, ...runs: ReadonlyArray<readonly [number, number]>): PageBitmap => {
	const pages = new PageBitmap(pfnLimit);
	for (const [pfn, pageCount] of runs) pages.addRun(pfn, pageCount);
	return pages;
};

test('pages are chosen from all over the set, and no more of them than were asked for', t => {
	const runs = chooseRuns(bitmap(100_000, [0, 50_000], [90_000, 10_000]), 6000);
	const pages = runs.reduce((sum, {pageCount}) => sum + pageCount, 0);
	t.true(pages <= 6000 && pages > 5900, String(pages));
	t.true(runs.some(({pfn}) => pfn < 1000) && runs.some(({pfn}) => pfn > 25_000 && pfn < 50_000) && runs.some(({pfn}) => pfn > 98_000));
});

test('a set that is small enough is chosen whole', t => {
	t.deepEqual(chooseRuns(bitmap(100, [3, 4], [50, 40]), 1000), [
		{pfn: 3, pageCount: 4},
		{pfn: 50, pageCount: 32},
		{pfn: 82, pageCount: 8},
	]);
});

test('the copies are of the pages as they are, and the guest is not written to', async t => {
	using guest = createScratchMemory(64);
	await guest.populate(0, 64);
	const bytes = viewMemory(guest.address, 64 * 4096);
	for (let page = 0; page < 64; page++) bytes[page * 4096] = page;
	const before = Uint8Array.from(bytes);
	using content = await sampleContent(guest, {all: bitmap(64, [0, 2], [10, 1]), written: bitmap(64, [20, 3]), pagesOfEach: 8});
	const copies = viewMemory(content.memory.address, content.memory.pageLimit * 4096);
	t.deepEqual(
		[0, 1, 2, 3, 4, 5].map(page => copies[page * 4096]),
		[0, 1, 10, 20, 21, 22],
	);
	t.is(content.ofAll.count, 3);
	t.is(content.ofWritten.count, 3);
	t.false(content.ofAll.has(3));
	t.deepEqual(Uint8Array.from(bytes), before);
});
