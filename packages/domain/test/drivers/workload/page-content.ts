import {Buffer} from 'node:buffer';
import {constants, zstdCompressSync} from 'node:zlib';
import test from 'ava';
import * as fc from 'fast-check';
import {describePage, isZeroPage, PageContent} from '../../../src/drivers/workload/page-content.ts';
import {PAGE_WORDS} from '../../../src/drivers/workload/page-header.ts';

const KINDS = ['random', 'text', 'zero'] as const;
const pfns = fc.nat(2 ** 32 - 1);
const generations = fc.integer({min: 0, max: 2 ** 40});

test('a page matches its own pfn and generation, and no other', t => {
	const words = new Int32Array(PAGE_WORDS);
	fc.assert(
		fc.property(fc.constantFrom(...KINDS), fc.nat(Number.MAX_SAFE_INTEGER), pfns, generations, (content, seed, pfn, generation) => {
			const pages = new PageContent({seed, content});
			pages.write(words, 0, pfn, generation);
			t.true(pages.matches(words, 0, pfn, generation));
			t.true(pages.headerMatches(words, 0, pfn, generation));
			t.false(pages.matches(words, 0, pfn, generation + 1));
			t.false(pages.headerMatches(words, 0, pfn, generation + 1));
			// Generation 0 of `zero` is the same for all pages.
			if (content !== 'zero' || generation > 0) t.false(pages.matches(words, 0, pfn + 1, generation));
			if (content !== 'zero') t.false(new PageContent({seed: seed + 1, content}).matches(words, 0, pfn, generation));
		}),
	);
});

test('one flipped bit anywhere is found', t => {
	const words = new Int32Array(PAGE_WORDS);
	fc.assert(
		fc.property(fc.constantFrom(...KINDS), generations, fc.nat(PAGE_WORDS - 1), fc.nat(31), (content, generation, word, bit) => {
			const pages = new PageContent({seed: 5, content});
			pages.write(words, 0, 77, generation);
			words[word] = (words[word] ?? 0) ^ (1 << bit);
			return !pages.matches(words, 0, 77, generation);
		}),
	);
	t.pass();
});

test('a page torn between two generations at any word is neither of them', t => {
	for (const content of ['random', 'text'] as const) {
		const pages = new PageContent({seed: 9, content});
		const [old, fresh, torn] = [new Int32Array(PAGE_WORDS), new Int32Array(PAGE_WORDS), new Int32Array(PAGE_WORDS)];
		pages.write(old, 0, 3, 8);
		pages.write(fresh, 0, 3, 9);
		for (let cut = 8; cut < PAGE_WORDS; cut++) {
			torn.set(old);
			torn.set(fresh.subarray(0, cut));
			t.false(pages.matches(torn, 0, 3, 9));
			t.false(pages.matches(torn, 0, 3, 8));
		}

		t.regex(describePage(torn, 0), /^generation 9 of pfn 3, torn or damaged$/);
	}
});

test('a page says what it is, to whoever finds it in the wrong place', t => {
	const words = new Int32Array(2 * PAGE_WORDS);
	const pages = new PageContent({seed: 1, content: 'random'});
	t.is(describePage(words, PAGE_WORDS), 'a page of zeros');
	pages.write(words, PAGE_WORDS, 2 ** 32 + 5, 2 ** 33);
	t.is(describePage(words, PAGE_WORDS), `generation ${2 ** 33} of pfn ${2 ** 32 + 5}`);
	t.true(isZeroPage(words, 0), 'the page before it was not touched');
	words[PAGE_WORDS] = 1;
	t.is(describePage(words, PAGE_WORDS), 'bytes that are no page of a guest');
});

test('random content does not compress, text compresses like text, zero to nothing', t => {
	const ratios = KINDS.map(content => {
		const pages = new PageContent({seed: 3, content});
		const words = new Int32Array(256 * PAGE_WORDS);
		for (let page = 0; page < 256; page++) pages.write(words, page * PAGE_WORDS, page, 1);
		return words.byteLength / zstdCompressSync(Buffer.from(words.buffer), {params: {[constants.ZSTD_c_compressionLevel]: 1}}).byteLength;
	});
	t.true((ratios[0] ?? 0) < 1.01);
	t.true((ratios[1] ?? 0) > 2.5 && (ratios[1] ?? 0) < 6);
	t.true((ratios[2] ?? 0) > 50);
});
