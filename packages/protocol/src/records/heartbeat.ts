import {StreamError} from '../errors.ts';
import type {StreamLayer} from '../model.ts';
import {SternaRecordType} from '../sterna-records.ts';

/** Bytes of a whole HEARTBEAT record: a header without a body. */
export const HEARTBEAT_BYTES = 8;

/** A whole HEARTBEAT record, in new memory. docs/spec/stream.md section 10.6. */
export function encodeHeartbeat(): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(HEARTBEAT_BYTES);
	new DataView(bytes.buffer).setUint32(0, SternaRecordType.HEARTBEAT, true);
	return bytes;
}

/** Checks a HEARTBEAT record, whose header is at `offset`. Throws StreamError ERR_RECORD_UNEXPECTED outside of the libxc layer, ERR_RECORD_LENGTH for a body. */
export function checkHeartbeat(layer: StreamLayer, phase: string, length: number, offset: number): void {
	const record = 'HEARTBEAT';
	if (layer !== 'libxc') throw new StreamError({code: 'ERR_RECORD_UNEXPECTED', offset, layer, record, phase});
	if (length !== 0) throw new StreamError({code: 'ERR_RECORD_LENGTH', offset: offset + 4, record, length, expected: '0'});
}
