import {endProcess} from '../end-process.ts';
import type {ProcessHandle} from '../process-handle.ts';
import type {QmpClient} from './qmp/qmp-client.ts';

/** Ends a guest's QEMU: by asking it where it can be asked, by force otherwise. Resolves when its process is gone; rejects ERR_INTERNAL when it cannot be killed. */
export async function endQemu(handle: ProcessHandle, monitor: QmpClient | undefined): Promise<void> {
	await endProcess(handle, monitor && (async () => monitor.execute('quit')));
}
