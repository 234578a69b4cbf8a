import {closeSync, openSync} from 'node:fs';
import {ioctl} from './ioctl.ts';
import {addressOf, type Address} from './libc.ts';
import {checked} from './system-error.ts';

const PAGEMAP_SCAN = 0xc060_6610;
const PM_SCAN_WP_MATCHING = 1;
const PM_SCAN_CHECK_WPASYNC = 2;
const PAGE_IS_WRITTEN = 2;

/** struct pm_scan_arg as twelve u64: index of each field in 32-bit words. */
const ARGUMENT_BYTES = 96;
const Word = {
	size: 0,
	flags: 2,
	start: 4,
	end: 6,
	walkEnd: 8,
	vector: 10,
	vectorLength: 12,
	maxPages: 14,
	categoryInverted: 16,
	categoryMask: 18,
	categoryAnyOfMask: 20,
	returnMask: 22,
} as const;

/** struct page_region: start, end, categories. */
const REGION_WORDS = 6;
const REGION_BYTES = 24;
const TWO_TO_32 = 2 ** 32;
/** 192 KiB of regions: one call for the dirty set of most passes. */
const DEFAULT_REGIONS = 8192;

/** Opens /proc/`pid`/pagemap; 'self' for this process. Throws Node's error, EACCES without the right to trace it. */
export function openPagemap(pid: number | 'self'): number {
	return openSync(`/proc/${pid}/pagemap`, 'r');
}

/**
 * Reads and clears, in one step, which pages of a range of another process's memory were written (Linux 6.7). The range must be
 * registered for asynchronous write-protect tracking in that process; see `trackWrites`.
 * The first scan of a range reports every page and arms it. Buffers are allocated once.
 */
export class PagemapScanner implements Disposable {
	readonly #fd: number;
	readonly #argument = new Uint32Array(new ArrayBuffer(ARGUMENT_BYTES));
	readonly #regions: Uint32Array<ArrayBuffer>;
	readonly #argumentAddress: number;
	readonly #regionCapacity: number;
	#closed = false;

	/** `pagemap`: descriptor of the process's pagemap (`openPagemap`), whoever opened it. Owned from here: closed on disposal. */
	constructor(pagemap: number, regionCapacity: number = DEFAULT_REGIONS) {
		this.#fd = pagemap;
		this.#regionCapacity = regionCapacity;
		this.#regions = new Uint32Array(new ArrayBuffer(regionCapacity * REGION_BYTES));
		this.#argumentAddress = addressOf(this.#argument);
		this.#set(Word.size, ARGUMENT_BYTES);
		this.#set(Word.flags, PM_SCAN_WP_MATCHING | PM_SCAN_CHECK_WPASYNC);
		this.#set(Word.vector, addressOf(this.#regions));
		this.#set(Word.vectorLength, regionCapacity);
		this.#set(Word.categoryMask, PAGE_IS_WRITTEN);
		this.#set(Word.returnMask, PAGE_IS_WRITTEN);
	}

	/** Throws as `scan` does where the range is not registered for tracking; changes and reports nothing. */
	probe(start: Address, end: Address): void {
		this.#set(Word.flags, PM_SCAN_CHECK_WPASYNC);
		this.#set(Word.start, Number(start));
		this.#set(Word.end, Number(end));
		const result = ioctl(this.#fd, PAGEMAP_SCAN, this.#argumentAddress);
		this.#set(Word.flags, PM_SCAN_WP_MATCHING | PM_SCAN_CHECK_WPASYNC);
		checked('PAGEMAP_SCAN', result);
	}

	/**
	 * Calls `onRange` with the addresses (bytes, end exclusive, ascending) of each run of written pages and arms them again.
	 * Throws `SystemError`: EPERM when the range is not, or no longer, registered, so tracking is lost.
	 * A process that has ended has no pages any more: a scan then finds nothing, and it is the caller who must know.
	 */
	scan(start: Address, end: Address, onRange: (startAddress: number, endAddress: number) => void): void {
		const last = Number(end);
		let from = Number(start);
		this.#set(Word.end, last);
		while (from < last) {
			this.#set(Word.start, from);
			const found = checked('PAGEMAP_SCAN', ioctl(this.#fd, PAGEMAP_SCAN, this.#argumentAddress));
			for (let index = 0; index < found; index++) onRange(this.#region(index, 0), this.#region(index, 2));
			const walkEnd = this.#get(Word.walkEnd);
			// A walk that stands still, and is not stopped by a full vector, would loop for ever.
			if (walkEnd <= from && found < this.#regionCapacity) break;
			from = walkEnd;
		}
	}

	/** Idempotent. Tracking goes on in the other process. */
	[Symbol.dispose](): void {
		if (this.#closed) return;
		this.#closed = true;
		closeSync(this.#fd);
	}

	#region(index: number, word: number): number {
		const at = index * REGION_WORDS + word;
		return (this.#regions[at] ?? 0) + (this.#regions[at + 1] ?? 0) * TWO_TO_32;
	}

	#set(word: number, value: number): void {
		this.#argument[word] = value;
		this.#argument[word + 1] = value / TWO_TO_32;
	}

	#get(word: number): number {
		return (this.#argument[word] ?? 0) + (this.#argument[word + 1] ?? 0) * TWO_TO_32;
	}
}
