import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

/** Bytes of the body: two hashes, and a field of zeros. */
export const DIGEST_BODY_BYTES = 24;

/** DIGEST: what its data connection has carried so far, by its hashes. docs/spec/stream.md section 10.5. */
export type Digest = {
	readonly name: 'DIGEST';
	/** Of all bytes on this connection that are not contents of pages, up to and with this record's header. 64 bits. */
	readonly bytesHash: bigint;
	/** Of the pages of this connection as they were last sent, all hashes folded into one. 64 bits. */
	readonly pagesFold: bigint;
};

/** Body: u64 hash of the bytes, u64 fold of the pages, u64 zero. */
export function parseDigest(body: RecordBody): Digest {
	if (body.length !== DIGEST_BODY_BYTES) throw body.wrongLength(String(DIGEST_BODY_BYTES));
	body.reserved(16, 8);
	return {name: 'DIGEST', bytesHash: body.u64(0), pagesFold: body.u64(8)};
}

export function encodeDigest({bytesHash, pagesFold}: Omit<Digest, 'name'>, byteOrder: ByteOrder = 'little'): Uint8Array {
	const {bytes, view} = newBody(DIGEST_BODY_BYTES);
	view.setBigUint64(0, bytesHash, byteOrder === 'little');
	view.setBigUint64(8, pagesFold, byteOrder === 'little');
	return bytes;
}
