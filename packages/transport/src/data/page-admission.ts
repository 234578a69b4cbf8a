import {type DataChannel, isOfChannel, PageType, pageTypeIsPopulated, type PageBatch, type ZeroPages} from '@sterna/protocol';
import {LinkError} from './link-error.ts';
import {PageFlags} from './page-flags.ts';
import type {SharedTargetPages} from './target-pages.ts';

/** What a guest with ordinary pages only may be sent: others would be a guest of another kind. */
const ORDINARY: ReadonlySet<number> = new Set([PageType.notab, PageType.xalloc, PageType.xtab]);

/** Decides, before anything is read or allocated for a batch, whether its pages may come into the guest. */
export class PageAdmission {
	/** Undefined where no guest could have too many: all of its pfns may be populated. */
	readonly #populated: PageFlags | undefined;
	readonly #populatedLimit: number;
	readonly #ordinaryOnly: boolean;
	readonly #channel: DataChannel;
	readonly #populatedCount: Int32Array<SharedArrayBuffer>;

	/** `populatedLimit`: most pages that the guest may have; `pages`: those that it has, counted by all links of the migration. */
	constructor(options: {
		readonly pages: SharedTargetPages;
		readonly channel: DataChannel;
		readonly populatedLimit: number;
		readonly ordinaryOnly: boolean;
	}) {
		this.#channel = options.channel;
		const {pageLimit, populated, populatedCount} = options.pages;
		this.#populatedCount = populatedCount;
		this.#populated = pageLimit > options.populatedLimit ? new PageFlags(pageLimit, populated) : undefined;
		this.#populatedLimit = options.populatedLimit;
		this.#ordinaryOnly = options.ordinaryOnly;
	}

	/** Returns how many of the pages the guest then has. Throws LinkError ERR_STREAM for a page that it must not have. */
	admit(batch: PageBatch): number {
		const {pfns, types, count} = batch;
		let pages = 0;
		for (let index = 0; index < count; index++) {
			const pfn = pfns[index] ?? 0;
			const type = types[index] ?? 0;
			this.#assertOfChannel(batch.offset, pfn);
			if (this.#ordinaryOnly && !ORDINARY.has(type)) throw refused(batch.offset, pfn, `its type ${type} is not one of this guest's`);
			if (!pageTypeIsPopulated(type)) continue;
			this.#addPopulated(batch.offset, pfn);
			pages += 1;
		}

		return pages;
	}

	/** The same for pages of zeros, which are ordinary ones; `offset`: of their record. */
	admitZeroPages({runs}: ZeroPages, offset: number): void {
		for (let index = 0; index < runs.length; index += 2) {
			const first = runs[index] ?? 0;
			const end = first + (runs[index + 1] ?? 0);
			for (let pfn = first; pfn < end; pfn++) {
				this.#assertOfChannel(offset, pfn);
				this.#addPopulated(offset, pfn);
			}
		}
	}

	#addPopulated(offset: number, pfn: number): void {
		const populated = this.#populated;
		if (populated === undefined || populated.has(pfn)) return;
		if (Atomics.add(this.#populatedCount, 0, 1) >= this.#populatedLimit) {
			// It is not the guest's on the next link either.
			Atomics.sub(this.#populatedCount, 0, 1);
			throw refused(offset, pfn, `the guest has no more than ${this.#populatedLimit} pages`);
		}

		populated.add(pfn);
	}

	#assertOfChannel(offset: number, pfn: number): void {
		if (isOfChannel(pfn, this.#channel)) return;
		throw refused(offset, pfn, `it goes over another data connection than ${this.#channel.index} of ${this.#channel.count}`);
	}
}

function refused(offset: number, pfn: number, why: string): LinkError {
	const message = `page 0x${pfn.toString(16)} of the record at byte ${offset} of the stream is refused: ${why}`;
	return new LinkError({code: 'ERR_STREAM', message});
}
