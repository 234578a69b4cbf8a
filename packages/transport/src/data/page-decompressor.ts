import {MAX_COMPRESSED_PAGES, PAGE_SIZE_BYTES, PageCodec, type PageBatch} from '@sterna/protocol';
import {
	availableCodecs,
	type Codec,
	copyMemory,
	createDecompressor,
	createDeltaDecompressor,
	type Decompressor,
	type DeltaDecompressor,
} from '@sterna/system';
import {LinkError} from './link-error.ts';
import {createNativeBuffer, type NativeBuffer} from './native-buffer.ts';
import type {PageStore} from './page-store.ts';
import type {VectorWindow} from './vector-window.ts';

const CODECS = new Map<PageCodec, Codec>([
	[PageCodec.lz4, 'lz4'],
	[PageCodec.zstd, 'zstd'],
]);

/** Where the version of a page lies that a difference refers to. */
export type VersionOf = (pfn: number) => PageStore;

/** Takes the bytes of compressed pages, and makes pages of them in the guest's memory. Owns native memory: up to 3 MiB, and what the codecs need. */
export class PageDecompressor implements Disposable {
	/** What comes from the socket. */
	readonly #compressed: NativeBuffer = createNativeBuffer(MAX_COMPRESSED_PAGES * PAGE_SIZE_BYTES);
	/** Pages that do not lie together come apart here. */
	#pages: NativeBuffer | undefined;
	readonly #decompressors = new Map<PageCodec, Decompressor>();
	/** What the guest has of pages that come as differences. */
	#current: NativeBuffer | undefined;
	#deltaDecompressor: DeltaDecompressor | undefined;
	#filled = 0;

	/** Starts over with a record. */
	begin(): void {
		this.#filled = 0;
	}

	/** Adds an entry for the bytes of the record that are still to come. The decoder has seen to it that there is room. */
	fill(window: VectorWindow, {dataBytes}: PageBatch): void {
		window.add(this.#compressed.address + this.#filled, dataBytes - this.#filled);
	}

	/** So many of the bytes have come. */
	moved(byteCount: number): void {
		this.#filled += byteCount;
	}

	/** All have come: decompresses them into `store`. Throws LinkError ERR_STREAM, after which the pages may be anything; ERR_NOT_SUPPORTED; what `PageStore.back` throws. */
	apply(batch: PageBatch, store: PageStore, versionOf: VersionOf): void {
		const {count, pfns, dataBytes, offset} = batch;
		const byteLength = count * PAGE_SIZE_BYTES;
		const together = batch.codec !== PageCodec.delta && runLength(batch, 0) === count;
		if (together) store.back(pfns[0] ?? 0, count);
		const target = together ? store.addressOf(pfns[0] ?? 0) : this.#apart.address;
		const length =
			batch.codec === PageCodec.delta
				? this.#applyDelta(batch, versionOf)
				: this.#decompressor(batch).decompress(target, byteLength, this.#compressed.address, dataBytes);
		if (length !== byteLength) {
			const what = length === undefined ? 'cannot be decompressed' : `decompress to ${length} bytes`;
			const message = `the pages of the record at byte ${offset} of the stream ${what}, where ${byteLength} are expected`;
			throw new LinkError({code: 'ERR_STREAM', message});
		}

		if (!together) this.#scatter(batch, store);
	}

	[Symbol.dispose](): void {
		for (const decompressor of this.#decompressors.values()) decompressor[Symbol.dispose]();
		this.#decompressors.clear();
		this.#deltaDecompressor?.[Symbol.dispose]();
	}

	/** What the pages become goes beside them first: a difference refers to them. */
	#applyDelta(batch: PageBatch, versionOf: VersionOf): number | undefined {
		this.#assertLibrary(batch, 'zstd');
		this.#current ??= createNativeBuffer(MAX_COMPRESSED_PAGES * PAGE_SIZE_BYTES);
		this.#deltaDecompressor ??= createDeltaDecompressor();
		const byteLength = batch.count * PAGE_SIZE_BYTES;
		for (let index = 0; index < batch.count;) {
			const pfn = batch.pfns[index] ?? 0;
			const version = versionOf(pfn);
			const together = runLength(batch, index);
			let pages = 1;
			while (pages < together && versionOf(pfn + pages) === version) pages += 1;
			version.back(pfn, pages);
			copyMemory(this.#current.address + index * PAGE_SIZE_BYTES, version.addressOf(pfn), pages * PAGE_SIZE_BYTES);
			index += pages;
		}

		const {address} = this.#current;
		return this.#deltaDecompressor.decompress(
			this.#apart.address,
			byteLength,
			this.#compressed.address,
			batch.dataBytes,
			address,
			byteLength,
		);
	}

	#scatter(batch: PageBatch, store: PageStore): void {
		let index = 0;
		while (index < batch.count) {
			const pages = runLength(batch, index);
			const pfn = batch.pfns[index] ?? 0;
			store.back(pfn, pages);
			copyMemory(store.addressOf(pfn), this.#apart.address + index * PAGE_SIZE_BYTES, pages * PAGE_SIZE_BYTES);
			index += pages;
		}
	}

	get #apart(): NativeBuffer {
		this.#pages ??= createNativeBuffer(MAX_COMPRESSED_PAGES * PAGE_SIZE_BYTES);
		return this.#pages;
	}

	#decompressor(batch: PageBatch): Decompressor {
		const {codec} = batch;
		if (codec === undefined) throw new TypeError('pages that are not compressed');
		const known = this.#decompressors.get(codec);
		if (known !== undefined) return known;
		const name = CODECS.get(codec);
		if (name === undefined) throw new TypeError(`codec ${codec} has a way of its own`);
		this.#assertLibrary(batch, name);
		const decompressor = createDecompressor(name);
		this.#decompressors.set(codec, decompressor);
		return decompressor;
	}

	#assertLibrary({offset}: PageBatch, codec: Codec): void {
		if (availableCodecs().includes(codec)) return;
		const message = `the pages of the record at byte ${offset} of the stream are compressed with ${codec}, which this host has no library for`;
		throw new LinkError({code: 'ERR_NOT_SUPPORTED', message});
	}
}

/** How many pages from entry `index` on lie together. */
function runLength({pfns, count}: PageBatch, index: number): number {
	const first = pfns[index] ?? 0;
	let pages = 1;
	while (index + pages < count && pfns[index + pages] === first + pages) pages += 1;
	return pages;
}
