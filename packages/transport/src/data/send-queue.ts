import {
	type DataChannel,
	encodeDigest,
	encodeHeartbeat,
	encodeRecord,
	MAX_BATCH_PAGES,
	PAGE_SIZE_BYTES,
	PageType,
	pageTypeHasData,
	SternaRecordType,
	writePageDataHead,
	writeTypedRunsHead,
	writeZeroPages,
	zeroPagesBytes,
} from '@sterna/protocol';
import {copyMemory} from '@sterna/system';
import type {CompressionOptions, ZeroPageMode} from '../data-link.ts';
import {LinkProof} from './link-proof.ts';
import type {MappedMemory} from './messages.ts';
import {createNativeBuffer, type NativeBuffer} from './native-buffer.ts';
import {CopiedPages, GuestPages, type PageSource} from './page-source.ts';
import {PIECE_STAGE_BYTES, PieceSender, type PiecePart} from './piece-sender.ts';
import {PageClassifier, type ClassifiedBatch} from './page-classifier.ts';
import type {SharedPageHashes} from './page-hashes.ts';
import type {VectorWindow} from './vector-window.ts';

/** The head of the largest batch: record header, count and 1024 entries; or as many runs of ZERO_PAGES. */
const HEAD_BYTES = Math.max(8 + 8 + MAX_BATCH_PAGES * 8, zeroPagesBytes(MAX_BATCH_PAGES));
/** Byte items go out through a buffer of this size: heads and device state, small beside the pages. */
const STAGE_BYTES = 64 * 1024;
/** 512 KiB: what is hashed is still in the processor's cache when it is written. */
const HASHED_PAGES = 128;
const RECORD_HEADER_BYTES = 8;

/** One record of a batch, or pages that become several. */
type Part =
	/** `run`, `page`: the next page to gather; run −1 stands for the head. `runTypes`: of each run, instead of each page. */
	| {readonly kind: 'page-data'; readonly runs: Uint32Array; readonly runTypes: Uint8Array | undefined; run: number; page: number}
	| {readonly kind: 'zero-pages'; readonly runs: Uint32Array}
	| PiecePart;

/** What a digest is of: all that its connection carries, or a checkpoint. */
export type DigestOf = 'stream' | 'checkpoint';

/** A batch of pages to send, as `SendLink.writePages` and `writeCopies` have it. */
export type QueuedBatch = {
	/** Pairs of pfn and page count inside of the memory, 1024 pages at most; ascending where the pages are copies. Kept until they are sent. */
	readonly runs: Uint32Array;
	readonly zeroPages: ZeroPageMode;
	/** Where copies of the pages lie, one behind another, until they are sent; undefined = they are read in the guest's memory. */
	readonly copies: number | undefined;
};

type Item =
	/** `isOwn`: nobody queued it, and so nobody is told of its end. */
	| {readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly isOwn: boolean; sentBytes: number}
	| {readonly kind: 'digest'; readonly of: DigestOf}
	/** `source`: where the pages are read. `parts`: undefined until its turn comes, then what is left of it. */
	| {readonly kind: 'pages'; readonly batch: QueuedBatch; readonly source: PageSource; parts: Part[] | undefined};

function isOwn(item: Item): boolean {
	return item.kind === 'bytes' && item.isOwn;
}

/** What a window was filled with: see `SendQueue.fill`. */
export type FilledPart = {readonly endsItem: boolean; readonly isHeavy: boolean; readonly mayWait: boolean};

export type SendQueueOptions = {
	readonly memory: MappedMemory;
	readonly pageTypes: Uint8Array | undefined;
	/** Every fill is one stretch of memory. */
	readonly contiguous: boolean;
	readonly compression: CompressionOptions | undefined;
	readonly dataChannel: DataChannel;
	readonly pageHashes: SharedPageHashes | undefined;
	/** Whether DIGEST records may be written. */
	readonly digestRecords: boolean;
};

/**
 * What waits to go out of one link, and where its bytes are: page bytes are named where they lie in the guest's memory, all else
 * passes through one reused buffer. With `contiguous` (for a tee) pages are copied as well, so that two writers get the same bytes.
 */
export class SendQueue implements Disposable {
	readonly #guest: GuestPages;
	readonly #pageTypes: Uint8Array | undefined;
	readonly #stage: NativeBuffer;
	readonly #contiguous: boolean;
	readonly #items: Item[] = [];
	readonly #pieces: PieceSender | undefined;
	readonly #proof: LinkProof | undefined;
	readonly #digestRecords: boolean;
	/** Of checkpoints that were sent and are not known to be committed, oldest first. */
	readonly #checkpointDigests: bigint[] = [];
	/** Most pages as they are of one fill. */
	readonly #pagesPerFill: number;
	#classifier: PageClassifier | undefined;
	#zeroPages = 0;
	#isHeavy = false;

	constructor({memory, pageTypes, contiguous, compression, dataChannel, pageHashes, digestRecords}: SendQueueOptions) {
		this.#digestRecords = digestRecords;
		this.#guest = new GuestPages(memory);
		this.#pageTypes = pageTypes;
		this.#contiguous = contiguous;
		const stageBytes = compression === undefined ? STAGE_BYTES : PIECE_STAGE_BYTES;
		this.#stage = createNativeBuffer(contiguous ? HEAD_BYTES + MAX_BATCH_PAGES * PAGE_SIZE_BYTES : stageBytes);
		this.#proof = pageHashes === undefined ? undefined : new LinkProof(memory, pageHashes, dataChannel);
		this.#pagesPerFill = contiguous || pageHashes === undefined ? MAX_BATCH_PAGES : HASHED_PAGES;
		this.#pieces = compression === undefined ? undefined : new PieceSender(compression, this.#stage, this.#proof);
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
		return this.#pieces?.savedBytes ?? 0;
	}

	/** What compression goes by; undefined while it is not known. */
	set linkBytesPerSecond(value: number | undefined) {
		if (this.#pieces !== undefined) this.#pieces.linkBytesPerSecond = value;
	}

	/** `bytes` is kept until it is sent. */
	pushBytes(bytes: Uint8Array): void {
		this.#items.push({kind: 'bytes', bytes, isOwn: false, sentBytes: 0});
	}

	/** A HEARTBEAT record: bytes like any others, but for that they are no item of the main thread's. */
	pushHeartbeat(): void {
		this.#items.push({kind: 'bytes', bytes: encodeHeartbeat(), isOwn: true, sentBytes: 0});
	}

	pushPages(batch: QueuedBatch): void {
		const source = batch.copies === undefined ? this.#guest : new CopiedPages(batch.runs, batch.copies);
		this.#items.push({kind: 'pages', batch, source, parts: undefined});
	}

	/** A DIGEST record of all that was pushed before; what it says is known when its turn comes. */
	pushDigest(of: DigestOf): void {
		this.#items.push({kind: 'digest', of});
	}

	/** Whether checkpoints have digests. */
	get isProven(): boolean {
		return this.#proof !== undefined;
	}

	/** The digest of the oldest checkpoint that was not asked for yet; undefined where all were. */
	takeCheckpointDigest(): bigint | undefined {
		return this.#checkpointDigests.shift();
	}

	/**
	 * Fills an empty window with the next bytes of the first item, as many as it takes. The memory behind it is the queue's:
	 * fill again only when all of it was written. `endsItem`: an item of the main thread's ends with these bytes (there are none of an empty item).
	 * `isHeavy`: pages were compressed for it, which took as long as writing some MiB. `mayWait`: they are copies of pages, and another item of the main thread's is queued behind them, with whose end theirs may be told.
	 */
	fill(window: VectorWindow): FilledPart {
		const item = this.#items[0];
		if (item === undefined) throw new TypeError('filled from an empty queue');
		window.clear();
		this.#isHeavy = false;
		const isDone = this.#fillItem(item, window);
		if (isDone) this.#items.shift();
		const endsItem = isDone && !isOwn(item);
		const mayWait = item.kind === 'pages' && item.batch.copies !== undefined && !this.#items.every(isOwn);
		return {endsItem, isHeavy: this.#isHeavy, mayWait};
	}

	/** Frees what compression and hashing need. */
	[Symbol.dispose](): void {
		this.#proof?.[Symbol.dispose]();
		this.#pieces?.[Symbol.dispose]();
	}

	/** Whether the item ends with what was filled in. */
	#fillItem(item: Item, window: VectorWindow): boolean {
		switch (item.kind) {
			case 'bytes':
				return this.#fillBytes(item, window);
			case 'digest':
				return this.#fillDigest(item, window);
			case 'pages':
				return this.#fillBatch(item, window);
			default:
				return item satisfies never;
		}
	}

	#fillBytes(item: Extract<Item, {kind: 'bytes'}>, window: VectorWindow): boolean {
		const part = item.bytes.subarray(item.sentBytes, item.sentBytes + this.#stage.bytes.length);
		this.#stage.bytes.set(part);
		this.#addStaged(window, part.length);
		item.sentBytes += part.length;
		return item.sentBytes === item.bytes.length;
	}

	#fillDigest({of}: Extract<Item, {kind: 'digest'}>, window: VectorWindow): boolean {
		const proof = this.#proof;
		if (proof === undefined) throw new TypeError('a digest of what was not hashed');
		if (this.#digestRecords) this.#writeDigest(proof, window);
		if (of === 'checkpoint') this.#checkpointDigests.push(proof.checkpointDigest);
		return true;
	}

	#writeDigest(proof: LinkProof, window: VectorWindow): void {
		const {bytes, address} = this.#stage;
		const body = encodeDigest({bytesHash: 0n, pagesFold: 0n});
		bytes.set(encodeRecord({layer: 'libxl', type: SternaRecordType.DIGEST, body}));
		proof.addBytes(address, RECORD_HEADER_BYTES);
		bytes.set(encodeDigest(proof.digest), RECORD_HEADER_BYTES);
		proof.addBytes(address + RECORD_HEADER_BYTES, body.length);
		window.add(address, RECORD_HEADER_BYTES + body.length);
	}

	/** Adds the first bytes of the stage, which hold no pages. */
	#addStaged(window: VectorWindow, byteLength: number): void {
		this.#proof?.addBytes(this.#stage.address, byteLength);
		window.add(this.#stage.address, byteLength);
	}

	#fillBatch(item: Extract<Item, {kind: 'pages'}>, window: VectorWindow): boolean {
		const {batch, source} = item;
		item.parts ??= this.#planBatch(batch, source);
		const {parts} = item;
		const part = parts[0];
		if (part === undefined) throw new TypeError('a batch without records');
		if (part.kind === 'pieces') this.#fillPiece(part, parts, source, window);
		else if (part.kind === 'zero-pages' ? this.#fillZeroPages(part, window) : this.#fillPageData(part, source, window)) parts.shift();
		return parts.length === 0;
	}

	/** The records of a batch. A page that changes from here on is dirty, and so is sent again. */
	#planBatch({runs, zeroPages}: QueuedBatch, source: PageSource): Part[] {
		const resent = zeroPages === 'record';
		if (zeroPages === 'in-full') return this.#dataParts(runs, resent);
		this.#classifier ??= new PageClassifier(this.#pageTypes);
		const batch = this.#classifier.classify(runs, source);
		if (batch === undefined) return this.#dataParts(runs, resent);
		this.#zeroPages += batch.zeroPages;
		// An entry of the list names one type for a pfn: where the guest has types of its own, a record of its own says "zeros".
		const allocates = zeroPages === 'allocate' && this.#pageTypes === undefined;
		if (allocates && this.#pieces === undefined) return [pageDataPart(batch.runs, batch.runTypes)];
		const zeroRuns = runsOf(batch, PageType.xalloc);
		this.#pieces?.passed(zeroRuns);
		const zeroPart: Part = allocates
			? pageDataPart(zeroRuns, new Uint8Array(zeroRuns.length / 2).fill(PageType.xalloc))
			: {kind: 'zero-pages', runs: zeroRuns};
		return batch.zeroPages < batch.pages ? [zeroPart, ...this.#dataParts(runsOf(batch, PageType.notab), resent)] : [zeroPart];
	}

	/** Pages with content: only ordinary ones can be compressed. */
	#dataParts(runs: Uint32Array, resent: boolean): Part[] {
		if (this.#pieces !== undefined && this.#areOrdinary(runs)) return this.#pieces.plan(runs, resent);
		this.#pieces?.passed(runs);
		return [pageDataPart(runs, undefined)];
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

	/** Fills the window with a piece of `parts[0]`, or with pages of it as they are, and takes off `parts` what is done. */
	#fillPiece(part: PiecePart, parts: Part[], source: PageSource, window: VectorWindow): void {
		if (this.#pieces?.fill(part, source, window) === 'filled') {
			this.#isHeavy = true;
			if (part.pieces.pagesLeft === 0) parts.shift();
			return;
		}

		const rest = pageDataPart(part.pieces.take(MAX_BATCH_PAGES), undefined);
		this.#pieces?.passed(rest.runs);
		if (this.#fillPageData(rest, source, window)) parts.shift();
		else parts[0] = rest;
	}

	#fillZeroPages({runs}: Extract<Part, {kind: 'zero-pages'}>, window: VectorWindow): boolean {
		this.#addStaged(window, writeZeroPages(this.#stage.bytes, runs));
		for (let index = 0; index < runs.length; index += 2) this.#proof?.pages.enterZeros(runs[index] ?? 0, runs[index + 1] ?? 0);
		return true;
	}

	#fillPageData(part: Extract<Part, {kind: 'page-data'}>, source: PageSource, window: VectorWindow): boolean {
		let staged = 0;
		if (part.run < 0) {
			staged = this.#writeHead(part);
			if (this.#contiguous) this.#proof?.addBytes(this.#stage.address, staged);
			else this.#addStaged(window, staged);
			part.run = 0;
		}

		let pagesLeft = this.#pagesPerFill;
		while (part.run * 2 < part.runs.length && pagesLeft > 0 && (this.#contiguous || window.room > 0)) {
			const {pfn, pageCount} = this.#nextPages(part, pagesLeft);
			if (pageCount === 0) continue;
			const address = source.addressOf(pfn);
			const byteLength = pageCount * PAGE_SIZE_BYTES;
			pagesLeft -= pageCount;
			if (this.#contiguous) {
				const copy = this.#stage.address + staged;
				copyMemory(copy, address, byteLength);
				this.#proof?.pages.enterAt(pfn, pageCount, copy);
				staged += byteLength;
			} else {
				if (source === this.#guest) this.#proof?.pages.enter(pfn, pageCount);
				else this.#proof?.pages.enterAt(pfn, pageCount, address);
				window.add(address, byteLength);
			}
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

	/** The next pages of the record that lie together and are all sent, at most so many; none where the pages passed over have no data. */
	#nextPages(part: Extract<Part, {kind: 'page-data'}>, maxPages: number): {readonly pfn: number; readonly pageCount: number} {
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

		// What has no data is zeros to the receiver.
		if (start > part.page) this.#proof?.pages.enterZeros(pfn + part.page, start - part.page);
		end = Math.min(end, start + maxPages);

		part.page = end;
		if (end === runPages) {
			part.run += 1;
			part.page = 0;
		}

		return {pfn: pfn + start, pageCount: end - start};
	}
}

function pageDataPart(runs: Uint32Array, runTypes: Uint8Array | undefined): Extract<Part, {kind: 'page-data'}> {
	return {kind: 'page-data', runs, runTypes, run: -1, page: 0};
}

/** The runs of one type, in a fresh array. */
function runsOf({runs, runTypes}: ClassifiedBatch, type: number): Uint32Array {
	const found: number[] = [];
	for (const [index, runType] of runTypes.entries()) if (runType === type) found.push(runs[index * 2] ?? 0, runs[index * 2 + 1] ?? 0);
	return Uint32Array.from(found);
}
