import {randomFillSync} from 'node:crypto';
import {PageBitmap} from '@sterna/domain';
import {mapAnonymous, unmapMemory, viewMemory} from '@sterna/system';
import test, {type ExecutionContext} from 'ava';
import * as fc from 'fast-check';
import {StagingArena} from '../../../src/engine/checkpoint/staging-arena.ts';

const PAGE_BYTES = 4096;

type TestMemory = {readonly address: bigint; readonly pageLimit: number; readonly fd: number; readonly bytes: Uint8Array};

function randomMemory(t: ExecutionContext, pageLimit: number): TestMemory {
	const address = mapAnonymous(pageLimit * PAGE_BYTES);
	t.teardown(() => unmapMemory(address, pageLimit * PAGE_BYTES));
	const bytes = viewMemory(address, pageLimit * PAGE_BYTES);
	randomFillSync(bytes);
	return {address, pageLimit, fd: -1, bytes};
}

/** What the batches say, page by page: pfn and content. Fails where a batch is too large, or its contents are not one behind another. */
function contentOf(t: ExecutionContext, arena: StagingArena): Map<number, Uint8Array> {
	const pages = new Map<number, Uint8Array>();
	for (const {runs, address, pageCount} of arena.batches()) {
		let at = address;
		let counted = 0;
		for (let index = 0; index < runs.length; index += 2) {
			const [pfn = 0, count = 0] = runs.subarray(index, index + 2);
			t.true(count > 0);
			for (let page = 0; page < count; page++) {
				t.false(pages.has(pfn + page));
				pages.set(pfn + page, viewMemory(at, PAGE_BYTES));
				at += PAGE_BYTES;
			}

			counted += count;
		}

		t.is(counted, pageCount);
		t.true(pageCount <= 1024);
	}

	return pages;
}

test('pages lie in an arena as they were, in batches of at most 1024, and are taken off the set', async t => {
	const memory = randomMemory(t, 4096);
	using arena = await StagingArena.create(3000 * PAGE_BYTES);
	const due = new PageBitmap(4096);
	due.addRun(1, 1);
	due.addRun(3, 1500);
	for (let pfn = 1600; pfn < 3600; pfn += 2) due.addRun(pfn, 1);
	t.is(arena.fill(memory, due), 2501);
	t.is(due.count, 0);
	t.is(arena.stagedPages, 2501);
	// The guest goes on: what it writes now is not in the copies.
	const before = memory.bytes.slice();
	memory.bytes.fill(0);
	const content = contentOf(t, arena);
	t.is(content.size, 2501);
	for (const [pfn, bytes] of content) t.is(Buffer.compare(bytes, before.subarray(pfn * PAGE_BYTES, (pfn + 1) * PAGE_BYTES)), 0);
});

test('what has no room in an arena stays in the set', async t => {
	const memory = randomMemory(t, 64);
	using arena = await StagingArena.create(10 * PAGE_BYTES);
	const due = new PageBitmap(64);
	due.addRun(4, 30);
	t.is(arena.fill(memory, due), 10);
	t.deepEqual([...contentOf(t, arena).keys()], [4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
	t.deepEqual(due.nextRun(0, 64), {pfn: 14, pageCount: 20});
	t.is(arena.fill(memory, due), 10);
	t.deepEqual([...contentOf(t, arena).keys()].slice(0, 2), [14, 15]);
	due.clear();
	t.is(arena.fill(memory, due), 0);
	t.deepEqual([...arena.batches()], []);
});

test('an arena holds whole pages, and at least one', async t => {
	await t.throwsAsync(StagingArena.create(5000), {instanceOf: RangeError});
	await t.throwsAsync(StagingArena.create(0), {instanceOf: RangeError});
});

test('whatever is due, an arena has the lowest of it and no more than it holds', async t => {
	const memory = randomMemory(t, 5000);
	using arena = await StagingArena.create(2100 * PAGE_BYTES);
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(4000), fc.integer({min: 1, max: 999})), {maxLength: 12}), runs => {
			const due = new PageBitmap(5000);
			for (const [pfn, pageCount] of runs) due.addRun(pfn, pageCount);
			const all = due.count;
			const staged = arena.fill(memory, due);
			t.is(staged, Math.min(all, 2100));
			t.is(due.count, all - staged);
			const content = contentOf(t, arena);
			t.is(content.size, staged);
			const highest = Math.max(-1, ...content.keys());
			t.true((due.nextRun(0, 1)?.pfn ?? Infinity) > highest);
			for (const [pfn, bytes] of content) t.is(Buffer.compare(bytes, memory.bytes.subarray(pfn * PAGE_BYTES, (pfn + 1) * PAGE_BYTES)), 0);
		}),
		{numRuns: 30},
	);
});
