import {setTimeout as sleep} from 'node:timers/promises';
import type {Lease, LeaseClaim, LeaseStore, Logger} from '@sterna/host';

/** For how long it is tried, in milliseconds: beyond it the owner that was written with the lease shuts out the old source all the same. */
const TRY_FOR_MS = 60_000;
const AGAIN_MS = 500;

/**
 * A guest that has come to run here by its standby needs no lease any more: writes that it is this host's, and lets go of the lease. `lease`: that it took over by;
 * undefined: it was given the guest, or a person decided, and the lease is taken as soon as its source has let go of it. Never rejects.
 */
export async function keepDomain(
	{store, log, signal}: {readonly store: LeaseStore; readonly log: Logger; readonly signal: AbortSignal},
	claim: LeaseClaim,
	lease?: Lease,
): Promise<void> {
	const until = performance.now() + TRY_FOR_MS;
	let held = lease;
	let last: unknown;
	while (performance.now() < until && !signal.aborted) {
		try {
			held ??= await store.acquire(claim, AbortSignal.any([signal, AbortSignal.timeout(5000)]));
			await held.keepForGood(claim.incarnation + 1, AbortSignal.any([signal, AbortSignal.timeout(5000)]));
			log.info({claim}, 'the domain is this host’s for good');
			return;
		} catch (error) {
			last = error;
			await sleep(AGAIN_MS, undefined, {signal}).catch(() => undefined);
		}
	}

	await held?.[Symbol.asyncDispose]();
	log.warn({error: last, claim}, 'the lease store could not be told that the domain is this host’s for good');
}
