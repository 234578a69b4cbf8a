import {randomFillSync} from 'node:crypto';
import test from 'ava';
import {mapAnonymous, unmapMemory, viewMemory, ZeroPageFinder} from '@sterna/system';

const PAGE_BYTES = 4096;

class Pages implements Disposable {
	readonly address: number;
	readonly bytes: Uint8Array;

	constructor(count: number) {
		this.address = Number(mapAnonymous(count * PAGE_BYTES));
		this.bytes = viewMemory(this.address, count * PAGE_BYTES);
	}

	/** One byte of a page that is not zero. */
	touch(page: number, at = 0): void {
		this.bytes[page * PAGE_BYTES + at] = 1;
	}

	[Symbol.dispose](): void {
		unmapMemory(this.address, this.bytes.length);
	}
}

function zeroRuns(address: number, pageCount: number): Array<[number, number]> {
	const runs: Array<[number, number]> = [];
	new ZeroPageFinder().find(address, pageCount, (first, count) => runs.push([first, count]));
	return runs;
}

test('pages of zeros are found wherever they lie, and no others', t => {
	const count = 300;
	for (let seed = 0; seed < 50; seed++) {
		using pages = new Pages(count);
		const density = new Uint8Array(count);
		randomFillSync(density);
		const isZero = Array.from(density, value => value < seed * 5);
		for (const [page, zero] of isZero.entries()) if (!zero) pages.touch(page, ((density[page] ?? 0) * 16) % PAGE_BYTES);
		const found = Array.from({length: count}, () => false);
		for (const [first, length] of zeroRuns(pages.address, count)) found.fill(true, first, first + length);
		t.deepEqual(found, isZero, `seed ${seed}`);
	}
});

test('a single byte anywhere in a page makes it one with content', t => {
	for (const at of [0, 1, 3, 4, 2048, 4095]) {
		using pages = new Pages(3);
		pages.touch(1, at);
		t.deepEqual(zeroRuns(pages.address, 3), [
			[0, 1],
			[2, 1],
		]);
	}
});

test('a long run of zeros is one run, more than is compared at once too', t => {
	const count = 3000;
	using pages = new Pages(count);
	t.deepEqual(zeroRuns(pages.address, count), [[0, count]]);
	pages.touch(2100, 4095);
	t.deepEqual(zeroRuns(pages.address, count), [
		[0, 2100],
		[2101, count - 2101],
	]);
	t.deepEqual(zeroRuns(pages.address + 2100 * PAGE_BYTES, 1), []);
	t.deepEqual(zeroRuns(pages.address, 0), []);
});

test('pages with content cost one call however many they are', t => {
	using pages = new Pages(1024);
	pages.bytes.fill(7);
	const finder = new ZeroPageFinder();
	finder.find(pages.address, 1024, () => t.fail());
	t.is(finder.calls, 1);
});
