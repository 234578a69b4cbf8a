import {DomainError} from '../domain-error.ts';
import {killProcess, type ProcessIdentity, waitForExit} from '../process-identity.ts';

/** A guest that is asked to end does so in milliseconds; one that was stopped does not hear it. */
const ASKED_TIMEOUT_MS = 2000;
/** Freeing many GiB takes the kernel its time. */
const KILLED_TIMEOUT_MS = 30_000;

/**
 * Ends a guest: by asking it where it can be asked, by force otherwise. Resolves when its process is gone; rejects ERR_INTERNAL when it cannot be
 * killed. What becomes of the asking does not matter: the guest may be gone already, or go before it answers.
 */
export async function endProcess(identity: ProcessIdentity, ask?: () => Promise<unknown>): Promise<void> {
	if (ask) {
		ask().catch(() => undefined);
		if (await waitForExit(identity, ASKED_TIMEOUT_MS)) return;
	}

	if (await killProcess(identity, KILLED_TIMEOUT_MS)) return;
	throw new DomainError('ERR_INTERNAL', `the guest's process ${identity.pid} does not end, ${KILLED_TIMEOUT_MS} ms after it was killed`);
}
