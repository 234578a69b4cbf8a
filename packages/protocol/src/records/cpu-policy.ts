import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

export type CpuidLeaf = {
	readonly leaf: number;
	/** 0xffffffff: the leaf has no subleaves. */
	readonly subleaf: number;
	readonly eax: number;
	readonly ebx: number;
	readonly ecx: number;
	readonly edx: number;
};

/** X86_CPUID_POLICY: what CPUID answered in the guest. Version 3 only. docs/spec/stream.md section 4.10. */
export type CpuidPolicy = {readonly name: 'X86_CPUID_POLICY'; readonly leaves: readonly CpuidLeaf[]};

/** X86_MSR_POLICY: model-specific registers that the guest saw. Version 3 only. docs/spec/stream.md section 4.10. */
export type MsrPolicy = {readonly name: 'X86_MSR_POLICY'; readonly msrs: readonly {readonly index: number; readonly value: bigint}[]};

const LEAF_BYTES = 24;
const MSR_BYTES = 16;

/** Body: leaves of six u32, at least one. */
export function parseCpuidPolicy(body: RecordBody): CpuidPolicy {
	if (body.length === 0 || body.length % LEAF_BYTES !== 0) throw body.wrongLength(`a multiple of ${LEAF_BYTES}, not 0`);
	const leaves: CpuidLeaf[] = [];
	for (let at = 0; at < body.length; at += LEAF_BYTES) {
		leaves.push({
			leaf: body.u32(at),
			subleaf: body.u32(at + 4),
			eax: body.u32(at + 8),
			ebx: body.u32(at + 12),
			ecx: body.u32(at + 16),
			edx: body.u32(at + 20),
		});
	}

	return {name: 'X86_CPUID_POLICY', leaves};
}

export function encodeCpuidPolicy({leaves}: CpuidPolicy, byteOrder: ByteOrder = 'little'): Uint8Array {
	const {bytes, view} = newBody(LEAF_BYTES * leaves.length);
	for (const [index, {leaf, subleaf, eax, ebx, ecx, edx}] of leaves.entries()) {
		for (const [word, value] of [leaf, subleaf, eax, ebx, ecx, edx].entries())
			view.setUint32(LEAF_BYTES * index + 4 * word, value, byteOrder === 'little');
	}

	return bytes;
}

/** Body: entries of u32 index, u32 flags (0), u64 value, at least one. */
export function parseMsrPolicy(body: RecordBody): MsrPolicy {
	if (body.length === 0 || body.length % MSR_BYTES !== 0) throw body.wrongLength(`a multiple of ${MSR_BYTES}, not 0`);
	const msrs: {index: number; value: bigint}[] = [];
	for (let at = 0; at < body.length; at += MSR_BYTES) {
		body.reserved(at + 4, 4, `flags of MSR 0x${body.u32(at).toString(16)}`);
		msrs.push({index: body.u32(at), value: body.u64(at + 8)});
	}

	return {name: 'X86_MSR_POLICY', msrs};
}

export function encodeMsrPolicy({msrs}: MsrPolicy, byteOrder: ByteOrder = 'little'): Uint8Array {
	const littleEndian = byteOrder === 'little';
	const {bytes, view} = newBody(MSR_BYTES * msrs.length);
	for (const [position, {index, value}] of msrs.entries()) {
		view.setUint32(MSR_BYTES * position, index, littleEndian);
		view.setBigUint64(MSR_BYTES * position + 8, value, littleEndian);
	}

	return bytes;
}
