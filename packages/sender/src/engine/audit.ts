import type {PageBitmap} from '@sterna/domain';
import type {PageChecker} from '@sterna/transport';

/** Pages of one look behind a later pass: 64 MiB, some 20 ms of a data worker. */
const SLICE_PAGES = 16_384;
/** Most pages of one run, and runs of one order: a bound for what is named at a time, however scattered the pages are. */
const MAX_RUN_PAGES = 65_536;
const MAX_RUNS = 4096;

/**
 * Looks again at pages that are believed clean: whether they are what was sent. Behind the first pass at all of them, behind each later one at
 * a slice. A page that is another, and that the dirty log then does not name, was written behind the tracker's back. DESIGN section 8.
 */
export class Audit {
	readonly #checker: PageChecker;
	readonly #sent: PageBitmap;
	#next = 0;
	#isFirst = true;
	#pagesLookedAt = 0;

	/** `sent`: pages that were sent so far; read, and kept. */
	constructor(checker: PageChecker, sent: PageBitmap) {
		this.#checker = checker;
		this.#sent = sent;
	}

	/** Pages that were looked at so far, each time counted. */
	get pagesLookedAt(): number {
		return this.#pagesLookedAt;
	}

	/**
	 * Looks at the pages whose turn it is; call it when all that was sent is with the kernel, ahead of a scan. Resolves with runs of those
	 * that are others than was sent: the scan must find every one of them, see `missedBy`.
	 */
	async look(): Promise<Uint32Array> {
		const budget = this.#isFirst ? this.#sent.count : Math.min(SLICE_PAGES, this.#sent.count);
		this.#isFirst = false;
		const changed: number[] = [];
		let pages = 0;
		while (pages < budget) {
			const {runs, pageCount} = this.#nextRuns(budget - pages);
			pages += pageCount;
			for (const number of await this.#checker.compare(runs)) changed.push(number);
		}

		this.#pagesLookedAt += pages;
		return Uint32Array.from(changed);
	}

	/** The runs whose turn it is, as many as one order names, and at most so many pages of them. There must be a page to look at. */
	#nextRuns(budget: number): {readonly runs: Uint32Array; readonly pageCount: number} {
		const runs: number[] = [];
		let pageCount = 0;
		while (pageCount < budget && runs.length < 2 * MAX_RUNS) {
			const run = this.#sent.nextRun(this.#next, Math.min(MAX_RUN_PAGES, budget - pageCount));
			if (run === undefined) {
				this.#next = 0;
				continue;
			}

			runs.push(run.pfn, run.pageCount);
			pageCount += run.pageCount;
			this.#next = run.pfn + run.pageCount;
		}

		return {runs: Uint32Array.from(runs), pageCount};
	}
}

/** The first page of `changed` that the scan behind the look did not find: a fault of the tracker. Undefined where it found them all. */
export function missedBy(dirty: PageBitmap, changed: Uint32Array): number | undefined {
	for (let index = 0; index < changed.length; index += 2) {
		const first = changed[index] ?? 0;
		const end = first + (changed[index + 1] ?? 0);
		for (let pfn = first; pfn < end; pfn++) if (!dirty.has(pfn)) return pfn;
	}

	return undefined;
}
