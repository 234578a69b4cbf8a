import test from 'ava';
import {PageBitmap} from '@sterna/domain';
import {ScanHistory} from '../../src/engine/scan-history.ts';

const LIMIT = 1000;

function pagesOf(...runs: ReadonlyArray<readonly [pfn: number, count: number]>): PageBitmap {
	const pages = new PageBitmap(LIMIT);
	for (const [pfn, count] of runs) pages.addRun(pfn, count);
	return pages;
}

test('a scan is compared with the one before it, and with all of them', t => {
	const history = new ScanHistory(LIMIT);
	t.deepEqual(history.scanned(pagesOf([0, 100])), {againPages: undefined, everPages: 100});
	t.deepEqual(history.scanned(pagesOf([50, 100])), {againPages: 50, everPages: 150});
	t.deepEqual(history.scanned(pagesOf([0, 60], [999, 1])), {againPages: 10, everPages: 151});
	t.deepEqual(history.scanned(pagesOf()), {againPages: 0, everPages: 151});
	t.deepEqual(history.scanned(pagesOf([0, 60])), {againPages: 0, everPages: 151});
});

test('the pages of a scan are read and not kept', t => {
	const history = new ScanHistory(LIMIT);
	const pages = pagesOf([0, 10]);
	history.scanned(pages);
	t.is(pages.count, 10);
	pages.clear();
	t.deepEqual(history.scanned(pagesOf([0, 10])), {againPages: 10, everPages: 10});
});
