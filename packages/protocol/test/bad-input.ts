import test from 'ava';
import {decode, STRICT, TOLERANT} from './helpers/decode.ts';
import {vector} from './helpers/vectors.ts';
import {
	ascii,
	CHECKPOINT,
	CHECKPOINT_END,
	checkpointState,
	concat,
	CONTEXT,
	CPUID,
	domainHeader,
	EMULATOR_CONTEXT,
	END,
	GO_TEXT,
	hvm,
	imageHeader,
	libxl,
	libxlHeader,
	MSR,
	P2M_FRAMES,
	PAGE,
	pageData,
	pv,
	PV_INFO,
	record,
	SHARED_INFO,
	STATIC_DATA_END,
	TSC,
	u16,
	u32,
	u64,
	vcpuBasic,
	VERIFY,
	xlHeader,
	xlHeaderOf,
	XL_MAGIC_TEXT,
	zeros,
} from './helpers/wire.ts';
import type {StreamDecoderOptions, StreamFaultCode, StreamMode} from '@sterna/protocol';

// The bad inputs of docs/spec/stream.md section 9, by their numbers there. `strict`: what a strict reader says; `tolerant`: what a receiver
// says, `accept` where it goes on. `offset`: of the fault.
type Verdict = StreamFaultCode | 'accept';
type Row = {
	readonly id: string;
	readonly bytes: Uint8Array;
	readonly strict: Verdict;
	readonly tolerant?: Verdict;
	readonly offset?: number;
	readonly mode?: StreamMode;
	readonly guestType?: 'pv' | 'hvm';
	readonly begins?: 'colo-back';
	readonly pfnLimit?: number;
};

/** Offset of the first record in a bare libxc stream, and of the record behind STATIC_DATA_END. */
const FIRST = 40;
const SECOND = 48;
const TAIL = [TSC, CONTEXT, END] as const;
const PV_TAIL = [TSC, SHARED_INFO, vcpuBasic(), END] as const;
const PV_HEAD = [PV_INFO, STATIC_DATA_END, P2M_FRAMES] as const;
const PV_PAGES = pageData([[0, 0, zeros(4096)]]);
const hvmWith = (...records: readonly Uint8Array[]): Uint8Array => hvm([STATIC_DATA_END, ...records, ...TAIL]);
const round = (...close: readonly Uint8Array[]): Uint8Array => concat(pageData([[0, 1, PAGE]]), TSC, CONTEXT, CHECKPOINT, ...close);
const pagesAt = (...entries: Parameters<typeof pageData>[0]): Uint8Array => hvmWith(pageData(entries));
const hvmMin = vector('A');
const libxlMin = libxl(hvmMin, EMULATOR_CONTEXT, END);
const emulator = (id: number, payload: Uint8Array): Uint8Array => record(2, concat(u32(id), u32(0), payload));
const withXenstore = (text: string): Uint8Array => libxl(hvmMin, emulator(2, ascii(text)), EMULATOR_CONTEXT, END);

const HEADERS: readonly Row[] = [
	{id: 'H1 empty input', bytes: zeros(0), strict: 'ERR_STREAM_TRUNCATED', tolerant: 'ERR_STREAM_TRUNCATED', offset: 0},
	{
		id: 'H2 marker not all ones',
		bytes: hvm([]).fill(0x7f, 3, 4),
		strict: 'ERR_STREAM_UNRECOGNISED',
		tolerant: 'ERR_STREAM_UNRECOGNISED',
		offset: 0,
	},
	{
		id: 'H2 a legacy image',
		bytes: concat(u64(0x8000), zeros(80)),
		strict: 'ERR_STREAM_UNRECOGNISED',
		tolerant: 'ERR_STREAM_UNRECOGNISED',
		offset: 0,
	},
	{
		id: 'H3 id',
		bytes: concat(imageHeader({id: 0x58454e47}), domainHeader(2)),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 8,
	},
	...[0, 1, 4, 0x0200_0000].map((version): Row => ({
		id: `H4 version ${version}`,
		bytes: hvm([CONTEXT, END], version),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 12,
	})),
	{
		id: 'H5 big-endian flag on little-endian bodies',
		bytes: concat(imageHeader({options: 1}), domainHeader(2), END),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 24,
	},
	...[1, 7, 15].map((bit): Row => ({
		id: `H6 option bit ${bit}`,
		bytes: concat(imageHeader({options: 1 << bit}), hvmMin.subarray(24)),
		strict: 'ERR_HEADER_RESERVED',
		tolerant: 'accept',
		offset: 16,
	})),
	{
		id: 'H7 reserved 16',
		bytes: concat(imageHeader({reserved16: 1}), hvmMin.subarray(24)),
		strict: 'ERR_HEADER_RESERVED',
		tolerant: 'accept',
		offset: 18,
	},
	{
		id: 'H7 reserved 32',
		bytes: concat(imageHeader({reserved32: 0x8000_0000}), hvmMin.subarray(24)),
		strict: 'ERR_HEADER_RESERVED',
		tolerant: 'accept',
		offset: 20,
	},
	...[0, 3, 4, 0x1_0002].map((type): Row => ({
		id: `H8 domain type ${type}`,
		bytes: concat(imageHeader(), domainHeader(type), hvmMin.subarray(40)),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 24,
	})),
	{id: 'H9 HVM where PV is wanted', bytes: hvmMin, guestType: 'pv', strict: 'ERR_GUEST_TYPE', tolerant: 'ERR_GUEST_TYPE', offset: 24},
	{id: 'H9 PV where HVM is wanted', bytes: vector('E'), guestType: 'hvm', strict: 'ERR_GUEST_TYPE', tolerant: 'ERR_GUEST_TYPE', offset: 24},
	...[0, 13, 44].map((pageShift): Row => ({
		id: `H10 page shift ${pageShift}`,
		bytes: concat(imageHeader(), domainHeader(2, {pageShift}), hvmMin.subarray(40)),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 28,
	})),
	{
		id: 'H11 domain reserved',
		bytes: concat(imageHeader(), domainHeader(2, {reserved: 1}), hvmMin.subarray(40)),
		strict: 'ERR_HEADER_RESERVED',
		tolerant: 'accept',
		offset: 30,
	},
];

const FRAMING: readonly Row[] = [
	{id: 'F1 no END', bytes: hvm([STATIC_DATA_END, CONTEXT]), strict: 'ERR_STREAM_TRUNCATED', tolerant: 'ERR_STREAM_TRUNCATED', offset: 64},
	{
		id: 'F1 no END behind a checkpoint',
		bytes: vector('J'),
		strict: 'ERR_STREAM_BROKEN_OFF',
		tolerant: 'ERR_STREAM_BROKEN_OFF',
		offset: 8496,
	},
	{
		id: 'F2 inside a record header',
		bytes: hvmMin.subarray(0, 45),
		strict: 'ERR_STREAM_TRUNCATED',
		tolerant: 'ERR_STREAM_TRUNCATED',
		offset: 45,
	},
	{id: 'F3 inside a body', bytes: hvmMin.subarray(0, 58), strict: 'ERR_STREAM_TRUNCATED', tolerant: 'ERR_STREAM_TRUNCATED', offset: 58},
	{id: 'F3 inside padding', bytes: hvmMin.subarray(0, 62), strict: 'ERR_STREAM_TRUNCATED', tolerant: 'ERR_STREAM_TRUNCATED', offset: 62},
	...[0x0800_0001, 0xffff_ffff].flatMap((length): Row[] => [
		{
			id: `F4 HVM_CONTEXT of ${length}`,
			bytes: hvmWith(concat(u32(9), u32(length))),
			strict: 'ERR_RECORD_TOO_LONG',
			tolerant: 'ERR_RECORD_TOO_LONG',
			offset: SECOND + 4,
		},
		{
			id: `F4 PAGE_DATA of ${length}`,
			bytes: hvmWith(concat(u32(1), u32(length))),
			strict: 'ERR_RECORD_TOO_LONG',
			tolerant: 'ERR_RECORD_TOO_LONG',
			offset: SECOND + 4,
		},
	]),
	{
		id: 'F5 padding',
		bytes: hvm([STATIC_DATA_END, record(9, ascii('CTX!'), {padding: Uint8Array.of(0, 0, 0, 1)}), END]),
		strict: 'ERR_RECORD_PADDING',
		tolerant: 'accept',
		offset: 63,
	},
	...[0x13, 0x7fff_ffff, 0x55].map((type): Row => ({
		id: `F6 type ${type}`,
		bytes: hvmWith(record(type)),
		strict: 'ERR_RECORD_UNKNOWN',
		tolerant: 'ERR_RECORD_UNKNOWN',
		offset: SECOND,
	})),
	{
		id: 'F7 optional type',
		bytes: hvmWith(record(0x8000_0055, ascii('hello'))),
		strict: 'ERR_RECORD_UNKNOWN',
		tolerant: 'accept',
		offset: SECOND,
	},
	{
		id: 'F7 optional type without a body',
		bytes: hvmWith(record(0xffff_ffff)),
		strict: 'ERR_RECORD_UNKNOWN',
		tolerant: 'accept',
		offset: SECOND,
	},
	{
		id: 'F8 optional bit on PAGE_DATA',
		bytes: hvmWith(record(0x8000_0001, concat(u32(1), zeros(4), u64(1), PAGE))),
		strict: 'ERR_RECORD_UNKNOWN',
		tolerant: 'accept',
		offset: SECOND,
	},
	{
		id: 'F9 END with a body',
		bytes: hvm([STATIC_DATA_END, CONTEXT, record(0, zeros(8))]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'accept',
		offset: 68,
	},
	{
		id: 'F9 STATIC_DATA_END with a body',
		bytes: hvm([record(0x10, ascii('x')), ...TAIL]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'accept',
		offset: FIRST + 4,
	},
	{
		id: 'F9 VERIFY with a body',
		bytes: hvmWith(record(0x0d, ascii('x'))),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'accept',
		offset: SECOND + 4,
	},
	{
		id: 'F9 CHECKPOINT with a body',
		bytes: hvm([STATIC_DATA_END, TSC, CONTEXT, record(0x0e, ascii('x')), END]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'accept',
		offset: 100,
	},
	{id: 'F10 data behind END', bytes: concat(hvmMin, zeros(1)), strict: 'ERR_TRAILING_DATA', tolerant: 'accept', offset: 72},
	{
		id: 'F11 X86_PV_INFO in HVM',
		bytes: hvm([PV_INFO, STATIC_DATA_END, ...TAIL]),
		strict: 'ERR_RECORD_WRONG_GUEST',
		tolerant: 'ERR_RECORD_WRONG_GUEST',
		offset: FIRST,
	},
	{
		id: 'F11 HVM_CONTEXT in PV',
		bytes: pv([...PV_HEAD, PV_PAGES, CONTEXT, ...PV_TAIL]),
		strict: 'ERR_RECORD_WRONG_GUEST',
		tolerant: 'ERR_RECORD_WRONG_GUEST',
	},
	{id: 'F12 TOOLSTACK', bytes: hvmWith(record(0x0b)), strict: 'ERR_RECORD_OBSOLETE', tolerant: 'ERR_RECORD_OBSOLETE', offset: SECOND},
	{
		id: 'F13 CHECKPOINT in a plain stream',
		bytes: hvm([STATIC_DATA_END, round(), END]),
		mode: 'plain',
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
	},
	{
		id: 'F14 dirty list in the forward stream',
		bytes: hvmWith(record(0x0f)),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
		offset: SECOND,
	},
];

const STATIC_DATA: readonly Row[] = [
	{
		id: 'S1 PAGE_DATA before STATIC_DATA_END',
		bytes: hvm([pageData([[0xe, 1]]), STATIC_DATA_END, ...TAIL]),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'ERR_RECORD_MISSING',
		offset: FIRST,
	},
	{id: 'S2 no STATIC_DATA_END', bytes: hvm([END]), strict: 'ERR_RECORD_MISSING', tolerant: 'ERR_RECORD_MISSING', offset: FIRST},
	{
		id: 'S2 state without STATIC_DATA_END',
		bytes: hvm([CONTEXT, END]),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'ERR_RECORD_MISSING',
		offset: FIRST,
	},
	{
		id: 'S3 STATIC_DATA_END twice',
		bytes: hvmWith(STATIC_DATA_END),
		strict: 'ERR_RECORD_DUPLICATE',
		tolerant: 'ERR_RECORD_DUPLICATE',
		offset: SECOND,
	},
	{
		id: 'S4 STATIC_DATA_END in version 2',
		bytes: hvm([STATIC_DATA_END, ...TAIL], 2),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'accept',
		offset: FIRST,
	},
	{id: 'S5 CPUID policy in version 2', bytes: hvm([CPUID, ...TAIL], 2), strict: 'ERR_RECORD_UNEXPECTED', tolerant: 'accept', offset: FIRST},
	{id: 'S5 MSR policy in version 2', bytes: hvm([MSR, ...TAIL], 2), strict: 'ERR_RECORD_UNEXPECTED', tolerant: 'accept', offset: FIRST},
	...[0, 23, 25, 40].map((length): Row => ({
		id: `S6 CPUID policy of ${length}`,
		bytes: hvm([record(0x11, zeros(length)), STATIC_DATA_END, ...TAIL]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: FIRST + 4,
	})),
	...[0, 8, 24].map((length): Row => ({
		id: `S7 MSR policy of ${length}`,
		bytes: hvm([record(0x12, zeros(length)), STATIC_DATA_END, ...TAIL]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: FIRST + 4,
	})),
	{
		id: 'S8 CPUID policy behind STATIC_DATA_END',
		bytes: hvmWith(CPUID),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
		offset: SECOND,
	},
	{
		id: 'S8 MSR policy behind STATIC_DATA_END',
		bytes: hvmWith(MSR),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
		offset: SECOND,
	},
	{
		id: 'S9 MSR flags',
		bytes: hvm([record(0x12, concat(u32(0xce), u32(1), u64(0))), STATIC_DATA_END, ...TAIL]),
		strict: 'ERR_RECORD_RESERVED',
		tolerant: 'accept',
		offset: FIRST + 12,
	},
];

const PAGES: readonly Row[] = [
	...[0, 4, 7, 8].map((length): Row => ({
		id: `P1 body of ${length}`,
		bytes: hvmWith(record(1, zeros(length))),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: SECOND + 4,
	})),
	{
		id: 'P2 count 0',
		bytes: hvmWith(pageData([[0xf, 1]], {count: 0})),
		strict: 'ERR_RECORD_FIELD',
		tolerant: 'ERR_RECORD_FIELD',
		offset: SECOND + 8,
	},
	...[2, 0x2000_0001, 0xffff_ffff].map((count): Row => ({
		id: `P3 count ${count} of 1`,
		bytes: hvmWith(pageData([[0xf, 1]], {count})),
		strict: 'ERR_RECORD_FIELD',
		tolerant: 'ERR_RECORD_FIELD',
		offset: SECOND + 8,
	})),
	...[5, 6, 7, 8].map((type): Row => ({
		id: `P4 type ${type}`,
		bytes: pagesAt([type, 1, PAGE]),
		strict: 'ERR_PAGE_TYPE',
		tolerant: 'ERR_PAGE_TYPE',
		offset: SECOND + 16,
	})),
	{
		id: 'P5 no page for a data-bearing entry',
		bytes: pagesAt([0, 1], [0, 2, PAGE]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: SECOND + 4,
	},
	...[0xd, 0xe, 0xf].map((type): Row => ({
		id: `P6 a page for type ${type}`,
		bytes: pagesAt([type, 1, PAGE]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: SECOND + 4,
	})),
	...[4095, 4097].map((length): Row => ({
		id: `P7 a page of ${length}`,
		bytes: pagesAt([0, 1, zeros(length)]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: SECOND + 4,
	})),
	...[52, 59].map((bit): Row => ({
		id: `P8 reserved bit ${bit}`,
		bytes: pagesAt([0xf, 0], [0xf, (1n << BigInt(bit)) | 5n]),
		strict: 'ERR_RECORD_RESERVED',
		tolerant: 'accept',
		offset: SECOND + 24,
	})),
	{
		id: 'P9 reserved field',
		bytes: hvmWith(pageData([[0xf, 1]], {reserved: 1})),
		strict: 'ERR_RECORD_RESERVED',
		tolerant: 'accept',
		offset: SECOND + 12,
	},
	{
		id: 'P10 the highest pfn there is',
		bytes: pagesAt([0xe, 2n ** 52n - 1n]),
		strict: 'ERR_PFN_RANGE',
		tolerant: 'ERR_PFN_RANGE',
		offset: SECOND + 16,
	},
	{
		id: 'P10 a pfn beyond what was agreed',
		bytes: pagesAt([0xf, 0xff], [0, 0x100, PAGE]),
		pfnLimit: 0x100,
		strict: 'ERR_PFN_RANGE',
		tolerant: 'ERR_PFN_RANGE',
		offset: SECOND + 24,
	},
	{
		id: 'P10 a pfn beyond the PV guest',
		bytes: pv([...PV_HEAD, pageData([[0, 4, PAGE]]), ...PV_TAIL]),
		strict: 'ERR_PFN_RANGE',
		tolerant: 'ERR_PFN_RANGE',
	},
	{id: 'P11 the same pfn twice', bytes: pagesAt([0, 1, PAGE], [0, 1, zeros(4096)]), strict: 'accept', tolerant: 'accept'},
	{
		id: 'P12 more than 1024 entries',
		bytes: pagesAt(...Array.from({length: 5000}, (_, pfn) => [0xf, pfn] as const)),
		strict: 'accept',
		tolerant: 'accept',
	},
	...[1, 4, 9, 0xc].map((type): Row => ({
		id: `P13 page-table type ${type} in HVM`,
		bytes: pagesAt([type, 1, PAGE]),
		strict: 'ERR_PAGE_TYPE',
		tolerant: 'accept',
		offset: SECOND + 16,
	})),
];

const vcpu = (type: number, length: number, id = 0): Uint8Array => record(type, concat(u32(id), u32(0), zeros(length)));
const pvWith = (...records: readonly Uint8Array[]): Uint8Array =>
	pv([...PV_HEAD, PV_PAGES, TSC, SHARED_INFO, vcpuBasic(), ...records, END]);
const wide = (width: number, levels: number): Uint8Array => record(2, concat(Uint8Array.of(width, levels), zeros(6)));

const OTHERS: readonly Row[] = [
	...[0, 16, 32].map((length): Row => ({
		id: `O1 TSC_INFO of ${length}`,
		bytes: hvm([STATIC_DATA_END, record(8, zeros(length)), CONTEXT, END]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: SECOND + 4,
	})),
	{
		id: 'O2 empty HVM_CONTEXT',
		bytes: hvm([STATIC_DATA_END, record(9), END]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: SECOND + 4,
	},
	{
		id: 'O3 no HVM_CONTEXT',
		bytes: hvm([STATIC_DATA_END, TSC, END]),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'ERR_RECORD_MISSING',
		offset: SECOND + 32,
	},
	{
		id: 'O4 HVM_PARAMS of 4',
		bytes: hvmWith(record(0xa, zeros(4))),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: SECOND + 4,
	},
	{
		id: 'O4 HVM_PARAMS with too many',
		bytes: hvmWith(record(0xa, concat(u32(2), zeros(4 + 16)))),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: SECOND + 4,
	},
	{
		id: 'O4 HVM_PARAMS with too few',
		bytes: hvmWith(record(0xa, concat(u32(1), zeros(4 + 32)))),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: SECOND + 4,
	},
	{id: 'O5 HVM_PARAMS without any', bytes: hvmWith(record(0xa, zeros(8))), strict: 'accept', tolerant: 'accept'},
	{
		id: 'O6 X86_PV_INFO of 4',
		bytes: pv([record(2, Uint8Array.of(8, 4, 0, 0)), STATIC_DATA_END]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: FIRST + 4,
	},
	{
		id: 'O7 X86_PV_INFO of 16',
		bytes: pv([record(2, concat(Uint8Array.of(8, 4), zeros(14))), ...PV_HEAD.slice(1), PV_PAGES, ...PV_TAIL]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'accept',
		offset: FIRST + 4,
	},
	{id: 'O8 width 5', bytes: pv([wide(5, 4)]), strict: 'ERR_RECORD_FIELD', tolerant: 'ERR_RECORD_FIELD', offset: SECOND},
	{id: 'O8 levels 2', bytes: pv([wide(4, 2)]), strict: 'ERR_RECORD_FIELD', tolerant: 'ERR_RECORD_FIELD', offset: SECOND + 1},
	{id: 'O8 width 8 with levels 3', bytes: pv([wide(8, 3)]), strict: 'ERR_RECORD_FIELD', tolerant: 'ERR_RECORD_FIELD', offset: SECOND + 1},
	{
		id: 'O9 second X86_PV_INFO',
		bytes: pv([PV_INFO, PV_INFO]),
		strict: 'ERR_RECORD_DUPLICATE',
		tolerant: 'ERR_RECORD_DUPLICATE',
		offset: FIRST + 16,
	},
	{id: 'O9 second X86_PV_INFO, late', bytes: pv([...PV_HEAD, PV_INFO]), strict: 'ERR_RECORD_DUPLICATE', tolerant: 'ERR_RECORD_DUPLICATE'},
	{
		id: 'O10 P2M_FRAMES before X86_PV_INFO',
		bytes: pv([STATIC_DATA_END, P2M_FRAMES]),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'ERR_RECORD_MISSING',
		offset: FIRST,
	},
	{
		id: 'O10 the same in version 2',
		bytes: pv([P2M_FRAMES, PV_INFO], 2),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'ERR_RECORD_MISSING',
		offset: FIRST,
	},
	{
		id: 'O11 start beyond end',
		bytes: pv([PV_INFO, STATIC_DATA_END, record(3, concat(u32(4), u32(3), u64(3)))]),
		strict: 'ERR_RECORD_FIELD',
		tolerant: 'ERR_RECORD_FIELD',
	},
	{
		id: 'O11 a frame too few',
		bytes: pv([PV_INFO, STATIC_DATA_END, record(3, concat(u32(0), u32(512), u64(3)))]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
	},
	{
		id: 'O11 a frame too many',
		bytes: pv([PV_INFO, STATIC_DATA_END, record(3, concat(u32(0), u32(511), u64(3), u64(4)))]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
	},
	{
		id: 'O11 no frames at all',
		bytes: pv([PV_INFO, STATIC_DATA_END, record(3, zeros(4))]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
	},
	...[4, 5, 6, 0xc].map((type): Row => ({
		id: `O12 vCPU record ${type} of 7`,
		bytes: pvWith(record(type, zeros(7))),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
	})),
	...[1, 2800, 5167, 5169].map((length): Row => ({
		id: `O13 BASIC of ${length}`,
		bytes: pvWith(vcpu(4, length, 1)),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
	})),
	{id: 'O13 BASIC without content', bytes: pvWith(vcpu(4, 0, 1)), strict: 'accept', tolerant: 'accept'},
	{id: 'O14 EXTENDED of 129', bytes: pvWith(vcpu(5, 129)), strict: 'ERR_RECORD_LENGTH', tolerant: 'ERR_RECORD_LENGTH'},
	{id: 'O14 EXTENDED of 128', bytes: pvWith(vcpu(5, 128)), strict: 'accept', tolerant: 'accept'},
	...[1, 15].map((length): Row => ({
		id: `O14 XSAVE of ${length}`,
		bytes: pvWith(vcpu(6, length)),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
	})),
	{id: 'O14 MSRS of 24', bytes: pvWith(vcpu(0xc, 24)), strict: 'ERR_RECORD_LENGTH', tolerant: 'ERR_RECORD_LENGTH'},
	...[5, 6, 0xc].map((type): Row => ({
		id: `O14 vCPU record ${type} without content`,
		bytes: pvWith(vcpu(type, 0, 0xffff_ffff)),
		strict: 'accept',
		tolerant: 'accept',
	})),
	{id: 'O15 vCPU 8192', bytes: pvWith(vcpuBasic(8192)), strict: 'ERR_RECORD_FIELD', tolerant: 'ERR_RECORD_FIELD'},
	{
		id: 'O15 vCPU 1 of 1',
		bytes: concat(xlHeaderOf('pv'), libxl(pvWith(vcpuBasic(1)), END)),
		strict: 'ERR_RECORD_FIELD',
		tolerant: 'ERR_RECORD_FIELD',
	},
	{
		id: 'O16 no vCPU 0',
		bytes: pv([...PV_HEAD, PV_PAGES, TSC, SHARED_INFO, vcpuBasic(1), END]),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'ERR_RECORD_MISSING',
	},
	{
		id: 'O17 SHARED_INFO of 4095',
		bytes: pv([...PV_HEAD, PV_PAGES, TSC, record(7, zeros(4095)), vcpuBasic(), END]),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
	},
	{
		id: 'O17 SHARED_INFO before X86_PV_INFO',
		bytes: pv([SHARED_INFO], 2),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'ERR_RECORD_MISSING',
		offset: FIRST,
	},
	{
		id: 'O21 PAGE_DATA before P2M_FRAMES',
		bytes: pv([PV_INFO, STATIC_DATA_END, PV_PAGES, P2M_FRAMES, ...PV_TAIL]),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'ERR_RECORD_MISSING',
	},
	{
		id: 'O22 X86_PV_INFO reserved',
		bytes: pv([record(2, Uint8Array.of(8, 4, 0, 0, 0, 0, 0, 1)), ...PV_HEAD.slice(1), PV_PAGES, ...PV_TAIL]),
		strict: 'ERR_RECORD_RESERVED',
		tolerant: 'accept',
		offset: FIRST + 15,
	},
	{
		id: 'reserved field of TSC_INFO',
		bytes: hvm([STATIC_DATA_END, record(8, concat(zeros(20), u32(1))), CONTEXT, END]),
		strict: 'ERR_RECORD_RESERVED',
		tolerant: 'accept',
		offset: SECOND + 28,
	},
	{
		id: 'reserved field of HVM_PARAMS',
		bytes: hvmWith(record(0xa, concat(u32(0), u32(0x100)))),
		strict: 'ERR_RECORD_RESERVED',
		tolerant: 'accept',
		offset: SECOND + 13,
	},
	{
		id: 'reserved field of a vCPU record',
		bytes: pvWith(record(5, concat(u32(0), u32(1), zeros(8)))),
		strict: 'ERR_RECORD_RESERVED',
		tolerant: 'accept',
	},
	{
		id: 'reserved field of a vCPU MSR',
		bytes: pvWith(record(0xc, concat(zeros(8), u32(1), u32(1), u64(0)))),
		strict: 'ERR_RECORD_RESERVED',
		tolerant: 'accept',
	},
	{
		id: 'pages without X86_TSC_INFO',
		bytes: hvm([STATIC_DATA_END, pageData([[0xf, 1]]), CONTEXT, END]),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'accept',
	},
	{id: 'second X86_TSC_INFO', bytes: hvm([STATIC_DATA_END, TSC, TSC, CONTEXT, END]), strict: 'ERR_RECORD_DUPLICATE', tolerant: 'accept'},
	{id: 'second HVM_CONTEXT', bytes: hvm([STATIC_DATA_END, TSC, CONTEXT, CONTEXT, END]), strict: 'ERR_RECORD_DUPLICATE', tolerant: 'accept'},
	{
		id: 'PV without SHARED_INFO',
		bytes: pv([...PV_HEAD, PV_PAGES, TSC, vcpuBasic(), END]),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'accept',
	},
	{id: 'vCPU state without BASIC', bytes: pvWith(vcpu(5, 64, 1)), strict: 'ERR_RECORD_MISSING', tolerant: 'accept'},
	{id: 'vCPU state twice', bytes: pvWith(vcpuBasic()), strict: 'ERR_RECORD_DUPLICATE', tolerant: 'accept'},
	{
		id: 'PV without P2M_FRAMES',
		bytes: pv([PV_INFO, STATIC_DATA_END, ...PV_TAIL]),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'ERR_RECORD_MISSING',
	},
];

const BACK_CHANNEL: readonly Row[] = (
	[
		{
			id: 'O18 dirty list of 12',
			bytes: concat(vector('K').subarray(0, 48), record(0xf, zeros(12))),
			strict: 'ERR_RECORD_LENGTH',
			tolerant: 'ERR_RECORD_LENGTH',
			offset: 52,
		},
		{id: 'O19 dirty pfn beyond the guest', bytes: vector('K'), pfnLimit: 3, strict: 'ERR_PFN_RANGE', tolerant: 'ERR_PFN_RANGE', offset: 72},
		{
			id: 'O20 another record than the dirty list',
			bytes: concat(vector('K').subarray(0, 48), checkpointState(2)),
			strict: 'ERR_RECORD_UNEXPECTED',
			tolerant: 'ERR_RECORD_UNEXPECTED',
			offset: 48,
		},
		{
			id: 'O24 no dirty list',
			bytes: vector('K').subarray(0, 48),
			strict: 'ERR_STREAM_TRUNCATED',
			tolerant: 'ERR_STREAM_TRUNCATED',
			offset: 48,
		},
		{id: 'O24 an empty dirty list', bytes: concat(vector('K').subarray(0, 48), record(0xf)), strict: 'accept', tolerant: 'accept'},
		{
			id: 'L18 NEW on the back channel',
			bytes: checkpointState(0),
			strict: 'ERR_RECORD_UNEXPECTED',
			tolerant: 'ERR_RECORD_UNEXPECTED',
			offset: 0,
		},
	] as const
).map((row): Row => ({...row, begins: 'colo-back'}));

const CHECKPOINTS: readonly Row[] = [
	{
		id: 'C1 a malformed record in a later checkpoint',
		bytes: concat(vector('J'), record(8, zeros(8)), CHECKPOINT),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: 8500,
	},
	{
		id: 'C2 an optional record in a later checkpoint',
		bytes: concat(vector('J'), record(0x8000_0099), END),
		strict: 'ERR_RECORD_UNKNOWN',
		tolerant: 'accept',
		offset: 8496,
	},
	{
		id: 'C3 an over-long record in a later checkpoint',
		bytes: concat(vector('J'), u32(9), u32(0xffff_ffff)),
		strict: 'ERR_RECORD_TOO_LONG',
		tolerant: 'ERR_RECORD_TOO_LONG',
		offset: 8500,
	},
	{
		id: 'C4 STATIC_DATA_END again',
		bytes: concat(vector('J'), STATIC_DATA_END),
		strict: 'ERR_RECORD_DUPLICATE',
		tolerant: 'ERR_RECORD_DUPLICATE',
		offset: 8496,
	},
	{
		id: 'C5 image header again',
		bytes: concat(vector('J'), imageHeader()),
		strict: 'ERR_RECORD_TOO_LONG',
		tolerant: 'ERR_RECORD_TOO_LONG',
		offset: 8500,
	},
	{
		id: 'C6 VERIFY behind a checkpoint',
		bytes: concat(vector('J'), VERIFY),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
		offset: 8496,
	},
	{
		id: 'C6 CHECKPOINT behind VERIFY',
		bytes: hvm([STATIC_DATA_END, pageData([[0, 1, PAGE]]), VERIFY, round()]),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
	},
	{
		id: 'C6 VERIFY in a checkpointed stream',
		bytes: hvmWith(VERIFY),
		mode: 'checkpointed',
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
		offset: SECOND,
	},
	{
		id: 'a checkpoint without HVM_CONTEXT',
		bytes: concat(vector('J'), pageData([[0, 1, PAGE]]), TSC, CHECKPOINT),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'ERR_RECORD_MISSING',
	},
];

const LIBXL: readonly Row[] = [
	{
		id: 'L1 ident',
		bytes: concat(xlHeader(), libxlHeader({ident: 'libxlFmt'}), libxlMin.subarray(16)),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 55,
	},
	...[1, 3, 0x0200_0000].map((version): Row => ({
		id: `L2 version ${version}`,
		bytes: concat(libxlHeader({version}), libxlMin.subarray(16)),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 8,
	})),
	{
		id: 'L3 big-endian flag on little-endian records',
		bytes: concat(libxlHeader({options: 1}), libxlMin.subarray(16)),
		strict: 'ERR_RECORD_UNKNOWN',
		tolerant: 'ERR_RECORD_UNKNOWN',
		offset: 16,
	},
	...[2, 15, 16, 31].map((bit): Row => ({
		id: `L4 option bit ${bit}`,
		bytes: concat(libxlHeader({options: (1 << bit) >>> 0}), libxlMin.subarray(16)),
		strict: 'ERR_HEADER_RESERVED',
		tolerant: 'accept',
		offset: 12,
	})),
	{
		id: 'L4 said to be converted, but not by the converter',
		bytes: concat(libxlHeader({options: 2}), libxlMin.subarray(16)),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'accept',
		offset: 56,
	},
	{id: 'L5 unknown type', bytes: libxl(hvmMin, record(6), END), strict: 'ERR_RECORD_UNKNOWN', tolerant: 'ERR_RECORD_UNKNOWN', offset: 96},
	{
		id: 'L6 unknown optional type',
		bytes: libxl(hvmMin, record(0x8000_0003, zeros(9)), EMULATOR_CONTEXT, END),
		strict: 'ERR_RECORD_UNKNOWN',
		tolerant: 'accept',
		offset: 96,
	},
	{id: 'L7 END first', bytes: concat(libxlHeader(), END), strict: 'ERR_RECORD_UNEXPECTED', tolerant: 'ERR_RECORD_UNEXPECTED', offset: 16},
	{
		id: 'L8 two LIBXC_CONTEXT',
		bytes: libxl(hvmMin, record(1), hvmMin, END),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
		offset: 96,
	},
	{
		id: 'L9 END with a body',
		bytes: libxl(hvmMin, EMULATOR_CONTEXT, record(0, ascii('x'))),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'accept',
	},
	{
		id: 'L9 LIBXC_CONTEXT with a body',
		bytes: concat(libxlHeader(), record(1, ascii('x')), hvmMin, EMULATOR_CONTEXT, END),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'accept',
		offset: 20,
	},
	...[0, 4, 7].map((length): Row => ({
		id: `L10 emulator record of ${length}`,
		bytes: libxl(hvmMin, record(3, zeros(length)), END),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: 100,
	})),
	{
		id: 'L11 emulator 3',
		bytes: libxl(hvmMin, record(3, concat(u32(3), u32(0))), END),
		strict: 'ERR_RECORD_FIELD',
		tolerant: 'ERR_RECORD_FIELD',
		offset: 104,
	},
	{
		id: 'emulator index 1',
		bytes: libxl(hvmMin, record(3, concat(u32(2), u32(1))), END),
		strict: 'ERR_RECORD_FIELD',
		tolerant: 'accept',
		offset: 108,
	},
	{
		id: 'L12 emulator record in PV',
		bytes: libxl(vector('E'), EMULATOR_CONTEXT, END),
		strict: 'ERR_RECORD_WRONG_GUEST',
		tolerant: 'ERR_RECORD_WRONG_GUEST',
	},
	{
		id: 'L12 emulator record in PVH',
		bytes: concat(xlHeaderOf('pvh'), libxlMin),
		strict: 'ERR_RECORD_WRONG_GUEST',
		tolerant: 'ERR_RECORD_WRONG_GUEST',
	},
	{id: 'L13 HVM without EMULATOR_CONTEXT', bytes: libxl(hvmMin, END), strict: 'ERR_RECORD_MISSING', tolerant: 'accept', offset: 96},
	{
		id: 'L13 HVM by its configuration without EMULATOR_CONTEXT',
		bytes: concat(xlHeaderOf('hvm'), libxl(hvmMin, END)),
		strict: 'ERR_RECORD_MISSING',
		tolerant: 'accept',
	},
	{id: 'L13 PVH by its configuration has none', bytes: concat(xlHeaderOf('pvh'), libxl(hvmMin, END)), strict: 'accept', tolerant: 'accept'},
	{
		id: 'two EMULATOR_CONTEXT',
		bytes: libxl(hvmMin, EMULATOR_CONTEXT, EMULATOR_CONTEXT, END),
		strict: 'ERR_RECORD_DUPLICATE',
		tolerant: 'accept',
	},
	{id: 'L14 key not terminated', bytes: withXenstore('physmap'), strict: 'ERR_XENSTORE_DATA', tolerant: 'ERR_XENSTORE_DATA', offset: 112},
	{
		id: 'L14 value not terminated',
		bytes: withXenstore('key\0value'),
		strict: 'ERR_XENSTORE_DATA',
		tolerant: 'ERR_XENSTORE_DATA',
		offset: 116,
	},
	{
		id: 'L14 odd number of strings',
		bytes: withXenstore('key\0value\0key\0'),
		strict: 'ERR_XENSTORE_DATA',
		tolerant: 'ERR_XENSTORE_DATA',
		offset: 126,
	},
	{id: 'L14 an empty value', bytes: withXenstore('key\0\0'), strict: 'accept', tolerant: 'accept'},
	...['\0value\0', '/local\0value\0', '../up\0v\0', 'a/../b\0v\0', 'a//b\0v\0', 'a/\0v\0', 'a b\0v\0', 'a.b\0v\0', '\u00e9\0v\0'].map(
		(text): Row => ({
			id: `L15, L16 xenstore key ${JSON.stringify(text)}`,
			bytes: withXenstore(text),
			strict: 'ERR_XENSTORE_DATA',
			tolerant: 'ERR_XENSTORE_DATA',
			offset: 112,
		}),
	),
	{
		id: 'L16 a value that is not printable',
		bytes: withXenstore('key\0\u001b[2J\0'),
		strict: 'ERR_XENSTORE_DATA',
		tolerant: 'ERR_XENSTORE_DATA',
		offset: 116,
	},
	{
		id: 'L17 CHECKPOINT_END in a plain stream',
		bytes: libxl(hvmMin, EMULATOR_CONTEXT, CHECKPOINT_END, END),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
	},
	{
		id: 'L17 END where CHECKPOINT_END must be',
		bytes: libxl(hvm([STATIC_DATA_END, round(EMULATOR_CONTEXT, END)])),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
	},
	{
		id: 'L18 CHECKPOINT_STATE in a plain stream',
		bytes: libxl(hvmMin, checkpointState(0), EMULATOR_CONTEXT, END),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
		offset: 96,
	},
	...[1, 2, 3].map((id): Row => ({
		id: `L18 state ${id} in the wrong direction`,
		bytes: concat(vector('M'), checkpointState(id)),
		strict: 'ERR_RECORD_UNEXPECTED',
		tolerant: 'ERR_RECORD_UNEXPECTED',
		offset: 8584,
	})),
	{
		id: 'L18 state 4',
		bytes: concat(vector('M'), checkpointState(4)),
		strict: 'ERR_RECORD_FIELD',
		tolerant: 'ERR_RECORD_FIELD',
		offset: 8592,
	},
	{
		id: 'L19 CHECKPOINT_STATE of 0',
		bytes: concat(vector('M'), record(5)),
		strict: 'ERR_RECORD_LENGTH',
		tolerant: 'ERR_RECORD_LENGTH',
		offset: 8588,
	},
	{
		id: 'CHECKPOINT_STATE of 8 and of 4',
		bytes: concat(vector('M'), record(5, zeros(8)), round(EMULATOR_CONTEXT, CHECKPOINT_END), checkpointState(0)),
		strict: 'ERR_STREAM_BROKEN_OFF',
		tolerant: 'ERR_STREAM_BROKEN_OFF',
	},
	{id: 'L20 no END', bytes: libxl(hvmMin, EMULATOR_CONTEXT), strict: 'ERR_STREAM_TRUNCATED', tolerant: 'ERR_STREAM_TRUNCATED', offset: 120},
	{
		id: 'L21 EMULATOR_CONTEXT of 4 GiB',
		bytes: libxl(hvmMin, concat(u32(3), u32(0xffff_ffff))),
		strict: 'ERR_RECORD_TOO_LONG',
		tolerant: 'ERR_RECORD_TOO_LONG',
		offset: 100,
	},
	{
		id: 'L21 EMULATOR_XENSTORE_DATA beyond 1 MiB',
		bytes: libxl(hvmMin, concat(u32(2), u32(1024 * 1024 + 1))),
		strict: 'ERR_RECORD_TOO_LONG',
		tolerant: 'ERR_RECORD_TOO_LONG',
		offset: 100,
	},
	{id: 'L22 data behind END', bytes: concat(libxlMin, ascii('d')), strict: 'ERR_TRAILING_DATA', tolerant: 'accept', offset: 128},
];

const config = (text: string, length = text.length): Uint8Array => concat(u32(length), ascii(text));

const XL: readonly Row[] = [
	...[0, 11, 27, 29, 31].map((index): Row => {
		const magic = [...XL_MAGIC_TEXT].with(index, '!').join('');
		// The first 8 bytes decide what kind of stream it is.
		const code = index < 8 ? 'ERR_STREAM_UNRECOGNISED' : 'ERR_HEADER_FIELD';
		return {
			id: `X1 magic byte ${index}`,
			bytes: concat(xlHeader({magic}), libxlMin),
			strict: code,
			tolerant: code,
			offset: index < 8 ? 0 : index,
		};
	}),
	{
		id: 'X2 byte order',
		bytes: concat(xlHeader({byteOrder: 0x0403_0201}), libxlMin),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 32,
	},
	{
		id: 'X3 unknown mandatory flag',
		bytes: concat(xlHeader({mandatory: 7}), libxlMin),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 36,
	},
	{
		id: 'a legacy stream',
		bytes: concat(xlHeader({mandatory: 1}), libxlMin),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 36,
	},
	{id: 'X4 unknown optional flag', bytes: concat(xlHeader({optional: 0x80}), libxlMin), strict: 'accept', tolerant: 'accept'},
	...[0, 1, 3].map((length): Row => ({
		id: `X5 optional data of ${length}`,
		bytes: concat(xlHeader({data: zeros(length)}), libxlMin),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 44,
	})),
	{
		id: 'X5 configuration beyond the data',
		bytes: concat(xlHeader({data: config('{}\0', 4)}), libxlMin),
		strict: 'ERR_XL_CONFIG',
		tolerant: 'ERR_XL_CONFIG',
		offset: 48,
	},
	{
		id: 'an empty configuration',
		bytes: concat(xlHeader({data: config('')}), libxlMin),
		strict: 'ERR_XL_CONFIG',
		tolerant: 'ERR_XL_CONFIG',
		offset: 48,
	},
	{
		id: 'X6 huge optional data',
		bytes: xlHeader({length: 0xffff_ffff}),
		strict: 'ERR_HEADER_FIELD',
		tolerant: 'ERR_HEADER_FIELD',
		offset: 44,
	},
	{
		id: 'X7 JSON without its NUL',
		bytes: concat(xlHeader({data: config('{}')}), libxlMin),
		strict: 'ERR_XL_CONFIG',
		tolerant: 'ERR_XL_CONFIG',
		offset: 53,
	},
	{
		id: 'data behind the configuration',
		bytes: concat(xlHeader({data: concat(config('{}\0'), ascii('more'))}), libxlMin),
		strict: 'accept',
		tolerant: 'accept',
	},
	{
		id: 'an xl.cfg text',
		bytes: concat(xlHeader({mandatory: 2, data: config('type="hvm"\n')}), libxlMin),
		strict: 'accept',
		tolerant: 'accept',
	},
	{
		id: 'an xl.cfg text with data behind it',
		bytes: concat(xlHeader({mandatory: 2, data: concat(config('type="hvm"\n'), u16(0))}), libxlMin),
		strict: 'ERR_XL_CONFIG',
		tolerant: 'ERR_XL_CONFIG',
		offset: 48,
	},
	{id: 'the go message of a capture', bytes: concat(xlHeader(), libxlMin, ascii(GO_TEXT)), strict: 'accept', tolerant: 'accept'},
	{
		id: 'a go message that breaks off',
		bytes: concat(xlHeader(), libxlMin, ascii(GO_TEXT.slice(0, 20))),
		strict: 'ERR_STREAM_TRUNCATED',
		tolerant: 'accept',
		offset: 203,
	},
	{
		id: 'a wrong go message',
		bytes: concat(xlHeader(), libxlMin, ascii(GO_TEXT.replace('cleared', 'Cleared'))),
		strict: 'ERR_TRAILING_DATA',
		tolerant: 'accept',
		offset: 183,
	},
	{
		id: 'a go message without an xl header',
		bytes: concat(libxlMin, ascii(GO_TEXT)),
		strict: 'ERR_TRAILING_DATA',
		tolerant: 'accept',
		offset: 128,
	},
	{
		id: 'data behind the go message',
		bytes: concat(xlHeader(), libxlMin, ascii(`${GO_TEXT}!`)),
		strict: 'ERR_TRAILING_DATA',
		tolerant: 'accept',
		offset: 227,
	},
];

for (const row of [...HEADERS, ...FRAMING, ...STATIC_DATA, ...PAGES, ...OTHERS, ...BACK_CHANNEL, ...CHECKPOINTS, ...LIBXL, ...XL]) {
	const {id, bytes, strict, tolerant = strict, offset, mode = 'any', guestType, begins = 'auto', pfnLimit} = row;
	test(`${id}: strict says ${strict}, tolerant ${tolerant}`, t => {
		const options: Partial<StreamDecoderOptions> = {begins, mode, guestType, pfnLimit};
		const strictly = decode([bytes], {...STRICT, ...options});
		t.is(strictly.error?.code ?? 'accept', strict, strictly.error?.message);
		if (offset !== undefined) t.is(strictly.error?.offset, offset);
		const tolerantly = decode([bytes], {...TOLERANT, ...options});
		t.is(tolerantly.error?.code ?? 'accept', tolerant, tolerantly.error?.message);
		// What a tolerant reader lets pass is what the strict one stopped at, unless it stands behind the end and was never read.
		if (tolerant === 'accept' && strict !== 'accept' && tolerantly.leftOver === 0)
			t.deepEqual(tolerantly.deviations[0]?.fault, strictly.error?.fault);
	});
}
