import type {MemoryMapping, PageBitmap} from '@sterna/domain';
import {MAX_BATCH_PAGES, PAGE_SIZE_BYTES} from '@sterna/protocol';
import {Advice, adviseMemory, adviseMemoryAsync, copyMemory, isSystemError, mapAnonymous, unmapMemory} from '@sterna/system';

/** Pages that lie in an arena one behind another, at most 1024: what `SendLink.writeCopies` takes. */
export type StagedBatch = {
	/** Pairs of pfn and page count, in the order of the contents; the batch's own. */
	readonly runs: Uint32Array;
	/** Of the first page's content. */
	readonly address: number;
	readonly pageCount: number;
};

/**
 * Memory of this process that the dirty pages of one checkpoint are copied to while the guest stands still, so that it goes on while they are sent. Used again
 * for one checkpoint after another; its size is all the memory that a checkpoint takes, whatever the guest does.
 *
 * Each run of pages is one memcpy. A gather by the kernel (process_vm_readv, pwritev to a memory file) takes two to four times as long, and a second
 * thread saves a quarter at best: measured for 600 to 4096 pages.
 */
export class StagingArena implements Disposable {
	/** Pages that it holds at most. */
	readonly capacityPages: number;
	readonly #address: number;
	readonly #byteLength: number;
	/** Pairs of pfn and page count of what is in it; room for as many runs as pages. */
	readonly #runs: Uint32Array;
	#pairs = 0;
	#stagedPages = 0;
	#unmapped = false;

	/**
	 * Resolves with an arena whose pages are all there, so that no copy waits for memory. `bytes`: a multiple of 4096. Rejects with `SystemError` ENOMEM where there are
	 * not as many.
	 */
	static async create(bytes: number): Promise<StagingArena> {
		const arena = new StagingArena(bytes);
		try {
			await adviseMemoryAsync(arena.#address, bytes, Advice.populateWrite);
			return arena;
		} catch (error) {
			arena[Symbol.dispose]();
			throw error;
		}
	}

	private constructor(bytes: number) {
		if (!Number.isInteger(bytes / PAGE_SIZE_BYTES) || bytes <= 0)
			throw new RangeError(`a staging arena of ${bytes} bytes is not one of whole pages`);
		this.capacityPages = bytes / PAGE_SIZE_BYTES;
		this.#byteLength = bytes;
		this.#runs = new Uint32Array(this.capacityPages * 2);
		this.#address = Number(mapAnonymous(bytes));
		preferHugePages(this.#address, bytes);
	}

	/** Pages that are in it. */
	get stagedPages(): number {
		return this.#stagedPages;
	}

	/**
	 * Copies pages of `memory` into the arena, behind nothing: what it held is gone, and nobody may be sending it. Takes them off `pages`, lowest first; what does not
	 * fit stays there. Returns how many were copied. The guest must stand still, and its page tables be filled here.
	 */
	fill(memory: MemoryMapping, pages: PageBitmap): number {
		const runs = this.#runs;
		const memoryAddress = Number(memory.address);
		const pairs = pages.takeRuns(runs, this.capacityPages);
		let staged = 0;
		for (let index = 0; index < pairs * 2; index += 2) {
			const pfn = runs[index] ?? 0;
			const pageCount = runs[index + 1] ?? 0;
			copyMemory(this.#address + staged * PAGE_SIZE_BYTES, memoryAddress + pfn * PAGE_SIZE_BYTES, pageCount * PAGE_SIZE_BYTES);
			staged += pageCount;
		}

		this.#pairs = pairs;
		this.#stagedPages = staged;
		return staged;
	}

	/** What is in it, cut into batches. To be read to its end before the next `fill`. */
	*batches(): Generator<StagedBatch, void> {
		let pair = 0;
		/** Pages of that run which were in the batch before. */
		let skipped = 0;
		for (let staged = 0; staged < this.#stagedPages;) {
			const first = pair;
			const firstSkipped = skipped;
			let pageCount = 0;
			let lastPages = 0;
			while (pair < this.#pairs && pageCount < MAX_BATCH_PAGES) {
				const runPages = this.#runs[pair * 2 + 1] ?? 0;
				lastPages = Math.min(runPages - skipped, MAX_BATCH_PAGES - pageCount);
				pageCount += lastPages;
				skipped += lastPages;
				if (skipped < runPages) break;
				skipped = 0;
				pair += 1;
			}

			// The run that the batch ends in is cut where the batch is full, and the one that it begins in where the last one was.
			const runs = this.#runs.slice(first * 2, skipped > 0 ? pair * 2 + 2 : pair * 2);
			runs[0] = (runs[0] ?? 0) + firstSkipped;
			runs[1] = (runs[1] ?? 0) - firstSkipped;
			runs[runs.length - 1] = lastPages;
			yield {runs, address: this.#address + staged * PAGE_SIZE_BYTES, pageCount};
			staged += pageCount;
		}
	}

	/** Gives the memory back. Nobody may be sending from it. Idempotent. */
	[Symbol.dispose](): void {
		if (this.#unmapped) return;
		this.#unmapped = true;
		unmapMemory(this.#address, this.#byteLength);
	}
}

/** Fewer page tables to walk while copying. A kernel without them does it with small ones. */
function preferHugePages(address: number, bytes: number): void {
	try {
		adviseMemory(address, bytes, Advice.hugePage);
	} catch (error) {
		if (!isSystemError(error, 'EINVAL')) throw error;
	}
}
