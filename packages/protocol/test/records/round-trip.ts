import test from 'ava';
import * as fc from 'fast-check';
import {
	encodeDomainHeader,
	encodeImageHeader,
	encodeLibxlHeader,
	encodeRecord,
	encodeRecordBody,
	LibxcRecordType,
	LibxlRecordType,
	SternaRecordType,
	type ByteOrder,
	type StreamLayer,
	type StreamRecord,
} from '@sterna/protocol';
import {decode, STRICT, TOLERANT} from '../helpers/decode.ts';
import {concat, zeros} from '../helpers/wire.ts';

type Coded = Exclude<StreamRecord, {name: 'STERNA'}>;

const u32 = fc.integer({min: 0, max: 0xffff_ffff});
const u64 = fc.bigInt({min: 0n, max: 2n ** 64n - 1n});
const bytes = (minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({minLength, maxLength});
const pfns = fc.array(fc.integer({min: 0, max: 2 ** 32 - 1}), {maxLength: 50}).map(list => Float64Array.from(list));
const vcpuId = fc.integer({min: 0, max: 8191});

/** Any record of each kind that has a body, in the layer it belongs to. */
const HVM_RECORDS: fc.Arbitrary<Coded> = fc.oneof(
	fc.record({name: fc.constant('X86_TSC_INFO' as const), mode: u32, khz: u32, nsec: u64, incarnation: u32}),
	fc.record({name: fc.constant('HVM_PARAMS' as const), params: fc.array(fc.record({index: u64, value: u64}), {maxLength: 20})}),
);
const PV_RECORDS: fc.Arbitrary<Coded> = fc.oneof(
	fc.record({name: fc.constant('SHARED_INFO' as const), page: bytes(4096, 4096)}),
	fc.record({name: fc.constant('X86_PV_VCPU_BASIC' as const), vcpuId, context: bytes(5168, 5168)}),
	fc.record({name: fc.constant('X86_PV_VCPU_EXTENDED' as const), vcpuId, context: bytes(1, 128)}),
	fc.record({name: fc.constant('X86_PV_VCPU_XSAVE' as const), vcpuId, context: bytes(16, 300)}),
);
const ZERO_PAGES: fc.Arbitrary<Coded> = fc
	.array(fc.tuple(fc.integer({min: 0, max: 2 ** 31}), fc.integer({min: 1, max: 3000})), {minLength: 1, maxLength: 20})
	.map(runs => ({
		name: 'ZERO_PAGES' as const,
		runs: Float64Array.from(runs.flat()),
		pageCount: runs.reduce((sum, [, count]) => sum + count, 0),
	}));
const DIGEST: fc.Arbitrary<Coded> = fc.record({name: fc.constant('DIGEST' as const), bytesHash: u64, pagesFold: u64});
const DISK_WRITE: fc.Arbitrary<Coded> = fc.record({
	name: fc.constant('DISK_WRITE' as const),
	disk: u32,
	offset: fc.integer({min: 0, max: 2 ** 53 - 1000}),
	bytes: bytes(1, 900),
});
const STATIC_RECORDS: fc.Arbitrary<Coded> = fc.oneof(
	fc.record({
		name: fc.constant('X86_CPUID_POLICY' as const),
		leaves: fc.array(fc.record({leaf: u32, subleaf: u32, eax: u32, ebx: u32, ecx: u32, edx: u32}), {minLength: 1, maxLength: 20}),
	}),
	fc.record({
		name: fc.constant('X86_MSR_POLICY' as const),
		msrs: fc.array(fc.record({index: u32, value: u64}), {minLength: 1, maxLength: 20}),
	}),
);
const EMULATOR_RECORDS: fc.Arbitrary<Coded> = fc.oneof(
	fc.record({
		name: fc.constant('EMULATOR_CONTEXT' as const),
		emulatorId: fc.integer({min: 0, max: 2}),
		index: fc.constant(0),
		context: bytes(0, 100),
	}),
	fc.record({
		name: fc.constant('EMULATOR_XENSTORE_DATA' as const),
		emulatorId: fc.integer({min: 0, max: 2}),
		index: fc.constant(0),
		entries: fc.array(
			fc.record({key: fc.stringMatching(/^[a-zA-Z0-9@_-]{1,8}(\/[a-zA-Z0-9@_-]{1,8}){0,3}$/), value: fc.stringMatching(/^[ -~]{0,20}$/)}),
			{maxLength: 5},
		),
	}),
);

const BYTE_ORDERS: readonly ByteOrder[] = ['little', 'big'];

function encode(layer: StreamLayer, record: Coded, byteOrder: ByteOrder): Uint8Array {
	const types: Readonly<Record<string, number>> = {...(layer === 'libxl' ? LibxlRecordType : LibxcRecordType), ...SternaRecordType};
	const type = types[record.name] ?? Number.NaN;
	return encodeRecord({layer, type, body: encodeRecordBody(record, byteOrder)}, byteOrder);
}

/** The values of the record behind `before`, as a tolerant reader has them: order is not what is tested here. */
function decodeBehind(before: readonly Uint8Array[], record: Uint8Array): StreamRecord | undefined {
	const {events} = decode([concat(...before, record)], {...TOLERANT, sternaRecords: true});
	const last = events.at(-1);
	return last?.kind === 'record' ? last.record.fields : undefined;
}

for (const byteOrder of BYTE_ORDERS) {
	const image = (guestType: 'pv' | 'hvm'): Uint8Array[] => [
		encodeImageHeader(3, byteOrder),
		encodeDomainHeader(guestType, [4, 17], byteOrder),
	];
	const staticEnd = encode('libxc', {name: 'STATIC_DATA_END'}, byteOrder);
	const pvInfo = encode('libxc', {name: 'X86_PV_INFO', guestWidth: 8, ptLevels: 4}, byteOrder);
	const context = encode('libxc', {name: 'HVM_CONTEXT', context: Uint8Array.of(1), descriptors: undefined}, byteOrder);
	const libxl = [
		encodeLibxlHeader(byteOrder),
		encode('libxl', {name: 'LIBXC_CONTEXT'}, byteOrder),
		...image('hvm'),
		staticEnd,
		context,
		encode('libxc', {name: 'END'}, byteOrder),
	];
	const cases: readonly (readonly [what: string, layer: StreamLayer, records: fc.Arbitrary<Coded>, before: readonly Uint8Array[]])[] = [
		['HVM records', 'libxc', HVM_RECORDS, [...image('hvm'), staticEnd]],
		['pages of zeros', 'libxc', ZERO_PAGES, [...image('hvm'), staticEnd]],
		['writes to disks', 'libxc', DISK_WRITE, [...image('hvm'), staticEnd]],
		['PV records', 'libxc', PV_RECORDS, [...image('pv'), pvInfo, staticEnd]],
		['static records', 'libxc', STATIC_RECORDS, image('hvm')],
		['emulator records', 'libxl', EMULATOR_RECORDS, libxl],
		['digests', 'libxl', DIGEST, libxl],
	];
	for (const [what, layer, records, before] of cases) {
		test(`${what} decode to what was encoded, ${byteOrder}-endian`, t => {
			fc.assert(
				fc.property(records, record => {
					t.deepEqual(decodeBehind(before, encode(layer, record, byteOrder)), record);
				}),
				{numRuns: 100},
			);
		});
	}

	test(`frames of a P2M table decode to what was encoded, ${byteOrder}-endian`, t => {
		for (const [guestWidth, ptLevels, endPfn, count] of [
			[8, 4, 511, 1],
			[8, 4, 512, 2],
			[4, 3, 1023, 1],
			[4, 3, 4096, 5],
		] as const) {
			const record: Coded = {
				name: 'X86_PV_P2M_FRAMES',
				startPfn: 0,
				endPfn,
				frames: Float64Array.from({length: count}, (_, index) => index * 3),
			};
			const before = [...image('pv'), encode('libxc', {name: 'X86_PV_INFO', guestWidth, ptLevels}, byteOrder), staticEnd];
			t.deepEqual(decodeBehind(before, encode('libxc', record, byteOrder)), record);
		}
	});

	test(`what COLO says decodes to what was encoded, ${byteOrder}-endian`, t => {
		fc.assert(
			fc.property(pfns, list => {
				const said: Coded[] = [
					{name: 'CHECKPOINT_STATE', state: 'SVM_READY'},
					{name: 'CHECKPOINT_STATE', state: 'SVM_RESUMED'},
					{name: 'CHECKPOINT_STATE', state: 'SVM_SUSPENDED'},
					{name: 'CHECKPOINT_DIRTY_PFN_LIST', pfns: list},
				];
				// The back channel has no header that could name another byte order.
				const whole = concat(...said.map(record => encode(record.name === 'CHECKPOINT_STATE' ? 'libxl' : 'libxc', record, 'little')));
				const {events, error} = decode([whole], {...STRICT, begins: 'colo-back'});
				t.is(error, undefined);
				t.deepEqual(
					events.map(event => (event.kind === 'record' ? event.record.fields : undefined)),
					said,
				);
			}),
			{numRuns: 20},
		);
	});
}

test('that COLO begins another checkpoint decodes to what was encoded, in both byte orders', t => {
	for (const byteOrder of BYTE_ORDERS) {
		const said: Coded = {name: 'CHECKPOINT_STATE', state: 'NEW'};
		const before = [
			encodeLibxlHeader(byteOrder),
			encode('libxl', {name: 'LIBXC_CONTEXT'}, byteOrder),
			encodeImageHeader(3, byteOrder),
			encodeDomainHeader('hvm', [4, 17], byteOrder),
			encode('libxc', {name: 'STATIC_DATA_END'}, byteOrder),
			encode('libxc', {name: 'HVM_CONTEXT', context: Uint8Array.of(1), descriptors: undefined}, byteOrder),
			encode('libxc', {name: 'CHECKPOINT'}, byteOrder),
			encode('libxl', {name: 'CHECKPOINT_END'}, byteOrder),
		];
		t.deepEqual(decodeBehind(before, encode('libxl', said, byteOrder)), said);
	}
});

test('a whole big-endian stream decodes strictly', t => {
	const big = 'big';
	const whole = concat(
		encodeLibxlHeader(big),
		encode('libxl', {name: 'LIBXC_CONTEXT'}, big),
		encodeImageHeader(3, big),
		encodeDomainHeader('hvm', [4, 17], big),
		encode('libxc', {name: 'STATIC_DATA_END'}, big),
		Uint8Array.of(0, 0, 0, 1, 0, 0, 0x10, 0x18, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0xf0, 0, 0, 0, 0, 0, 0, 10),
		zeros(4096),
		encode('libxc', {name: 'X86_TSC_INFO', mode: 1, khz: 2, nsec: 3n, incarnation: 4}, big),
		encode('libxc', {name: 'HVM_CONTEXT', context: Uint8Array.of(1, 2, 3), descriptors: undefined}, big),
		encode('libxc', {name: 'END'}, big),
		encode('libxl', {name: 'EMULATOR_CONTEXT', emulatorId: 2, index: 0, context: Uint8Array.of(4)}, big),
		encode('libxl', {name: 'END'}, big),
	);
	const {error, events} = decode([whole]);
	t.is(error, undefined, error?.message);
	t.like(
		events.find(event => event.kind === 'pages'),
		{pfns: [9, 10], types: [0, 15], dataPages: 1},
	);
});
