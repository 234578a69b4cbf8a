import {StreamError} from '../errors.ts';
import {SternaRecordType} from '../sterna-records.ts';

const RECORD_HEADER_BYTES = 8;
const BODY_BYTES = 8;
const TWO_TO_32 = 2 ** 32;

/** A whole BARRIER record. `sequence`: 1, 2, … below 2^53. docs/spec/stream.md section 10. */
export function encodeBarrier(sequence: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(RECORD_HEADER_BYTES + BODY_BYTES);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, SternaRecordType.BARRIER, true);
	view.setUint32(4, BODY_BYTES, true);
	view.setUint32(8, sequence % TWO_TO_32, true);
	view.setUint32(12, Math.floor(sequence / TWO_TO_32), true);
	return bytes;
}

/** The sequence number in a BARRIER's body. `offset`: of the record's header. Throws StreamError ERR_RECORD_LENGTH or ERR_RECORD_FIELD. */
export function parseBarrier(body: Uint8Array, offset: number): number {
	if (body.length !== BODY_BYTES)
		throw new StreamError({
			code: 'ERR_RECORD_LENGTH',
			offset: offset + 4,
			record: 'BARRIER',
			length: body.length,
			expected: String(BODY_BYTES),
		});
	const view = new DataView(body.buffer, body.byteOffset, BODY_BYTES);
	const sequence = view.getUint32(0, true) + view.getUint32(4, true) * TWO_TO_32;
	if (sequence >= 1 && Number.isSafeInteger(sequence)) return sequence;
	throw new StreamError({
		code: 'ERR_RECORD_FIELD',
		offset: offset + RECORD_HEADER_BYTES,
		record: 'BARRIER',
		field: 'sequence',
		value: String(sequence),
		expected: '1 to 2^53 - 1',
	});
}
