import {DomainError} from '../../domain-error.ts';
import {killProcess, waitForExit} from '../../process-identity.ts';
import type {GuestClient} from './control-client.ts';
import type {ProcessHandle} from './spawn-guest.ts';

/** A guest that is asked to end does so in milliseconds; one that was stopped does not hear it. */
const ASKED_TIMEOUT_MS = 2000;
/** Freeing many GiB takes the kernel its time. */
const KILLED_TIMEOUT_MS = 30_000;

/** Ends a guest: by asking it where it can be asked, by force otherwise. Resolves when its process is gone; rejects ERR_INTERNAL when it cannot be killed. */
export async function endGuest(client: GuestClient | undefined, handle: ProcessHandle): Promise<void> {
	if (client) {
		// It may be gone already, or go before it answers: what counts is that it is not there any more.
		client.request('destroy').catch(() => undefined);
		if (await waitForExit(handle, ASKED_TIMEOUT_MS)) return;
	}

	if (await killProcess(handle, KILLED_TIMEOUT_MS)) return;
	throw new DomainError('ERR_INTERNAL', `the guest's process ${handle.pid} does not end, ${KILLED_TIMEOUT_MS} ms after it was killed`);
}
