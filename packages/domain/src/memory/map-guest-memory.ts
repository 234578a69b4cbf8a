import {close, closeSync, fstatSync} from 'node:fs';
import {promisify} from 'node:util';
import {PAGE_SIZE_BYTES, type Pfn} from '@sterna/protocol';
import {Advice, adviseMemoryAsync, allocateFileAsync, mapShared, seekData, seekHole, unmapMemoryAsync} from '@sterna/system';
import {DomainError} from '../domain-error.ts';
import type {GuestMemory} from '../guest-memory.ts';
import type {PageRun} from '../page-bitmap.ts';

/** Pages per call of the thread pool, 8 MiB: a few milliseconds each, so that an abort waits for no more than that. */
const PIECE_PAGES = 2048;

export type MapGuestMemoryOptions = {
	/** Descriptor of the memfd or file, which has at least `pageLimit` pages. Owned from here: closed with the memory, or when mapping fails. */
	readonly fd: number;
	readonly pageLimit: number;
	/** Bytes that may be populated at most. */
	readonly memoryBytes: number;
	readonly writable: boolean;
};

/**
 * Maps a guest's memory file into this process. Throws ERR_DOMAIN_STATE for a file that is too short (touching the mapping beyond
 * its end would be a SIGBUS), `SystemError` where it cannot be mapped.
 */
export function mapGuestMemory(options: MapGuestMemoryOptions): GuestMemory {
	const length = options.pageLimit * PAGE_SIZE_BYTES;
	try {
		const {size} = fstatSync(options.fd);
		if (size < length) throw new DomainError('ERR_DOMAIN_STATE', `the guest's memory file has ${size} bytes instead of ${length}`);
		return new MappedGuestMemory(options, mapShared({fd: options.fd, length, writable: options.writable}));
	} catch (error) {
		closeSync(options.fd);
		throw error;
	}
}

const closeAsync = promisify(close);

class MappedGuestMemory implements GuestMemory {
	readonly address: bigint;
	readonly pageLimit: number;
	readonly fd: number;
	readonly memoryBytes: number;
	#mapped = true;
	/** Pieces in the thread pool: the mapping must outlive them. */
	readonly #underWay = new Set<Promise<void>>();

	constructor({fd, pageLimit, memoryBytes}: MapGuestMemoryOptions, address: bigint) {
		this.address = address;
		this.pageLimit = pageLimit;
		this.fd = fd;
		this.memoryBytes = memoryBytes;
	}

	*populatedRuns(): Generator<PageRun> {
		const end = this.pageLimit * PAGE_SIZE_BYTES;
		let at = 0;
		while (at < end) {
			const data = seekData(this.fd, at);
			if (data === undefined || data >= end) return;
			const hole = Math.min(seekHole(this.fd, data), end);
			const pfn = Math.floor(data / PAGE_SIZE_BYTES);
			yield {pfn, pageCount: Math.ceil(hole / PAGE_SIZE_BYTES) - pfn};
			at = hole;
		}
	}

	async populate(pfn: Pfn, pageCount: number): Promise<void> {
		await this.#inPieces(pfn, pageCount, async (offset, length) => {
			// The file first: running out is then an error of this call and not of the page fault behind the next.
			await allocateFileAsync(this.fd, offset, length);
			await adviseMemoryAsync(this.address + BigInt(offset), length, Advice.populateWrite);
		});
	}

	async populateForReading(pfn: Pfn, pageCount: number): Promise<void> {
		await this.#inPieces(pfn, pageCount, async (offset, length) => {
			await adviseMemoryAsync(this.address + BigInt(offset), length, Advice.populateRead);
		});
	}

	/**
	 * Unmaps on the thread pool, as soon as the pieces there are done: with the last descriptor the kernel frees the memory, which takes
	 * 0.2 s a GiB and would hold up everything else that the daemon does.
	 */
	[Symbol.dispose](): void {
		if (!this.#mapped) return;
		this.#mapped = false;
		void this.#release();
	}

	async #release(): Promise<void> {
		await Promise.allSettled(this.#underWay);
		await unmapMemoryAsync(this.address, this.pageLimit * PAGE_SIZE_BYTES);
		await closeAsync(this.fd);
	}

	async #inPieces(pfn: Pfn, pageCount: number, work: (offset: number, length: number) => Promise<void>): Promise<void> {
		if (pfn < 0 || pageCount < 0 || pfn + pageCount > this.pageLimit) {
			throw new RangeError(`pages ${pfn} to ${pfn + pageCount} of a memory of ${this.pageLimit}`);
		}

		for (let done = 0; done < pageCount; done += PIECE_PAGES) {
			if (!this.#mapped) throw new DomainError('ERR_DOMAIN_STATE', "the guest's memory is not mapped any more");
			const pages = Math.min(PIECE_PAGES, pageCount - done);
			const piece = work((pfn + done) * PAGE_SIZE_BYTES, pages * PAGE_SIZE_BYTES);
			this.#underWay.add(piece);
			try {
				await piece;
			} finally {
				this.#underWay.delete(piece);
			}
		}
	}
}
