import test from 'ava';
import * as fc from 'fast-check';
import {PageBitmap} from '../src/index.ts';

const runsOf = (bitmap: PageBitmap, maxPages: number): Array<[pfn: number, pageCount: number]> => {
	const runs: Array<[number, number]> = [];
	for (let run = bitmap.nextRun(0, maxPages); run; run = bitmap.nextRun(run.pfn + run.pageCount, maxPages))
		runs.push([run.pfn, run.pageCount]);
	return runs;
};

test('runs are found across words and cut to the length asked for', t => {
	const bitmap = new PageBitmap(200);
	bitmap.addRun(30, 70);
	bitmap.addRun(199, 1);
	t.deepEqual(runsOf(bitmap, 1000), [
		[30, 70],
		[199, 1],
	]);
	t.deepEqual(runsOf(bitmap, 32), [
		[30, 32],
		[62, 32],
		[94, 6],
		[199, 1],
	]);
	t.is(bitmap.nextRun(100, 1000)?.pfn, 199);
	t.is(bitmap.nextRun(200, 1), undefined);
});

test('a page in the set twice counts once', t => {
	const bitmap = new PageBitmap(64);
	bitmap.addRun(0, 33);
	bitmap.addRun(31, 2);
	t.is(bitmap.count, 33);
	bitmap.removeRun(32, 32);
	t.is(bitmap.count, 32);
	bitmap.clear();
	t.is(bitmap.count, 0);
	t.is(bitmap.nextRun(0, 64), undefined);
});

test('whether any page of a run is in the set does not depend on pages around it', t => {
	const bitmap = new PageBitmap(200);
	bitmap.addRun(64, 2);
	bitmap.addRun(199, 1);
	t.false(bitmap.hasAny(0, 64));
	t.true(bitmap.hasAny(0, 65));
	t.true(bitmap.hasAny(65, 1));
	t.false(bitmap.hasAny(66, 133));
	t.true(bitmap.hasAny(66, 1000));
	t.false(bitmap.hasAny(64, 0));
});

test('pages outside of the limit are refused, and are in no set', t => {
	const bitmap = new PageBitmap(33);
	t.throws(() => bitmap.addRun(33, 1), {instanceOf: RangeError});
	t.throws(() => bitmap.addRun(-1, 1), {instanceOf: RangeError});
	t.throws(() => bitmap.removeRun(0, 34), {instanceOf: RangeError});
	t.throws(() => bitmap.addAll(new PageBitmap(32)), {instanceOf: RangeError});
	t.false(bitmap.has(33));
	t.false(bitmap.has(1000));
});

test('a bitmap is the set that the same operations make of a plain Set', t => {
	const limit = 150;
	const run = fc.tuple(fc.nat(limit), fc.nat(limit)).map(([pfn, pageCount]): [number, number] => [pfn, Math.min(pageCount, limit - pfn)]);
	const operation = fc.oneof(
		fc.record({kind: fc.constant('add' as const), run}),
		fc.record({kind: fc.constant('remove' as const), run}),
		fc.record({kind: fc.constant('addAll' as const), run}),
	);
	fc.assert(
		fc.property(fc.array(operation, {maxLength: 30}), fc.integer({min: 1, max: limit}), (operations, maxPages) => {
			const bitmap = new PageBitmap(limit);
			const model = new Set<number>();
			for (const {
				kind,
				run: [pfn, pageCount],
			} of operations) {
				if (kind === 'add') bitmap.addRun(pfn, pageCount);
				else if (kind === 'remove') bitmap.removeRun(pfn, pageCount);
				else {
					const other = new PageBitmap(limit);
					other.addRun(pfn, pageCount);
					bitmap.addAll(other);
				}

				for (let at = pfn; at < pfn + pageCount; at++) {
					if (kind === 'remove') model.delete(at);
					else model.add(at);
				}
			}

			const pages: number[] = [];
			for (const [pfn, pageCount] of runsOf(bitmap, maxPages)) {
				if (pageCount > maxPages) return false;
				for (let at = pfn; at < pfn + pageCount; at++) pages.push(at);
			}

			t.is(bitmap.count, model.size);
			t.deepEqual(
				pages,
				[...model].toSorted((a, b) => a - b),
			);
			return pages.every(pfn => bitmap.has(pfn));
		}),
	);
});

test('the lowest pages are taken off a set, as many as there is room for', t => {
	const bitmap = new PageBitmap(200);
	bitmap.addRun(30, 70);
	bitmap.addRun(150, 1);
	bitmap.addRun(199, 1);
	const into = new Uint32Array(4);
	t.is(bitmap.takeRuns(into, 40), 1);
	t.deepEqual([...into.subarray(0, 2)], [30, 40]);
	t.is(bitmap.takeRuns(into, 1000), 2);
	t.deepEqual([...into], [70, 30, 150, 1]);
	t.is(bitmap.count, 1);
	t.is(bitmap.takeRuns(into, 0), 0);
	t.is(bitmap.takeRuns(into, 1000), 1);
	t.deepEqual([...into.subarray(0, 2)], [199, 1]);
	t.is(bitmap.takeRuns(into, 1000), 0);
});

test('what is taken off a set piece by piece is the set, each page once', t => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(290), fc.integer({min: 1, max: 10})), {maxLength: 40}),
			fc.integer({min: 1, max: 8}),
			fc.integer({min: 1, max: 70}),
			(runs, pairs, maxPages) => {
				const bitmap = new PageBitmap(300);
				const expected = new Set<number>();
				for (const [pfn, pageCount] of runs) {
					bitmap.addRun(pfn, pageCount);
					for (let page = 0; page < pageCount; page++) expected.add(pfn + page);
				}

				const taken: number[] = [];
				const into = new Uint32Array(pairs * 2);
				for (let count = bitmap.takeRuns(into, maxPages); count > 0; count = bitmap.takeRuns(into, maxPages)) {
					let pages = 0;
					for (let index = 0; index < count * 2; index += 2) {
						const [pfn = 0, pageCount = 0] = into.subarray(index, index + 2);
						for (let page = 0; page < pageCount; page++) taken.push(pfn + page);
						pages += pageCount;
					}

					t.true(pages <= maxPages);
				}

				t.deepEqual(
					taken,
					[...expected].toSorted((a, b) => a - b),
				);
				t.is(bitmap.count, 0);
			},
		),
	);
});
