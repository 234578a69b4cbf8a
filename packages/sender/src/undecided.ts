import {driverFor} from '@sterna/domain';
import type {DomainJournal} from './domain-journal.ts';
import {queryOutcome} from './peers.ts';
import type {SenderServices} from './services.ts';
import {SourceHandover} from './source-handover.ts';

export type LeftAttempt = {
	readonly migrationId: string;
	readonly peer: string;
	readonly state: SourceHandover['state'];
	/** The guest runs here again, and nothing was decided: begins to go on with the transfer, and says whether it does. Owns the journal then. */
	readonly goesOn: () => boolean;
};

/**
 * Takes an attempt that an earlier daemon, or a lost connection, left behind to its end: gives the guest back where it is still
 * ours, and otherwise asks the receiver until it knows. Resolves with where it ended: `undecided` only when the daemon stops, `transferring` where
 * the guest runs here and the transfer can be gone on with.
 */
export async function settleAttempt(
	services: SenderServices,
	journal: DomainJournal,
	{migrationId, peer, state, goesOn}: LeftAttempt,
): Promise<SourceHandover['state']> {
	const {definition, handle} = journal.record;
	const log = services.log.child({migration: migrationId, domain: definition.name});
	const driver = driverFor(definition.kind);
	const place = services.directories.guestPlace(definition.name);
	const handover = new SourceHandover(
		{
			journal,
			sendGo: () => Promise.reject(new TypeError('an attempt left behind sends no go')),
			queryOutcome: () =>
				queryOutcome(services, {migrationId, peer, domain: definition.name, incarnation: journal.incarnation}, services.stopping),
			resumeGuest: async () => {
				if (journal.wasPaused || definition.kind === 'image') return;
				try {
					await using guest = await driver.manage(definition, handle, place);
					await guest.resume();
				} catch (error) {
					// It is ours all the same, and is shown as what it is.
					log.warn({error}, 'the guest could not be resumed');
				}
			},
			// A file is told nothing; a receiver hears it behind this, for as long as it takes.
			tellReceiver: () => Promise.resolve(peer === ''),
			destroyGuest: async () => {
				await driver.remove(handle, place);
			},
			warn: (message, error) => {
				log.warn({error}, message);
			},
		},
		state,
	);
	let end = await handover.play('restarted');
	if (end === 'transferring') {
		if (goesOn()) return end;
		end = await handover.play('failed');
	}

	log.info({end}, 'an attempt left behind is settled');
	if (end === 'handed-over') await journal.remove();
	return end;
}
