import {connect} from 'node:net';
import {DomainError} from '../../../domain-error.ts';
import type {GuestPlace} from '../../../driver.ts';
import {saidByQemu} from '../qemu-files.ts';
import type {QmpClient} from '../qmp/qmp-client.ts';
import {runFiles} from '../run-files.ts';

/** It takes 3 to 20 ms; a disk image on storage that hangs may take as long as it likes. */
const LOAD_TIMEOUT_MS = 60_000;

/**
 * Loads a device state into a QEMU that listens for it at its `incoming.sock`. Memory is complete by now: some devices read it.
 * Rejects ERR_DEVICE_STATE with what QEMU said; it has exited then.
 */
export async function loadState(monitor: QmpClient, place: GuestPlace, parts: readonly Uint8Array[]): Promise<void> {
	const ended = new AbortController();
	const timer = setTimeout(
		() => ended.abort(new DomainError('ERR_DEVICE_STATE', `QEMU has not loaded the device state within ${LOAD_TIMEOUT_MS} ms`)),
		LOAD_TIMEOUT_MS,
	);
	const loaded = monitor.waitForEvent('MIGRATION', ({status}) => status === 'completed' || status === 'failed', ended.signal);
	const socket = connect(runFiles(place.runDir).incoming);
	// A QEMU that refuses the state closes in the middle of it: its exit is what says so.
	socket.on('error', () => {});
	try {
		for (const part of parts) socket.write(part);
		socket.end();
		if ((await loaded).status === 'completed') return;
		throw new DomainError('ERR_DEVICE_STATE', `QEMU did not load the device state${saidByQemu(place)}`);
	} catch (error) {
		if (!(error instanceof DomainError && error.code === 'ERR_GUEST_EXITED')) throw error;
		throw new DomainError('ERR_DEVICE_STATE', `QEMU exited as it loaded the device state${saidByQemu(place)}`, {cause: error});
	} finally {
		clearTimeout(timer);
		socket.destroy();
	}
}
