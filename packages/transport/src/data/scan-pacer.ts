/** A search is cheap below one call for so many pages, whatever it finds. */
const CHEAP_PAGES_PER_CALL = 64;
/** A page of zeros that is found saves as much as this many calls cost: some 1.5 µs of sending against 0.1 µs. */
const CALLS_PER_ZERO_PAGE = 8;
/** Most batches that go unsearched in a row. */
const MAX_SKIPPED = 16;

/**
 * Whether the next batch is worth searching for pages of zeros: not while searches cost many calls (pages that lie nowhere together, or
 * that only begin with zeros) and find nothing. Looks again now and then, more and more rarely. Pure.
 */
export class ScanPacer {
	#skip = 0;
	#skipped = 0;

	/** Asked once for each batch. */
	next(): boolean {
		if (this.#skipped >= this.#skip) return true;
		this.#skipped += 1;
		return false;
	}

	/** What the search of a batch of `pages` pages cost and found. */
	searched(pages: number, calls: number, zeroPages: number): void {
		const worthIt = calls * CHEAP_PAGES_PER_CALL <= pages || zeroPages * CALLS_PER_ZERO_PAGE >= calls;
		this.#skip = worthIt ? 0 : Math.min(MAX_SKIPPED, Math.max(1, this.#skip * 2));
		this.#skipped = 0;
	}
}
