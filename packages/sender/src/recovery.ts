import {DomainLock} from '@sterna/host';
import {DomainJournal} from './domain-journal.ts';
import type {SenderServices} from './services.ts';
import {settleAttempt} from './undecided.ts';

/**
 * Takes up what an earlier daemon left: guests of unfinished attempts go on here, and undecided ones are asked about in the
 * background. Resolves when every guest that is ours runs again.
 */
export async function recover(services: SenderServices): Promise<void> {
	const {registry, directories, log} = services;
	const {records} = await registry.list();
	for (const record of records) {
		const {migration, definition} = record;
		if (migration?.role !== 'source') continue;
		const lock = DomainLock.acquire(directories, definition.name, {side: 'sender', what: `recovery of ${migration.id}`});
		const journal = DomainJournal.resume(services, lock, record, migration);
		const attempt = {migrationId: migration.id, peer: migration.peer, state: migration.step};
		log.warn({domain: definition.name, migration: migration.id, step: migration.step}, 'a migration was under way when the daemon ended');
		const settled = settleAttempt(services, journal, attempt)
			.catch((error: unknown) => {
				log.error({error, domain: definition.name}, 'a migration that was under way could not be settled');
			})
			.finally(() => {
				journal[Symbol.dispose]();
			});
		// Only a peer can end an undecided one: that may take as long as it likes.
		if (migration.step === 'transferring' || migration.step === 'given-back' || migration.step === 'handed-over') await settled;
	}
}
