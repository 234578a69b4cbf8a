import test from 'ava';
import {EmulatorId} from '@sterna/protocol';
import {stateOfRecords, toDeviceRecords} from '../../src/drivers/device-records.ts';

const QEMU = {emulatorId: EmulatorId.qemuUpstream, guest: 'a QEMU guest'} as const;
const WORKLOAD = {emulatorId: EmulatorId.unknown, guest: 'a workload guest'} as const;
const refused = {name: 'DomainError', code: 'ERR_DEVICE_STATE'};

test("a guest's state comes out of its records as it went in", t => {
	const state = Uint8Array.of(1, 2, 3);
	for (const emulator of [QEMU, WORKLOAD]) t.deepEqual(stateOfRecords(toDeviceRecords(state, emulator), emulator), state);
});

test('records of another emulator, or more or fewer of them, are refused', t => {
	const records = toDeviceRecords(Uint8Array.of(1), QEMU);
	t.throws(() => stateOfRecords(records, WORKLOAD), {...refused, message: /another emulator/});
	const [context] = records.libxl;
	if (context === undefined) throw new TypeError('there is one');
	t.throws(() => stateOfRecords({...records, libxl: []}, QEMU), {...refused, message: /has none/});
	t.throws(() => stateOfRecords({...records, libxl: [context, context]}, QEMU), refused);
	t.throws(() => stateOfRecords({...records, libxl: [{...context, body: new Uint8Array(7)}]}, QEMU), refused);
	t.throws(() => stateOfRecords({...records, libxc: []}, QEMU), {...refused, message: /hypervisor records are none/});
	t.throws(() => stateOfRecords({...records, libxc: records.libxc.toReversed()}, QEMU), refused);
});
