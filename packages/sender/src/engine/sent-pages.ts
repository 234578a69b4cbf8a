import {PageBitmap} from '@sterna/domain';
import type {ZeroPageMode} from '@sterna/transport';
import type {Batch} from './batcher.ts';

/**
 * Which pages were sent in a migration, and so how pages of zeros are sent from here on: what was never sent is a hole in a target that
 * began empty, and is only named; what was sent must be cleared there. One bit a page: 32 KiB per GiB of guest.
 */
export class SentPages {
	readonly #sent: PageBitmap;

	constructor(pageLimit: number) {
		this.#sent = new PageBitmap(pageLimit);
	}

	/** Pages that were sent. */
	get pages(): PageBitmap {
		return this.#sent;
	}

	/** How zeros in this batch are to be sent; its pages count as sent from here on. */
	take({runs}: Batch): ZeroPageMode {
		let mode: ZeroPageMode = 'allocate';
		for (let index = 0; index < runs.length; index += 2) {
			const pfn = runs[index] ?? 0;
			const pageCount = runs[index + 1] ?? 0;
			if (mode === 'allocate' && this.#sent.hasAny(pfn, pageCount)) mode = 'record';
			this.#sent.addRun(pfn, pageCount);
		}

		return mode;
	}
}
