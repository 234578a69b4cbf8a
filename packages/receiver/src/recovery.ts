import {DomainLock} from '@sterna/host';
import {ArrivalJournal} from './arrival-journal.ts';
import {LeftArrival} from './left-arrival.ts';
import type {ReceiverServices} from './services.ts';

/** Takes up what an earlier daemon left: half a guest is removed, a ready one goes on waiting for its source, a decided one is ended. */
export async function recover(services: ReceiverServices): Promise<void> {
	const {registry, directories, outcomes, arrivals, log} = services;
	const {records} = await registry.list();
	for (const {migration, definition, handle, createdAt} of records) {
		if (migration?.role !== 'target') continue;
		const {role: _, step, ...attempt} = migration;
		const lock = DomainLock.acquire(directories, definition.name, {side: 'receiver', what: `recovery of ${attempt.id}`});
		const journal = new ArrivalJournal(services, lock, {attempt, definition, handle, createdAt});
		// The outcome is written before the record: it is the later truth.
		const past = await outcomes.get(attempt.id);
		const state = past?.step === 'running' || past?.step === 'declined' ? past.step : step;
		const left = new LeftArrival(services, journal, state);
		arrivals.add(left);
		log.warn({domain: definition.name, migration: attempt.id, state}, 'a guest was coming in when the daemon ended');
		await left.restart();
	}
}
