import test from 'ava';
import type {QemuDefinition} from '@sterna/domain';
import {stateMethodOf} from '../../../../src/drivers/qemu/device-state/state-method.ts';
import {qemuDefinition} from '../../../helpers/qemu-definition.ts';

const MIB = 2 ** 20;

const withBlocks = (blocks: Readonly<Record<string, number>>): QemuDefinition =>
	qemuDefinition({
		likeness: {
			version: '7.2.22',
			package: '',
			machine: 'pc-q35-7.2-machine',
			memoryBytes: 128 * MIB,
			cpu: {type: 'qemu64-x86_64-cpu', count: 1, features: '0'.repeat(64)},
			devices: [],
			networkCards: [],
			ramBlocks: Object.entries({ram: 128 * MIB, 'pc.bios': MIB / 4, ...blocks}).map(([name, bytes]) => ({name, bytes})),
			files: [],
		},
	});

test("devices alone are saved where no other block of memory is the guest's to write", t => {
	t.is(stateMethodOf(withBlocks({'/rom@etc/acpi/tables': 2 * MIB})).by, 'devices');
});

test("a display's memory is saved with them, and counts in what they may have", t => {
	const {by, limitBytes} = stateMethodOf(withBlocks({'0000:00:01.0/vga.vram': 16 * MIB}));
	t.is(by, 'migration');
	t.true(limitBytes > 16 * MIB);
});

test('a block that no record could carry is refused, as is a guest that is not described', t => {
	const refused = {name: 'DomainError', code: 'ERR_NOT_SUPPORTED'};
	t.throws(() => stateMethodOf(withBlocks({'0000:00:01.0/vga.vram': 64 * MIB})), {...refused, message: /vga\.vram/});
	t.throws(() => stateMethodOf(qemuDefinition()), {...refused, message: /vm1/});
});
