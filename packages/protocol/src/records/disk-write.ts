import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

/** Bytes of the body in front of what is written. */
const HEAD_BYTES = 16;

/** Most bytes that one record writes: 1 MiB, so that a receiver holds no more of it than of any other record. */
export const MAX_DISK_WRITE_BYTES = 1024 * 1024;

/** Longest body of a DISK_WRITE. */
export const MAX_DISK_WRITE_BODY_BYTES = HEAD_BYTES + MAX_DISK_WRITE_BYTES;

/** DISK_WRITE: what the guest wrote to one of its disks in the epoch of a checkpoint. docs/spec/stream.md section 10.7. */
export type DiskWrite = {
	readonly name: 'DISK_WRITE';
	/** Number of the disk, in the order that was agreed on. */
	readonly disk: number;
	/** Of the first byte on the disk, below 2^53. */
	readonly offset: number;
	/** 1 byte to `MAX_DISK_WRITE_BYTES`; a view of the record's body. */
	readonly bytes: Uint8Array;
};

/** Body: u32 disk, u32 zero, u64 offset, then the bytes. */
export function parseDiskWrite(body: RecordBody): DiskWrite {
	if (body.length <= HEAD_BYTES || body.length > MAX_DISK_WRITE_BODY_BYTES)
		throw body.wrongLength(`${HEAD_BYTES + 1} to ${MAX_DISK_WRITE_BODY_BYTES}`);
	body.reserved(4, 4);
	const wide = body.u64(8);
	const bytes = body.bytes.subarray(HEAD_BYTES);
	const offset = Number(wide);
	if (!Number.isSafeInteger(offset + bytes.length)) throw body.wrongField(8, 'the offset on the disk', wide, 'below 2^53');
	return {name: 'DISK_WRITE', disk: body.u32(0), offset, bytes};
}

/** Throws RangeError for nothing to write, too much of it, or an offset that is none. */
export function encodeDiskWrite({disk, offset, bytes}: Omit<DiskWrite, 'name'>, byteOrder: ByteOrder = 'little'): Uint8Array {
	if (bytes.length === 0 || bytes.length > MAX_DISK_WRITE_BYTES) throw new RangeError(`a disk write of ${bytes.length} bytes`);
	if (!Number.isSafeInteger(offset + bytes.length) || offset < 0) throw new RangeError(`a disk write at ${offset}`);
	const encoded = newBody(HEAD_BYTES + bytes.length);
	encoded.view.setUint32(0, disk, byteOrder === 'little');
	encoded.view.setBigUint64(8, BigInt(offset), byteOrder === 'little');
	encoded.bytes.set(bytes, HEAD_BYTES);
	return encoded.bytes;
}
