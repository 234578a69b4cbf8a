import {
	MAX_BATCH_PAGES,
	MAX_COMPRESSED_PAGES,
	PAGE_SIZE_BYTES,
	PageType,
	pageDataHeadBytes,
	paddingOf,
	pageTypeHasData,
	writeCompressedPagesHead,
	writePageDataHead,
	writeTypedRunsHead,
	writeZeroPages,
	zeroPagesBytes,
} from '@sterna/protocol';
import {copyMemory} from '@sterna/system';
import type {CompressionOptions, ZeroPageMode} from '../data-link.ts';
import {BatchCompressor, pageCodecOf} from './batch-compressor.ts';
import type {MappedMemory} from './messages.ts';
import {createNativeBuffer, type NativeBuffer} from './native-buffer.ts';
import {PageClassifier, type ClassifiedBatch} from './page-classifier.ts';
import {RunCutter} from './run-cutter.ts';
import type {VectorWindow} from './vector-window.ts';

/** The head of the largest batch: record header, count and 1024 entries; or as many runs of ZERO_PAGES. */
const HEAD_BYTES = Math.max(8 + 8 + MAX_BATCH_PAGES * 8, zeroPagesBytes(MAX_BATCH_PAGES));
/** Byte items go out through a buffer of this size: heads and device state, small beside the pages. */
const STAGE_BYTES = 64 * 1024;

/** With compression: a compressed piece with its head and padding. */
const COMPRESSED_STAGE_BYTES = pageDataHeadBytes(MAX_COMPRESSED_PAGES) + MAX_COMPRESSED_PAGES * PAGE_SIZE_BYTES + 8;

/** One record of a batch, or pages that become several. */
type Part =
	/** `run`, `page`: the next page to gather; run −1 stands for the head. `runTypes`: of each run, instead of each page. */
	| {readonly kind: 'page-data'; readonly runs: Uint32Array; readonly runTypes: Uint8Array | undefined; run: number; page: number}
	| {readonly kind: 'zero-pages'; readonly runs: Uint32Array}
	| {readonly kind: 'compressible'; readonly pieces: RunCutter};

type Item =
	| {readonly kind: 'bytes'; readonly bytes: Uint8Array; sentBytes: number}
	/** `parts`: undefined until its turn comes, then what is left of it. */
	| {readonly kind: 'pages'; readonly runs: Uint32Array; readonly zeroPages: ZeroPageMode; parts: Part[] | undefined};

export type SendQueueOptions = {
	readonly memory: MappedMemory;
	readonly pageTypes: Uint8Array | undefined;
	/** Every fill is one stretch of memory. */
	readonly contiguous: boolean;
	readonly compression: CompressionOptions | undefined;
};

/**
 * What waits to go out of one link, and where its bytes are: page bytes are named where they lie in the guest's memory, all else
 * passes through one reused buffer. With `contiguous` (for a tee) pages are copied as well, so that two writers get the same bytes.
 */
export class SendQueue implements Disposable {
	readonly #memory: MappedMemory;
	readonly #pageTypes: Uint8Array | undefined;
	readonly #stage: NativeBuffer;
	readonly #contiguous: boolean;
	readonly #items: Item[] = [];
	readonly #compressor: BatchCompressor | undefined;
	#classifier: PageClassifier | undefined;
	#zeroPages = 0;
	#savedBytes = 0;
	#isHeavy = false;

	constructor({memory, pageTypes, contiguous, compression}: SendQueueOptions) {
		this.#memory = memory;
		this.#pageTypes = pageTypes;
		this.#contiguous = contiguous;
		this.#compressor = compression === undefined ? undefined : new BatchCompressor(memory, compression);
		const stageBytes = compression === undefined ? STAGE_BYTES : COMPRESSED_STAGE_BYTES;
		this.#stage = createNativeBuffer(contiguous ? HEAD_BYTES + MAX_BATCH_PAGES * PAGE_SIZE_BYTES : stageBytes);
	}

	get isEmpty(): boolean {
		return this.#items.length === 0;
	}

	/** Pages that went without their content so far, being zeros. */
	get zeroPages(): number {
		return this.#zeroPages;
	}

	/** Bytes that compression kept off the wire so far. */
	get savedBytes(): number {
		return this.#savedBytes;
	}

	/** What compression goes by; undefined while it is not known. */
	set linkBytesPerSecond(value: number | undefined) {
		if (this.#compressor !== undefined) this.#compressor.policy.linkBytesPerSecond = value;
	}

	/** `bytes` is kept until it is sent. */
	pushBytes(bytes: Uint8Array): void {
		this.#items.push({kind: 'bytes', bytes, sentBytes: 0});
	}

	/** `runs`: pairs of pfn and page count inside of the memory, 1024 pages at most; kept until they are sent. */
	pushPages(runs: Uint32Array, zeroPages: ZeroPageMode): void {
		this.#items.push({kind: 'pages', runs, zeroPages, parts: undefined});
	}

	/**
	 * Fills an empty window with the next bytes of the first item, as many as it takes. The memory behind it is the queue's:
	 * fill again only when all of it was written. `endsItem`: the item ends with these bytes (there are none of an empty item).
	 * `isHeavy`: pages were compressed for it, which took as long as writing some MiB.
	 */
	fill(window: VectorWindow): {readonly endsItem: boolean; readonly isHeavy: boolean} {
		const item = this.#items[0];
		if (item === undefined) throw new TypeError('filled from an empty queue');
		window.clear();
		this.#isHeavy = false;
		const endsItem = item.kind === 'bytes' ? this.#fillBytes(item, window) : this.#fillPages(item, window);
		if (endsItem) this.#items.shift();
		return {endsItem, isHeavy: this.#isHeavy};
	}

	/** Frees what compression needs. */
	[Symbol.dispose](): void {
		this.#compressor?.[Symbol.dispose]();
	}

	#fillBytes(item: Extract<Item, {kind: 'bytes'}>, window: VectorWindow): boolean {
		const part = item.bytes.subarray(item.sentBytes, item.sentBytes + this.#stage.bytes.length);
		this.#stage.bytes.set(part);
		window.add(this.#stage.address, part.length);
		item.sentBytes += part.length;
		return item.sentBytes === item.bytes.length;
	}

	#fillPages(item: Extract<Item, {kind: 'pages'}>, window: VectorWindow): boolean {
		item.parts ??= this.#planBatch(item.runs, item.zeroPages);
		const {parts} = item;
		if (parts[0]?.kind === 'compressible') parts.splice(0, 1, ...this.#unlessCompressed(parts[0].pieces, window));
		const part = parts[0];
		if (part === undefined || window.byteCount > 0) return parts.length === 0;
		if (part.kind === 'compressible') throw new TypeError('pages that are neither compressed nor sent');
		const endsPart = part.kind === 'zero-pages' ? this.#fillZeroPages(part, window) : this.#fillPageData(part, window);
		if (endsPart) parts.shift();
		return parts.length === 0;
	}

	/** The records of a batch. A page that changes from here on is dirty, and so is sent again. */
	#planBatch(runs: Uint32Array, zeroPages: ZeroPageMode): Part[] {
		if (zeroPages === 'in-full') return [this.#dataPart(runs)];
		this.#classifier ??= new PageClassifier(this.#memory, this.#pageTypes);
		const batch = this.#classifier.classify(runs);
		if (batch === undefined) return [this.#dataPart(runs)];
		this.#zeroPages += batch.zeroPages;
		// An entry of the list names one type for a pfn: where the guest has types of its own, a record of its own says "zeros".
		const allocates = zeroPages === 'allocate' && this.#pageTypes === undefined;
		if (allocates && this.#compressor === undefined) return [pageDataPart(batch.runs, batch.runTypes)];
		const zeroRuns = runsOf(batch, PageType.xalloc);
		const zeroPart: Part = allocates
			? pageDataPart(zeroRuns, new Uint8Array(zeroRuns.length / 2).fill(PageType.xalloc))
			: {kind: 'zero-pages', runs: zeroRuns};
		return batch.zeroPages < batch.pages ? [zeroPart, this.#dataPart(runsOf(batch, PageType.notab))] : [zeroPart];
	}

	/** Pages with content: only ordinary ones can be compressed. */
	#dataPart(runs: Uint32Array): Part {
		if (this.#compressor === undefined || !this.#areOrdinary(runs)) return pageDataPart(runs, undefined);
		return {kind: 'compressible', pieces: new RunCutter(runs)};
	}

	#areOrdinary(runs: Uint32Array): boolean {
		const types = this.#pageTypes;
		if (types === undefined) return true;
		for (let index = 0; index < runs.length; index += 2) {
			const pfn = runs[index] ?? 0;
			if (types.subarray(pfn, pfn + (runs[index + 1] ?? 0)).some(type => type !== PageType.notab)) return false;
		}

		return true;
	}

	/** Compresses one piece into the window, or finds that the rest goes as it is. Returns what is left of the part then. */
	#unlessCompressed(pieces: RunCutter, window: VectorWindow): Part[] {
		const compressor = this.#compressor;
		if (compressor === undefined) throw new TypeError('pages to compress without a compressor');
		const order = compressor.policy.next();
		if (order === undefined) {
			compressor.policy.passed(pieces.pagesLeft * PAGE_SIZE_BYTES);
			return [pageDataPart(pieces.take(MAX_BATCH_PAGES), undefined)];
		}

		this.#isHeavy = true;
		const runs = pieces.take(order.maxPages);
		const pages = compressor.gather(runs);
		const headBytes = pageDataHeadBytes(pages.byteLength / PAGE_SIZE_BYTES);
		const length = compressor.compress(pages, order, this.#stage.address + headBytes);
		if (length === undefined) {
			writePageDataHead(this.#stage.bytes, runs, undefined);
			copyMemory(this.#stage.address + headBytes, pages.address, pages.byteLength);
			window.add(this.#stage.address, headBytes + pages.byteLength);
		} else {
			writeCompressedPagesHead(this.#stage.bytes, runs, pageCodecOf(order.codec), length);
			const end = headBytes + length;
			const padding = paddingOf(end);
			this.#stage.bytes.fill(0, end, end + padding);
			window.add(this.#stage.address, end + padding);
			this.#savedBytes += pages.byteLength - length;
		}

		return pieces.pagesLeft > 0 ? [{kind: 'compressible', pieces}] : [];
	}

	#fillZeroPages({runs}: Extract<Part, {kind: 'zero-pages'}>, window: VectorWindow): boolean {
		window.add(this.#stage.address, writeZeroPages(this.#stage.bytes, runs));
		return true;
	}

	#fillPageData(part: Extract<Part, {kind: 'page-data'}>, window: VectorWindow): boolean {
		let staged = 0;
		if (part.run < 0) {
			staged = this.#writeHead(part);
			if (!this.#contiguous) window.add(this.#stage.address, staged);
			part.run = 0;
		}

		while (part.run * 2 < part.runs.length && (this.#contiguous || window.room > 0)) {
			const {address, pageCount} = this.#nextPages(part);
			const byteLength = pageCount * PAGE_SIZE_BYTES;
			if (this.#contiguous) {
				copyMemory(this.#stage.address + staged, address, byteLength);
				staged += byteLength;
			} else window.add(address, byteLength);
		}

		if (this.#contiguous) window.add(this.#stage.address, staged);
		return part.run * 2 >= part.runs.length;
	}

	#writeHead({runs, runTypes}: Extract<Part, {kind: 'page-data'}>): number {
		const {headBytes} =
			runTypes === undefined
				? writePageDataHead(this.#stage.bytes, runs, this.#pageTypes)
				: writeTypedRunsHead(this.#stage.bytes, runs, runTypes);
		return headBytes;
	}

	/** The next pages of the record that lie together and are all sent, none where the pages passed over have no data. */
	#nextPages(part: Extract<Part, {kind: 'page-data'}>): {readonly address: number; readonly pageCount: number} {
		const pfn = part.runs[part.run * 2] ?? 0;
		const runPages = part.runs[part.run * 2 + 1] ?? 0;
		const types = this.#pageTypes;
		let start = part.page;
		let end = runPages;
		if (part.runTypes !== undefined) {
			if (!pageTypeHasData(part.runTypes[part.run] ?? 0)) start = end;
		} else if (types !== undefined) {
			while (start < runPages && !pageTypeHasData(types[pfn + start] ?? 0)) start += 1;
			end = start;
			while (end < runPages && pageTypeHasData(types[pfn + end] ?? 0)) end += 1;
		}

		part.page = end;
		if (end === runPages) {
			part.run += 1;
			part.page = 0;
		}

		return {address: this.#memory.address + (pfn + start) * PAGE_SIZE_BYTES, pageCount: end - start};
	}
}

function pageDataPart(runs: Uint32Array, runTypes: Uint8Array | undefined): Part {
	return {kind: 'page-data', runs, runTypes, run: -1, page: 0};
}

/** The runs of one type, in a fresh array. */
function runsOf({runs, runTypes}: ClassifiedBatch, type: number): Uint32Array {
	const found: number[] = [];
	for (const [index, runType] of runTypes.entries()) if (runType === type) found.push(runs[index * 2] ?? 0, runs[index * 2 + 1] ?? 0);
	return Uint32Array.from(found);
}
