import type {GuestMemory} from '../../guest-memory.ts';
import {mapGuestMemory} from '../../memory/map-guest-memory.ts';
import type {ProcessHandle} from '../process-handle.ts';
import type {QemuDefinition} from './definition.ts';
import {QemuHelper} from './helper/helper-client.ts';

/**
 * Maps the memory of a QEMU for reading, without a word to it: it may be stopped by a signal and answer nobody any more. Rejects ERR_GUEST_EXITED; ERR_NOT_SUPPORTED for
 * memory that we cannot share.
 */
export async function openQemuMemory(
	{memoryBackend, memoryBytes, pfnLimit}: QemuDefinition,
	{pid, startTicks}: ProcessHandle,
): Promise<GuestMemory> {
	await using helper = QemuHelper.start();
	const {ramFd} = await helper.takeHold({
		process: {pid, startTicks},
		// Where a file is, only its monitor would say.
		ramFile: memoryBackend.kind === 'memfd' ? 'memfd' : 'any',
		ramBytes: memoryBytes,
		track: false,
	});
	return mapGuestMemory({fd: ramFd, pageLimit: pfnLimit, memoryBytes, writable: false});
}
