import type {RawRecord} from '@sterna/protocol';

/** Bytes in front of a record of the device state, and of a write to a disk. */
export const ENTRY_HEAD_BYTES = 16;

/** A write to a disk as a store holds it: `bytesOffset` is that of its bytes, from the beginning of all writes. */
export type HeldDiskWrite = {readonly disk: number; readonly offset: number; readonly byteLength: number; readonly bytesOffset: number};

/** A record of the device state as a store holds it: u32 layer (0 libxc, 1 libxl), u32 type, u32 length, u32 zero, then the body. New memory. */
export function encodeHeldRecord({layer, type, body}: RawRecord): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(ENTRY_HEAD_BYTES + body.length);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, layer === 'libxc' ? 0 : 1, true);
	view.setUint32(4, type, true);
	view.setUint32(8, body.length, true);
	bytes.set(body, ENTRY_HEAD_BYTES);
	return bytes;
}

/** All records of a device state; their bodies are views. Throws RangeError where the bytes are not such records. */
export function decodeHeldRecords(bytes: Uint8Array<ArrayBuffer>): RawRecord[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const records: RawRecord[] = [];
	let at = 0;
	while (at < bytes.length) {
		const bodyAt = at + ENTRY_HEAD_BYTES;
		const length = view.getUint32(at + 8, true);
		if (bodyAt + length > bytes.length) throw new RangeError(`a record of ${length} bytes, ${bytes.length - bodyAt} are left`);
		const layer = view.getUint32(at, true) === 0 ? 'libxc' : 'libxl';
		records.push({layer, type: view.getUint32(at + 4, true), body: bytes.subarray(bodyAt, bodyAt + length)});
		at = bodyAt + length;
	}

	return records;
}

/** What stands in front of a write's bytes: u32 disk, u32 length, u64 offset on the disk. New memory. */
export function encodeDiskWriteHead(disk: number, offset: number, byteLength: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(ENTRY_HEAD_BYTES);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, disk, true);
	view.setUint32(4, byteLength, true);
	view.setBigUint64(8, BigInt(offset), true);
	return bytes;
}

/** The same read, of a head that is at `at`, from the beginning of all writes. */
export function decodeDiskWriteHead(bytes: Uint8Array<ArrayBuffer>, at: number): HeldDiskWrite {
	const view = new DataView(bytes.buffer, bytes.byteOffset, ENTRY_HEAD_BYTES);
	return {
		disk: view.getUint32(0, true),
		byteLength: view.getUint32(4, true),
		offset: Number(view.getBigUint64(8, true)),
		bytesOffset: at + ENTRY_HEAD_BYTES,
	};
}
