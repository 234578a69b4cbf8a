import {continueProcess, driverFor, isProcessStopped, stopProcess} from '@sterna/domain';
import type {DomainRecord} from '@sterna/host';
import type {SenderServices} from '../services.ts';

/** How long a guest may take to say that it stands still; one that does not is stopped by signal. */
const PAUSE_PATIENCE_MS = 2000;

/**
 * Lets the guest of a record stand still from now on. `by: 'signal'` needs nothing of the guest, and its pages and output stay as they are; `by: 'command'` leaves it able to answer. Never rejects
 * for a guest that is gone.
 */
export async function stopGuest(services: SenderServices, {definition, handle}: DomainRecord, by: 'command' | 'signal'): Promise<void> {
	if (handle.kind !== 'process') return;
	if (by === 'command' && !isProcessStopped(handle) && (await pauses(services, {definition, handle}))) return;
	stopProcess(handle);
}

/** Lets it run. `guarded`: one that was stopped by signal is its guard's to let go on; otherwise it is done here. Rejects as its driver does where it is gone. */
export async function runGuest(
	services: SenderServices,
	{definition, handle}: Pick<DomainRecord, 'definition' | 'handle'>,
	{guarded}: {readonly guarded: boolean},
): Promise<void> {
	if (handle.kind === 'process' && !guarded) continueProcess(handle);
	await using guest = await driverFor(definition.kind).manage(definition, handle, services.directories.guestPlace(definition.name));
	await guest.resume();
}

async function pauses(services: SenderServices, {definition, handle}: Pick<DomainRecord, 'definition' | 'handle'>): Promise<boolean> {
	const {promise: late, resolve} = Promise.withResolvers<false>();
	const timer = setTimeout(() => resolve(false), PAUSE_PATIENCE_MS);
	const pause = async (): Promise<true> => {
		await using guest = await driverFor(definition.kind).manage(definition, handle, services.directories.guestPlace(definition.name));
		await guest.pause();
		return true;
	};
	try {
		return await Promise.race([pause().catch(() => false as const), late]);
	} finally {
		clearTimeout(timer);
	}
}
