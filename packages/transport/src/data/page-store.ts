import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {
	Advice,
	adviseMemory,
	allocateFile,
	clearMemory,
	copyMemory,
	isSystemError,
	punchHole,
	seekData,
	seekHole,
	SystemError,
} from '@sterna/system';
import {memoryError} from './link-error.ts';
import type {MappedMemory} from './messages.ts';
import {PageFlags} from './page-flags.ts';

/**
 * Mapped memory that pages are received into. A page that nothing is behind yet is populated before bytes are moved there:
 * where memory has run out, that is an error of a call and not a signal.
 */
export class PageStore {
	readonly address: number;
	readonly pageLimit: number;
	readonly #fd: number;
	readonly #fileOffset: number;
	readonly #backed: PageFlags;

	/**
	 * `backed`: flags of the pages that have memory already, which others may have a part in; none where undefined. `fileOffset`: of the first page in its
	 * file, in bytes.
	 */
	constructor({address, pageLimit, fd}: MappedMemory, backed?: Uint32Array, fileOffset = 0) {
		this.address = address;
		this.pageLimit = pageLimit;
		this.#fd = fd;
		this.#fileOffset = fileOffset;
		this.#backed = new PageFlags(pageLimit, backed);
	}

	/** Whether a page has memory and page tables, so that it can be looked at. */
	isBacked(pfn: number): boolean {
		return this.#backed.has(pfn);
	}

	addressOf(pfn: number): number {
		return this.address + pfn * PAGE_SIZE_BYTES;
	}

	/** Makes the pages of a run zeros. Holes stay holes: they read as zeros already. */
	clear(pfn: number, pageCount: number): void {
		this.eachData(pfn, pageCount, (first, count) => clearMemory(this.addressOf(first), count * PAGE_SIZE_BYTES));
	}

	/** Copies a run to the same place in another memory. What is a hole here becomes zeros there, or stays a hole. Throws as `back`. */
	copyTo(target: PageStore, pfn: number, pageCount: number): void {
		let done = pfn;
		this.eachData(pfn, pageCount, (first, count) => {
			if (first > done) target.clear(done, first - done);
			target.back(first, count);
			copyMemory(target.addressOf(first), this.addressOf(first), count * PAGE_SIZE_BYTES);
			done = first + count;
		});
		if (done < pfn + pageCount) target.clear(done, pfn + pageCount - done);
	}

	/** Gives the memory of all pages back: they are holes from here on. */
	discard(): void {
		punchHole(this.#fd, this.#fileOffset, this.pageLimit * PAGE_SIZE_BYTES);
		this.#backed.clear();
	}

	/** Calls back for the parts of a run that are no holes, ascending: a hole must not be touched, as that fills it. */
	eachData(pfn: number, pageCount: number, visit: (pfn: number, pageCount: number) => void): void {
		if (this.#backed.hasRun(pfn, pageCount)) {
			visit(pfn, pageCount);
			return;
		}

		const end = pfn + pageCount;
		let at = pfn;
		while (at < end) {
			const data = seekData(this.#fd, this.#offsetOf(at));
			const first = data === undefined ? end : this.#pfnAt(data);
			if (first >= end) return;
			at = Math.min(this.#pfnAt(seekHole(this.#fd, this.#offsetOf(first))), end);
			visit(first, at - first);
		}
	}

	#offsetOf(pfn: number): number {
		return this.#fileOffset + pfn * PAGE_SIZE_BYTES;
	}

	/** Of an offset in the file, which holes begin and end at as at a page. */
	#pfnAt(offset: number): number {
		return Math.floor((offset - this.#fileOffset) / PAGE_SIZE_BYTES);
	}

	/** Sees to it that a run has pages and page tables: at most one system call. Throws LinkError ERR_MEMORY_INSUFFICIENT. */
	back(pfn: number, pageCount: number): void {
		if (this.#backed.hasRun(pfn, pageCount)) return;
		try {
			adviseMemory(this.addressOf(pfn), pageCount * PAGE_SIZE_BYTES, Advice.populateWrite);
		} catch (error) {
			throw this.#populateError(pfn, pageCount, error);
		}

		this.#backed.addRun(pfn, pageCount);
	}

	/** Where populating fails, EFAULT is all that madvise says: the file behind knows whether it is full. */
	#populateError(pfn: number, pageCount: number, error: unknown): unknown {
		if (!(error instanceof SystemError)) return error;
		let {errno} = error;
		try {
			allocateFile(this.#fd, this.#offsetOf(pfn), pageCount * PAGE_SIZE_BYTES);
		} catch (fileError) {
			// Others say that this file does not take the call, sealed for one.
			if (isSystemError(fileError, 'ENOSPC') || isSystemError(fileError, 'ENOMEM')) ({errno} = fileError as SystemError);
		}

		return memoryError(`populating ${pageCount} pages of the guest from pfn ${pfn} on`, errno);
	}
}
