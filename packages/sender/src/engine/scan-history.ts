import {PageBitmap} from '@sterna/domain/page-bitmap';

/** How the pages of a scan stand to those of the scans before it. */
export type ScanRelation = {
	/** Pages that the scan before found as well; undefined for the first. */
	readonly againPages: number | undefined;
	/** Pages that any scan has found so far, each once. */
	readonly everPages: number;
};

/**
 * Remembers which pages scans have found: two bits a page, and one walk over the words of each a scan (some 30 µs a GiB of guest). With it the size of the set
 * that the guest writes in an interval is known at three intervals a scan: its own, together with the one before, and all so far.
 */
export class ScanHistory {
	readonly #ever: PageBitmap;
	readonly #latest: PageBitmap;
	#isFirst = true;

	/** `pageLimit`: exclusive upper bound of the pfns. */
	constructor(pageLimit: number) {
		this.#ever = new PageBitmap(pageLimit);
		this.#latest = new PageBitmap(pageLimit);
	}

	/** A scan found these pages, and no others. They are read, and not kept. */
	scanned(pages: PageBitmap): ScanRelation {
		this.#ever.addAll(pages);
		const before = this.#latest.count;
		this.#latest.addAll(pages);
		const againPages = this.#isFirst ? undefined : before + pages.count - this.#latest.count;
		this.#isFirst = false;
		this.#latest.clear();
		this.#latest.addAll(pages);
		return {againPages, everPages: this.#ever.count};
	}
}
