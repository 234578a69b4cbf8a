import {PAGE_SIZE_BYTES} from '@sterna/protocol';

/** How much a checkpoint store has room for; fixed when it is made. */
export type CheckpointStoreSize = {
	/** Exclusive upper bound of the pfns. */
	readonly pageLimit: number;
	/** Most bytes of one checkpoint's device state, each record with 16 bytes in front of it. */
	readonly stateBytesLimit: number;
	/** Most bytes of one checkpoint's writes to disks, each with 16 bytes in front of it. */
	readonly diskBytesLimit: number;
};

/** What is remembered of a committed checkpoint. */
export type StoredCheckpoint = {
	readonly epoch: number;
	/** Pages that it brought, those of zeros included. */
	readonly pages: number;
	/** Of its part of the stream. */
	readonly bytes: number;
	readonly digest: bigint;
	/** Wall-clock time, in milliseconds since 1970. */
	readonly committedAtMs: number;
	/** Of its device state and of its writes to disks, as the store holds them. */
	readonly stateBytes: number;
	readonly diskBytes: number;
};

/** The last so many committed checkpoints are remembered. */
export const REMEMBERED_CHECKPOINTS = 64;

/** "STERNACS", little-endian. */
const MAGIC = 0x5343_414e_5245_5453n;
const VERSION = 1n;
/** Words of the header: what does not change, then the two marks, each in a cache line of its own. */
const WORD = {magic: 0, version: 1, pageLimit: 2, stateBytesLimit: 3, diskBytesLimit: 4, committed: 8, applied: 16} as const;
const WORD_BYTES = 8;
/** Of what is remembered of one checkpoint. */
const ENTRY_WORDS = 8;

/**
 * Where everything lies in the file of a checkpoint store: little-endian, every part at a multiple of 4096 bytes. docs/spec/checkpoint-store.md.
 * Pure: of numbers and of words that its caller reads and writes.
 */
export class CheckpointStoreLayout {
	readonly size: CheckpointStoreSize;
	/** One bit a page of the checkpoint under way, or of the one that is committed and not applied. */
	readonly bitmapOffset = 2 * PAGE_SIZE_BYTES;
	readonly bitmapBytes: number;
	/** Header, what is remembered, bitmap: what is written by plain stores to memory. */
	readonly metadataBytes: number;
	readonly diskOffset: number;
	/** The pages, each at its pfn's place. */
	readonly pagesOffset: number;
	readonly fileBytes: number;

	constructor(size: CheckpointStoreSize) {
		this.size = size;
		this.bitmapBytes = wholePages(Math.ceil(size.pageLimit / 8));
		this.metadataBytes = this.bitmapOffset + this.bitmapBytes;
		this.diskOffset = this.metadataBytes + 2 * wholePages(size.stateBytesLimit);
		this.pagesOffset = this.diskOffset + wholePages(size.diskBytesLimit);
		this.fileBytes = this.pagesOffset + size.pageLimit * PAGE_SIZE_BYTES;
	}

	/** Where the device state of a checkpoint lies: that of the one before it lies in the other place. */
	stateOffset(epoch: number): number {
		return this.metadataBytes + (epoch % 2) * wholePages(this.size.stateBytesLimit);
	}
}

/** Bytes of the header and of what is remembered: enough to know a store by. */
export const STORE_HEAD_BYTES = 2 * PAGE_SIZE_BYTES;

/** Writes the header of a new store, which holds nothing. */
export function writeStoreHeader(words: BigUint64Array, {pageLimit, stateBytesLimit, diskBytesLimit}: CheckpointStoreSize): void {
	words[WORD.magic] = MAGIC;
	words[WORD.version] = VERSION;
	words[WORD.pageLimit] = BigInt(pageLimit);
	words[WORD.stateBytesLimit] = BigInt(stateBytesLimit);
	words[WORD.diskBytesLimit] = BigInt(diskBytesLimit);
	words[WORD.committed] = 0n;
	words[WORD.applied] = 0n;
}

/** What a store was made for; undefined where the words are not those of a store of this version. */
export function readStoreSize(words: BigUint64Array): CheckpointStoreSize | undefined {
	if (words[WORD.magic] !== MAGIC || words[WORD.version] !== VERSION) return undefined;
	const size = {
		pageLimit: Number(words[WORD.pageLimit]),
		stateBytesLimit: Number(words[WORD.stateBytesLimit]),
		diskBytesLimit: Number(words[WORD.diskBytesLimit]),
	};
	return Object.values(size).every(Number.isSafeInteger) ? size : undefined;
}

/** The two marks: up to which checkpoint the store is committed, and up to which that has reached memory and disks. 0 = none. */
export type StoreMark = 'committed' | 'applied';

export function readMark(words: BigUint64Array, mark: StoreMark): number {
	return Number(Atomics.load(words, WORD[mark]));
}

/** One aligned store of 8 bytes: whoever reads the file finds the old number or the new one, and with it everything that was written before. */
export function writeMark(words: BigUint64Array, mark: StoreMark, epoch: number): void {
	Atomics.store(words, WORD[mark], BigInt(epoch));
}

/** What is remembered of a checkpoint; undefined where that is another one by now. */
export function readRemembered(words: BigUint64Array, epoch: number): StoredCheckpoint | undefined {
	const at = entryWord(epoch);
	if (epoch < 1 || Number(words[at]) !== epoch) return undefined;
	return {
		epoch,
		pages: Number(words[at + 1]),
		bytes: Number(words[at + 2]),
		digest: words[at + 3] ?? 0n,
		committedAtMs: Number(words[at + 4]),
		stateBytes: Number(words[at + 5]),
		diskBytes: Number(words[at + 6]),
	};
}

/** To be written before the mark that commits it. */
export function writeRemembered(words: BigUint64Array, checkpoint: StoredCheckpoint): void {
	const {epoch, pages, bytes, digest, committedAtMs, stateBytes, diskBytes} = checkpoint;
	const values = [epoch, pages, bytes, digest, committedAtMs, stateBytes, diskBytes];
	for (const [index, value] of values.entries()) words[entryWord(epoch) + index] = BigInt(value);
}

function entryWord(epoch: number): number {
	return PAGE_SIZE_BYTES / WORD_BYTES + (epoch % REMEMBERED_CHECKPOINTS) * ENTRY_WORDS;
}

function wholePages(bytes: number): number {
	return Math.ceil(bytes / PAGE_SIZE_BYTES) * PAGE_SIZE_BYTES;
}
