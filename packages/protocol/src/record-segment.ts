import type {StreamFault} from './errors.ts';
import type {GuestType} from './model.ts';
import type {RecordName} from './record-types.ts';

/** Sets of vCPU numbers as bits, so that the phase of a stream stays a plain value. */
type VcpuSet = bigint;

/**
 * What a segment has had: the records from the first PAGE_DATA to the tail records, closed by END or CHECKPOINT. A plain stream has one
 * segment, a checkpointed one a segment for each checkpoint. docs/spec/stream.md section 3.3.
 */
export type SegmentFacts = {
	/** X86_PV_P2M_FRAMES: of the whole stream, it is not repeated in later segments. */
	readonly p2mFrames: boolean;
	readonly memory: boolean;
	readonly verify: boolean;
	readonly tscInfo: boolean;
	readonly hvmContext: boolean;
	readonly sharedInfo: boolean;
	readonly basic: VcpuSet;
	readonly extended: VcpuSet;
	readonly xsave: VcpuSet;
	readonly msrs: VcpuSet;
};

type SegmentRecord = {readonly name: RecordName; readonly offset: number; readonly vcpuId?: number | undefined};

const VCPU_KINDS = new Map<RecordName, 'basic' | 'extended' | 'xsave' | 'msrs'>([
	['X86_PV_VCPU_BASIC', 'basic'],
	['X86_PV_VCPU_EXTENDED', 'extended'],
	['X86_PV_VCPU_XSAVE', 'xsave'],
	['X86_PV_VCPU_MSRS', 'msrs'],
]);

/** A segment that has had nothing. `later`: not the first one of its stream. */
export function emptySegment(later: boolean): SegmentFacts {
	return {
		p2mFrames: later,
		memory: false,
		verify: false,
		tscInfo: false,
		hvmContext: false,
		sharedInfo: false,
		basic: 0n,
		extended: 0n,
		xsave: 0n,
		msrs: 0n,
	};
}

/** The segment after one of its records other than PAGE_DATA. */
export function segmentWith(segment: SegmentFacts, record: SegmentRecord): SegmentFacts {
	switch (record.name) {
		case 'X86_PV_P2M_FRAMES':
			return {...segment, p2mFrames: true};
		case 'X86_TSC_INFO':
			return {...segment, tscInfo: true};
		case 'HVM_CONTEXT':
			return {...segment, hvmContext: true};
		case 'SHARED_INFO':
			return {...segment, sharedInfo: true};
		default: {
			const kind = VCPU_KINDS.get(record.name);
			if (kind === undefined || record.vcpuId === undefined) return segment;
			return {...segment, [kind]: segment[kind] | bitOf(record.vcpuId)};
		}
	}
}

/** What must have come before a segment may be closed, and has not; undefined when nothing. */
export function missingFromSegment(segment: SegmentFacts, {guestType}: {readonly guestType: GuestType}): string | undefined {
	if (guestType === 'hvm') return segment.hvmContext ? undefined : 'HVM_CONTEXT';
	if (!segment.p2mFrames) return 'X86_PV_P2M_FRAMES';
	return has(segment.basic, 0) ? undefined : 'X86_PV_VCPU_BASIC of vCPU 0';
}

/** What only a strict reader minds about a record in, or closing, a segment. */
export function segmentFault(
	segment: SegmentFacts,
	{guestType, checkpoints}: {readonly guestType: GuestType; readonly checkpoints: number},
	record: SegmentRecord,
): StreamFault | undefined {
	const kind = VCPU_KINDS.get(record.name);
	if (kind !== undefined && record.vcpuId !== undefined) {
		if (has(segment[kind], record.vcpuId))
			return {code: 'ERR_RECORD_DUPLICATE', offset: record.offset, record: `${record.name} of vCPU ${record.vcpuId}`};
		if (kind !== 'basic' && !has(segment.basic, record.vcpuId)) return missing(`X86_PV_VCPU_BASIC of vCPU ${record.vcpuId}`, record);
		return undefined;
	}

	switch (record.name) {
		case 'X86_TSC_INFO':
			return segment.tscInfo ? duplicate(record) : undefined;
		case 'HVM_CONTEXT':
			return segment.hvmContext ? duplicate(record) : undefined;
		case 'SHARED_INFO':
			return segment.sharedInfo ? duplicate(record) : undefined;
		case 'VERIFY':
			return segment.verify ? duplicate(record) : undefined;
		case 'END':
			// A segment that END drops need not be whole.
			return checkpoints > 0 ? undefined : missingForStrict(segment, guestType, record);
		case 'CHECKPOINT':
			return missingForStrict(segment, guestType, record);
		default:
			return undefined;
	}
}

function missingForStrict(segment: SegmentFacts, guestType: GuestType, record: SegmentRecord): StreamFault | undefined {
	if (guestType === 'pv' && !segment.sharedInfo) return missing('SHARED_INFO', record);
	// A stream without any memory, as test streams are, may do without.
	return segment.memory && !segment.tscInfo ? missing('X86_TSC_INFO', record) : undefined;
}

function bitOf(vcpuId: number): VcpuSet {
	return 1n << BigInt(vcpuId);
}

function has(set: VcpuSet, vcpuId: number): boolean {
	return (set & bitOf(vcpuId)) !== 0n;
}

function duplicate(record: SegmentRecord): StreamFault {
	return {code: 'ERR_RECORD_DUPLICATE', offset: record.offset, record: record.name};
}

function missing(name: string, record: SegmentRecord): StreamFault {
	return {code: 'ERR_RECORD_MISSING', offset: record.offset, missing: name, before: record.name};
}
