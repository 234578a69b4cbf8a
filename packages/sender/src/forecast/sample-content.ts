import {setImmediate as nextTurn} from 'node:timers/promises';
import {createScratchMemory, PageBitmap, type GuestMemory} from '@sterna/domain';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {copyMemory} from '@sterna/system';

/** Pages that are taken together: what lies together is alike, and one copy is one call. */
const RUN_PAGES = 32;

/** 4 MiB: two milliseconds. */
const PAGES_AT_ONCE = 1024;

/** Copies of some of a guest's pages, one behind another from pfn 0 on. The caller disposes of it. */
export type ContentSample = Disposable & {
	readonly memory: GuestMemory;
	/** Of all the guest's memory. */
	readonly ofAll: PageBitmap;
	/** Of what it wrote while it was watched; empty where it wrote nothing. */
	readonly ofWritten: PageBitmap;
};

/**
 * Copies pages from all over `all`, and from all over `written`, at most `pagesOfEach` of either, so that they can be sent as a probe as often as it takes, whatever the guest
 * does meanwhile. Both must have memory behind them, as reading a hole would fill it. Rejects `SystemError` where there is no memory for the copies.
 */
export async function sampleContent(
	memory: GuestMemory,
	{all, written, pagesOfEach}: {all: PageBitmap; written: PageBitmap; pagesOfEach: number},
): Promise<ContentSample> {
	const fromAll = chooseRuns(all, pagesOfEach);
	const fromWritten = chooseRuns(written, pagesOfEach);
	const allPages = pagesOf(fromAll);
	const pageLimit = Math.max(1, allPages + pagesOf(fromWritten));
	const scratch = createScratchMemory(pageLimit);
	const offset = (page: number): bigint => BigInt(page * PAGE_SIZE_BYTES);
	let at = 0;
	for (const {pfn, pageCount} of [...fromAll, ...fromWritten]) {
		// The daemon has more to do than this.
		if (at % PAGES_AT_ONCE === 0) await nextTurn();
		copyMemory(scratch.address + offset(at), memory.address + offset(pfn), pageCount * PAGE_SIZE_BYTES);
		at += pageCount;
	}

	const ofAll = new PageBitmap(pageLimit);
	ofAll.addRun(0, allPages);
	const ofWritten = new PageBitmap(pageLimit);
	ofWritten.addRun(allPages, at - allPages);
	return {memory: scratch, ofAll, ofWritten, [Symbol.dispose]: () => scratch[Symbol.dispose]()};
}

type Run = NonNullable<ReturnType<PageBitmap['nextRun']>>;

/** At most `most` pages of the set, in short runs that are spread over all of it. */
export function chooseRuns(pages: PageBitmap, most: number): Run[] {
	const runs: Run[] = [];
	/** Pages of the set to one that is taken. */
	const stride = Math.max(1, pages.count / most);
	let taken = 0;
	let passed = 0;
	for (let run = pages.nextRun(0, RUN_PAGES); run !== undefined && taken < most; run = pages.nextRun(run.pfn + run.pageCount, RUN_PAGES)) {
		passed += run.pageCount;
		if (taken * stride > passed - run.pageCount) continue;
		const pageCount = Math.min(run.pageCount, most - taken);
		runs.push({pfn: run.pfn, pageCount});
		taken += pageCount;
	}

	return runs;
}

function pagesOf(runs: readonly Run[]): number {
	return runs.reduce((sum, {pageCount}) => sum + pageCount, 0);
}
