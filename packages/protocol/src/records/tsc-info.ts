import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

/** X86_TSC_INFO: how the guest's time stamp counter goes on. docs/spec/stream.md section 4.7. */
export type TscInfo = {
	readonly name: 'X86_TSC_INFO';
	/** 0 default, 1 always emulate, 2 never emulate. */
	readonly mode: number;
	/** Frequency in kHz. */
	readonly khz: number;
	/** Guest time that has passed, in nanoseconds. */
	readonly nsec: bigint;
	/** 1 in a guest never restored, and one more after each restore. */
	readonly incarnation: number;
};

const LENGTH = 24;

/** Body: u32 mode, u32 kHz, u64 ns, u32 incarnation, 4 zero bytes. The mode's meaning is the hypervisor's business. */
export function parseTscInfo(body: RecordBody): TscInfo {
	if (body.length !== LENGTH) throw body.wrongLength(`${LENGTH}`);
	body.reserved(20, 4);
	return {name: 'X86_TSC_INFO', mode: body.u32(0), khz: body.u32(4), nsec: body.u64(8), incarnation: body.u32(16)};
}

export function encodeTscInfo({mode, khz, nsec, incarnation}: TscInfo, byteOrder: ByteOrder = 'little'): Uint8Array {
	const littleEndian = byteOrder === 'little';
	const {bytes, view} = newBody(LENGTH);
	view.setUint32(0, mode, littleEndian);
	view.setUint32(4, khz, littleEndian);
	view.setBigUint64(8, nsec, littleEndian);
	view.setUint32(16, incarnation, littleEndian);
	return bytes;
}
