import {DomainError} from '../../domain-error.ts';
import type {FirmwareToWrite} from './helper/helper-protocol.ts';
import type {Firmware} from './likeness/read-likeness.ts';
import type {QmpClient} from './qmp/qmp-client.ts';

/** `Host virtual address for 0xfffc0000 (pc.bios) is 0x7fe5d7fff000` */
const HOST_ADDRESS = /\(pc\.bios\) is 0x([0-9a-f]+)/;

/**
 * Where the firmware goes in the process of a QEMU that waits for a migration: it has not put it there itself, and has thrown its copy away, so that the
 * guest's next reset would find nothing. Rejects ERR_NOT_SUPPORTED where there is no place for it.
 */
export async function placeFirmware(monitor: QmpClient, {file, address, bytes}: Firmware): Promise<FirmwareToWrite> {
	const answer = await monitor.humanMonitor(`gpa2hva 0x${address.toString(16)}`);
	const hostAddress = HOST_ADDRESS.exec(answer)?.[1];
	if (hostAddress === undefined)
		throw new DomainError('ERR_NOT_SUPPORTED', `QEMU does not say where it has the firmware: ${answer.trim()}`);
	return {file, address: Number.parseInt(hostAddress, 16), bytes};
}
