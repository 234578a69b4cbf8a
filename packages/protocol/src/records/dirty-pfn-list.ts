import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

/** CHECKPOINT_DIRTY_PFN_LIST: pages that a COLO secondary wrote, on the back channel. docs/spec/stream.md section 4.11. */
export type DirtyPfnList = {
	readonly name: 'CHECKPOINT_DIRTY_PFN_LIST';
	/** In no particular order; may be empty. */
	readonly pfns: Float64Array;
};

/** Body: u64 pfns, nothing else. Each must lie below the guest's size. */
export function parseDirtyPfnList(body: RecordBody): DirtyPfnList {
	if (body.length % 8 !== 0) throw body.wrongLength('a multiple of 8');
	const pfns = new Float64Array(body.length / 8);
	for (let index = 0; index < pfns.length; index++) pfns[index] = body.pfn(8 * index);
	return {name: 'CHECKPOINT_DIRTY_PFN_LIST', pfns};
}

export function encodeDirtyPfnList({pfns}: DirtyPfnList, byteOrder: ByteOrder = 'little'): Uint8Array {
	const {bytes, view} = newBody(8 * pfns.length);
	for (const [index, pfn] of pfns.entries()) view.setBigUint64(8 * index, BigInt(pfn), byteOrder === 'little');
	return bytes;
}
