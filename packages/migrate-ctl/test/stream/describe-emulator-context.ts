import test from 'ava';
import {encodeEmulatorContext} from '@sterna/protocol';
import {jsonLines} from '../helpers/cli.ts';
import {HVM_CONTEXT, hvmFile, libxc, libxl, page, pageData, streamCommand, TemporaryDirectory, TSC} from '../helpers/streams.ts';

const be32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];
const named = (text: string): number[] => [text.length, ...ascii(text)];
const footer = (id: number): number[] => [0x7e, ...be32(id)];

const HEAD = [...ascii('QEVM'), ...be32(3), 7, ...be32(10), ...ascii('pc-q35-7.2')];
const CAPABILITY = [5, ...named('configuration/capabilities'), ...be32(1), ...be32(1), ...named('x-ignore-shared')];
const TIMER = [4, ...be32(0), ...named('timer'), ...be32(0), ...be32(2), ...Array.from({length: 24}, () => 0)];
const RAM = [1, ...be32(2), ...named('ram'), ...be32(0), ...be32(4), 1, 2, 3, ...footer(2), 3, ...be32(2), 4, ...footer(2)];
const NET = [4, ...be32(9), ...named('0000:00:01.0/virtio-net'), ...be32(1), ...be32(11), 5, ...footer(9)];
const DESCRIPTION = [0, 6, ...be32(2), ...ascii('{}')];

/** What people and programs see of a guest whose device model is of that kind and left that state. */
async function inspected(state: readonly number[], emulatorId = 2): Promise<{text: string; fields: Record<string, unknown>}> {
	using directory = new TemporaryDirectory();
	const body = encodeEmulatorContext({emulatorId, index: 0, context: Uint8Array.from(state)});
	const tail = Buffer.concat([TSC, HVM_CONTEXT, libxc('END'), libxl('EMULATOR_CONTEXT', body), libxl('END')]);
	const file = directory.file('a.xl', hvmFile(pageData([0x10, 0, page(1)]), tail));
	const {status, stdout} = await streamCommand('inspect', file);
	if (status !== 0) throw new Error(stdout);
	const text = /EMULATOR_CONTEXT \d+: (.*)\n/.exec(stdout)?.[1] ?? '';
	const fields = jsonLines((await streamCommand('inspect', file, '--json')).stdout).find(({name}) => name === 'EMULATOR_CONTEXT') ?? {};
	return {text, fields};
}

test("the devices in a QEMU's state are named, with the bytes of each", async t => {
	const state = [...HEAD, ...CAPABILITY, ...RAM, ...TIMER, ...footer(0), ...NET, ...DESCRIPTION];
	const {text, fields} = await inspected(state);
	t.is(
		text,
		`emulator 2, ${state.length} bytes of state, QEMU's: machine pc-q35-7.2 with x-ignore-shared ` +
			'ram(4 in 2 parts) timer(24) 0000:00:01.0/virtio-net[1](1) description(2)',
	);
	t.like(fields, {
		emulatorId: 2,
		contextBytes: state.length,
		starts: '5145564d00000003070000000a70632d',
		qemu: {
			version: 3,
			machine: 'pc-q35-7.2',
			capabilities: ['x-ignore-shared'],
			hasFooters: true,
			isWhole: true,
			descriptionBytes: 2,
			stopped: null,
		},
	});
	const {sections} = fields['qemu'] as {sections: unknown};
	t.deepEqual(sections, [
		{kind: 'start', offset: 75, id: 2, name: 'ram', instance: 0, version: 4, length: 3},
		{kind: 'end', offset: 100, id: 2, name: 'ram', instance: 0, version: 4, length: 1},
		{kind: 'full', offset: 111, id: 0, name: 'timer', instance: 0, version: 2, length: 24},
		{kind: 'full', offset: 159, id: 9, name: '0000:00:01.0/virtio-net', instance: 1, version: 11, length: 1},
	]);
});

test('where a state is not understood is said, and what was understood before is named', async t => {
	const {text, fields} = await inspected([...HEAD, ...TIMER, ...footer(0), ...NET.slice(0, -1)]);
	t.true(
		text.endsWith('machine pc-q35-7.2 timer(24) not understood from byte 71 of it on: section 9, 0000:00:01.0/virtio-net, has no end'),
		text,
	);
	t.like(fields, {qemu: {isWhole: false, stopped: {offset: 71, because: 'section 9, 0000:00:01.0/virtio-net, has no end'}}});
});

test('lengths of sections without footers are called a guess', async t => {
	const {text} = await inspected([...HEAD, ...TIMER, ...TIMER.with(4, 1), 0]);
	t.true(text.endsWith('timer(24) timer(24) (lengths are a guess: its sections have no footers)'), text);
});

test('the state of another device model, and what does not begin like QEMU, are opaque', async t => {
	const other = await inspected([...HEAD, 0], 0);
	t.is(other.text, 'emulator 0, 24 bytes of state, starts 5145564d00000003070000000a70632d');
	t.false('qemu' in other.fields);
	const odd = await inspected([1, 2, 3]);
	t.is(odd.text, 'emulator 2, 3 bytes of state, starts 010203');
});
