import {PageBitmap} from '@sterna/domain';
import test from 'ava';
import {UnappliedBatches} from '../../src/engine/unapplied-batches.ts';

function runsOf(pages: PageBitmap): number[][] {
	const runs: number[][] = [];
	for (let run = pages.nextRun(0, pages.pfnLimit); run; run = pages.nextRun(run.pfn + run.pageCount, pages.pfnLimit))
		runs.push([run.pfn, run.pageCount]);
	return runs;
}

test('what was not applied on its connection is due again, and nothing else', t => {
	const batches = new UnappliedBatches(2);
	batches.add(0, Uint32Array.of(0, 10)).endOffset = 1000;
	batches.add(0, Uint32Array.of(10, 5, 20, 5)).endOffset = 2000;
	batches.add(1, Uint32Array.of(30, 10)).endOffset = 500;
	batches.applied(0, 1000);
	batches.applied(1, 499);
	const due = new PageBitmap(64);
	t.is(batches.takeBack(due), 20);
	t.deepEqual(runsOf(due), [
		[10, 5],
		[20, 5],
		[30, 10],
	]);
	t.is(batches.countOf(0), 0);
});

test('a batch that the kernel does not have yet is not applied, whatever the position', t => {
	const batches = new UnappliedBatches(1);
	batches.add(0, Uint32Array.of(0, 1)).endOffset = 10;
	batches.add(0, Uint32Array.of(1, 1));
	batches.applied(0, Number.MAX_SAFE_INTEGER);
	t.is(batches.countOf(0), 1);
});

test('a batch that was applied in part is due again as a whole', t => {
	const batches = new UnappliedBatches(1);
	batches.add(0, Uint32Array.of(0, 8)).endOffset = 100;
	batches.applied(0, 99);
	const due = new PageBitmap(8);
	t.is(batches.takeBack(due), 8);
	t.is(due.count, 8);
});
