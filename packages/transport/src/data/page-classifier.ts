import {MAX_BATCH_PAGES, PageType} from '@sterna/protocol';
import {ZeroPageFinder} from '@sterna/system';
import type {PageSource} from './page-source.ts';
import {ScanPacer} from './scan-pacer.ts';

/** A batch in pieces of pages that are all zeros, or none. The arrays are the classifier's: valid until its next batch. */
export type ClassifiedBatch = {
	/** Pairs of pfn and page count, in the batch's order. */
	readonly runs: Uint32Array;
	/** For each pair: XALLOC for pages of zeros, NOTAB for the others. */
	readonly runTypes: Uint8Array;
	readonly zeroPages: number;
	readonly pages: number;
};

/** Finds the pages of zeros in batches about to be sent. Of pages with types only ordinary ones count: the others' types say more than their content. */
export class PageClassifier {
	readonly #pageTypes: Uint8Array | undefined;
	readonly #finder = new ZeroPageFinder();
	readonly #pacer = new ScanPacer();
	readonly #runs = new Uint32Array(MAX_BATCH_PAGES * 2);
	readonly #runTypes = new Uint8Array(MAX_BATCH_PAGES);
	#count = 0;
	#zeroPages = 0;

	constructor(pageTypes: Uint8Array | undefined) {
		this.#pageTypes = pageTypes;
	}

	/** Undefined where the batch has no pages of zeros, or was not worth the search. */
	classify(runs: Uint32Array, source: PageSource): ClassifiedBatch | undefined {
		if (!this.#pacer.next()) return undefined;
		this.#count = 0;
		this.#zeroPages = 0;
		let pages = 0;
		let calls = 0;
		for (let index = 0; index < runs.length; index += 2) {
			const pageCount = runs[index + 1] ?? 0;
			calls += this.#classifyRun(runs[index] ?? 0, pageCount, source);
			pages += pageCount;
		}

		this.#pacer.searched(pages, calls, this.#zeroPages);
		if (this.#zeroPages === 0) return undefined;
		return {
			runs: this.#runs.subarray(0, this.#count * 2),
			runTypes: this.#runTypes.subarray(0, this.#count),
			zeroPages: this.#zeroPages,
			pages,
		};
	}

	/** Returns the calls that it took. */
	#classifyRun(pfn: number, pageCount: number, source: PageSource): number {
		const types = this.#pageTypes;
		if (types === undefined) return this.#search(pfn, pageCount, source);
		let calls = 0;
		let start = 0;
		while (start < pageCount) {
			const ordinary = types[pfn + start] === PageType.notab;
			let end = start + 1;
			while (end < pageCount && (types[pfn + end] === PageType.notab) === ordinary) end += 1;
			if (ordinary) calls += this.#search(pfn + start, end - start, source);
			else this.#add(pfn + start, end - start, PageType.notab);
			start = end;
		}

		return calls;
	}

	#search(pfn: number, pageCount: number, source: PageSource): number {
		let done = 0;
		this.#finder.find(source.addressOf(pfn), pageCount, (first, count) => {
			if (first > done) this.#add(pfn + done, first - done, PageType.notab);
			this.#add(pfn + first, count, PageType.xalloc);
			this.#zeroPages += count;
			done = first + count;
		});
		if (done < pageCount) this.#add(pfn + done, pageCount - done, PageType.notab);
		return this.#finder.calls;
	}

	#add(pfn: number, pageCount: number, type: number): void {
		this.#runs[this.#count * 2] = pfn;
		this.#runs[this.#count * 2 + 1] = pageCount;
		this.#runTypes[this.#count] = type;
		this.#count += 1;
	}
}
