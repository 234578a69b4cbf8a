import {MAX_COMPRESSED_PAGES, PAGE_SIZE_BYTES} from '@sterna/protocol';
import {copyMemory, createDeltaCompressor, type DeltaCompressor} from '@sterna/system';
import type {GatheredPages} from './batch-compressor.ts';
import {DeltaPacer} from './delta-pacer.ts';
import {createNativeBuffer, type NativeBuffer} from './native-buffer.ts';
import {VersionCache} from './version-cache.ts';

/** A difference that is not this much smaller than its pages is not sent as one. */
const WORTHWHILE_SHARE = 0.9;

/** Two lists of runs. */
export type SplitRuns = {readonly known: Uint32Array; readonly others: Uint32Array};

/**
 * Pages as differences to what was last sent of them. It must hear of every page that goes out any other way: the target then has
 * another version. Owns the cache, 1 MiB, and what zstd needs.
 */
export class DeltaSender implements Disposable {
	readonly #cache: VersionCache;
	readonly #pacer = new DeltaPacer();
	readonly #prefix: NativeBuffer = createNativeBuffer(MAX_COMPRESSED_PAGES * PAGE_SIZE_BYTES);
	readonly #compressor: DeltaCompressor = createDeltaCompressor();

	constructor(cacheBytes: number) {
		this.#cache = new VersionCache(cacheBytes);
	}

	/** Whether pages that are sent again are kept. Where they are not, `passed` must be told of them. */
	get active(): boolean {
		return this.#pacer.active;
	}

	/** Which pages are known, and which are not. */
	split(runs: Uint32Array): SplitRuns {
		const known: number[] = [];
		const others: number[] = [];
		eachPage(runs, pfn => add(this.#cache.find(pfn) === undefined ? others : known, pfn));
		return {known: Uint32Array.from(known), others: Uint32Array.from(others)};
	}

	/**
	 * The difference of known pages, gathered in the order of their runs, written to `target`, which has room for as many bytes. Returns its
	 * length; undefined where it is not worth it, and the pages must go in full. Either way they are kept as they are now.
	 */
	compress(runs: Uint32Array, {address, byteLength}: GatheredPages, target: number): number | undefined {
		let at = this.#prefix.address;
		eachPage(runs, pfn => {
			const version = this.#cache.find(pfn);
			if (version === undefined) throw new TypeError(`page ${pfn} is not known`);
			copyMemory(at, version, PAGE_SIZE_BYTES);
			at += PAGE_SIZE_BYTES;
		});
		const capacity = Math.floor(byteLength * WORTHWHILE_SHARE);
		const length = this.#compressor.compress(target, capacity, address, byteLength, this.#prefix.address, byteLength);
		this.#pacer.sent(byteLength, length ?? byteLength);
		if (this.#pacer.active) this.keep(runs, address);
		else this.#cache.clear();
		return length;
	}

	/** Pages went as they lie together at `address`. */
	keep(runs: Uint32Array, address: number): void {
		let at = address;
		eachPage(runs, pfn => {
			this.#cache.keep(pfn, at);
			at += PAGE_SIZE_BYTES;
		});
	}

	/** Pages went in versions that nobody has. */
	forget(runs: Uint32Array): void {
		eachPage(runs, pfn => this.#cache.forget(pfn));
	}

	/** Pages went while nothing is kept. */
	passed(rawBytes: number): void {
		this.#pacer.rested(rawBytes);
	}

	[Symbol.dispose](): void {
		this.#cache[Symbol.dispose]();
		this.#compressor[Symbol.dispose]();
	}
}

function eachPage(runs: Uint32Array, visit: (pfn: number) => void): void {
	for (let index = 0; index < runs.length; index += 2) {
		const first = runs[index] ?? 0;
		const end = first + (runs[index + 1] ?? 0);
		for (let pfn = first; pfn < end; pfn++) visit(pfn);
	}
}

/** Adds a page to a list of runs, to its last run where it follows that. */
function add(runs: number[], pfn: number): void {
	const last = runs.length - 2;
	if (last >= 0 && (runs[last] ?? 0) + (runs[last + 1] ?? 0) === pfn) runs[last + 1] = (runs[last + 1] ?? 0) + 1;
	else runs.push(pfn, 1);
}
