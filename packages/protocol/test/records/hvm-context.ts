import test from 'ava';
import {emptyHvmContext, hvmParamName, isPvhContext, type HvmContext} from '@sterna/protocol';
import {decode, STRICT, TOLERANT} from '../helpers/decode.ts';
import {ascii, concat, END, hvm, record, STATIC_DATA_END, TSC, u16, u32, zeros} from '../helpers/wire.ts';

const part = (typeCode: number, length: number, instance = 0): Uint8Array =>
	concat(u16(typeCode), u16(instance), u32(length), zeros(length));
const HEADER = concat(u16(1), u16(0), u32(24), u32(0x5438_1286), zeros(20));
const PART_END = part(0, 0);

function parse(context: Uint8Array, options = STRICT): {context: HvmContext | undefined; code: string | undefined; deviations: number} {
	const {events, error, deviations} = decode([hvm([STATIC_DATA_END, TSC, record(9, context), END])], options);
	const found = events.flatMap(event =>
		event.kind === 'record' && event.record.fields.name === 'HVM_CONTEXT' ? [event.record.fields] : [],
	)[0];
	return {context: found, code: error?.code, deviations: deviations.length};
}

test("Xen's contexts list their parts by name", t => {
	const {context} = parse(concat(HEADER, part(2, 16), part(3, 8), part(3, 8, 1), part(99, 1), PART_END));
	t.deepEqual(
		context?.descriptors?.map(({typeName, instance, length}) => `${typeName}[${instance}](${length})`),
		['HEADER[0](24)', 'CPU[0](16)', 'PIC[0](8)', 'PIC[1](8)', 'type 99[0](1)', 'END[0](0)'],
	);
});

test('a context of other origin is opaque', t => {
	t.is(parse(ascii('CTX!')).context?.descriptors, undefined);
});

test('the chain of parts must end with its end, where a strict reader looks', t => {
	const wrong: readonly Uint8Array[] = [
		concat(HEADER, part(2, 16)),
		concat(HEADER, part(2, 16), PART_END, zeros(1)),
		concat(HEADER, concat(u16(2), u16(0), u32(17)), zeros(16)),
		concat(HEADER, part(0, 8)),
	];
	for (const context of wrong) {
		t.regex(parse(context).code ?? '', /^ERR_RECORD_(FIELD|LENGTH)$/);
		const tolerant = parse(context, TOLERANT);
		t.is(tolerant.code, undefined);
		t.is(tolerant.deviations, 1);
	}
});

test('a guest without interrupt controllers and timers is PVH, one of unknown content is not', t => {
	const isPvh = (...parts: Uint8Array[]): boolean | undefined => {
		const {context} = parse(concat(HEADER, ...parts, PART_END));
		return context === undefined ? undefined : isPvhContext(context);
	};
	t.true(isPvh(part(2, 16), part(5, 8)));
	t.false(isPvh(part(2, 16), part(3, 8)));
	t.false(isPvh());
	const {context} = parse(ascii('CTX!'));
	t.false(context === undefined || isPvhContext(context));
});

test('the context of a guest whose CPU state travels elsewhere is header and end', t => {
	const {context, code} = parse(emptyHvmContext());
	t.is(code, undefined);
	t.deepEqual(
		context?.descriptors?.map(({typeName, length}) => `${typeName}(${length})`),
		['HEADER(24)', 'END(0)'],
	);
});

test('parameters have names, or their numbers', t => {
	t.deepEqual(
		[1n, 17n, 33n, 1000n].map(index => hvmParamName(index)),
		['STORE_PFN', 'CONSOLE_PFN', 'NR_IOREQ_SERVER_PAGES', '1000'],
	);
});
