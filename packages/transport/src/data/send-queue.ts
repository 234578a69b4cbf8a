import {MAX_BATCH_PAGES, PAGE_SIZE_BYTES, pageTypeHasData, writePageDataHead} from '@sterna/protocol';
import {copyMemory} from '@sterna/system';
import type {MappedMemory} from './messages.ts';
import {createNativeBuffer, type NativeBuffer} from './native-buffer.ts';
import type {VectorWindow} from './vector-window.ts';

/** Record header, count and 1024 entries: the head of the largest batch. */
const HEAD_BYTES = 8 + 8 + MAX_BATCH_PAGES * 8;
/** Byte items go out through a buffer of this size: heads and device state, small beside the pages. */
const STAGE_BYTES = 64 * 1024;

type Item =
	| {readonly kind: 'bytes'; readonly bytes: Uint8Array; sentBytes: number}
	/** `run`, `page`: the next page to gather; run −1 stands for the head. */
	| {readonly kind: 'pages'; readonly runs: Uint32Array; run: number; page: number};

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

	constructor(memory: MappedMemory, pageTypes: Uint8Array | undefined, contiguous: boolean) {
		this.#memory = memory;
		this.#pageTypes = pageTypes;
		this.#contiguous = contiguous;
		this.#stage = createNativeBuffer(contiguous ? HEAD_BYTES + MAX_BATCH_PAGES * PAGE_SIZE_BYTES : STAGE_BYTES);
	}

	get isEmpty(): boolean {
		return this.#items.length === 0;
	}

	/** `bytes` is kept until it is sent. */
	pushBytes(bytes: Uint8Array): void {
		this.#items.push({kind: 'bytes', bytes, sentBytes: 0});
	}

	/** `runs`: pairs of pfn and page count inside of the memory, 1024 pages at most; kept until they are sent. */
	pushPages(runs: Uint32Array): void {
		this.#items.push({kind: 'pages', runs, run: -1, page: 0});
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
		let staged = 0;
		if (item.run < 0) {
			staged = writePageDataHead(this.#stage.bytes, item.runs, this.#pageTypes).headBytes;
			if (!this.#contiguous) window.add(this.#stage.address, staged);
			item.run = 0;
		}

		while (item.run * 2 < item.runs.length && (this.#contiguous || window.room > 0)) {
			const {address, pageCount} = this.#nextPages(item);
			const byteLength = pageCount * PAGE_SIZE_BYTES;
			if (this.#contiguous) {
				copyMemory(this.#stage.address + staged, address, byteLength);
				staged += byteLength;
			} else window.add(address, byteLength);
		}

		if (this.#contiguous) window.add(this.#stage.address, staged);
		return item.run * 2 >= item.runs.length;
	}

	/** The next pages of the item that lie together and are all sent, none where the pages passed over have no data. */
	#nextPages(item: Extract<Item, {kind: 'pages'}>): {readonly address: number; readonly pageCount: number} {
		const pfn = item.runs[item.run * 2] ?? 0;
		const runPages = item.runs[item.run * 2 + 1] ?? 0;
		const types = this.#pageTypes;
		let start = item.page;
		let end = runPages;
		if (types !== undefined) {
			while (start < runPages && !pageTypeHasData(types[pfn + start] ?? 0)) start += 1;
			end = start;
			while (end < runPages && pageTypeHasData(types[pfn + end] ?? 0)) end += 1;
		}

		item.page = end;
		if (end === runPages) {
			item.run += 1;
			item.page = 0;
		}

		return {address: this.#memory.address + (pfn + start) * PAGE_SIZE_BYTES, pageCount: end - start};
	}
}
