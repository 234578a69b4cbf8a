import {paddingOf, type ByteOrder} from './byte-order.ts';
import {PAGE_SIZE_BYTES, pageTypeHasData, type RawRecord} from './model.ts';
import {LibxcRecordType} from './record-types.ts';
import {SternaRecordType, type PageCodec} from './sterna-records.ts';

const RECORD_HEADER_BYTES = 8;
const LIST_HEAD_BYTES = 8;
const ENTRY_BYTES = 8;
const ZERO_RUN_BYTES = 16;

/** A whole record, header and zero padding included, in a fresh array. The body must already be in this byte order. */
export function encodeRecord({type, body}: RawRecord, byteOrder: ByteOrder = 'little'): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(RECORD_HEADER_BYTES + body.length + paddingOf(body.length));
	const view = new DataView(bytes.buffer);
	view.setUint32(0, type, byteOrder === 'little');
	view.setUint32(4, body.length, byteOrder === 'little');
	bytes.set(body, RECORD_HEADER_BYTES);
	return bytes;
}

/** Bytes in front of the pages of a PAGE_DATA record with this many entries: record header, count, reserved field, entries. */
export function pageDataHeadBytes(count: number): number {
	return RECORD_HEADER_BYTES + LIST_HEAD_BYTES + ENTRY_BYTES * count;
}

/**
 * Writes everything of a PAGE_DATA record that stands in front of its pages into `out`, little-endian. Nothing is allocated per page.
 * `runs`: pairs of first pfn and page count, listed in this order. `pageTypes`: type nibble of each pfn; undefined = all NOTAB.
 * Returns how many bytes of `out` were written, and how many pages must follow: those whose type carries data, in list order.
 * Throws RangeError when `out` is too small, TypeError for an empty list.
 */
export function writePageDataHead(
	out: Uint8Array,
	runs: Uint32Array,
	pageTypes: Uint8Array | undefined,
): {headBytes: number; dataPages: number} {
	const {view, count} = beginPageData(out, runs);
	const dataPages = pageTypes === undefined ? writePlainEntries(view, runs, count) : writeTypedEntries(view, runs, pageTypes);
	return endPageData(view, count, dataPages);
}

/** As `writePageDataHead`, but with one type nibble for all pages of a run: `runTypes` has one for each pair of `runs`. */
export function writeTypedRunsHead(out: Uint8Array, runs: Uint32Array, runTypes: Uint8Array): {headBytes: number; dataPages: number} {
	const {view, count} = beginPageData(out, runs);
	let at = RECORD_HEADER_BYTES + LIST_HEAD_BYTES;
	let dataPages = 0;
	for (let index = 0; index + 1 < runs.length; index += 2) {
		const first = runs[index] ?? 0;
		const pageCount = runs[index + 1] ?? 0;
		const type = runTypes[index / 2] ?? 0;
		const high = (type << 28) >>> 0;
		if (pageTypeHasData(type)) dataPages += pageCount;
		for (let pfn = first; pfn < first + pageCount; pfn++) {
			view.setUint32(at, pfn, true);
			view.setUint32(at + 4, high, true);
			at += ENTRY_BYTES;
		}
	}

	return endPageData(view, count, dataPages);
}

/** As `writePageDataHead`, of a COMPRESSED_PAGES record: in front of `compressedBytes` bytes, which its padding follows. Returns the head's bytes. */
export function writeCompressedPagesHead(out: Uint8Array, runs: Uint32Array, codec: PageCodec, compressedBytes: number): number {
	const {view, count} = beginPageData(out, runs);
	writePlainEntries(view, runs, count);
	view.setUint32(0, SternaRecordType.COMPRESSED_PAGES, true);
	view.setUint32(4, LIST_HEAD_BYTES + ENTRY_BYTES * count + compressedBytes, true);
	view.setUint32(8, count, true);
	view.setUint32(12, codec, true);
	return view.byteLength;
}

/** Bytes of a whole ZERO_PAGES record with so many runs. */
export function zeroPagesBytes(runCount: number): number {
	return RECORD_HEADER_BYTES + ZERO_RUN_BYTES * runCount;
}

/** Writes a whole ZERO_PAGES record into `out`, little-endian, and returns its length in bytes. `runs`: pairs of first pfn and page count. */
export function writeZeroPages(out: Uint8Array, runs: Uint32Array): number {
	const length = zeroPagesBytes(runs.length / 2);
	if (length > out.length) throw new RangeError(`a ZERO_PAGES record of ${length} bytes, there are ${out.length}`);
	const view = new DataView(out.buffer, out.byteOffset, length);
	view.setUint32(0, SternaRecordType.ZERO_PAGES, true);
	view.setUint32(4, length - RECORD_HEADER_BYTES, true);
	for (let index = 0; index < runs.length; index++) {
		view.setUint32(RECORD_HEADER_BYTES + 8 * index, runs[index] ?? 0, true);
		view.setUint32(RECORD_HEADER_BYTES + 8 * index + 4, 0, true);
	}

	return length;
}

/** A view of the head's bytes in `out`. */
function beginPageData(out: Uint8Array, runs: Uint32Array): {view: DataView; count: number} {
	let count = 0;
	for (let index = 1; index < runs.length; index += 2) count += runs[index] ?? 0;
	if (count === 0) throw new TypeError('a PAGE_DATA record without entries');
	const headBytes = pageDataHeadBytes(count);
	if (headBytes > out.length) throw new RangeError(`the head of ${count} entries takes ${headBytes} bytes, there are ${out.length}`);
	return {view: new DataView(out.buffer, out.byteOffset, headBytes), count};
}

function endPageData(view: DataView, count: number, dataPages: number): {headBytes: number; dataPages: number} {
	view.setUint32(0, LibxcRecordType.PAGE_DATA, true);
	view.setUint32(4, LIST_HEAD_BYTES + ENTRY_BYTES * count + PAGE_SIZE_BYTES * dataPages, true);
	view.setUint32(8, count, true);
	view.setUint32(12, 0, true);
	return {headBytes: view.byteLength, dataPages};
}

function writePlainEntries(view: DataView, runs: Uint32Array, count: number): number {
	let at = RECORD_HEADER_BYTES + LIST_HEAD_BYTES;
	for (let index = 0; index + 1 < runs.length; index += 2) {
		const first = runs[index] ?? 0;
		const end = first + (runs[index + 1] ?? 0);
		for (let pfn = first; pfn < end; pfn++) {
			view.setUint32(at, pfn, true);
			view.setUint32(at + 4, 0, true);
			at += ENTRY_BYTES;
		}
	}

	return count;
}

function writeTypedEntries(view: DataView, runs: Uint32Array, pageTypes: Uint8Array): number {
	let at = RECORD_HEADER_BYTES + LIST_HEAD_BYTES;
	let dataPages = 0;
	for (let index = 0; index + 1 < runs.length; index += 2) {
		const first = runs[index] ?? 0;
		const end = first + (runs[index + 1] ?? 0);
		for (let pfn = first; pfn < end; pfn++) {
			const type = pageTypes[pfn] ?? 0;
			view.setUint32(at, pfn, true);
			view.setUint32(at + 4, (type << 28) >>> 0, true);
			if (pageTypeHasData(type)) dataPages += 1;
			at += ENTRY_BYTES;
		}
	}

	return dataPages;
}
