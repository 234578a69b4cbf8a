import {EmulatorId} from '@sterna/protocol';
import {DomainError} from '../../../domain-error.ts';
import type {EmulatorOfGuest} from '../../device-records.ts';

/** How the records of a QEMU guest name it. */
export const EMULATOR: EmulatorOfGuest = {emulatorId: EmulatorId.qemuUpstream, guest: 'a QEMU guest'};

/** Bytes of a device state without any memory at most: one of QEMU's has 170 KB, and no list in it grows with the guest's size. */
export const MAX_STATE_BYTES = 16 * 1024 * 1024;

/** What QEMU's migration stream begins with: `QEVM`, and version 3 as u32, big-endian. */
const HEAD = Uint8Array.of(0x51, 0x45, 0x56, 0x4d, 0, 0, 0, 3);
/** Section type of the configuration: behind it u32 length, big-endian, and the machine type's name. */
const CONFIGURATION = 7;

/**
 * A device state as QEMU reads it from a migration, in parts to be written one after the other. `xen-save-devices-state` writes no configuration
 * section, without which QEMU reads nothing: it is put in, so that QEMU checks the machine type. Views of the bytes given.
 * Throws ERR_DEVICE_STATE for what is no QEMU stream of version 3.
 */
export function toIncomingStream(state: Uint8Array, machine: string): readonly Uint8Array[] {
	if (Buffer.compare(state.subarray(0, HEAD.byteLength), HEAD) !== 0) {
		throw new DomainError('ERR_DEVICE_STATE', 'the device state is not that of a QEMU guest: it does not begin with QEVM and version 3');
	}

	if (state[HEAD.byteLength] === CONFIGURATION) return [state];
	const name = new TextEncoder().encode(machine);
	const configuration = new Uint8Array(5 + name.byteLength);
	configuration[0] = CONFIGURATION;
	new DataView(configuration.buffer).setUint32(1, name.byteLength);
	configuration.set(name, 5);
	return [state.subarray(0, HEAD.byteLength), configuration, state.subarray(HEAD.byteLength)];
}
