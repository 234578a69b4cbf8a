import type {Pfn} from '@sterna/protocol';

const WORD_BITS = 32;
const ALL_ONES = 0xffff_ffff;

/** A run of consecutive pages. */
export type PageRun = {readonly pfn: Pfn; readonly pageCount: number};

/** The lowest `count` bits, count 1 … 32. */
function lowBits(count: number): number {
	return count === WORD_BITS ? ALL_ONES : ((1 << count) >>> 0) - 1;
}

function popCount(word: number): number {
	let bits = word - ((word >>> 1) & 0x5555_5555);
	bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
	return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** A set of pages below `pfnLimit`: one bit a page, 32 KiB per GiB of guest. */
export class PageBitmap {
	/** Exclusive upper bound of the pfns that the set can hold. */
	readonly pfnLimit: number;
	readonly #words: Uint32Array;
	#count = 0;

	constructor(pfnLimit: number) {
		this.pfnLimit = pfnLimit;
		this.#words = new Uint32Array(Math.ceil(pfnLimit / WORD_BITS));
	}

	/** How many pages are in the set. */
	get count(): number {
		return this.#count;
	}

	has(pfn: Pfn): boolean {
		return pfn < this.pfnLimit && ((this.#words[Math.floor(pfn / WORD_BITS)] ?? 0) >>> (pfn % WORD_BITS)) % 2 === 1;
	}

	/** Whether any of `pageCount` pages from `pfn` on is in the set. */
	hasAny(pfn: Pfn, pageCount: number): boolean {
		const end = Math.min(pfn + pageCount, this.pfnLimit);
		return this.#nextBit(pfn, true, end) < end;
	}

	/** Adds `pageCount` pages from `pfn` on. Throws RangeError beyond the limit. */
	addRun(pfn: Pfn, pageCount: number): void {
		this.#assertInside(pfn, pageCount);
		this.#eachWord(pfn, pageCount, (index, mask) => {
			const before = this.#words[index] ?? 0;
			this.#words[index] = before | mask;
			this.#count += popCount(mask & ~before);
		});
	}

	removeRun(pfn: Pfn, pageCount: number): void {
		this.#assertInside(pfn, pageCount);
		this.#eachWord(pfn, pageCount, (index, mask) => {
			const before = this.#words[index] ?? 0;
			this.#words[index] = before & ~mask;
			this.#count -= popCount(mask & before);
		});
	}

	/** Adds every page of `other`, which must have the same limit. */
	addAll(other: PageBitmap): void {
		if (other.pfnLimit !== this.pfnLimit) throw new RangeError(`bitmaps of ${this.pfnLimit} and ${other.pfnLimit} pages`);
		for (const [index, word] of other.#words.entries()) {
			if (word === 0) continue;
			const before = this.#words[index] ?? 0;
			this.#words[index] = before | word;
			this.#count += popCount(word & ~before);
		}
	}

	clear(): void {
		this.#words.fill(0);
		this.#count = 0;
	}

	/** The first run of set pages at or after `from`, cut to `maxPages`; undefined when none is left. */
	nextRun(from: Pfn, maxPages: number): PageRun | undefined {
		const start = this.#nextBit(from, true, this.pfnLimit);
		if (start >= this.pfnLimit) return undefined;
		// Not past the cut: a walk in batches through one long run would look at its rest each time.
		const limit = Math.min(this.pfnLimit, start + maxPages);
		return {pfn: start, pageCount: Math.min(this.#nextBit(start, false, limit), limit) - start};
	}

	/**
	 * Takes the lowest pages off the set, at most `maxPages` of them, and writes them to `into` as pairs of pfn and page count, ascending. Stops where `into` is
	 * full. Returns how many pairs there are. Nothing is allocated, however scattered the pages are.
	 */
	takeRuns(into: Uint32Array, maxPages: number): number {
		const mostPairs = Math.floor(into.length / 2);
		let pairs = 0;
		let left = Math.min(maxPages, this.#count);
		for (let at = 0; left > 0 && pairs < mostPairs; pairs++) {
			const pfn = this.#nextBit(at, true, this.pfnLimit);
			const limit = Math.min(this.pfnLimit, pfn + left);
			at = Math.min(this.#nextBit(pfn, false, limit), limit);
			into[pairs * 2] = pfn;
			into[pairs * 2 + 1] = at - pfn;
			left -= at - pfn;
			this.removeRun(pfn, at - pfn);
		}

		return pairs;
	}

	/** The first pfn ≥ `from` whose bit is set (or clear); `limit` or more when there is none below it. */
	#nextBit(from: Pfn, set: boolean, limit: Pfn): Pfn {
		const flip = set ? 0 : ALL_ONES;
		let index = Math.floor(from / WORD_BITS);
		if (from >= limit) return limit;
		let word = (((this.#words[index] ?? 0) ^ flip) & ~(lowBits((from % WORD_BITS) + 1) >>> 1)) >>> 0;
		while (word === 0) {
			index += 1;
			if (index * WORD_BITS >= limit) return limit;
			word = ((this.#words[index] ?? 0) ^ flip) >>> 0;
		}
		return index * WORD_BITS + (31 - Math.clz32(word & -word));
	}

	#eachWord(pfn: Pfn, pageCount: number, visit: (index: number, mask: number) => void): void {
		let at = pfn;
		const end = pfn + pageCount;
		while (at < end) {
			const bit = at % WORD_BITS;
			const bits = Math.min(WORD_BITS - bit, end - at);
			visit(Math.floor(at / WORD_BITS), (lowBits(bits) << bit) >>> 0);
			at += bits;
		}
	}

	#assertInside(pfn: Pfn, pageCount: number): void {
		if (pfn < 0 || pageCount < 0 || pfn + pageCount > this.pfnLimit) {
			throw new RangeError(`pages ${pfn} to ${pfn + pageCount} in a bitmap of ${this.pfnLimit}`);
		}
	}
}
