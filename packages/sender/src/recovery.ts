import {DomainLock} from '@sterna/host';
import {DomainJournal} from './domain-journal.ts';
import {recordSettled} from './recording/record-settled.ts';
import type {SenderServices} from './services.ts';
import {takeUpMigration} from './start-migration.ts';
import {type LeftAttempt, settleAttempt} from './undecided.ts';

/**
 * Takes up what an earlier daemon left: guests of unfinished attempts go on here, their transfers as well, and undecided ones are asked about
 * in the background. Resolves when every guest that is ours runs again.
 */
export async function recover(services: SenderServices): Promise<void> {
	const {registry, directories, log} = services;
	const {records} = await registry.list();
	for (const record of records) {
		const {migration, definition} = record;
		if (migration?.role !== 'source') continue;
		const lock = DomainLock.acquire(directories, definition.name, {side: 'sender', what: `recovery of ${migration.id}`});
		const journal = DomainJournal.resume(services, lock, record, migration);
		const goesOn = (): boolean => takesUp(services, journal);
		const attempt = {migrationId: migration.id, peer: migration.peer, state: migration.step, goesOn};
		log.warn({domain: definition.name, migration: migration.id, step: migration.step}, 'a migration was under way when the daemon ended');
		const settled = settle(services, journal, attempt);
		// Only a peer can end an undecided one: that may take as long as it likes.
		if (migration.step === 'transferring' || migration.step === 'given-back' || migration.step === 'handed-over') await settled;
	}
}

async function settle(services: SenderServices, journal: DomainJournal, attempt: LeftAttempt): Promise<void> {
	try {
		const end = await settleAttempt(services, journal, attempt);
		if (end === 'transferring') return; // The journal is the migration's.
		recordSettled(services, journal, attempt.peer, end);
	} catch (error) {
		services.log.error({error, domain: journal.record.definition.name}, 'a migration that was under way could not be settled');
	}

	journal[Symbol.dispose]();
}

/** What was asked for may be nothing any more that this daemon can do: the host may have gone from its configuration. */
function takesUp(services: SenderServices, journal: DomainJournal): boolean {
	const {request} = journal;
	if (request === undefined) return false;
	try {
		const {id, domain} = takeUpMigration(services, journal, request);
		services.log.info({migration: id, domain}, 'the migration goes on');
		return true;
	} catch (error) {
		services.log.warn({error, domain: request.domain}, 'the migration cannot be gone on with');
		return false;
	}
}
