import {symlinkSync} from 'node:fs';
import {writeDeviceStateFile} from '../../device-state-file.ts';
import type {DeviceStateFault} from './control-protocol.ts';

/** Saves a device state as a guest does that is broken or means harm: for the tests of those who read it. */
export function saveFaultyState(fault: DeviceStateFault, file: string, bytes: Uint8Array): {readonly bytes: number} {
	switch (fault) {
		case 'not-a-file':
			symlinkSync('/proc/self/status', file);
			return {bytes: bytes.byteLength};
		case 'changes-size':
			writeDeviceStateFile(file, bytes);
			return {bytes: bytes.byteLength + 1};
	}
}
