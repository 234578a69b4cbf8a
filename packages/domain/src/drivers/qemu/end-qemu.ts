import type {GuestPlace} from '../../driver.ts';
import {endProcess} from '../end-process.ts';
import type {ProcessHandle} from '../process-handle.ts';
import {endReplicatedDisks} from './disks/replicated-disks.ts';
import type {QmpClient} from './qmp/qmp-client.ts';

/**
 * Ends a guest's QEMU: by asking it where it can be asked, by force otherwise. Resolves when its process is gone, its disk server too, and the images are free;
 * rejects ERR_INTERNAL when one cannot be ended.
 */
export async function endQemu(handle: ProcessHandle, monitor: QmpClient | undefined, {runDir}: GuestPlace): Promise<void> {
	await endProcess(handle, monitor && (async () => monitor.execute('quit')));
	await endReplicatedDisks(runDir);
}
