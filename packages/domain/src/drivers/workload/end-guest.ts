import {endProcess} from '../end-process.ts';
import type {ProcessHandle} from '../process-handle.ts';
import type {GuestClient} from './control-client.ts';

/** Ends a guest: by asking it where it can be asked, by force otherwise. Resolves when its process is gone; rejects ERR_INTERNAL when it cannot be killed. */
export async function endGuest(client: GuestClient | undefined, handle: ProcessHandle): Promise<void> {
	await endProcess(handle, client && (async () => client.request('destroy')));
}
