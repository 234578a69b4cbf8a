import {rmSync} from 'node:fs';
import {readDeviceStateFile} from '../../../device-state-file.ts';
import type {GuestPlace} from '../../../driver.ts';
import {newStateFile} from '../../run-files.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {areImagesReleased, noteImagesReleased} from './image-release.ts';
import {MAX_STATE_BYTES} from './state-stream.ts';

/**
 * Saves everything of a guest but its RAM blocks, which must all be with the memory, or be made anew by the other QEMU. Lets go of the disk images
 * where that has not been done yet. The command is given before this returns. Rejects ERR_DOMAIN_STATE with QEMU's reason, and as `readDeviceStateFile` does.
 */
export async function xenSaveDevices(monitor: QmpClient, place: GuestPlace): Promise<Uint8Array> {
	const file = newStateFile(place);
	const live = !areImagesReleased(place);
	noteImagesReleased(place);
	try {
		await monitor.execute('xen-save-devices-state', {filename: file, live});
		return readDeviceStateFile(file, {expectedBytes: undefined, limitBytes: MAX_STATE_BYTES});
	} finally {
		rmSync(file, {force: true});
	}
}
