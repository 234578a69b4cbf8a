import {
	emptyHvmContext,
	EmulatorId,
	encodeEmulatorContext,
	encodeTscInfo,
	LibxcRecordType,
	LibxlRecordType,
	recordNameOf,
	type RawRecord,
} from '@sterna/protocol';
import {DomainError} from '../../domain-error.ts';
import type {DeviceState} from '../../source-domain.ts';

/** Bytes of the emulator sub-header: u32 id, u32 index. Spec section 3.2. */
const EMULATOR_HEAD_BYTES = 8;

const TSC_INFO: RawRecord = {
	layer: 'libxc',
	type: LibxcRecordType.X86_TSC_INFO,
	body: encodeTscInfo({name: 'X86_TSC_INFO', mode: 0, khz: 0, nsec: 0n, incarnation: 0}),
};
const HVM_CONTEXT: RawRecord = {layer: 'libxc', type: LibxcRecordType.HVM_CONTEXT, body: emptyHvmContext()};

/** The records that carry a workload guest's CPU state: what Xen wants of an HVM guest, empty, and the state itself as that of an unknown emulator. DESIGN section 5. */
export function toDeviceRecords(cpuState: Uint8Array): DeviceState {
	return {
		libxc: [TSC_INFO, HVM_CONTEXT],
		libxl: [
			{
				layer: 'libxl',
				type: LibxlRecordType.EMULATOR_CONTEXT,
				body: encodeEmulatorContext({emulatorId: EmulatorId.unknown, index: 0, context: cpuState}),
			},
		],
	};
}

/** The CPU state in a workload guest's records. Throws ERR_DEVICE_STATE for records that are not exactly such a guest's. */
export function cpuStateOfRecords({libxc, libxl}: DeviceState): Uint8Array {
	expectRecords(libxc, [TSC_INFO, HVM_CONTEXT]);
	const [emulator, ...others] = libxl;
	if (emulator?.type !== LibxlRecordType.EMULATOR_CONTEXT || others.length > 0) {
		throw refuse(`it needs one EMULATOR_CONTEXT, and has ${libxl.map(nameOf).join(', ') || 'none'}`);
	}

	if (emulator.body.byteLength < EMULATOR_HEAD_BYTES || emulator.body.subarray(0, EMULATOR_HEAD_BYTES).some(byte => byte !== 0)) {
		throw refuse('its EMULATOR_CONTEXT is that of another emulator');
	}

	return emulator.body.subarray(EMULATOR_HEAD_BYTES);
}

function expectRecords(found: readonly RawRecord[], expected: readonly RawRecord[]): void {
	if (found.length === expected.length && found.every((record, index) => isSame(record, expected[index]))) return;
	throw refuse(`its hypervisor records are ${found.map(nameOf).join(', ') || 'none'}, and not an empty X86_TSC_INFO and HVM_CONTEXT`);
}

function isSame(record: RawRecord, other: RawRecord | undefined): boolean {
	return other !== undefined && record.type === other.type && Buffer.compare(record.body, other.body) === 0;
}

function nameOf({layer, type}: RawRecord): string {
	return recordNameOf(layer, type) ?? `type 0x${type.toString(16)}`;
}

function refuse(why: string): DomainError {
	return new DomainError('ERR_DEVICE_STATE', `the device state is not that of a workload guest: ${why}`);
}
