import {allocateFixed, libc} from './libc.ts';
import {mapAnonymous} from './mapping.ts';
import {equalMemory} from './memory-operations.ts';

const PAGE_BYTES = 4096;
/** Zeros to compare with at once: 4 MiB, a whole batch. */
const ZEROS_PAGES = 1024;
/** The key of a search, and the count that `lfind` reads from memory. */
const ARGUMENT_BYTES = 128;
const COUNT_INDEX = 8;

const lfindCall = libc.func('uintptr_t lfind(uintptr_t key, uintptr_t base, uintptr_t count, size_t elementBytes, uintptr_t compare)');
const dlsymCall = libc.func('uintptr_t dlsym(uintptr_t handle, const char *name)');

let zeros: number | undefined;

/** One mapping for all of a thread's finders, for its life. Never written: the kernel shows the same page of zeros everywhere, and no memory is taken. */
function zerosOfThread(): number {
	zeros ??= Number(mapAnonymous(ZEROS_PAGES * PAGE_BYTES));
	return zeros;
}

/** Finds pages that hold zeros only, at the speed of memory: the search runs in the C library, not page by page here. */
export class ZeroPageFinder {
	readonly #zeros = zerosOfThread();
	/** wcscmp finds an element equal to a key of zeros when its first four bytes are zeros: a candidate. */
	readonly #compare: number | bigint = dlsymCall(0, 'wcscmp');
	/** The key of zeros, and behind it the count that `lfind` reads. */
	readonly #arguments = allocateFixed(ARGUMENT_BYTES);
	readonly #words = new BigUint64Array(this.#arguments.bytes.buffer);
	#calls = 0;

	/** Calls into the C library since the last `find`, of some 0.1 µs each without what they read. */
	get calls(): number {
		return this.#calls;
	}

	/**
	 * Calls back for every run of pages of zeros among `pageCount` pages from `address` on, ascending, in page numbers counted from there.
	 * Memory that another process writes meanwhile may be seen either way. A wrong address is a SIGSEGV, not an error.
	 */
	find(address: number, pageCount: number, visit: (firstPage: number, pageCount: number) => void): void {
		this.#calls = 0;
		let page = 0;
		while (page < pageCount) {
			// A page alone is compared at once: that is one call, as a search would be.
			const candidate = pageCount - page === 1 ? page : this.#candidate(address, page, pageCount);
			if (candidate === undefined) return;
			const found = this.#extent(address, candidate, pageCount);
			if (found > 0) visit(candidate, found);
			page = candidate + Math.max(1, found);
		}
	}

	/** The first page at or behind `from` that begins with zeros. */
	#candidate(address: number, from: number, end: number): number | undefined {
		const base = address + from * PAGE_BYTES;
		this.#words[COUNT_INDEX] = BigInt(end - from);
		this.#calls += 1;
		const found: number | bigint = lfindCall(
			this.#arguments.address,
			base,
			this.#arguments.address + COUNT_INDEX * 8,
			PAGE_BYTES,
			this.#compare,
		);
		const at = Number(found);
		return at === 0 ? undefined : from + (at - base) / PAGE_BYTES;
	}

	/** How many pages from `from` on are zeros: each comparison that holds is followed by one of twice the length. */
	#extent(address: number, from: number, end: number): number {
		let known = from;
		let step = 1;
		let growing = true;
		while (step > 0 && known < end) {
			const pages = Math.min(step, end - known, ZEROS_PAGES);
			this.#calls += 1;
			if (equalMemory(address + known * PAGE_BYTES, this.#zeros, pages * PAGE_BYTES)) {
				known += pages;
				step = growing ? step * 2 : Math.floor(step / 2);
			} else {
				growing = false;
				step = Math.floor(pages / 2);
			}
		}

		return known - from;
	}
}
