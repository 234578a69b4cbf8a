import {assertNever} from './assert-never.ts';
import {hex} from './text.ts';
import type {GuestType, StreamLayer} from './model.ts';

/** Which of a stream's headers a fault is in. */
export type HeaderName = 'xl header' | 'libxl header' | 'image header' | 'domain header';

/**
 * What can be wrong with a stream. One line per code; `offset` is the stream offset in bytes of the field at fault, or of the
 * record where the record as such is; the other fields are what a log needs to explain it. docs/spec/stream.md section 8.
 */
export type StreamFault =
	/** The bytes end inside something, or at a record boundary before END; no checkpoint is whole. */
	| {readonly code: 'ERR_STREAM_TRUNCATED'; readonly offset: number; readonly wantedBytes: number; readonly inside: string}
	/** A checkpointed stream ends without END after at least one whole checkpoint: what a standby sees at failover. */
	| {
			readonly code: 'ERR_STREAM_BROKEN_OFF';
			readonly offset: number;
			readonly wantedBytes: number;
			readonly inside: string;
			readonly wholeCheckpoints: number;
	  }
	| {readonly code: 'ERR_STREAM_UNRECOGNISED'; readonly offset: number; readonly found: string; readonly hint: string}
	| {readonly code: 'ERR_TRAILING_DATA'; readonly offset: number}
	| {
			readonly code: 'ERR_HEADER_FIELD';
			readonly offset: number;
			readonly header: HeaderName;
			readonly field: string;
			readonly value: string;
			readonly expected: string;
	  }
	| {
			readonly code: 'ERR_HEADER_RESERVED';
			readonly offset: number;
			readonly header: HeaderName;
			readonly field: string;
			readonly value: string;
	  }
	| {readonly code: 'ERR_GUEST_TYPE'; readonly offset: number; readonly guestType: GuestType; readonly expected: GuestType}
	| {readonly code: 'ERR_XL_CONFIG'; readonly offset: number; readonly problem: string}
	| {
			readonly code: 'ERR_RECORD_UNKNOWN';
			readonly offset: number;
			readonly layer: StreamLayer;
			readonly type: number;
			readonly optional: boolean;
	  }
	| {readonly code: 'ERR_RECORD_OBSOLETE'; readonly offset: number; readonly record: string}
	| {
			readonly code: 'ERR_RECORD_TOO_LONG';
			readonly offset: number;
			readonly record: string;
			readonly length: number;
			readonly limit: number;
	  }
	| {
			readonly code: 'ERR_RECORD_LENGTH';
			readonly offset: number;
			readonly record: string;
			readonly length: number;
			readonly expected: string;
	  }
	| {readonly code: 'ERR_RECORD_PADDING'; readonly offset: number; readonly record: string}
	| {readonly code: 'ERR_RECORD_RESERVED'; readonly offset: number; readonly record: string; readonly field: string; readonly value: string}
	| {
			readonly code: 'ERR_RECORD_FIELD';
			readonly offset: number;
			readonly record: string;
			readonly field: string;
			readonly value: string;
			readonly expected: string;
	  }
	| {
			readonly code: 'ERR_RECORD_UNEXPECTED';
			readonly offset: number;
			readonly layer: StreamLayer;
			readonly record: string;
			readonly phase: string;
	  }
	| {readonly code: 'ERR_RECORD_DUPLICATE'; readonly offset: number; readonly record: string}
	| {readonly code: 'ERR_RECORD_MISSING'; readonly offset: number; readonly missing: string; readonly before: string}
	| {readonly code: 'ERR_RECORD_WRONG_GUEST'; readonly offset: number; readonly record: string; readonly guestType: GuestType | 'pvh'}
	| {readonly code: 'ERR_PAGE_TYPE'; readonly offset: number; readonly pfn: number; readonly type: number; readonly guestType: GuestType}
	| {readonly code: 'ERR_PFN_RANGE'; readonly offset: number; readonly record: string; readonly pfn: string; readonly limit: number}
	| {readonly code: 'ERR_XENSTORE_DATA'; readonly offset: number; readonly problem: string}
	/** Found by `migrate-ctl stream verify`, which sees page contents: a page sent after VERIFY differs from the one before. */
	| {readonly code: 'ERR_VERIFY_MISMATCH'; readonly offset: number; readonly pfn: number; readonly problem: string}
	/** Same: a frame that a PV guest's vCPU, start-info page or P2M table names is not one it could start from. */
	| {readonly code: 'ERR_PV_FRAME'; readonly offset: number; readonly what: string; readonly pfn: string; readonly problem: string}
	/** Same: a present entry of a page-table page names a frame beyond the guest. */
	| {
			readonly code: 'ERR_PAGE_TABLE_ENTRY';
			readonly offset: number;
			readonly pfn: number;
			readonly slot: number;
			readonly target: string;
			readonly maxPfn: number;
	  };

export type StreamFaultCode = StreamFault['code'];

/** A stream that is wrong or breaks off. Callers branch on `code`; `fault` has the offset and the numbers. */
export class StreamError extends Error {
	override readonly name = 'StreamError';
	readonly code: StreamFaultCode;
	readonly fault: StreamFault;
	/** Stream offset in bytes of what is wrong. */
	readonly offset: number;

	constructor(fault: StreamFault, options?: ErrorOptions) {
		super(describeStreamFault(fault), options);
		this.code = fault.code;
		this.fault = fault;
		this.offset = fault.offset;
	}
}

/** A fault as one sentence with its numbers, without offset and full stop. */
export function describeStreamFault(fault: StreamFault): string {
	switch (fault.code) {
		case 'ERR_STREAM_TRUNCATED':
			return `the stream ends inside ${fault.inside}: at least ${fault.wantedBytes} more bytes are missing`;
		case 'ERR_STREAM_BROKEN_OFF':
			return `the stream breaks off inside ${fault.inside} after ${fault.wholeCheckpoints} whole checkpoints`;
		case 'ERR_STREAM_UNRECOGNISED':
			return `the bytes ${fault.found} begin none of the known streams${fault.hint === '' ? '' : `: ${fault.hint}`}`;
		case 'ERR_TRAILING_DATA':
			return 'there is data behind the end of the stream';
		case 'ERR_HEADER_FIELD':
			return `${fault.field} of the ${fault.header} is ${fault.value}, expected ${fault.expected}`;
		case 'ERR_HEADER_RESERVED':
			return `${fault.field} of the ${fault.header} is reserved, but is ${fault.value}`;
		case 'ERR_GUEST_TYPE':
			return `the stream is of a guest of type ${fault.guestType}, expected ${fault.expected}`;
		case 'ERR_XL_CONFIG':
			return `the optional data of the xl header is wrong: ${fault.problem}`;
		case 'ERR_RECORD_UNKNOWN':
			return `${fault.layer} record type ${hex(fault.type)} is unknown (${fault.optional ? 'optional' : 'mandatory'})`;
		case 'ERR_RECORD_OBSOLETE':
			return `${fault.record} records are obsolete and must not be sent`;
		case 'ERR_RECORD_TOO_LONG':
			return `${fault.record} claims a body of ${fault.length} bytes, the limit is ${fault.limit}`;
		case 'ERR_RECORD_LENGTH':
			return `${fault.record} has a body of ${fault.length} bytes, expected ${fault.expected}`;
		case 'ERR_RECORD_PADDING':
			return `the padding of ${fault.record} is not zero`;
		case 'ERR_RECORD_RESERVED':
			return `${fault.field} of ${fault.record} is reserved, but is ${fault.value}`;
		case 'ERR_RECORD_FIELD':
			return `${fault.field} of ${fault.record} is ${fault.value}, expected ${fault.expected}`;
		case 'ERR_RECORD_UNEXPECTED':
			return `${fault.layer} record ${fault.record} may not come here (${fault.phase})`;
		case 'ERR_RECORD_DUPLICATE':
			return `${fault.record} comes a second time`;
		case 'ERR_RECORD_MISSING':
			return `${fault.missing} is missing before ${fault.before}`;
		case 'ERR_RECORD_WRONG_GUEST':
			return `${fault.record} does not belong into the stream of a ${fault.guestType} guest`;
		case 'ERR_PAGE_TYPE':
			return `page ${hex(fault.pfn)} has type ${hex(fault.type)}, which a ${fault.guestType} stream does not have`;
		case 'ERR_PFN_RANGE':
			return `${fault.record} names pfn ${fault.pfn}, the guest ends before ${hex(fault.limit)}`;
		case 'ERR_XENSTORE_DATA':
			return `the xenstore data is wrong: ${fault.problem}`;
		case 'ERR_VERIFY_MISMATCH':
			return `page ${hex(fault.pfn)} after VERIFY ${fault.problem}`;
		case 'ERR_PV_FRAME':
			return `${fault.what} is pfn ${fault.pfn}, which ${fault.problem}`;
		case 'ERR_PAGE_TABLE_ENTRY':
			return `entry ${fault.slot} of page table ${hex(fault.pfn)} names pfn ${fault.target}, the guest ends at ${hex(fault.maxPfn)}`;
		default:
			return assertNever(fault);
	}
}
