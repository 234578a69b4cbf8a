import {PageFlags} from './page-flags.ts';

/** What is known of a target's pages, as data workers have it. */
export type SharedTargetPages = {
	readonly pageLimit: number;
	/** One number: the pages that the guest has. */
	readonly populatedCount: Int32Array<SharedArrayBuffer>;
	/** Flags of those pages. */
	readonly populated: Uint32Array<SharedArrayBuffer>;
	/** Flags of the pages that have memory and page tables here. */
	readonly backed: Uint32Array<SharedArrayBuffer>;
};

/**
 * What is known of the pages of a target: which ones the guest has, which are counted against its size, and which have memory here already.
 * Made by the main thread, filled by all links of a migration, kept from one to the next: 64 KiB per GiB.
 */
export class TargetPages {
	/** For other threads. */
	readonly shared: SharedTargetPages;
	readonly #populated: PageFlags;
	readonly #backed: PageFlags;

	constructor(pageLimit: number) {
		const populated = PageFlags.shared(pageLimit);
		const backed = PageFlags.shared(pageLimit);
		this.shared = {pageLimit, populatedCount: new Int32Array(new SharedArrayBuffer(4)), populated, backed};
		this.#populated = new PageFlags(pageLimit, populated);
		this.#backed = new PageFlags(pageLimit, backed);
	}

	/** Pages that the guest has: those that came with content or were named as zeros. */
	get populatedCount(): number {
		return Atomics.load(this.shared.populatedCount, 0);
	}

	/** A run has memory and page tables: workers need not see to it when its pages come. */
	markBacked(pfn: number, pageCount: number): void {
		this.#backed.addRun(pfn, pageCount);
	}

	/** A run came over a link that nobody here remembers, of a daemon that has ended since: its pages are the guest's. */
	adopt(pfn: number, pageCount: number): void {
		let added = 0;
		for (let page = pfn; page < pfn + pageCount; page++) if (this.#populated.add(page)) added += 1;
		Atomics.add(this.shared.populatedCount, 0, added);
	}
}
