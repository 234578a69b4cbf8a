import {setTimeout as sleep} from 'node:timers/promises';
import {toOperationError} from '@sterna/host';
import type {StandbyState} from '@sterna/protocol/control';
import {connectReceiver, needHost} from '../peers.ts';
import {Reconnection} from '../reconnect.ts';
import {StandbySession} from '../standby-session.ts';
import {type GuestParts, partsContext} from './guest-parts.ts';

/** For one conversation with the standby's host, in milliseconds. */
const PATIENCE_MS = 5000;

/** What is known of a standby that a guest was left to. `none`: its host has nothing of the guest; `waits`: it has not taken over, or does not answer. */
type Heard = 'taken-over' | 'waits' | 'none';

export type LeftGuest = Pick<GuestParts, 'services' | 'journal' | 'protection' | 'lease' | 'log'>;

/**
 * Tells the standby of a guest whose process is gone here that it is left to it, and asks its host and the lease store who has the guest, until it is taken over (true) or the signal fires (false). Never rejects.
 * `onNone`: its host has no standby that could take over.
 */
export async function leaveToStandby(guest: LeftGuest, onNone: () => void, signal: AbortSignal): Promise<boolean> {
	const pace = new Reconnection(0);
	while (!signal.aborted) {
		const heard = await ask(guest, signal);
		if (heard === 'taken-over' || (await guest.lease?.isFollowed(signal)) === true) return true;
		if (heard === 'none') onNone();
		await sleep(pace.nextWaitMs(), undefined, {signal}).catch(() => undefined);
	}

	return false;
}

async function ask({services, journal, protection, log}: LeftGuest, signal: AbortSignal): Promise<Heard> {
	const {id: migrationId, domain, peer} = protection;
	const incarnation = journal.incarnation + 1;
	const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
	try {
		await using session = new StandbySession(await connectReceiver(services, needHost(services, peer), patience));
		const answer = await session.query({migrationId, incarnation, domain}, patience);
		if (isTakenOver(answer, journal.incarnation)) return 'taken-over';
		if (answer.state !== 'receiving' && answer.state !== 'holding') return 'none';
		await session.end({migrationId, incarnation, keep: true}, patience);
		return 'waits';
	} catch (error) {
		if (toOperationError(error, partsContext({protection, services})).code === 'ERR_STALE') return 'taken-over';
		log.debug({error}, 'the standby cannot be told yet that the guest is gone here');
		return 'waits';
	}
}

/** Whether the standby's host runs a guest that has this incarnation here. */
export function isTakenOver({state, incarnation}: StandbyState, own: number): boolean {
	return state === 'promoted' && incarnation > own;
}
