import type {OperationError} from '@sterna/protocol';
import type {StandbySession} from '../standby-session.ts';
import {endStandby} from './end-standby.ts';
import {type GuestParts, partsContext} from './guest-parts.ts';
import type {WishOf} from './wishes.ts';

/** Ends the protection where it is certain, or answered for, that the standby never runs. `open`: a channel to its host. */
export async function unprotect(
	parts: GuestParts,
	wish: WishOf<'unprotect'>,
	open: StandbySession | undefined,
	signal: AbortSignal,
): Promise<void> {
	const {services, journal, protection, player, log} = parts;
	const context = partsContext(parts);
	try {
		await endStandby(services, protection, {incarnation: journal.incarnation + 1, open, context}, signal);
	} catch (error) {
		log.warn({error}, 'the standby is ended without its host');
		if (!wish.force && !(await isKept(parts, signal))) {
			wish.answer.reject(error);
			return;
		}
	}

	// So that a standby of which something is left there finds the domain taken. Without it nothing is there that could take over.
	await isKept(parts, signal);
	await player.play('unprotect');
	wish.answer.resolve(protection.status());
}

/** The guest ended by its own doing, or its standby has nothing of it: so did what a standby is kept of. */
export async function guestEnded(parts: GuestParts, error: OperationError): Promise<void> {
	const {services, journal, protection, player, log} = parts;
	const options = {incarnation: journal.incarnation + 1, open: undefined, context: partsContext(parts)} as const;
	try {
		await endStandby(services, protection, options, services.stopping);
	} catch (failure) {
		log.warn({error: failure}, 'the standby of a guest that has ended is left');
	}

	await player.play('unprotect', {error});
}

/** Whether the lease store answers for it that no standby takes over. */
async function isKept({lease, player, log}: GuestParts, signal: AbortSignal): Promise<boolean> {
	if (lease === undefined) return false;
	if (player.state === 'alone') return true;
	try {
		await lease.keepForGood(signal);
		return true;
	} catch (error) {
		log.warn({error}, 'the lease store could not be told that the domain stays here');
		return false;
	}
}
