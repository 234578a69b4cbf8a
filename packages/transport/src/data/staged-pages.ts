import {PAGE_SIZE_BYTES, pageTypeHasData, type PageBatch, type ZeroPages} from '@sterna/protocol';
import {closeDescriptor, createMemoryFile, mapShared, resizeFile, unmapMemory} from '@sterna/system';
import {PageFlags} from './page-flags.ts';
import {PageStore} from './page-store.ts';

/** Pages that wait until their checkpoint is whole: where they lie, and which those are. */
export class Staging {
	readonly store: PageStore;
	readonly #held: PageFlags;

	constructor(store: PageStore, held: PageFlags) {
		this.store = store;
		this.#held = held;
	}

	isHeld(pfn: number): boolean {
		return this.#held.has(pfn);
	}

	/** The contents of a batch have been received here. */
	hold({pfns, types, count}: PageBatch): void {
		for (let index = 0; index < count; index++) {
			if (pageTypeHasData(types[index] ?? 0)) this.#held.add(pfns[index] ?? 0);
		}
	}

	/** The same for pages of zeros, which become so here. */
	holdZeroPages({runs}: ZeroPages): void {
		for (let index = 0; index < runs.length; index += 2) {
			const pfn = runs[index] ?? 0;
			const pageCount = runs[index + 1] ?? 0;
			this.store.clear(pfn, pageCount);
			this.#held.addRun(pfn, pageCount);
		}
	}

	/** Copies the held pages between two pfns into the guest's memory; they stay held. Throws LinkError. */
	copyTo(target: PageStore, from = 0, to = target.pageLimit): void {
		this.#held.eachRun((pfn, pageCount) => this.store.copyTo(target, pfn, pageCount), from, to);
	}

	eachHeld(visit: (pfn: number, pageCount: number) => void): void {
		this.#held.eachRun(visit);
	}

	/** Holds none any more. */
	release(): void {
		this.#held.clear();
	}
}

/**
 * Staging in a memory file as large as the guest's pfn space, of which only the pages take room that a checkpoint has named. It is guest
 * memory, not the daemon's: reused from one checkpoint to the next, and gone with the link.
 */
export class StagedPages extends Staging implements Disposable {
	readonly #fd: number;

	constructor(pageLimit: number) {
		const byteLength = pageLimit * PAGE_SIZE_BYTES;
		const fd = createMemoryFile('sterna-checkpoint');
		try {
			resizeFile(fd, byteLength);
			const address = Number(mapShared({fd, length: byteLength, writable: true}));
			super(new PageStore({address, pageLimit, fd}), new PageFlags(pageLimit));
		} catch (error) {
			closeDescriptor(fd);
			throw error;
		}

		this.#fd = fd;
	}

	[Symbol.dispose](): void {
		unmapMemory(this.store.address, this.store.pageLimit * PAGE_SIZE_BYTES);
		closeDescriptor(this.#fd);
	}
}
