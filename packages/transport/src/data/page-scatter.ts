import {PAGE_SIZE_BYTES, pageTypeHasData, type PageBatch} from '@sterna/protocol';
import type {PageStore} from './page-store.ts';
import type {VectorWindow} from './vector-window.ts';

/** 4 MiB: what is populated in one call, and an iovec entry at most. */
const MAX_RUN_PAGES = 1024;
/** Most bytes that one fill of a window asks for: a record may hold 128 MiB. */
const MAX_FILL_BYTES = 8 * 1024 * 1024;

/** Walks the pages of one PAGE_DATA record in list order and names where their bytes go. Nothing is allocated per page. */
export class PageScatter {
	#batch: PageBatch | undefined;
	#index = 0;

	begin(batch: PageBatch): void {
		this.#batch = batch;
		this.#index = 0;
	}

	/** Whether every page of the record has been named. */
	get done(): boolean {
		return this.#batch === undefined || this.#index >= this.#batch.count;
	}

	/**
	 * Adds entries for the next pages to a window that is empty, leaving room for one more; pages that lie together share an entry.
	 * The store has pages behind all of them when it returns. Throws what `PageStore.back` throws.
	 */
	fill(window: VectorWindow, store: PageStore): void {
		const batch = this.#batch;
		if (batch === undefined) throw new TypeError('no batch to fill from');
		const {pfns, types, count} = batch;
		let index = this.#index;
		while (index < count && window.room > 1 && window.byteCount < MAX_FILL_BYTES) {
			if (!pageTypeHasData(types[index] ?? 0)) {
				index += 1;
				continue;
			}

			const first = pfns[index] ?? 0;
			let pages = 1;
			while (
				pages < MAX_RUN_PAGES &&
				index + pages < count &&
				pfns[index + pages] === first + pages &&
				pageTypeHasData(types[index + pages] ?? 0)
			) {
				pages += 1;
			}

			store.back(first, pages);
			window.add(store.addressOf(first), pages * PAGE_SIZE_BYTES);
			index += pages;
		}

		// Entries without data at the end of the list belong to no fill.
		while (index < count && !pageTypeHasData(types[index] ?? 0)) index += 1;
		this.#index = index;
	}
}
