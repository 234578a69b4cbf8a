import {CHANNEL_BLOCK_PAGES, type DataChannel, isOfChannel, MAX_BATCH_PAGES, nextOfChannel, type Pfn} from '@sterna/protocol';
import type {PageBitmap} from '@sterna/domain';

/** Pages of one PAGE_DATA record, ascending. */
export type Batch = {
	/** Pairs of pfn and page count. */
	readonly runs: Uint32Array;
	readonly pageCount: number;
	/** Where the next batch begins. */
	readonly nextPfn: Pfn;
};

/**
 * The next batch of at most 1024 pages of `pages` at or after `from` that go over `channel`; undefined when none is left.
 * A batch ends at a multiple of 4 MiB where it can: receivers rebuild superpages from aligned runs (spec section 16).
 */
export function nextBatch(pages: PageBitmap, from: Pfn, channel: DataChannel): Batch | undefined {
	const runs: number[] = [];
	let pageCount = 0;
	let at = from;
	while (pageCount < MAX_BATCH_PAGES) {
		const run = pages.nextRun(at, MAX_BATCH_PAGES - pageCount);
		if (!run) break;
		if (!isOfChannel(run.pfn, channel)) {
			at = nextOfChannel(run.pfn, channel);
			continue;
		}

		const beforeBoundary = CHANNEL_BLOCK_PAGES - (run.pfn % CHANNEL_BLOCK_PAGES);
		// A long run that begins off the boundary is cut there once, so that the batches behind it are aligned.
		const ends = runs.length === 0 && beforeBoundary < run.pageCount;
		const count = ends || channel.count > 1 ? Math.min(beforeBoundary, run.pageCount) : run.pageCount;
		runs.push(run.pfn, count);
		pageCount += count;
		at = run.pfn + count;
		if (ends) break;
	}

	return pageCount === 0 ? undefined : {runs: Uint32Array.from(runs), pageCount, nextPfn: at};
}

/** Takes the pages of a batch off a set. */
export function removeBatch(pages: PageBitmap, {runs}: Batch): void {
	for (let index = 0; index < runs.length; index += 2) pages.removeRun(runs[index] ?? 0, runs[index + 1] ?? 0);
}
