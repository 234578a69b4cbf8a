import {FIRST_PAGE_LIST_ENTRIES} from './limits.ts';
import {PAGE_SIZE_BYTES, type GuestType} from './model.ts';
import {StreamError, type StreamFault} from './errors.ts';
import {hex} from './text.ts';
import {isPageCodec, MAX_COMPRESSED_PAGES, type PageCodec} from './sterna-records.ts';
import type {ByteOrder} from './byte-order.ts';

const RECORD_HEADER_BYTES = 8;
/** Count and reserved field. */
const LIST_HEAD_BYTES = 8;
const ENTRY_BYTES = 8;
const PFN_HIGH_MASK = 0x000f_ffff;
const RESERVED_HIGH_MASK = 0x0ff0_0000;
const FIRST_INVALID_TYPE = 5;
const LAST_INVALID_TYPE = 8;
const FIRST_TYPE_WITHOUT_DATA = 0xd;

/** The records that begin with a list of pages. */
export type PageListRecord = 'PAGE_DATA' | 'COMPRESSED_PAGES';

/** What the reader of page lists must know of the stream around it. */
export type PageListContext = {
	readonly guestType: GuestType;
	readonly byteOrder: ByteOrder;
	/** Exclusive upper bound of pfns. */
	readonly pfnLimit: number;
	/** Takes what only a strict reader rejects: throws there. */
	readonly deviation: (fault: StreamFault) => void;
};

/**
 * The list of pages at the head of one PAGE_DATA or COMPRESSED_PAGES record, checked. The two arrays are views into buffers that the decoder uses again for
 * the next record: valid until the last of the record's page bytes was reported taken, and without page bytes only during the call.
 */
export type PageBatch = {
	/** Stream offset of the record's header. */
	readonly offset: number;
	/** Bytes of the record's body, pages included. */
	readonly length: number;
	/** Stream offset of the first page byte, or of the first byte of the compressed pages. */
	readonly pagesOffset: number;
	/** Entries in the list. A pfn may come twice; the last one wins. */
	readonly count: number;
	/** Entries whose type carries data: so many pages follow, in list order. */
	readonly dataPages: number;
	/** Bytes that follow the list: those of the pages, or what they were compressed to. */
	readonly dataBytes: number;
	/** Undefined in PAGE_DATA. */
	readonly codec: PageCodec | undefined;
	readonly pfns: Float64Array;
	/** Type nibble of each entry. */
	readonly types: Uint8Array;
};

/**
 * Reads the list of pages at the head of a PAGE_DATA or COMPRESSED_PAGES body, however it is cut, into buffers that are used again.
 * docs/spec/stream.md sections 4.2 and 10.4.
 */
export class PageListReader {
	#context: PageListContext = {guestType: 'hvm', byteOrder: 'little', pfnLimit: 0, deviation: () => {}};
	#pfns = new Float64Array(FIRST_PAGE_LIST_ENTRIES);
	#types = new Uint8Array(FIRST_PAGE_LIST_ENTRIES);
	/** Holds an entry, or the list's head, that two chunks share. */
	readonly #straddle = new Uint8Array(ENTRY_BYTES);
	readonly #straddleView = new DataView(this.#straddle.buffer);
	#straddled = 0;
	#offset = 0;
	#length = 0;
	#count = 0;
	#read = 0;
	#dataPages = 0;
	#headRead = false;
	#reservedSeen = false;
	#record: PageListRecord = 'PAGE_DATA';
	#codec: PageCodec | undefined;

	/** Starts over with a record whose header stands at `offset` and claims `length` bytes. Throws ERR_RECORD_LENGTH (bad input P1). */
	begin(record: PageListRecord, offset: number, length: number, context: PageListContext): void {
		this.#record = record;
		this.#codec = undefined;
		this.#context = context;
		this.#offset = offset;
		this.#length = length;
		this.#count = 0;
		this.#read = 0;
		this.#dataPages = 0;
		this.#straddled = 0;
		this.#headRead = false;
		this.#reservedSeen = false;
		if (length < LIST_HEAD_BYTES + ENTRY_BYTES) throw this.#wrongLength(`at least ${LIST_HEAD_BYTES + ENTRY_BYTES}`);
	}

	/** Bytes of the list that are still to come; before its head came, those of the head. */
	get missing(): number {
		return (this.#headRead ? (this.#count - this.#read) * ENTRY_BYTES : LIST_HEAD_BYTES) - this.#straddled;
	}

	/** Reads `chunk` from `at` on, as far as the list goes, and returns how many bytes that were. `view` is a view of the whole chunk. */
	push(chunk: Uint8Array, view: DataView, at: number): number {
		let position = at;
		while (this.missing > 0 && position < chunk.length) {
			const whole = Math.floor((chunk.length - position) / ENTRY_BYTES);
			if (this.#straddled > 0 || whole === 0) {
				position += this.#pushStraddling(chunk, position);
			} else if (this.#headRead) {
				const entries = Math.min(whole, this.#count - this.#read);
				this.#readEntries(view, position, entries);
				position += entries * ENTRY_BYTES;
			} else {
				this.#readHead(view, position);
				position += LIST_HEAD_BYTES;
			}
		}

		return position - at;
	}

	/** The batch, once nothing of the list is missing. Throws where the length does not fit the types (bad input P5 to P7). */
	take(): PageBatch {
		const listBytes = LIST_HEAD_BYTES + ENTRY_BYTES * this.#count;
		const expected = listBytes + PAGE_SIZE_BYTES * this.#dataPages;
		if (this.#codec === undefined && this.#length !== expected)
			throw this.#wrongLength(`${expected} for ${this.#count} entries with ${this.#dataPages} pages of data`);
		return {
			offset: this.#offset,
			length: this.#length,
			pagesOffset: this.#offset + RECORD_HEADER_BYTES + listBytes,
			count: this.#count,
			dataPages: this.#dataPages,
			dataBytes: this.#length - listBytes,
			codec: this.#codec,
			pfns: this.#pfns.subarray(0, this.#count),
			types: this.#types.subarray(0, this.#count),
		};
	}

	/** Head and entries are 8 bytes each, so one small buffer serves both. */
	#pushStraddling(chunk: Uint8Array, at: number): number {
		const taken = Math.min(ENTRY_BYTES - this.#straddled, chunk.length - at);
		for (let index = 0; index < taken; index++) this.#straddle[this.#straddled + index] = chunk[at + index] ?? 0;
		this.#straddled += taken;
		if (this.#straddled === ENTRY_BYTES) {
			this.#straddled = 0;
			if (this.#headRead) this.#readEntries(this.#straddleView, 0, 1);
			else this.#readHead(this.#straddleView, 0);
		}

		return taken;
	}

	#readHead(view: DataView, at: number): void {
		const littleEndian = this.#context.byteOrder === 'little';
		const count = view.getUint32(at, littleEndian);
		const reserved = view.getUint32(at + 4, littleEndian);
		const headOffset = this.#offset + RECORD_HEADER_BYTES;
		if (count === 0) throw this.#wrongCount(headOffset, count, 'at least 1');
		// In doubles: a count near 2^32 must not wrap (bad input P3).
		const pageBytes = this.#length - LIST_HEAD_BYTES - ENTRY_BYTES * count;
		if (pageBytes < 0)
			throw this.#wrongCount(headOffset, count, `at most the ${Math.floor((this.#length - LIST_HEAD_BYTES) / ENTRY_BYTES)} that fit`);
		if (this.#record === 'COMPRESSED_PAGES') this.#readCodec(headOffset, count, pageBytes, reserved);
		else this.#checkPlainHead(headOffset, count, pageBytes, reserved);
		this.#count = count;
		this.#headRead = true;
	}

	#checkPlainHead(headOffset: number, count: number, pageBytes: number, reserved: number): void {
		if (pageBytes % PAGE_SIZE_BYTES !== 0 || pageBytes / PAGE_SIZE_BYTES > count)
			throw this.#wrongLength(`${count} entries and whole pages of at most as many`);
		if (reserved === 0) return;
		this.#context.deviation({
			code: 'ERR_RECORD_RESERVED',
			offset: headOffset + 4,
			record: 'PAGE_DATA',
			field: 'the reserved field',
			value: hex(reserved),
		});
	}

	/** Pages are compressed only where that makes them smaller: so much room is enough for them, and it is known before any is taken. */
	#readCodec(headOffset: number, count: number, compressedBytes: number, codec: number): void {
		if (count > MAX_COMPRESSED_PAGES) throw this.#wrongCount(headOffset, count, `at most ${MAX_COMPRESSED_PAGES}`);
		if (compressedBytes === 0 || compressedBytes >= count * PAGE_SIZE_BYTES)
			throw this.#wrongLength(`${count} entries and 1 to ${count * PAGE_SIZE_BYTES - 1} compressed bytes`);
		if (!isPageCodec(codec)) {
			throw new StreamError({
				code: 'ERR_RECORD_FIELD',
				offset: headOffset + 4,
				record: this.#record,
				field: 'codec',
				value: String(codec),
				expected: '1 (lz4), 2 (zstd) or 3 (delta)',
			});
		}

		this.#codec = codec;
	}

	#readEntries(view: DataView, at: number, entries: number): void {
		const end = this.#read + entries;
		if (end > this.#pfns.length) this.#grow(end);
		const pfns = this.#pfns;
		const types = this.#types;
		const {pfnLimit, guestType} = this.#context;
		const littleEndian = this.#context.byteOrder === 'little';
		const highAt = littleEndian ? 4 : 0;
		const lowAt = 4 - highAt;
		const tablesAreOdd = guestType === 'hvm';
		const ordinaryOnly = this.#record === 'COMPRESSED_PAGES';
		let dataPages = this.#dataPages;
		let position = at;
		for (let index = this.#read; index < end; index++) {
			const low = view.getUint32(position + lowAt, littleEndian);
			const high = view.getUint32(position + highAt, littleEndian);
			const type = high >>> 28;
			// 52 bits fit a safe integer, so no BigInt on this path.
			const pfn = (high & PFN_HIGH_MASK) * 2 ** 32 + low;
			if (pfn >= pfnLimit || (type >= FIRST_INVALID_TYPE && type <= LAST_INVALID_TYPE)) throw this.#wrongEntry(index, pfn, type);
			if (ordinaryOnly && type !== 0) throw this.#compressedType(index, type);
			if (type < FIRST_TYPE_WITHOUT_DATA) {
				dataPages += 1;
				if (type !== 0 && tablesAreOdd) this.#deviatingType(index, pfn, type);
			}

			if ((high & RESERVED_HIGH_MASK) !== 0) this.#deviatingEntry(index, high);
			pfns[index] = pfn;
			types[index] = type;
			position += ENTRY_BYTES;
		}

		this.#dataPages = dataPages;
		this.#read = end;
	}

	#grow(least: number): void {
		const capacity = Math.min(this.#count, Math.max(least, this.#pfns.length * 2));
		const pfns = new Float64Array(capacity);
		const types = new Uint8Array(capacity);
		pfns.set(this.#pfns.subarray(0, this.#read));
		types.set(this.#types.subarray(0, this.#read));
		this.#pfns = pfns;
		this.#types = types;
	}

	#entryOffset(index: number): number {
		return this.#offset + RECORD_HEADER_BYTES + LIST_HEAD_BYTES + ENTRY_BYTES * index;
	}

	#wrongEntry(index: number, pfn: number, type: number): StreamError {
		const {pfnLimit, guestType} = this.#context;
		const offset = this.#entryOffset(index);
		if (pfn >= pfnLimit) return new StreamError({code: 'ERR_PFN_RANGE', offset, record: this.#record, pfn: hex(pfn), limit: pfnLimit});
		return new StreamError({code: 'ERR_PAGE_TYPE', offset, pfn, type, guestType});
	}

	#compressedType(index: number, type: number): StreamError {
		return new StreamError({
			code: 'ERR_RECORD_FIELD',
			offset: this.#entryOffset(index),
			record: this.#record,
			field: `the page type of entry ${index}`,
			value: hex(type),
			expected: '0: only ordinary pages are compressed',
		});
	}

	/** One deviation a record is enough: a record may have a million entries. */
	#deviatingEntry(index: number, high: number): void {
		if (this.#reservedSeen) return;
		this.#reservedSeen = true;
		const value = hex((high & RESERVED_HIGH_MASK) >>> 20);
		this.#context.deviation({
			code: 'ERR_RECORD_RESERVED',
			offset: this.#entryOffset(index),
			record: this.#record,
			field: `bits 52 to 59 of entry ${index}`,
			value,
		});
	}

	#deviatingType(index: number, pfn: number, type: number): void {
		if (this.#reservedSeen) return;
		this.#reservedSeen = true;
		this.#context.deviation({code: 'ERR_PAGE_TYPE', offset: this.#entryOffset(index), pfn, type, guestType: 'hvm'});
	}

	#wrongCount(offset: number, count: number, expected: string): StreamError {
		return new StreamError({code: 'ERR_RECORD_FIELD', offset, record: this.#record, field: 'count', value: String(count), expected});
	}

	#wrongLength(expected: string): StreamError {
		return new StreamError({code: 'ERR_RECORD_LENGTH', offset: this.#offset + 4, record: this.#record, length: this.#length, expected});
	}
}
