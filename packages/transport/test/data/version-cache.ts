import test from 'ava';
import {equalMemory} from '@sterna/system';
import {createNativeBuffer} from '../../src/data/native-buffer.ts';
import {VersionCache} from '../../src/data/version-cache.ts';

const PAGE_BYTES = 4096;

/** A page full of one byte, in native memory. */
function page(value: number): {readonly address: number; readonly bytes: Uint8Array} {
	const buffer = createNativeBuffer(PAGE_BYTES);
	buffer.bytes.fill(value);
	return buffer;
}

test('the last version that was kept is found, until it is forgotten', t => {
	using cache = new VersionCache(4 * PAGE_BYTES);
	const [first, second] = [page(1), page(2)];
	cache.keep(7, first.address);
	cache.keep(7, second.address);
	t.true(equalMemory(cache.find(7) ?? first.address, second.address, PAGE_BYTES));
	t.is(cache.find(8), undefined);
	cache.forget(7);
	cache.forget(8);
	t.is(cache.find(7), undefined);
	cache.keep(7, first.address);
	cache.clear();
	t.is(cache.find(7), undefined);
});

test('a full cache loses pages that were not kept again lately', t => {
	using cache = new VersionCache(4 * PAGE_BYTES + 100);
	const any = page(1);
	for (const pfn of [10, 11, 12, 13]) cache.keep(pfn, any.address);
	// The hand passes all of them, and takes the first; then those that are kept again stay.
	cache.keep(14, any.address);
	t.is(cache.find(10), undefined);
	cache.keep(11, any.address);
	cache.keep(15, any.address);
	t.not(cache.find(11), undefined);
	t.is(cache.find(12), undefined);
	t.deepEqual(
		[11, 13, 14, 15].filter(pfn => cache.find(pfn) === undefined),
		[],
	);
});

test('many pages in few slots never mix up', t => {
	const slots = 16;
	using cache = new VersionCache(slots * PAGE_BYTES);
	const pages = Array.from({length: 251}, (_, value) => page(value));
	const versions = new Map<number, number>();
	let seed = 1;
	for (let step = 0; step < 5000; step++) {
		seed = (seed * 48_271) % 2_147_483_647;
		const pfn = seed % 40;
		const value = step % 251;
		if (seed % 7 === 0) {
			cache.forget(pfn);
			versions.delete(pfn);
		} else {
			cache.keep(pfn, pages[value]?.address ?? 0);
			versions.set(pfn, value);
		}

		const found = [...Array(40).keys()].filter(known => cache.find(known) !== undefined);
		t.true(found.length <= slots);
		for (const known of found) {
			const wanted = pages[versions.get(known) ?? -1];
			if (wanted === undefined || !equalMemory(cache.find(known) ?? 0, wanted.address, PAGE_BYTES)) t.fail(`page ${known} at step ${step}`);
		}
	}
});
