import {assertNever} from '../assert-never.ts';
import {StreamError} from '../errors.ts';
import {encodeCheckpointState, parseCheckpointState, type CheckpointState} from './checkpoint-state.ts';
import {encodeCpuidPolicy, encodeMsrPolicy, parseCpuidPolicy, parseMsrPolicy, type CpuidPolicy, type MsrPolicy} from './cpu-policy.ts';
import {encodeDigest, parseDigest, type Digest} from './digest.ts';
import {encodeDirtyPfnList, parseDirtyPfnList, type DirtyPfnList} from './dirty-pfn-list.ts';
import {type DiskWrite, encodeDiskWrite, parseDiskWrite} from './disk-write.ts';
import {encodeEmpty, parseEmpty, type EmptyRecordName} from './empty.ts';
import {
	encodeEmulatorContext,
	encodeEmulatorXenstoreData,
	parseEmulatorContext,
	parseEmulatorXenstoreData,
	type EmulatorContext,
	type EmulatorXenstoreData,
} from './emulator.ts';
import {encodeHvmContext, parseHvmContext, type HvmContext} from './hvm-context.ts';
import {encodeHvmParams, parseHvmParams, type HvmParams} from './hvm-params.ts';
import {encodeP2mFrames, parseP2mFrames, type P2mFrames} from './p2m-frames.ts';
import {encodePvInfo, parsePvInfo, type PvInfo} from './pv-info.ts';
import {encodeSharedInfo, parseSharedInfo, type SharedInfo} from './shared-info.ts';
import {encodeTscInfo, parseTscInfo, type TscInfo} from './tsc-info.ts';
import {encodeVcpu, parseVcpu, type VcpuRecord} from './vcpu.ts';
import {encodeZeroPages, parseZeroPages, type ZeroPages} from './zero-pages.ts';
import type {ByteOrder} from '../byte-order.ts';
import type {RecordBody} from './record-body.ts';

/** A record's body as values. PAGE_DATA is not among them: its pages never become values. */
export type StreamRecord =
	| {readonly name: EmptyRecordName}
	| PvInfo
	| P2mFrames
	| VcpuRecord
	| SharedInfo
	| TscInfo
	| HvmContext
	| HvmParams
	| CpuidPolicy
	| MsrPolicy
	| DirtyPfnList
	| EmulatorXenstoreData
	| EmulatorContext
	| CheckpointState
	| ZeroPages
	| Digest
	| DiskWrite
	/** One of Sterna's own types that no content is assigned to yet. */
	| {readonly name: 'STERNA'};

/** The values of a whole body. Views in the result share the body's bytes. Throws StreamError. */
export function parseRecord(body: RecordBody): StreamRecord {
	const {name} = body.context;
	switch (name) {
		case 'END':
		case 'VERIFY':
		case 'CHECKPOINT':
		case 'STATIC_DATA_END':
		case 'LIBXC_CONTEXT':
		case 'CHECKPOINT_END':
			return parseEmpty(name, body);
		case 'X86_PV_INFO':
			return parsePvInfo(body);
		case 'X86_PV_P2M_FRAMES':
			return parseP2mFrames(body);
		case 'X86_PV_VCPU_BASIC':
		case 'X86_PV_VCPU_EXTENDED':
		case 'X86_PV_VCPU_XSAVE':
		case 'X86_PV_VCPU_MSRS':
			return parseVcpu(name, body);
		case 'SHARED_INFO':
			return parseSharedInfo(body);
		case 'X86_TSC_INFO':
			return parseTscInfo(body);
		case 'HVM_CONTEXT':
			return parseHvmContext(body);
		case 'HVM_PARAMS':
			return parseHvmParams(body);
		case 'X86_CPUID_POLICY':
			return parseCpuidPolicy(body);
		case 'X86_MSR_POLICY':
			return parseMsrPolicy(body);
		case 'CHECKPOINT_DIRTY_PFN_LIST':
			return parseDirtyPfnList(body);
		case 'EMULATOR_XENSTORE_DATA':
			return parseEmulatorXenstoreData(body);
		case 'EMULATOR_CONTEXT':
			return parseEmulatorContext(body);
		case 'CHECKPOINT_STATE':
			return parseCheckpointState(body);
		case 'ZERO_PAGES':
			return parseZeroPages(body);
		case 'DIGEST':
			return parseDigest(body);
		case 'DISK_WRITE':
			return parseDiskWrite(body);
		case 'TOOLSTACK':
			throw new StreamError({code: 'ERR_RECORD_OBSOLETE', offset: body.context.recordOffset, record: name});
		case 'PAGE_DATA':
		case 'COMPRESSED_PAGES':
			throw new TypeError('a record of pages is read page list first, not as a whole body');
		default:
			return assertNever(name);
	}
}

/** The inverse of `parseRecord`: a fresh body without padding. */
export function encodeRecordBody(record: Exclude<StreamRecord, {name: 'STERNA'}>, byteOrder: ByteOrder = 'little'): Uint8Array {
	switch (record.name) {
		case 'END':
		case 'VERIFY':
		case 'CHECKPOINT':
		case 'STATIC_DATA_END':
		case 'LIBXC_CONTEXT':
		case 'CHECKPOINT_END':
			return encodeEmpty();
		case 'X86_PV_INFO':
			return encodePvInfo(record);
		case 'X86_PV_P2M_FRAMES':
			return encodeP2mFrames(record, byteOrder);
		case 'X86_PV_VCPU_BASIC':
		case 'X86_PV_VCPU_EXTENDED':
		case 'X86_PV_VCPU_XSAVE':
		case 'X86_PV_VCPU_MSRS':
			return encodeVcpu(record, byteOrder);
		case 'SHARED_INFO':
			return encodeSharedInfo(record);
		case 'X86_TSC_INFO':
			return encodeTscInfo(record, byteOrder);
		case 'HVM_CONTEXT':
			return encodeHvmContext(record);
		case 'HVM_PARAMS':
			return encodeHvmParams(record, byteOrder);
		case 'X86_CPUID_POLICY':
			return encodeCpuidPolicy(record, byteOrder);
		case 'X86_MSR_POLICY':
			return encodeMsrPolicy(record, byteOrder);
		case 'CHECKPOINT_DIRTY_PFN_LIST':
			return encodeDirtyPfnList(record, byteOrder);
		case 'EMULATOR_XENSTORE_DATA':
			return encodeEmulatorXenstoreData(record, byteOrder);
		case 'EMULATOR_CONTEXT':
			return encodeEmulatorContext(record, byteOrder);
		case 'CHECKPOINT_STATE':
			return encodeCheckpointState(record, byteOrder);
		case 'ZERO_PAGES':
			return encodeZeroPages(record, byteOrder);
		case 'DIGEST':
			return encodeDigest(record, byteOrder);
		case 'DISK_WRITE':
			return encodeDiskWrite(record, byteOrder);
		default:
			return assertNever(record);
	}
}
