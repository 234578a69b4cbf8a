import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import * as fc from 'fast-check';
import {parseQemuState, type QemuState} from '@sterna/protocol';
import {ascii, concat, u16, u32, zeros} from './helpers/wire.ts';

/** What `xen-save-devices-state` of a QEMU 7.2 wrote for a microvm. */
const MICROVM = new Uint8Array(readFileSync(path.join(import.meta.dirname, 'fixtures/microvm.qevm')));

const be16 = (value: number): Uint8Array => u16(value, false);
const be32 = (value: number): Uint8Array => u32(value, false);
const u8 = (value: number): Uint8Array => Uint8Array.of(value);
const name = (text: string): Uint8Array => concat(u8(text.length), ascii(text));

const HEAD = concat(ascii('QEVM'), be32(3));
const EOF = u8(0);
const footer = (id: number): Uint8Array => concat(u8(0x7e), be32(id));
const section = (type: 1 | 4, id: number, called: string, data: Uint8Array, {instance = 0, version = 1} = {}): Uint8Array =>
	concat(u8(type), be32(id), name(called), be32(instance), be32(version), data);
const full = (id: number, called: string, data: Uint8Array, options?: {instance?: number; version?: number}): Uint8Array =>
	concat(section(4, id, called, data, options), footer(id));

const parse = (...parts: readonly Uint8Array[]): QemuState => {
	const state = parseQemuState(concat(...parts));
	if (state === undefined) throw new TypeError('no state');
	return state;
};
const inShort = ({sections}: QemuState): string[] => sections.map(({kind, name: called, length}) => `${kind} ${called} ${length}`);

test('the state of a real QEMU is the list of its devices', t => {
	const state = parse(MICROVM);
	t.deepEqual(inShort(state), [
		'full timer 24',
		'full fw_cfg 74',
		'full cpu_common 8',
		'full cpu 1851',
		'full kvm-tpr-opt 144',
		'full apic 181',
		'full ioapic 206',
		'full ioapic 206',
		'full acpi-ged 28',
		'full i8259 16',
		'full i8259 16',
		'full i8254 108',
		'full mc146818rtc 245',
		'full globalstate 104',
	]);
	t.deepEqual(state.sections[7], {kind: 'full', offset: 2674, id: 10, name: 'ioapic', instance: 1, version: 3, length: 206});
	t.deepEqual(
		{...state, sections: []},
		{
			version: 3,
			configuration: undefined,
			sections: [],
			hasFooters: true,
			isWhole: true,
			descriptionBytes: undefined,
			stopped: undefined,
		},
	);
});

test('configuration, parts, commands and the description are told', t => {
	const state = parse(
		HEAD,
		concat(u8(7), be32(10), ascii('pc-q35-7.2')),
		concat(u8(5), name('configuration/target-page-bits'), be32(1), be32(12)),
		concat(u8(5), name('configuration/capabilities'), be32(1), be32(1), name('x-ignore-shared')),
		concat(u8(5), name('configuration/uuid'), be32(1), zeros(16)),
		concat(u8(8), be16(3), be16(4), zeros(4)),
		concat(section(1, 2, 'ram', zeros(3), {version: 4}), footer(2)),
		concat(u8(2), be32(2), zeros(5), footer(2)),
		full(7, '0000:00:01.0/virtio-net', zeros(9), {instance: 1, version: 11}),
		concat(u8(3), be32(2), zeros(1), footer(2)),
		EOF,
		concat(u8(6), be32(2), ascii('{}')),
	);
	t.is(state.stopped, undefined);
	t.true(state.isWhole);
	t.deepEqual(state.configuration, {machine: 'pc-q35-7.2', capabilities: ['x-ignore-shared']});
	t.is(state.descriptionBytes, 2);
	t.deepEqual(inShort(state), ['start ram 3', 'part ram 5', 'full 0000:00:01.0/virtio-net 9', 'end ram 1']);
	t.like(state.sections[2], {id: 7, instance: 1, version: 11});
	t.like(state.sections[3], {id: 2, version: 4});
});

test('what looks like a footer inside a section is part of it, when nothing that may follow follows', t => {
	const data = concat(footer(1), u8(9), footer(2), footer(1), u8(4), be32(1), footer(1), u8(2), be32(1), footer(1), EOF, u8(1));
	t.deepEqual(inShort(parse(HEAD, full(1, 'a', data), full(2, 'b', zeros(0)), EOF)), [`full a ${data.length}`, 'full b 0']);
});

test("sections without footers, as Xen's QEMU writes them, end where another one begins", t => {
	const state = parse(
		HEAD,
		section(4, 0, 'timer', zeros(24)),
		section(4, 3, 'cpu', concat(u8(4), be32(3), name('cpu'), be32(0), be32(1), u8(4), be32(9), name('x'), be32(70_000), be32(1))),
		section(4, 4, 'dma', zeros(5)),
		EOF,
	);
	t.false(state.hasFooters);
	t.true(state.isWhole);
	t.deepEqual(inShort(state), ['full timer 24', 'full cpu 32', 'full dma 5']);
});

test('bytes that begin otherwise are no state', t => {
	for (const bytes of [zeros(0), ascii('QEV'), ascii('XENH'), zeros(100)]) t.is(parseQemuState(bytes), undefined);
});

test('a state that is cut anywhere has the sections up to there, is not whole, and says where it ends', t => {
	const {sections} = parse(MICROVM);
	for (let cut = 8; cut < MICROVM.length; cut++) {
		const state = parse(MICROVM.subarray(0, cut));
		const count = state.sections.length;
		t.deepEqual(state.sections, sections.slice(0, count), `cut at ${cut}`);
		const next = sections[count];
		const hasWhole = next === undefined || next.offset + 1 + 4 + 1 + next.name.length + 8 + next.length + 5 > cut;
		t.true(hasWhole, `cut at ${cut}: a section that is there in whole is listed`);
		t.false(state.isWhole, `cut at ${cut}`);
		t.true(state.stopped !== undefined && state.stopped.offset <= cut, `cut at ${cut}`);
	}
});

const ODD: ReadonlyArray<readonly [what: string, bytes: Uint8Array, stopped: {offset: number; because: RegExp}]> = [
	['another version', concat(ascii('QEVM'), be32(2), zeros(4)), {offset: 4, because: /^version 2 is not 3/}],
	['no version', ascii('QEVM\0\0'), {offset: 6, because: /in the middle of a value/}],
	['nothing behind the version', HEAD, {offset: 8, because: /without its mark of the end/}],
	['an unknown type', concat(HEAD, u8(9)), {offset: 8, because: /^9 is no type/}],
	['bytes behind the end', concat(HEAD, EOF, u8(1), u8(1)), {offset: 9, because: /^2 bytes stand behind the end/}],
	['bytes behind the description', concat(HEAD, EOF, u8(6), be32(1), zeros(3)), {offset: 15, because: /^2 bytes/}],
	['a description that is cut off', concat(HEAD, EOF, u8(6), be32(9), zeros(3)), {offset: 17, because: /middle of a value/}],
	['a part of nothing', concat(HEAD, u8(2), be32(5), footer(5), EOF), {offset: 8, because: /^section 5 goes on/}],
	[
		'a section twice',
		concat(HEAD, full(1, 'a', zeros(1)), section(4, 1, 'b', zeros(1))),
		{offset: 8, because: /^section 1, a, has no end$/},
	],
	['a section without an end', concat(HEAD, section(4, 1, 'a', u8(1))), {offset: 8, because: /^section 1, a, has no end$/}],
	['a name of nothing', concat(HEAD, u8(4), be32(1), u8(0)), {offset: 14, because: /printable/}],
	['a name with a line feed', concat(HEAD, u8(4), be32(1), name('a\nb')), {offset: 14, because: /printable/}],
	['a machine with a long name', concat(HEAD, u8(7), be32(0xffff_ffff)), {offset: 13, because: /^no machine's name has 4294967295/}],
	[
		'an endless list of capabilities',
		concat(HEAD, u8(7), be32(1), ascii('m'), u8(5), name('configuration/capabilities'), be32(1), be32(0xffff_ffff)),
		{offset: 50, because: /^no QEMU has 4294967295/},
	],
	['an unknown configuration', concat(HEAD, u8(7), be32(1), ascii('m'), u8(5), name('x'), be32(1)), {offset: 14, because: /part x of/}],
	[
		'a second configuration',
		concat(HEAD, u8(7), be32(1), ascii('m'), u8(7), be32(1), ascii('m')),
		{offset: 14, because: /not the first section/},
	],
];
for (const [what, bytes, {offset, because}] of ODD) {
	test(`reading stops at ${what}`, t => {
		const {stopped} = parse(bytes);
		t.is(stopped?.offset, offset);
		t.regex(stopped?.because ?? '', because);
	});
}

test('no more sections are listed than there may be', t => {
	const many = Array.from({length: 16_385}, (_, id) => full(id, 'd', zeros(1)));
	const {sections, stopped} = parse(HEAD, ...many, EOF);
	t.is(sections.length, 16_384);
	t.regex(stopped?.because ?? '', /more than 16384 sections/);
});

test('any bytes behind any start are read without a fault of ours', t => {
	const anyPart = fc.oneof(
		fc.uint8Array({maxLength: 20}),
		fc.constantFrom(EOF, footer(1), footer(2), section(1, 1, 'a', zeros(1)), section(4, 2, 'b', zeros(1)), full(2, 'b', zeros(2))),
		fc.constantFrom(concat(u8(2), be32(1)), concat(u8(3), be32(1)), concat(u8(7), be32(1), ascii('m')), concat(u8(6), be32(1))),
	);
	fc.assert(
		fc.property(fc.array(anyPart, {maxLength: 12}), parts => {
			const bytes = concat(HEAD, ...parts);
			const state = parse(bytes);
			t.true(state.isWhole || state.stopped !== undefined);
			for (const {offset, length} of state.sections) t.true(offset >= 8 && offset + length < bytes.length);
		}),
		{interruptAfterTimeLimit: 5000, markInterruptAsFailure: false, numRuns: 5000},
	);
});

test('a real state with bytes changed is read without a fault of ours', t => {
	const change = fc.tuple(fc.nat({max: MICROVM.length - 1}), fc.nat({max: 255}));
	fc.assert(
		fc.property(fc.array(change, {minLength: 1, maxLength: 8}), fc.nat({max: MICROVM.length}), (changes, cut) => {
			const bytes = MICROVM.slice();
			for (const [at, value] of changes) bytes[at] = value;
			t.notThrows(() => parseQemuState(bytes.subarray(0, cut)));
		}),
		{interruptAfterTimeLimit: 5000, markInterruptAsFailure: false, numRuns: 2000},
	);
});
