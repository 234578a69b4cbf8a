import {rmSync} from 'node:fs';
import {readDeviceStateFile} from '../../../device-state-file.ts';
import type {GuestPlace} from '../../../driver.ts';
import {newStateFile} from '../../run-files.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {MAX_STATE_BYTES} from './state-stream.ts';

/** Saves the devices of a guest that stands still and goes on here: it keeps its disk images. One file, which QEMU writes anew each time. */
export class CheckpointState implements Disposable {
	readonly #monitor: QmpClient;
	readonly #file: string;

	constructor(monitor: QmpClient, place: GuestPlace) {
		this.#monitor = monitor;
		this.#file = newStateFile(place);
	}

	/**
	 * The command is given before this returns, and the answer waited for alone: the guest may go on meanwhile. One at a time. Rejects ERR_DOMAIN_STATE with
	 * QEMU's reason, and as `readDeviceStateFile` does.
	 */
	async save(): Promise<Uint8Array> {
		await this.#monitor.execute('xen-save-devices-state', {filename: this.#file, live: false});
		return readDeviceStateFile(this.#file, {expectedBytes: undefined, limitBytes: MAX_STATE_BYTES});
	}

	[Symbol.dispose](): void {
		rmSync(this.#file, {force: true});
	}
}
