import {PAGE_SIZE_BYTES, type Pfn} from '@sterna/protocol';
import {copyMemory, createMemoryFile, equalMemory, punchHole, resizeFile} from '@sterna/system';
import {DomainError} from '../domain-error.ts';
import type {GuestMemory} from '../guest-memory.ts';
import {mapGuestMemory} from '../memory/map-guest-memory.ts';
import {PageBitmap} from '../page-bitmap.ts';

/** Pages compared by one native call before looking closer, 1 MiB: fits the cache, and a call costs nothing beside it. */
const CHUNK_PAGES = 256;
/** Pages looked at before other work gets its turn, 16 MiB: about 2 ms. */
const SLICE_PAGES = 4096;

/**
 * A copy of a guest's memory in this process, sparse as the original: what `compare` tracks writes with, and what is then sent.
 * Sending from the copy is what makes comparing sound: a page that changed and changed back since the last comparison was never sent in between.
 */
export class ShadowMemory implements Disposable {
	/** The copy; valid as of the last `refresh`. */
	readonly memory: GuestMemory;
	readonly #original: GuestMemory;
	/** Pages that the copy has; all others are holes in it. */
	readonly #copied: PageBitmap;
	#disposed = false;

	constructor(original: GuestMemory) {
		const fd = createMemoryFile('sterna-shadow');
		resizeFile(fd, original.pageLimit * PAGE_SIZE_BYTES);
		this.memory = mapGuestMemory({fd, pageLimit: original.pageLimit, memoryBytes: original.memoryBytes, writable: true});
		this.#original = original;
		this.#copied = new PageBitmap(original.pageLimit);
	}

	/** Brings the copy up to date. Adds the pages that differed to `changed` and returns how many they were. Gives way to other work while at it. */
	async refresh(changed: PageBitmap): Promise<number> {
		let found = 0;
		let next: Pfn = 0;
		let sliceLeft = SLICE_PAGES;
		for (const {pfn, pageCount} of this.#original.populatedRuns()) {
			found += this.#forget(next, pfn, changed);
			next = pfn + pageCount;
			for (let at = pfn; at < next;) {
				const pages = Math.min(next - at, sliceLeft);
				found += this.#refreshRun(at, pages, changed);
				at += pages;
				sliceLeft -= pages;
				if (sliceLeft > 0) continue;
				sliceLeft = SLICE_PAGES;
				await new Promise<void>(resolve => {
					setImmediate(resolve);
				});
				// Both mappings may be gone by now.
				if (this.#disposed) throw new DomainError('ERR_DOMAIN_STATE', 'the domain was closed while its memory was compared');
			}
		}

		return found + this.#forget(next, this.#original.pageLimit, changed);
	}

	/** To be called before the original is unmapped: a refresh under way then fails instead of touching it. */
	[Symbol.dispose](): void {
		this.#disposed = true;
		this.memory[Symbol.dispose]();
	}

	/** Pages that the original has: compares those with a copy, copies the others. */
	#refreshRun(from: Pfn, pageCount: number, changed: PageBitmap): number {
		const end = from + pageCount;
		let found = 0;
		let at = from;
		while (at < end) {
			const known = this.#copied.nextRun(at, end - at);
			const knownFrom = Math.min(known?.pfn ?? end, end);
			if (knownFrom > at) {
				this.#copy(at, knownFrom - at);
				this.#copied.addRun(at, knownFrom - at);
				changed.addRun(at, knownFrom - at);
				found += knownFrom - at;
			}

			at = knownFrom;
			if (known === undefined || at >= end) continue;
			const knownEnd = Math.min(known.pfn + known.pageCount, end);
			for (; at < knownEnd; at += CHUNK_PAGES) found += this.#compare(at, Math.min(CHUNK_PAGES, knownEnd - at), changed);
			at = knownEnd;
		}

		return found;
	}

	#compare(from: Pfn, pageCount: number, changed: PageBitmap): number {
		const originalAddress = Number(this.#original.address);
		const copyAddress = Number(this.memory.address);
		if (equalMemory(originalAddress + from * PAGE_SIZE_BYTES, copyAddress + from * PAGE_SIZE_BYTES, pageCount * PAGE_SIZE_BYTES)) return 0;
		let found = 0;
		for (let pfn = from; pfn < from + pageCount; pfn++) {
			const offset = pfn * PAGE_SIZE_BYTES;
			if (equalMemory(originalAddress + offset, copyAddress + offset, PAGE_SIZE_BYTES)) continue;
			this.#copy(pfn, 1);
			changed.addRun(pfn, 1);
			found += 1;
		}

		return found;
	}

	#copy(pfn: Pfn, pageCount: number): void {
		const offset = pfn * PAGE_SIZE_BYTES;
		copyMemory(Number(this.memory.address) + offset, Number(this.#original.address) + offset, pageCount * PAGE_SIZE_BYTES);
	}

	/** Pages that the original has not (any more): holes in the copy too, and changed where they were none. */
	#forget(from: Pfn, to: Pfn, changed: PageBitmap): number {
		let found = 0;
		for (let run = this.#copied.nextRun(from, to - from); run && run.pfn < to; run = this.#copied.nextRun(run.pfn, to - run.pfn)) {
			const pageCount = Math.min(run.pageCount, to - run.pfn);
			punchHole(this.memory.fd, run.pfn * PAGE_SIZE_BYTES, pageCount * PAGE_SIZE_BYTES);
			this.#copied.removeRun(run.pfn, pageCount);
			changed.addRun(run.pfn, pageCount);
			found += pageCount;
		}

		return found;
	}
}
