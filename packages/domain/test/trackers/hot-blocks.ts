import test from 'ava';
import type {PageRun} from '../../src/index.ts';
import {HotBlocks} from '../../src/trackers/hot-blocks.ts';

const PAGES = 1024;

/** One scan of a guest that has written these runs: returns what was left out of it, and tells the rest. */
function scan(hot: HotBlocks, written: readonly PageRun[], pages = PAGES): PageRun[] {
	hot.beginScan();
	const leftOut: PageRun[] = [];
	for (let run = hot.nextHot(0, pages); run; run = hot.nextHot(run.pfn + run.pageCount, pages)) leftOut.push(run);
	const isLeftOut = (pfn: number): boolean => leftOut.some(run => pfn >= run.pfn && pfn < run.pfn + run.pageCount);
	for (const {pfn, pageCount} of written) {
		let from = pfn;
		for (let page = pfn; page <= pfn + pageCount; page++) {
			if (page < pfn + pageCount && !isLeftOut(page)) continue;
			if (page > from) hot.found(from, page - from);
			from = page + 1;
		}
	}

	return leftOut;
}

test('a block that is written whole three times in a row is left out of the next scans', t => {
	const hot = new HotBlocks(PAGES);
	const written = [{pfn: 30, pageCount: 70}];
	for (let count = 0; count < 3; count++) t.deepEqual(scan(hot, written), []);
	t.deepEqual(scan(hot, written), [{pfn: 32, pageCount: 64}], 'but for the blocks of which a part was written');
});

test('a block that misses one scan begins anew', t => {
	const hot = new HotBlocks(PAGES);
	const written = [{pfn: 64, pageCount: 32}];
	for (const runs of [written, written, [], written, written]) t.deepEqual(scan(hot, runs), []);
	t.deepEqual(scan(hot, written), []);
	t.deepEqual(scan(hot, written), [{pfn: 64, pageCount: 32}]);
});

test('a block that stays hot is scanned ever less often, and at least every 64 scans', t => {
	const hot = new HotBlocks(PAGES);
	const rests: number[] = [];
	let rest = 0;
	for (let count = 0; count < 1000; count++) {
		if (scan(hot, [{pfn: 0, pageCount: PAGES}]).some(run => run.pfn === 0)) rest += 1;
		else if (rest > 0) {
			rests.push(rest);
			rest = 0;
		}
	}

	t.deepEqual(rests.slice(0, 4), [3, 7, 15, 31]);
	t.true(rests.slice(4).every(each => each === 31));
	t.true(scan(hot, [{pfn: 0, pageCount: PAGES}]).length > 0);
});

test('blocks that became hot together are not all scanned in one scan again', t => {
	const hot = new HotBlocks(PAGES);
	const all = [{pfn: 0, pageCount: PAGES}];
	for (let count = 0; count < 100; count++) scan(hot, all);
	for (let count = 0; count < 100; count++) {
		const leftOut = scan(hot, all).reduce((sum, run) => sum + run.pageCount, 0);
		t.true(leftOut >= PAGES / 2, `${leftOut} of ${PAGES} pages are left out`);
	}
});

test('a block that has gone cold is scanned again for good, though its first scan finds what was written while it was left out', t => {
	const hot = new HotBlocks(PAGES);
	const blocks = Array.from({length: PAGES / 32}, (_, block) => ({pfn: block * 32, pageCount: 32}));
	let resting = new Set<PageRun>();
	for (let count = 0; count < 200; count++) {
		const isHot = count < 100;
		hot.beginScan();
		const leftOut = new Set(blocks.filter(({pfn, pageCount}) => hot.nextHot(pfn, pfn + pageCount) !== undefined));
		for (const block of blocks) if (!leftOut.has(block) && (isHot || resting.has(block))) hot.found(block.pfn, block.pageCount);
		resting = leftOut;
		if (count >= 100 + 64) t.is(leftOut.size, 0);
	}
});

test('what was forgotten has to become hot anew', t => {
	const hot = new HotBlocks(PAGES);
	const all = [{pfn: 0, pageCount: PAGES}];
	for (let count = 0; count < 3; count++) scan(hot, all);
	t.is(scan(hot, all).length, 1);
	hot.forget();
	for (let count = 0; count < 3; count++) t.deepEqual(scan(hot, all), []);
	t.is(scan(hot, all).length, 1);
});

test('the last block of a memory may be a short one', t => {
	const hot = new HotBlocks(100);
	const written = [{pfn: 90, pageCount: 10}];
	for (let count = 0; count < 3; count++) t.deepEqual(scan(hot, written, 100), []);
	t.deepEqual(scan(hot, written, 100), [{pfn: 96, pageCount: 4}]);
	t.is(hot.nextHot(0, 96), undefined);
	t.deepEqual(hot.nextHot(98, 99), {pfn: 98, pageCount: 1}, 'cut at both ends');
});
