import {DomainError} from '../../domain-error.ts';
import type {ProcessHandle} from '../process-handle.ts';
import type {QemuHelper} from './helper/helper-client.ts';
import type {Firmware} from './likeness/read-likeness.ts';
import type {QmpClient} from './qmp/qmp-client.ts';

/** `Host virtual address for 0xfffc0000 (pc.bios) is 0x7fe5d7fff000` */
const HOST_ADDRESS = /\(pc\.bios\) is 0x([0-9a-f]+)/;

export type WriteFirmwareOptions = {readonly firmware: Firmware; readonly handle: ProcessHandle; readonly monitor: QmpClient};

/**
 * Puts the firmware into a QEMU that waits for a migration: it has not done so itself, and has thrown its copy away, so that the guest's next reset
 * would find nothing. The helper answers this and ends. Rejects ERR_NOT_SUPPORTED where there is no place for it, and as the helper does.
 */
export async function writeFirmware(helper: QemuHelper, {firmware, handle, monitor}: WriteFirmwareOptions): Promise<void> {
	const {file, address, bytes} = firmware;
	const answer = await monitor.humanMonitor(`gpa2hva 0x${address.toString(16)}`);
	const hostAddress = HOST_ADDRESS.exec(answer)?.[1];
	if (hostAddress === undefined)
		throw new DomainError('ERR_NOT_SUPPORTED', `QEMU does not say where it has the firmware: ${answer.trim()}`);
	const {pid, startTicks} = handle;
	await helper.writeFirmware({process: {pid, startTicks}, address: Number.parseInt(hostAddress, 16), file, bytes});
}
