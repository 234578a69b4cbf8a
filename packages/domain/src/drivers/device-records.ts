import {
	emptyHvmContext,
	type EmulatorId,
	encodeEmulatorContext,
	encodeTscInfo,
	LibxcRecordType,
	LibxlRecordType,
	recordNameOf,
	type RawRecord,
} from '@sterna/protocol';
import {DomainError} from '../domain-error.ts';
import type {DeviceState} from '../source-domain.ts';

const TSC_INFO: RawRecord = {
	layer: 'libxc',
	type: LibxcRecordType.X86_TSC_INFO,
	body: encodeTscInfo({name: 'X86_TSC_INFO', mode: 0, khz: 0, nsec: 0n, incarnation: 0}),
};
const HVM_CONTEXT: RawRecord = {layer: 'libxc', type: LibxcRecordType.HVM_CONTEXT, body: emptyHvmContext()};

/** Whose state the records carry: a guest of our own has exactly one emulator. */
export type EmulatorOfGuest = {
	readonly emulatorId: EmulatorId;
	/** Names the guest in errors: `a workload guest`. */
	readonly guest: string;
};

/** The records that carry a guest's CPU and device state: what Xen wants of an HVM guest, empty, and the state itself as that of its emulator. DESIGN section 5. */
export function toDeviceRecords(state: Uint8Array, {emulatorId}: EmulatorOfGuest): DeviceState {
	return {
		libxc: [TSC_INFO, HVM_CONTEXT],
		libxl: [
			{
				layer: 'libxl',
				type: LibxlRecordType.EMULATOR_CONTEXT,
				body: encodeEmulatorContext({emulatorId, index: 0, context: state}),
			},
		],
	};
}

/** The state in a guest's records, a view of their bytes. Throws ERR_DEVICE_STATE for records that are not exactly such a guest's. */
export function stateOfRecords({libxc, libxl}: DeviceState, {emulatorId, guest}: EmulatorOfGuest): Uint8Array {
	const refuse = (why: string): DomainError => new DomainError('ERR_DEVICE_STATE', `the device state is not that of ${guest}: ${why}`);
	const expected = [TSC_INFO, HVM_CONTEXT];
	if (libxc.length !== expected.length || !libxc.every((record, index) => isSame(record, expected[index]))) {
		throw refuse(`its hypervisor records are ${libxc.map(nameOf).join(', ') || 'none'}, and not an empty X86_TSC_INFO and HVM_CONTEXT`);
	}

	const [emulator, ...others] = libxl;
	if (emulator?.type !== LibxlRecordType.EMULATOR_CONTEXT || others.length > 0) {
		throw refuse(`it needs one EMULATOR_CONTEXT, and has ${libxl.map(nameOf).join(', ') || 'none'}`);
	}

	const head = encodeEmulatorContext({emulatorId, index: 0, context: new Uint8Array(0)});
	if (Buffer.compare(emulator.body.subarray(0, head.byteLength), head) !== 0) {
		throw refuse('its EMULATOR_CONTEXT is that of another emulator');
	}

	return emulator.body.subarray(head.byteLength);
}

function isSame(record: RawRecord, other: RawRecord | undefined): boolean {
	return other !== undefined && record.type === other.type && Buffer.compare(record.body, other.body) === 0;
}

function nameOf({layer, type}: RawRecord): string {
	return recordNameOf(layer, type) ?? `type 0x${type.toString(16)}`;
}
