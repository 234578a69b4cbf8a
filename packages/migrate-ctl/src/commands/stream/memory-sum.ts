import {hash, createHash} from 'node:crypto';
import {PAGE_SIZE_BYTES, PageType, pageTypeHasData, type PageBatch, type ZeroPages} from '@sterna/protocol';
import type {PageVisitor} from './walk-stream.ts';

/** Type and sha256 of one page: all that is kept of it. */
const KEPT_BYTES = 33;
/** Pfn, then what is kept. */
const SUMMED_BYTES = 8 + KEPT_BYTES;
/** Pages whose sums share an array. Small, so that pages far apart do not cost much more than pages side by side. */
const PAGES_PER_CHUNK = 64;
/** In the place of a type: there is no such page. */
const ABSENT = 0xff;

const ZERO_PAGE = new Uint8Array(PAGE_SIZE_BYTES);
const ZERO_PAGE_DIGEST = hash('sha256', ZERO_PAGE, 'buffer');

/** A sum over a guest's memory: how many pages have data, and their digest. */
export type MemorySum = {readonly pages: number; readonly sha256: string};

/**
 * Sums up the memory that a stream has sent so far: sha256 over all pfns in rising order whose last entry carried data, of the pfn
 * (8 bytes, little-endian), the page type (1 byte) and the page's own sha256. Keeps 33 bytes a page. Between two Sternas a page of zeros
 * that was never sent before goes without data, and so is not in the sum.
 */
export class MemorySummer implements PageVisitor {
	readonly #chunks = new Map<number, Uint8Array>();
	#pages = 0;

	/** To be called with each batch before its pages: a page whose new entry carries no data is gone. */
	onBatch({count, pfns, types}: PageBatch): void {
		for (let index = 0; index < count; index++) {
			if (!pageTypeHasData(types[index] ?? 0)) this.#remove(pfns[index] ?? 0);
		}
	}

	wantsPage(): boolean {
		return true;
	}

	onPage(page: Uint8Array, pfn: number, type: number): void {
		this.#keep(pfn, type, Buffer.compare(page, ZERO_PAGE) === 0 ? ZERO_PAGE_DIGEST : hash('sha256', page, 'buffer'));
	}

	/** Pages that were named as zeros only. */
	onZeroPages({runs}: ZeroPages): void {
		for (let index = 0; index < runs.length; index += 2) {
			const first = runs[index] ?? 0;
			const end = first + (runs[index + 1] ?? 0);
			for (let pfn = first; pfn < end; pfn++) this.#keep(pfn, PageType.notab, ZERO_PAGE_DIGEST);
		}
	}

	#keep(pfn: number, type: number, digest: Uint8Array): void {
		const chunk = this.#chunkOf(pfn);
		const at = (pfn % PAGES_PER_CHUNK) * KEPT_BYTES;
		if (chunk[at] === ABSENT) this.#pages += 1;
		chunk[at] = type;
		chunk.set(digest, at + 1);
	}

	sum(): MemorySum {
		const total = createHash('sha256');
		const piece = Buffer.alloc(SUMMED_BYTES * PAGES_PER_CHUNK);
		for (const number of [...this.#chunks.keys()].toSorted((a, b) => a - b)) {
			const chunk = this.#chunkOf(number * PAGES_PER_CHUNK);
			let filled = 0;
			for (let index = 0; index < PAGES_PER_CHUNK; index++) {
				const at = index * KEPT_BYTES;
				if (chunk[at] === ABSENT) continue;
				piece.writeBigUInt64LE(BigInt(number * PAGES_PER_CHUNK + index), filled);
				piece.set(chunk.subarray(at, at + KEPT_BYTES), filled + 8);
				filled += SUMMED_BYTES;
			}

			total.update(piece.subarray(0, filled));
		}

		return {pages: this.#pages, sha256: total.digest('hex')};
	}

	#chunkOf(pfn: number): Uint8Array {
		const number = Math.floor(pfn / PAGES_PER_CHUNK);
		const found = this.#chunks.get(number);
		if (found !== undefined) return found;
		const made = new Uint8Array(KEPT_BYTES * PAGES_PER_CHUNK);
		for (let at = 0; at < made.length; at += KEPT_BYTES) made[at] = ABSENT;
		this.#chunks.set(number, made);
		return made;
	}

	#remove(pfn: number): void {
		const chunk = this.#chunks.get(Math.floor(pfn / PAGES_PER_CHUNK));
		const at = (pfn % PAGES_PER_CHUNK) * KEPT_BYTES;
		if (chunk === undefined || chunk[at] === ABSENT) return;
		chunk[at] = ABSENT;
		this.#pages -= 1;
	}
}
