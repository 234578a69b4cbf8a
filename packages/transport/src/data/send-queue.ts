import {
	MAX_BATCH_PAGES,
	PAGE_SIZE_BYTES,
	PageType,
	pageTypeHasData,
	writePageDataHead,
	writeTypedRunsHead,
	writeZeroPages,
	zeroPagesBytes,
} from '@sterna/protocol';
import {copyMemory} from '@sterna/system';
import type {ZeroPageMode} from '../data-link.ts';
import type {MappedMemory} from './messages.ts';
import {createNativeBuffer, type NativeBuffer} from './native-buffer.ts';
import {PageClassifier, type ClassifiedBatch} from './page-classifier.ts';
import type {VectorWindow} from './vector-window.ts';

/** The head of the largest batch: record header, count and 1024 entries; or as many runs of ZERO_PAGES. */
const HEAD_BYTES = Math.max(8 + 8 + MAX_BATCH_PAGES * 8, zeroPagesBytes(MAX_BATCH_PAGES));
/** Byte items go out through a buffer of this size: heads and device state, small beside the pages. */
const STAGE_BYTES = 64 * 1024;

/** One record of a batch. */
type Part =
	/** `run`, `page`: the next page to gather; run −1 stands for the head. `runTypes`: of each run, instead of each page. */
	| {readonly kind: 'page-data'; readonly runs: Uint32Array; readonly runTypes: Uint8Array | undefined; run: number; page: number}
	| {readonly kind: 'zero-pages'; readonly runs: Uint32Array};

type Item =
	| {readonly kind: 'bytes'; readonly bytes: Uint8Array; sentBytes: number}
	/** `parts`: undefined until its turn comes, then what is left of it. */
	| {readonly kind: 'pages'; readonly runs: Uint32Array; readonly zeroPages: ZeroPageMode; parts: Part[] | undefined};

/**
 * What waits to go out of one link, and where its bytes are: page bytes are named where they lie in the guest's memory, all else
 * passes through one reused buffer. With `contiguous` (for a tee) pages are copied as well, so that two writers get the same bytes.
 */
export class SendQueue {
	readonly #memory: MappedMemory;
	readonly #pageTypes: Uint8Array | undefined;
	readonly #stage: NativeBuffer;
	readonly #contiguous: boolean;
	readonly #items: Item[] = [];
	#classifier: PageClassifier | undefined;
	#zeroPages = 0;

	constructor(memory: MappedMemory, pageTypes: Uint8Array | undefined, contiguous: boolean) {
		this.#memory = memory;
		this.#pageTypes = pageTypes;
		this.#contiguous = contiguous;
		this.#stage = createNativeBuffer(contiguous ? HEAD_BYTES + MAX_BATCH_PAGES * PAGE_SIZE_BYTES : STAGE_BYTES);
	}

	get isEmpty(): boolean {
		return this.#items.length === 0;
	}

	/** Pages that went without their content so far, being zeros. */
	get zeroPages(): number {
		return this.#zeroPages;
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
	 */
	fill(window: VectorWindow): {readonly endsItem: boolean} {
		const item = this.#items[0];
		if (item === undefined) throw new TypeError('filled from an empty queue');
		window.clear();
		const endsItem = item.kind === 'bytes' ? this.#fillBytes(item, window) : this.#fillPages(item, window);
		if (endsItem) this.#items.shift();
		return {endsItem};
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
		const part = item.parts[0];
		if (part === undefined) throw new TypeError('a batch without records');
		const endsPart = part.kind === 'zero-pages' ? this.#fillZeroPages(part, window) : this.#fillPageData(part, window);
		if (endsPart) item.parts.shift();
		return item.parts.length === 0;
	}

	/** The records of a batch. A page that changes from here on is dirty, and so is sent again. */
	#planBatch(runs: Uint32Array, zeroPages: ZeroPageMode): Part[] {
		const whole: Part = {kind: 'page-data', runs, runTypes: undefined, run: -1, page: 0};
		if (zeroPages === 'in-full') return [whole];
		this.#classifier ??= new PageClassifier(this.#memory, this.#pageTypes);
		const batch = this.#classifier.classify(runs);
		if (batch === undefined) return [whole];
		this.#zeroPages += batch.zeroPages;
		// An entry of the list names one type for a pfn: where the guest has types of its own, a record of its own says "zeros".
		if (zeroPages === 'allocate' && this.#pageTypes === undefined) return [{...whole, runs: batch.runs, runTypes: batch.runTypes}];
		const parts: Part[] = [{kind: 'zero-pages', runs: runsOf(batch, PageType.xalloc)}];
		if (batch.zeroPages < batch.pages) parts.push({...whole, runs: runsOf(batch, PageType.notab)});
		return parts;
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

/** The runs of one type, in a fresh array. */
function runsOf({runs, runTypes}: ClassifiedBatch, type: number): Uint32Array {
	const found: number[] = [];
	for (const [index, runType] of runTypes.entries()) if (runType === type) found.push(runs[index * 2] ?? 0, runs[index * 2 + 1] ?? 0);
	return Uint32Array.from(found);
}
