import test from 'ava';
import {
	checkpointsOf,
	imageStart,
	layerOfNextRecord,
	nextPhase,
	strictOrderFault,
	type OrderedRecord,
	type RecordName,
	type StreamFacts,
	type StreamLayer,
	type StreamPhase,
} from '@sterna/protocol';

const HVM: Omit<StreamFacts, 'checkpoints'> = {outermost: 'libxl', guestType: 'hvm', version: 3, mode: 'any', deviceModel: 'expected'};
const PV: Omit<StreamFacts, 'checkpoints'> = {...HVM, guestType: 'pv', deviceModel: 'none'};
const LIBXL_NAMES: ReadonlySet<string> = new Set([
	'LIBXC_CONTEXT',
	'EMULATOR_XENSTORE_DATA',
	'EMULATOR_CONTEXT',
	'CHECKPOINT_END',
	'CHECKPOINT_STATE',
]);

const record = (name: RecordName, more: Partial<OrderedRecord> = {}): OrderedRecord => ({
	layer: LIBXL_NAMES.has(name) ? 'libxl' : 'libxc',
	name,
	offset: 0,
	...more,
});
const libxlEnd: OrderedRecord = {layer: 'libxl', name: 'END', offset: 0};
const walk = (start: StreamPhase, records: readonly (RecordName | OrderedRecord)[]): StreamPhase =>
	records.reduce((phase, next) => nextPhase(phase, typeof next === 'string' ? record(next) : next), start);

test('a plain HVM stream walks from LIBXC_CONTEXT to END', t => {
	t.is(nextPhase({name: 'libxl start'}, record('LIBXC_CONTEXT')).name, 'image headers');
	const phase = walk(imageStart(HVM), [
		'X86_CPUID_POLICY',
		'X86_MSR_POLICY',
		'STATIC_DATA_END',
		'PAGE_DATA',
		'X86_TSC_INFO',
		'HVM_CONTEXT',
		'HVM_PARAMS',
		'END',
		'EMULATOR_XENSTORE_DATA',
		'EMULATOR_CONTEXT',
		libxlEnd,
	]);
	t.is(phase.name, 'ended');
});

test('HVM_PARAMS may come before HVM_CONTEXT as well as behind it', t => {
	t.is(
		walk(imageStart(HVM), ['STATIC_DATA_END', 'PAGE_DATA', 'X86_TSC_INFO', 'HVM_PARAMS', 'HVM_CONTEXT', 'HVM_PARAMS', 'END']).name,
		'libxl tail',
	);
});

test('a plain PV stream walks to END in versions 2 and 3', t => {
	const tail: (RecordName | OrderedRecord)[] = [
		'X86_PV_P2M_FRAMES',
		'PAGE_DATA',
		'VERIFY',
		'PAGE_DATA',
		'X86_TSC_INFO',
		'SHARED_INFO',
		record('X86_PV_VCPU_BASIC', {vcpuId: 0}),
		record('X86_PV_VCPU_EXTENDED', {vcpuId: 0}),
		'END',
		libxlEnd,
	];
	t.is(walk(imageStart(PV), ['X86_PV_INFO', 'X86_CPUID_POLICY', 'STATIC_DATA_END', ...tail]).name, 'ended');
	t.is(walk(imageStart({...PV, version: 2}), ['X86_PV_INFO', ...tail]).name, 'ended');
});

test('pages do not change the phase, not even the object', t => {
	const first = walk(imageStart(HVM), ['STATIC_DATA_END', 'PAGE_DATA']);
	t.is(nextPhase(first, record('PAGE_DATA')), first);
});

test('a step leaves the phase it started from as it was', t => {
	const start = walk(imageStart(PV), ['X86_PV_INFO', 'STATIC_DATA_END']);
	const before = structuredClone(start);
	walk(start, ['X86_PV_P2M_FRAMES', 'PAGE_DATA', record('X86_PV_VCPU_BASIC', {vcpuId: 0}), 'CHECKPOINT', 'CHECKPOINT_END']);
	t.deepEqual(start, before);
});

test('checkpoints hand over to libxl and back, and count when they are whole', t => {
	const segment: RecordName[] = ['PAGE_DATA', 'X86_TSC_INFO', 'HVM_CONTEXT', 'HVM_PARAMS', 'CHECKPOINT'];
	const first = walk(imageStart(HVM), ['STATIC_DATA_END', ...segment]);
	t.is(first.name, 'libxl part of a checkpoint');
	t.is(checkpointsOf(first), 0);
	const whole = walk(first, ['EMULATOR_CONTEXT', 'CHECKPOINT_END']);
	t.is(checkpointsOf(whole), 1);
	const second = walk(whole, [...segment, 'CHECKPOINT_END']);
	t.is(checkpointsOf(second), 2);
	t.is(walk(second, ['PAGE_DATA', 'END', libxlEnd]).name, 'ended');
});

test('a bare libxc stream counts a checkpoint at CHECKPOINT', t => {
	const phase = walk(imageStart({...HVM, outermost: 'libxc'}), ['STATIC_DATA_END', 'HVM_CONTEXT', 'CHECKPOINT']);
	t.is(checkpointsOf(phase), 1);
	t.is(walk(phase, ['END']).name, 'ended');
});

test("behind a checkpoint the type alone tells COLO's CHECKPOINT_STATE from a vCPU record", t => {
	const behind = (facts: Omit<StreamFacts, 'checkpoints'>): StreamPhase => ({
		name: 'behind a checkpoint',
		facts: {...facts, checkpoints: 1},
	});
	const layers: StreamLayer[] = [layerOfNextRecord(behind(HVM), 5), layerOfNextRecord(behind(HVM), 1), layerOfNextRecord(behind(PV), 5)];
	t.deepEqual(layers, ['libxl', 'libxc', 'libxc']);
	t.is(nextPhase(behind(HVM), record('CHECKPOINT_STATE', {state: 'NEW'})).name, 'memory and state');
	t.throws(() => nextPhase(behind(HVM), record('CHECKPOINT_STATE', {state: 'SVM_READY'})), {code: 'ERR_RECORD_UNEXPECTED'});
});

test('every record is refused behind the end', t => {
	const ended: StreamPhase = {name: 'ended', facts: {...HVM, checkpoints: 0}};
	for (const name of ['END', 'PAGE_DATA', 'CHECKPOINT', 'EMULATOR_CONTEXT'] as const)
		t.throws(() => nextPhase(ended, record(name)), {code: 'ERR_RECORD_UNEXPECTED'});
});

test('VERIFY makes a stream plain, and CHECKPOINT makes it checkpointed', t => {
	const memory = walk(imageStart(HVM), ['STATIC_DATA_END', 'PAGE_DATA', 'HVM_CONTEXT']);
	t.throws(() => walk(memory, ['VERIFY', 'CHECKPOINT']), {code: 'ERR_RECORD_UNEXPECTED'});
	t.throws(() => walk(memory, ['CHECKPOINT', 'CHECKPOINT_END', 'VERIFY']), {code: 'ERR_RECORD_UNEXPECTED'});
});

test('a strict reader wants a device model where nothing says that there is none', t => {
	const tail = (facts: Omit<StreamFacts, 'checkpoints'>, isPvh: boolean): StreamPhase =>
		walk(imageStart(facts), ['STATIC_DATA_END', record('HVM_CONTEXT', {isPvh}), 'END']);
	t.is(strictOrderFault(tail(HVM, false), libxlEnd)?.code, 'ERR_RECORD_MISSING');
	t.is(strictOrderFault(tail(HVM, true), libxlEnd), undefined);
	t.is(strictOrderFault(tail({...HVM, deviceModel: 'required'}, true), libxlEnd)?.code, 'ERR_RECORD_MISSING');
	t.is(strictOrderFault(tail({...HVM, deviceModel: 'none'}, false), libxlEnd), undefined);
	t.is(strictOrderFault(nextPhase(tail(HVM, false), record('EMULATOR_CONTEXT')), libxlEnd), undefined);
});

test('state of thousands of vCPUs is kept apart', t => {
	let phase = walk(imageStart(PV), ['X86_PV_INFO', 'STATIC_DATA_END', 'X86_PV_P2M_FRAMES']);
	for (let vcpuId = 0; vcpuId < 8192; vcpuId += 7) {
		const basic = record('X86_PV_VCPU_BASIC', {vcpuId});
		t.is(strictOrderFault(phase, basic), undefined);
		phase = nextPhase(phase, basic);
		t.is(strictOrderFault(phase, basic)?.code, 'ERR_RECORD_DUPLICATE');
	}

	t.is(nextPhase(phase, record('END')).name, 'libxl tail');
});
