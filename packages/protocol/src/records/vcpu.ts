import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

/** The four records that carry a PV vCPU's state. docs/spec/stream.md section 4.5. */
export type VcpuRecordName = 'X86_PV_VCPU_BASIC' | 'X86_PV_VCPU_EXTENDED' | 'X86_PV_VCPU_XSAVE' | 'X86_PV_VCPU_MSRS';

export type VcpuRecord = {
	readonly name: VcpuRecordName;
	readonly vcpuId: number;
	/** Opaque state, a view of the body; empty in the records without content that Xen 4.6 to 4.8 wrote, which are ignored. */
	readonly context: Uint8Array;
};

const HEAD_BYTES = 8;
const MSR_BYTES = 16;
/** Longest state of X86_PV_VCPU_EXTENDED: the size of the hypercall's structure. */
const MAX_EXTENDED_BYTES = 128;
const MIN_XSAVE_BYTES = 16;

/** Bytes of a vCPU's basic context in a guest of this word size. */
export function basicContextBytes(guestWidth: 4 | 8): number {
	return guestWidth === 8 ? 5168 : 2800;
}

/** Body: u32 vCPU, 4 zero bytes, state. The state's length rule depends on the record. */
export function parseVcpu(name: VcpuRecordName, body: RecordBody): VcpuRecord {
	if (body.length < HEAD_BYTES) throw body.wrongLength(`at least ${HEAD_BYTES}`);
	const vcpuId = body.u32(0);
	body.reserved(4, 4);
	const context = body.bytes.subarray(HEAD_BYTES);
	// The vCPU's number of a record without content is not looked at, as in Xen.
	if (context.length > 0) {
		if (vcpuId >= body.context.vcpuLimit) throw body.wrongField(0, 'vcpu_id', vcpuId, `less than ${body.context.vcpuLimit}`);
		checkContext(name, body, context.length);
	}

	return {name, vcpuId, context};
}

function checkContext(name: VcpuRecordName, body: RecordBody, length: number): void {
	switch (name) {
		case 'X86_PV_VCPU_BASIC': {
			const expected = basicContextBytes(body.context.guestWidth ?? 8);
			if (length !== expected) throw body.wrongLength(`${HEAD_BYTES + expected} in a guest of width ${body.context.guestWidth}`);
			return;
		}

		case 'X86_PV_VCPU_EXTENDED':
			if (length > MAX_EXTENDED_BYTES) throw body.wrongLength(`at most ${HEAD_BYTES + MAX_EXTENDED_BYTES}`);
			return;
		case 'X86_PV_VCPU_XSAVE':
			if (length < MIN_XSAVE_BYTES) throw body.wrongLength(`at least ${HEAD_BYTES + MIN_XSAVE_BYTES}`);
			return;
		case 'X86_PV_VCPU_MSRS':
			if (length % MSR_BYTES !== 0) throw body.wrongLength(`${HEAD_BYTES} and a multiple of ${MSR_BYTES}`);
			for (let at = HEAD_BYTES; at < body.length; at += MSR_BYTES)
				body.reserved(at + 4, 4, `the reserved field of MSR ${(at - HEAD_BYTES) / MSR_BYTES}`);
	}
}

export function encodeVcpu({vcpuId, context}: VcpuRecord, byteOrder: ByteOrder = 'little'): Uint8Array {
	const {bytes, view} = newBody(HEAD_BYTES + context.length);
	view.setUint32(0, vcpuId, byteOrder === 'little');
	bytes.set(context, HEAD_BYTES);
	return bytes;
}
