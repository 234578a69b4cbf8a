import {PAGE_SIZE_BYTES} from '../model.ts';
import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

/** X86_PV_P2M_FRAMES: how far a PV guest's pfns go, and which of its pages hold its own P2M table. docs/spec/stream.md section 4.4. */
export type P2mFrames = {
	readonly name: 'X86_PV_P2M_FRAMES';
	readonly startPfn: number;
	/** Inclusive: the highest pfn of the guest. */
	readonly endPfn: number;
	/** Pfns of the pages that hold the table, one for each page's worth of entries. */
	readonly frames: Float64Array;
};

const HEAD_BYTES = 8;

/** How many pages of P2M table cover pfns `startPfn` to `endPfn` in a guest whose words have `guestWidth` bytes. */
export function p2mFrameCount(startPfn: number, endPfn: number, guestWidth: 4 | 8): number {
	const entriesPerFrame = PAGE_SIZE_BYTES / guestWidth;
	return Math.floor(endPfn / entriesPerFrame) - Math.floor(startPfn / entriesPerFrame) + 1;
}

/** Body: u32 start, u32 end (inclusive), then u64 pfns. The record order makes sure that the width is known by now. */
export function parseP2mFrames(body: RecordBody): P2mFrames {
	if (body.length < HEAD_BYTES) throw body.wrongLength(`at least ${HEAD_BYTES}`);
	const startPfn = body.u32(0);
	const endPfn = body.u32(4);
	if (startPfn > endPfn) throw body.wrongField(0, 'start_pfn', startPfn, `at most end_pfn 0x${endPfn.toString(16)}`);
	if (endPfn >= body.context.pfnLimit) throw body.pfnRange(4, endPfn, body.context.pfnLimit);
	const count = p2mFrameCount(startPfn, endPfn, body.context.guestWidth ?? 8);
	if (body.length !== HEAD_BYTES + 8 * count) throw body.wrongLength(`${HEAD_BYTES + 8 * count} for ${count} frames`);
	const frames = new Float64Array(count);
	for (let index = 0; index < count; index++) frames[index] = body.pfn(HEAD_BYTES + 8 * index);
	return {name: 'X86_PV_P2M_FRAMES', startPfn, endPfn, frames};
}

export function encodeP2mFrames({startPfn, endPfn, frames}: P2mFrames, byteOrder: ByteOrder = 'little'): Uint8Array {
	const littleEndian = byteOrder === 'little';
	const {bytes, view} = newBody(HEAD_BYTES + 8 * frames.length);
	view.setUint32(0, startPfn, littleEndian);
	view.setUint32(4, endPfn, littleEndian);
	for (const [index, pfn] of frames.entries()) view.setBigUint64(HEAD_BYTES + 8 * index, BigInt(pfn), littleEndian);
	return bytes;
}
