import {rmSync} from 'node:fs';
import {readDeviceStateFile} from '../../../device-state-file.ts';
import type {GuestPlace} from '../../../driver.ts';
import {newStateFile} from '../../run-files.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {MAX_STATE_BYTES} from './state-stream.ts';

/**
 * Saves everything of a guest but its RAM blocks, which must all be with the memory, or be made anew by the other QEMU. The command is given before
 * this returns. `live`: the locks of the disk images are let go, for the other QEMU to take, and the images must not be let go again until a `cont`
 * has taken them back.
 */
export async function xenSaveDevices(monitor: QmpClient, place: GuestPlace): Promise<Uint8Array> {
	const file = newStateFile(place);
	try {
		await monitor.execute('xen-save-devices-state', {filename: file, live: true});
		return readDeviceStateFile(file, {expectedBytes: undefined, limitBytes: MAX_STATE_BYTES});
	} finally {
		rmSync(file, {force: true});
	}
}
