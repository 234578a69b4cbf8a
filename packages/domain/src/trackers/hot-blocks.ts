import type {Pfn} from '@sterna/protocol';
import {PageBitmap, type PageRun} from '../page-bitmap.ts';

/** Pages of a block, 128 KiB: what one more scan beside it costs, some 2 µs, is little beside the faults of so many pages. */
const BLOCK_PAGES = 32;
/** A block becomes hot when all of it was written in so many scans in a row. */
const REPEATS = 3;
/** Scans that a block is left out of when it becomes hot, and most of them, when it has been found hot again and again: less than a second at 40 a second. */
const FIRST_REST = 4;
const MAX_REST = 32;

/**
 * Blocks of pages that a guest writes all of between any two scans: hot ones need not be scanned, and so are not armed again, and the guest does not fault on them. Now and then
 * each is scanned all the same, so that one which has gone cold is found. Bookkeeping only: reads no memory, asks no kernel.
 */
export class HotBlocks {
	readonly #pageLimit: number;
	/** Holds blocks, not pages. */
	readonly #hot: PageBitmap;
	/** By block: the last scan that found all of it written, how many in a row did, how long it rests, and the scan that it takes part in again. */
	readonly #lastFull: Uint32Array;
	readonly #repeats: Uint8Array;
	readonly #rest: Uint8Array;
	readonly #due: Uint32Array;
	/** Number of the scan under way; 0 before the first. */
	#scan = 0;

	/** `pageLimit`: exclusive upper bound of the pfns. */
	constructor(pageLimit: number) {
		const blocks = Math.ceil(pageLimit / BLOCK_PAGES);
		this.#pageLimit = pageLimit;
		this.#hot = new PageBitmap(blocks);
		this.#lastFull = new Uint32Array(blocks);
		this.#repeats = new Uint8Array(blocks);
		this.#rest = new Uint8Array(blocks);
		this.#due = new Uint32Array(blocks);
	}

	/** A scan begins, of all that is not hot from here on. */
	beginScan(): void {
		this.#scan += 1;
		const blocks = this.#hot.pfnLimit;
		for (let run = this.#hot.nextRun(0, blocks); run; run = this.#hot.nextRun(run.pfn + run.pageCount, blocks)) {
			for (let block = run.pfn; block < run.pfn + run.pageCount; block++) if ((this.#due[block] ?? 0) <= this.#scan) this.#wake(block);
		}
	}

	/** The first run of hot pages at or after `from` and below `end`, cut there; undefined where there is none. */
	nextHot(from: Pfn, end: Pfn): PageRun | undefined {
		const run = this.#hot.nextRun(Math.floor(from / BLOCK_PAGES), this.#hot.pfnLimit);
		if (run === undefined) return undefined;
		const first = Math.max(from, run.pfn * BLOCK_PAGES);
		const last = Math.min(end, (run.pfn + run.pageCount) * BLOCK_PAGES);
		return first < last ? {pfn: first, pageCount: last - first} : undefined;
	}

	/** The scan under way found a run of pages written. */
	found(pfn: Pfn, pageCount: number): void {
		const end = pfn + pageCount;
		// The last block of a memory may be a short one.
		const endBlock = end === this.#pageLimit ? this.#hot.pfnLimit : Math.floor(end / BLOCK_PAGES);
		for (let block = Math.ceil(pfn / BLOCK_PAGES); block < endBlock; block++) this.#foundFull(block);
	}

	/** None is hot any more, and nothing is known of any. */
	forget(): void {
		this.#hot.clear();
		this.#lastFull.fill(0);
	}

	#foundFull(block: number): void {
		const last = this.#lastFull[block] ?? 0;
		// It has just been woken: what was written while it rested says nothing of now.
		if (last === this.#scan) return;
		const follows = last > 0 && last === this.#scan - 1;
		const repeats = follows ? (this.#repeats[block] ?? 0) + 1 : 1;
		if (!follows) this.#rest[block] = 0;
		this.#lastFull[block] = this.#scan;
		this.#repeats[block] = repeats;
		if (repeats >= REPEATS) this.#layToRest(block);
	}

	#layToRest(block: number): void {
		const rest = Math.min(MAX_REST, Math.max(FIRST_REST, 2 * (this.#rest[block] ?? 0)));
		this.#rest[block] = rest;
		// Blocks that become hot together are not all scanned again together.
		this.#due[block] = this.#scan + rest + (block % rest);
		this.#hot.addRun(block, 1);
	}

	/** Found written once more, in the scan that follows, it is hot again, and rests twice as long. */
	#wake(block: number): void {
		this.#hot.removeRun(block, 1);
		this.#lastFull[block] = this.#scan;
		this.#repeats[block] = REPEATS - 1;
	}
}
