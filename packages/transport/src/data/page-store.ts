import {PAGE_SIZE_BYTES, pageTypeHasData, type PageBatch, type ZeroPages} from '@sterna/protocol';
import {
	Advice,
	adviseMemory,
	allocateFile,
	clearMemory,
	closeDescriptor,
	copyMemory,
	createMemoryFile,
	isSystemError,
	mapShared,
	resizeFile,
	seekData,
	seekHole,
	SystemError,
	unmapMemory,
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
	readonly #fd: number;
	readonly #backed: PageFlags;

	/** `backed`: flags of the pages that have memory already, which others may have a part in; none where undefined. */
	constructor({address, pageLimit, fd}: MappedMemory, backed?: Uint32Array) {
		this.address = address;
		this.#fd = fd;
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
		if (this.#backed.hasRun(pfn, pageCount)) {
			clearMemory(this.addressOf(pfn), pageCount * PAGE_SIZE_BYTES);
			return;
		}

		const end = (pfn + pageCount) * PAGE_SIZE_BYTES;
		let at = pfn * PAGE_SIZE_BYTES;
		while (at < end) {
			const data = seekData(this.#fd, at);
			if (data === undefined || data >= end) return;
			at = Math.min(seekHole(this.#fd, data), end);
			clearMemory(this.address + data, at - data);
		}
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
			allocateFile(this.#fd, pfn * PAGE_SIZE_BYTES, pageCount * PAGE_SIZE_BYTES);
		} catch (fileError) {
			// Others say that this file does not take the call, sealed for one.
			if (isSystemError(fileError, 'ENOSPC') || isSystemError(fileError, 'ENOMEM')) ({errno} = fileError as SystemError);
		}

		return memoryError(`populating ${pageCount} pages of the guest from pfn ${pfn} on`, errno);
	}
}

/**
 * Staging for the pages of a checkpoint that is not whole yet: a memory file as large as the guest's pfn space, of which only the
 * pages take room that a checkpoint has named. It is guest memory, not the daemon's: reused from one checkpoint to the next.
 */
export class StagedPages implements Disposable {
	readonly store: PageStore;
	readonly #fd: number;
	readonly #byteLength: number;
	readonly #held: PageFlags;

	constructor(pageLimit: number) {
		this.#byteLength = pageLimit * PAGE_SIZE_BYTES;
		this.#fd = createMemoryFile('sterna-checkpoint');
		try {
			resizeFile(this.#fd, this.#byteLength);
			const address = Number(mapShared({fd: this.#fd, length: this.#byteLength, writable: true}));
			this.store = new PageStore({address, pageLimit, fd: this.#fd});
		} catch (error) {
			closeDescriptor(this.#fd);
			throw error;
		}

		this.#held = new PageFlags(pageLimit);
	}

	/** The contents of a batch are about to be received here. */
	hold({pfns, types, count}: PageBatch): void {
		for (let index = 0; index < count; index++) {
			if (pageTypeHasData(types[index] ?? 0)) this.#held.add(pfns[index] ?? 0);
		}
	}

	/** The same for pages of zeros. */
	holdZeroPages({runs}: ZeroPages): void {
		for (let index = 0; index < runs.length; index += 2) {
			const pfn = runs[index] ?? 0;
			const pageCount = runs[index + 1] ?? 0;
			this.store.clear(pfn, pageCount);
			this.#held.addRun(pfn, pageCount);
		}
	}

	/** Copies the held pages into the guest's memory and holds none any more. Throws LinkError. */
	applyTo(target: PageStore): void {
		this.#held.takeRuns((pfn, pageCount) => {
			target.back(pfn, pageCount);
			copyMemory(target.addressOf(pfn), this.store.addressOf(pfn), pageCount * PAGE_SIZE_BYTES);
		});
	}

	[Symbol.dispose](): void {
		unmapMemory(this.store.address, this.#byteLength);
		closeDescriptor(this.#fd);
	}
}
