const WORD_BITS = 32;

/** One bit a page: 32 KiB per GiB of guest. Threads that share the words may all set flags at the same time. */
export class PageFlags {
	readonly pageLimit: number;
	readonly #words: Uint32Array;

	/** `words`: of flags that others have a part in, or that outlive this object; new ones where undefined. */
	constructor(pageLimit: number, words: Uint32Array = new Uint32Array(wordsOf(pageLimit))) {
		this.pageLimit = pageLimit;
		this.#words = words;
	}

	/** Words for `PageFlags` of several threads, none flagged. */
	static shared(pageLimit: number): Uint32Array<SharedArrayBuffer> {
		return new Uint32Array(new SharedArrayBuffer(wordsOf(pageLimit) * Uint32Array.BYTES_PER_ELEMENT));
	}

	has(pfn: number): boolean {
		return ((this.#words[Math.floor(pfn / WORD_BITS)] ?? 0) >>> (pfn % WORD_BITS)) % 2 === 1;
	}

	/** Sets one flag; false when it was set already. */
	add(pfn: number): boolean {
		const index = Math.floor(pfn / WORD_BITS);
		const bit = (1 << (pfn % WORD_BITS)) >>> 0;
		return (Atomics.or(this.#words, index, bit) & bit) === 0;
	}

	addRun(pfn: number, pageCount: number): void {
		let at = pfn;
		const end = Math.min(pfn + pageCount, this.pageLimit);
		while (at < end) {
			if (at % WORD_BITS === 0 && end - at >= WORD_BITS) {
				this.#words[at / WORD_BITS] = 0xffff_ffff;
				at += WORD_BITS;
			} else {
				this.add(at);
				at += 1;
			}
		}
	}

	/** Whether every page of the run is flagged. */
	hasRun(pfn: number, pageCount: number): boolean {
		let at = pfn;
		const end = pfn + pageCount;
		while (at < end) {
			if (at % WORD_BITS === 0 && end - at >= WORD_BITS && this.#words[at / WORD_BITS] === 0xffff_ffff) at += WORD_BITS;
			else if (this.has(at)) at += 1;
			else return false;
		}

		return true;
	}

	/** Calls back for every run of flagged pages, ascending, and clears them. */
	takeRuns(visit: (pfn: number, pageCount: number) => void): void {
		this.eachRun(visit);
		this.clear();
	}

	/** Calls back for every run of flagged pages between two pfns, ascending; a run that goes on beyond them ends there. */
	eachRun(visit: (pfn: number, pageCount: number) => void, from = 0, to = this.pageLimit): void {
		let start = -1;
		for (let pfn = from; pfn <= to; pfn++) {
			if (start < 0 && pfn % WORD_BITS === 0 && this.#words[pfn / WORD_BITS] === 0) {
				pfn += WORD_BITS - 1;
				continue;
			}

			const flagged = pfn < to && this.has(pfn);
			if (flagged && start < 0) start = pfn;
			if (flagged || start < 0) continue;
			visit(start, pfn - start);
			start = -1;
		}
	}

	/** Clears all flags. */
	clear(): void {
		this.#words.fill(0);
	}
}

function wordsOf(pageLimit: number): number {
	return Math.ceil(pageLimit / WORD_BITS);
}
