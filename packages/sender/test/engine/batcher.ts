import test from 'ava';
import {PageBitmap} from '@sterna/domain';
import {isOfChannel, SINGLE_CHANNEL} from '@sterna/protocol';
import * as fc from 'fast-check';
import {nextBatch} from '../../src/engine/batcher.ts';

test('a batch ends at 4 MiB boundaries where the pages are dense', t => {
	const pages = new PageBitmap(4096);
	pages.addRun(100, 3000);
	const first = nextBatch(pages, 0, SINGLE_CHANNEL);
	t.deepEqual([...(first?.runs ?? [])], [100, 924]);
	const second = nextBatch(pages, first?.nextPfn ?? 0, SINGLE_CHANNEL);
	t.deepEqual([...(second?.runs ?? [])], [1024, 1024]);
});

test('scattered pages are gathered up to 1024', t => {
	const pages = new PageBitmap(8192);
	for (let pfn = 0; pfn < 8192; pfn += 2) pages.addRun(pfn, 1);
	const batch = nextBatch(pages, 0, SINGLE_CHANNEL);
	t.is(batch?.pageCount, 1024);
	t.is(batch?.runs.length, 2048);
	t.is(batch?.nextPfn, 2047);
});

test('batches visit every page of a set once, ascending, at most 1024 at a time', t => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(9999), fc.integer({min: 1, max: 1500})), {maxLength: 40}), runs => {
			const pages = new PageBitmap(12_000);
			for (const [pfn, count] of runs) pages.addRun(pfn, count);
			const visited = new PageBitmap(12_000);
			let at = 0;
			for (let batch = nextBatch(pages, 0, SINGLE_CHANNEL); batch; batch = nextBatch(pages, batch.nextPfn, SINGLE_CHANNEL)) {
				t.true(batch.pageCount >= 1 && batch.pageCount <= 1024);
				let sum = 0;
				for (let index = 0; index < batch.runs.length; index += 2) {
					const pfn = batch.runs[index] ?? 0;
					const count = batch.runs[index + 1] ?? 0;
					t.true(pfn >= at);
					visited.addRun(pfn, count);
					at = pfn + count;
					sum += count;
				}

				t.is(sum, batch.pageCount);
			}

			t.is(visited.count, pages.count);
		}),
		{numRuns: 100},
	);
});

test('over several connections every page goes once, over its own, in batches that stay inside of its blocks', t => {
	fc.assert(
		fc.property(
			fc.integer({min: 1, max: 5}),
			fc.array(fc.tuple(fc.nat(19_999), fc.integer({min: 1, max: 4000})), {maxLength: 30}),
			(count, runs) => {
				const pages = new PageBitmap(24_000);
				for (const [pfn, length] of runs) pages.addRun(pfn, length);
				const visited = new PageBitmap(24_000);
				let total = 0;
				for (let index = 0; index < count; index++) {
					const channel = {index, count};
					for (let batch = nextBatch(pages, 0, channel); batch; batch = nextBatch(pages, batch.nextPfn, channel)) {
						t.true(batch.pageCount <= 1024);
						total += batch.pageCount;
						for (let at = 0; at < batch.runs.length; at += 2) {
							const [pfn = 0, length = 0] = batch.runs.subarray(at, at + 2);
							visited.addRun(pfn, length);
							t.true(isOfChannel(pfn, channel) && isOfChannel(pfn + length - 1, channel));
						}
					}
				}

				t.is(total, pages.count);
				t.is(visited.count, pages.count);
			},
		),
		{numRuns: 100},
	);
});
