import {killProcess, waitForExit} from '../../process-identity.ts';
import type {GuestClient} from './control-client.ts';
import type {ProcessHandle} from './spawn-guest.ts';

/** A guest that is asked to end does so in milliseconds; freeing many GiB takes the kernel longer. */
const END_TIMEOUT_MS = 5000;

/** Ends a guest: by asking it where it can be asked, by force otherwise. Resolves when its process is gone. */
export async function endGuest(client: GuestClient | undefined, handle: ProcessHandle): Promise<void> {
	if (client) {
		// It may be gone, or have gone at the request: what counts is that it is not there any more.
		await client.request('destroy').catch(() => undefined);
		if (await waitForExit(handle, END_TIMEOUT_MS)) return;
	}

	await killProcess(handle, END_TIMEOUT_MS);
}
