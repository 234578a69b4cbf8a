import {StreamError, type StreamFault} from '../errors.ts';
import {hex} from '../text.ts';
import type {ByteOrder} from '../byte-order.ts';
import type {RecordName} from '../record-types.ts';

/** What the parser of a record must know of the stream around it. Offsets are stream offsets in bytes. */
export type RecordContext = {
	readonly name: RecordName;
	/** Of the record's header. */
	readonly recordOffset: number;
	readonly byteOrder: ByteOrder;
	/** Bytes of a word of a PV guest; undefined in an HVM stream. */
	readonly guestWidth: 4 | 8 | undefined;
	/** Exclusive upper bound of pfns. */
	readonly pfnLimit: number;
	/** Exclusive upper bound of vCPU numbers. */
	readonly vcpuLimit: number;
	/** Takes what only a strict reader rejects: throws there, and otherwise lets the reader go on. */
	readonly deviation: (fault: StreamFault) => void;
};

const HEADER_BYTES = 8;

/** The body of one record, without padding, and the means to name what is wrong in it. */
export class RecordBody {
	readonly bytes: Uint8Array;
	readonly context: RecordContext;
	readonly #view: DataView;
	readonly #littleEndian: boolean;

	constructor(bytes: Uint8Array, context: RecordContext) {
		this.bytes = bytes;
		this.context = context;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		this.#littleEndian = context.byteOrder === 'little';
	}

	get length(): number {
		return this.bytes.length;
	}

	u8(at: number): number {
		return this.#view.getUint8(at);
	}

	u16(at: number): number {
		return this.#view.getUint16(at, this.#littleEndian);
	}

	u32(at: number): number {
		return this.#view.getUint32(at, this.#littleEndian);
	}

	u64(at: number): bigint {
		return this.#view.getBigUint64(at, this.#littleEndian);
	}

	/** A u64 that names a page and nothing else. Throws ERR_PFN_RANGE at or beyond the limit. */
	pfn(at: number): number {
		const low = this.u32(this.#littleEndian ? at : at + 4);
		const high = this.u32(this.#littleEndian ? at + 4 : at);
		const pfn = high * 2 ** 32 + low;
		// A value beyond 2^53 is inexact here, but then it is beyond the limit as well.
		if (pfn >= this.context.pfnLimit) throw this.pfnRange(at, this.u64(at), this.context.pfnLimit);
		return pfn;
	}

	pfnRange(at: number, pfn: bigint | number, limit: number): StreamError {
		return new StreamError({code: 'ERR_PFN_RANGE', offset: this.#offset(at), record: this.context.name, pfn: hex(pfn), limit});
	}

	/** The body has a length that its kind cannot have. The offset is that of the length field. */
	wrongLength(expected: string): StreamError {
		return new StreamError(this.#wrongLength(expected));
	}

	/** As `wrongLength`, but only a strict reader minds. */
	deviatingLength(expected: string): void {
		this.context.deviation(this.#wrongLength(expected));
	}

	wrongField(at: number, field: string, value: number | bigint, expected: string): StreamError {
		return new StreamError(this.#wrongField(at, field, value, expected));
	}

	/** As `wrongField`, but only a strict reader minds. */
	deviatingField(at: number, field: string, value: number | bigint, expected: string): void {
		this.context.deviation(this.#wrongField(at, field, value, expected));
	}

	/** A strict reader insists on zeros in the `size` bytes at `at`. */
	reserved(at: number, size: number, field = 'the reserved field'): void {
		for (let index = at; index < at + size; index++) {
			const value = this.u8(index);
			if (value === 0) continue;
			this.context.deviation({
				code: 'ERR_RECORD_RESERVED',
				offset: this.#offset(index),
				record: this.context.name,
				field,
				value: hex(value),
			});
			return;
		}
	}

	xenstoreProblem(at: number, problem: string): StreamError {
		return new StreamError({code: 'ERR_XENSTORE_DATA', offset: this.#offset(at), problem});
	}

	#wrongLength(expected: string): StreamFault {
		return {code: 'ERR_RECORD_LENGTH', offset: this.context.recordOffset + 4, record: this.context.name, length: this.length, expected};
	}

	#wrongField(at: number, field: string, value: number | bigint, expected: string): StreamFault {
		return {code: 'ERR_RECORD_FIELD', offset: this.#offset(at), record: this.context.name, field, value: hex(value), expected};
	}

	#offset(at: number): number {
		return this.context.recordOffset + HEADER_BYTES + at;
	}
}

/** A fresh body of `length` zeros with a view to write its integers in the given byte order. */
export function newBody(length: number): {bytes: Uint8Array; view: DataView} {
	const bytes = new Uint8Array(length);
	return {bytes, view: new DataView(bytes.buffer)};
}
