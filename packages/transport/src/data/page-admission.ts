import {type DataChannel, isOfChannel, PageType, pageTypeHasData, pageTypeIsPopulated, type PageBatch} from '@sterna/protocol';
import {LinkError} from './link-error.ts';
import {PageFlags} from './page-flags.ts';

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

	/** `populatedLimit`: most pages that the guest may have; `populatedCount`: those that it has, counted by all links of the migration. */
	constructor(options: {
		readonly pageLimit: number;
		readonly channel: DataChannel;
		readonly populatedLimit: number;
		readonly populatedCount: Int32Array<SharedArrayBuffer>;
		readonly ordinaryOnly: boolean;
	}) {
		this.#channel = options.channel;
		this.#populatedCount = options.populatedCount;
		this.#populated = options.pageLimit > options.populatedLimit ? new PageFlags(options.pageLimit) : undefined;
		this.#populatedLimit = options.populatedLimit;
		this.#ordinaryOnly = options.ordinaryOnly;
	}

	/** Throws LinkError ERR_STREAM for a page that the guest must not have. `onAllocated` is called for pages that come without content. */
	admit(batch: PageBatch, onAllocated: (pfn: number) => void): void {
		const {pfns, types, count} = batch;
		for (let index = 0; index < count; index++) {
			const pfn = pfns[index] ?? 0;
			const type = types[index] ?? 0;
			if (!isOfChannel(pfn, this.#channel)) {
				throw this.#refused(batch, pfn, `it goes over another data connection than ${this.#channel.index} of ${this.#channel.count}`);
			}

			if (this.#ordinaryOnly && !ORDINARY.has(type)) throw this.#refused(batch, pfn, `its type ${type} is not one of this guest's`);
			if (!pageTypeIsPopulated(type)) continue;
			if (this.#populated?.add(pfn) === true) {
				if (Atomics.add(this.#populatedCount, 0, 1) >= this.#populatedLimit) {
					throw this.#refused(batch, pfn, `the guest has no more than ${this.#populatedLimit} pages`);
				}
			}

			if (!pageTypeHasData(type)) onAllocated(pfn);
		}
	}

	#refused(batch: PageBatch, pfn: number, why: string): LinkError {
		const message = `page 0x${pfn.toString(16)} of the record at byte ${batch.offset} of the stream is refused: ${why}`;
		return new LinkError({code: 'ERR_STREAM', message});
	}
}
