import test from 'ava';
import * as fc from 'fast-check';
import {type CpuState, encodeCpuState, MAX_CPU_STATE_BYTES, parseCpuState} from '../../../src/drivers/workload/cpu-state.ts';
import {DomainError} from '../../../src/index.ts';
import {smallWorkload} from '../../helpers/workload-subject.ts';

const DEFINITION = smallWorkload();
const STATE: CpuState = {
	program: DEFINITION.program,
	memoryBytes: DEFINITION.memoryBytes,
	position: 123_456_789_012,
	ticks: 5,
	boots: 1,
	lines: 77,
	random: 0xdead_beef,
	untilLineMs: 1.25,
	writeCreditBytes: -4096,
	checkCursor: 12,
	pagesChecked: 4000,
};
const refused = {instanceOf: DomainError, code: 'ERR_DEVICE_STATE'};
const changed = (change: Record<string, unknown>): Uint8Array =>
	new TextEncoder().encode(`STERNA-WORKLOAD 1\n${JSON.stringify({...STATE, ...change})}\n`);

test('a CPU state is what was saved', t => {
	t.deepEqual(parseCpuState(encodeCpuState(STATE), DEFINITION), STATE);
});

test('a guest with a port has its replies in its state, and one without leaves no trace of them', t => {
	const replies = {serial: 17, digest: '0123456789abcdef'};
	const [without, withReplies] = [encodeCpuState(STATE), encodeCpuState({...STATE, replies})];
	t.regex(Buffer.from(without).toString(), /^STERNA-WORKLOAD 1\n/);
	t.regex(Buffer.from(withReplies).toString(), /^STERNA-WORKLOAD 2\n/);
	t.deepEqual(parseCpuState(withReplies, DEFINITION), {...STATE, replies});
	t.throws(() => parseCpuState(changed({replies}), DEFINITION), refused, 'the first version has none');
});

test('a state of another guest, another version or with a wrong field is refused', t => {
	const wrong: Record<string, unknown>[] = [
		{position: -1},
		{position: 1.5},
		{position: 2 ** 53},
		{lines: '77'},
		{random: 0},
		{random: 2 ** 32},
		{untilLineMs: null},
		{writeCreditBytes: undefined},
		{unknown: 1},
		{memoryBytes: 4096},
		{program: {...DEFINITION.program, seed: 1}},
		{program: 'none'},
	];
	for (const change of wrong) t.throws(() => parseCpuState(changed(change), DEFINITION), refused, JSON.stringify(change));
	t.throws(() => parseCpuState(new TextEncoder().encode('STERNA-WORKLOAD 3\n{}'), DEFINITION), refused);
	const second = (replies: unknown): Uint8Array => new TextEncoder().encode(`STERNA-WORKLOAD 2\n${JSON.stringify({...STATE, replies})}\n`);
	for (const replies of [undefined, {serial: -1, digest: '0'.repeat(16)}, {serial: 1, digest: 'x'}, {serial: 1}])
		t.throws(() => parseCpuState(second(replies), DEFINITION), refused, JSON.stringify(replies));
	t.throws(() => parseCpuState(new Uint8Array(MAX_CPU_STATE_BYTES + 1), DEFINITION), refused);
	t.notThrows(() => parseCpuState(changed({}), DEFINITION));
});

test('any bytes are a state or refused', t => {
	const whole = encodeCpuState(STATE);
	const damaged = fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, value]) => {
		const bytes = whole.slice();
		bytes[at] = value;
		return bytes;
	});
	fc.assert(
		fc.property(
			fc.oneof(
				fc.uint8Array({maxLength: 200}),
				damaged,
				fc.nat(whole.length).map(cut => whole.slice(0, cut)),
			),
			bytes => {
				try {
					parseCpuState(bytes, DEFINITION);
				} catch (error) {
					return error instanceof DomainError && error.code === 'ERR_DEVICE_STATE';
				}

				return true;
			},
		),
	);
	t.pass();
});
