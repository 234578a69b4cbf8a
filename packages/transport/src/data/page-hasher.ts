import {HASH_GROUP_PAGES, PAGE_SIZE_BYTES} from '@sterna/protocol';
import {equalMemory, xxh3} from '@sterna/system';
import type {MappedMemory} from './messages.ts';
import {createNativeBuffer} from './native-buffer.ts';
import {PageGlance} from './page-glance.ts';
import type {SharedPageHashes} from './page-hashes.ts';

/** One run or several, as pairs of pfn and page count. */
export type Runs = ArrayLike<number>;

/** Hashes pages of a guest in this thread, and keeps the table: some 0.3 µs a page, and one bigint that is garbage at once. */
export class PageHasher {
	readonly #address: number;
	readonly #hashes: SharedPageHashes;
	readonly #hash = xxh3();
	readonly #zeros = createNativeBuffer(PAGE_SIZE_BYTES);
	/** At the memory. */
	readonly #glance: PageGlance;
	readonly #result = new BigUint64Array(1);
	readonly #words = new Uint32Array(this.#result.buffer);
	#changeLow = 0;
	#changeHigh = 0;

	/** The memory outlives the hasher. */
	constructor({address, pageLimit}: MappedMemory, hashes: SharedPageHashes) {
		if (pageLimit !== hashes.pageLimit) throw new RangeError(`a table of ${hashes.pageLimit} page hashes for ${pageLimit} pages`);
		this.#address = address;
		this.#hashes = hashes;
		this.#glance = new PageGlance(address, pageLimit);
	}

	/** By what the fold of all pages in the table has changed, by exclusive or, since the hasher was made. */
	get foldChange(): bigint {
		return (BigInt(this.#changeHigh >>> 0) << 32n) | BigInt(this.#changeLow >>> 0);
	}

	/** Enters pages as they are in the memory now. */
	enter(pfn: number, pageCount: number): void {
		for (let page = pfn; page < pfn + pageCount; page++) {
			this.#read(page);
			this.#set(page, this.#words[0] ?? 0, this.#words[1] ?? 0);
		}
	}

	/** Enters pages whose contents lie elsewhere, one behind another from `address` on in the order of their runs. */
	enterCopies(runs: Runs, address: number): void {
		let at = address;
		for (let index = 0; index < runs.length; index += 2) {
			const pageCount = runs[index + 1] ?? 0;
			this.enterAt(runs[index] ?? 0, pageCount, at);
			at += pageCount * PAGE_SIZE_BYTES;
		}
	}

	/** The same for one run. `glance`: at memory that has the copies; saves a call for each page. */
	enterAt(pfn: number, pageCount: number, address: number, glance?: PageGlance): void {
		let at = address;
		for (let page = pfn; page < pfn + pageCount; page++) {
			this.#readAt(at, page, glance);
			this.#set(page, this.#words[0] ?? 0, this.#words[1] ?? 0);
			at += PAGE_SIZE_BYTES;
		}
	}

	/** Enters pages as pages of zeros, which nobody needs to look at. */
	enterZeros(pfn: number, pageCount: number): void {
		for (let page = pfn; page < pfn + pageCount; page++) this.#set(page, 0, 0);
	}

	/** Whether a page in the memory is another one than the table has. */
	differs(pfn: number): boolean {
		this.#read(pfn);
		return !this.#isEntered(pfn);
	}

	/** Whether the table has a page as anything but zeros: of one that is known to be of zeros without a look. */
	differsFromZeros(pfn: number): boolean {
		this.#result[0] = 0n;
		return !this.#isEntered(pfn);
	}

	/** The hash of a page of the memory, into the result. */
	#read(pfn: number): void {
		this.#readAt(this.#address + pfn * PAGE_SIZE_BYTES, pfn, this.#glance);
	}

	/** The hash of a page whose content lies somewhere, into the result. */
	#readAt(address: number, pfn: number, glance: PageGlance | undefined): void {
		if (glance?.mayBeZeros(address) !== false && equalMemory(address, this.#zeros.address, PAGE_SIZE_BYTES)) {
			this.#result[0] = 0n;
			return;
		}

		const hash = this.#hash(address, PAGE_SIZE_BYTES, this.#hashes.key + pfn);
		this.#result[0] = typeof hash === 'bigint' ? hash : BigInt(hash);
	}

	#isEntered(pfn: number): boolean {
		const {entries} = this.#hashes;
		return entries[pfn * 2] === this.#words[0] && entries[pfn * 2 + 1] === this.#words[1];
	}

	#set(pfn: number, low: number, high: number): void {
		const {entries, groups} = this.#hashes;
		const entry = pfn * 2;
		const group = Math.floor(pfn / HASH_GROUP_PAGES) * 2;
		const lowChange = (entries[entry] ?? 0) ^ low;
		const highChange = (entries[entry + 1] ?? 0) ^ high;
		groups[group] = (groups[group] ?? 0) ^ lowChange;
		groups[group + 1] = (groups[group + 1] ?? 0) ^ highChange;
		this.#changeLow ^= lowChange;
		this.#changeHigh ^= highChange;
		entries[entry] = low;
		entries[entry + 1] = high;
	}
}
