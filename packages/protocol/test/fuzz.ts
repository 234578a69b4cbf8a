import test from 'ava';
import * as fc from 'fast-check';
import {decode, inChunks, STRICT, TOLERANT, verdict} from './helpers/decode.ts';
import {VECTORS} from './helpers/vectors.ts';
import {concat, hvm, libxlHeader, pv, PV_INFO, record, STATIC_DATA_END, xlHeader} from './helpers/wire.ts';

/** Each property gets so long, and says what it found by then. */
const TIME_BOX = {interruptAfterTimeLimit: 5000, markInterruptAsFailure: false, numRuns: 20_000} as const;

/** Starts of streams, so that chance gets further than the first header. */
const STARTS: readonly Uint8Array[] = [
	new Uint8Array(0),
	libxlHeader(),
	concat(libxlHeader(), record(1)),
	concat(libxlHeader(), record(1), hvm([STATIC_DATA_END])),
	hvm([]),
	hvm([STATIC_DATA_END]),
	pv([PV_INFO, STATIC_DATA_END]),
	xlHeader(),
];

const FORWARD = VECTORS.filter(({begins}) => begins === 'auto');

test('any bytes behind any start give records or a StreamError, however they are cut', t => {
	// `decode` throws on whatever is no StreamError.
	fc.assert(
		fc.property(
			fc.constantFrom(...STARTS),
			fc.uint8Array({maxLength: 300}),
			fc.integer({min: 1, max: 40}),
			fc.boolean(),
			(start, bytes, size, strict) => {
				const whole = concat(start, bytes);
				const options = strict ? STRICT : {...TOLERANT, sternaRecords: true};
				const once = decode([whole], options);
				const cut = decode(inChunks(whole, size), options);
				t.deepEqual(cut.events, once.events);
				t.deepEqual(cut.error?.fault, once.error?.fault);
			},
		),
		TIME_BOX,
	);
});

test('random records give records or a StreamError', t => {
	const anyRecord = fc
		.record({
			type: fc.oneof(
				fc.integer({min: 0, max: 0x13}),
				fc.constantFrom(0x8000_0000, 0xd374_0000, 0xd374_0001, 0xd374_0002, 0xd374_0004, 0xffff_ffff),
			),
			body: fc.uint8Array({maxLength: 64}),
		})
		.map(({type, body}) => record(type, body));
	fc.assert(
		fc.property(fc.constantFrom(...STARTS), fc.array(anyRecord, {maxLength: 12}), fc.boolean(), (start, records, strict) => {
			decode([concat(start, ...records)], strict ? STRICT : {...TOLERANT, sternaRecords: true});
		}),
		TIME_BOX,
	);
	t.pass();
});

test('a right stream with any byte changed gives records or a StreamError', t => {
	fc.assert(
		fc.property(fc.constantFrom(...FORWARD), fc.nat(), fc.integer({min: 1, max: 255}), fc.boolean(), ({bytes}, place, change, strict) => {
			const changed = bytes.slice();
			const at = place % bytes.length;
			changed[at] = (changed[at] ?? 0) ^ change;
			verdict(changed, strict ? STRICT : {...STRICT, strict: false});
		}),
		TIME_BOX,
	);
	t.pass();
});

/** Where types, lengths, counts and reserved fields are: everything but what bodies and configurations mean. */
function formBytes(bytes: Uint8Array): number[] {
	const places: number[] = [];
	const add = (at: number, length: number): void => {
		for (let index = 0; index < length; index++) places.push(at + index);
	};
	for (const event of decode([bytes]).events) {
		if (event.kind === 'pages') add(event.offset, 16);
		if (event.kind === 'record') {
			const {name, offset} = event.record;
			add(offset, 8);
			if (name === 'X86_TSC_INFO') add(offset + 28, 4);
			if (name === 'HVM_PARAMS') add(offset + 8, 8);
			if (name === 'X86_PV_INFO') add(offset + 10, 6);
			if (name === 'X86_PV_VCPU_BASIC') add(offset + 12, 4);
			if (name === 'X86_MSR_POLICY') add(offset + 12, 4);
		}

		if (event.kind === 'header') {
			const {kind, offset} = event.header;
			if (kind === 'xl') add(offset, 36);
			if (kind === 'xl') add(offset + 44, 8);
			if (kind === 'libxl') add(offset, 12);
			if (kind === 'image') add(offset, 24);
			if (kind === 'domain') add(offset, 8);
		}
	}

	return places;
}

test('one bit turned in a magic, type, length, count or reserved field never verifies', t => {
	let turned = 0;
	for (const {name, bytes} of FORWARD) {
		for (const at of formBytes(bytes)) {
			for (let bit = 0; bit < 8; bit++) {
				const changed = bytes.slice();
				changed[at] = (changed[at] ?? 0) ^ (1 << bit);
				if (isUnseeable(bytes, changed, at)) continue;
				turned++;
				t.not(verdict(changed), 0, `${name}: bit ${bit} of byte ${at}`);
			}
		}
	}

	t.true(turned > 5000);
});

/** Whether only the length of an opaque 4-byte body changed, within its padding of zeros: what is body and what padding nobody can tell then. */
function isUnseeable(bytes: Uint8Array, changed: Uint8Array, at: number): boolean {
	const found = decode([bytes])
		.events.flatMap(event => (event.kind === 'record' ? [event.record] : []))
		.find(({offset}) => at === offset + 4);
	if (found?.name !== 'HVM_CONTEXT' && found?.name !== 'EMULATOR_CONTEXT') return false;
	const length = changed[at] ?? 0;
	return length > found.length && length <= found.length + ((8 - (found.length % 8)) % 8);
}
