import {driverFor} from '@sterna/domain';
import {DomainLock, type DomainRecord, operationError} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import {ArrivalJournal} from './arrival-journal.ts';
import type {Arrival} from './arrivals.ts';
import {Incoming} from './incoming.ts';
import {LeftArrival} from './left-arrival.ts';
import {recordArrival} from './recording/arrival-begins.ts';
import type {ReceiverServices} from './services.ts';
import {TargetContents} from './target-contents.ts';

/**
 * Takes up what an earlier daemon left: half a guest waits for its next link where its source agreed to that and its memory is still there, and is
 * removed otherwise; a ready one goes on waiting for its source, a decided one is ended.
 */
export async function recover(services: ReceiverServices): Promise<void> {
	const {records} = await services.registry.list();
	for (const record of records) await recoverRecord(services, record);
}

/** As `recover`, one domain; undefined where it does not come in. Throws ERR_DOMAIN_BUSY where somebody works on it. */
export async function recoverRecord(services: ReceiverServices, record: DomainRecord): Promise<Arrival | undefined> {
	const {directories, outcomes, arrivals, log} = services;
	const {migration, definition, handle, createdAt} = record;
	if (migration?.role !== 'target') return undefined;
	const {role: _, step, ...attempt} = migration;
	const lock = DomainLock.acquire(directories, definition.name, {side: 'receiver', what: `recovery of ${attempt.id}`});
	const journal = new ArrivalJournal(services, lock, {attempt, definition, handle, createdAt});
	// The outcome is written before the record: it is the later truth.
	const past = await outcomes.get(attempt.id);
	const state = past?.step === 'running' || past?.step === 'declined' ? past.step : step;
	log.warn({domain: definition.name, migration: attempt.id, state}, 'a guest was coming in when the daemon ended');
	const incoming = state === 'receiving' ? await takeUp(services, journal) : undefined;
	const arrival = incoming ?? (await end(services, journal, state));
	arrivals.add(arrival, incoming?.over);
	return arrival;
}

async function end(services: ReceiverServices, journal: ArrivalJournal, state: Arrival['state']): Promise<Arrival> {
	const left = new LeftArrival(services, journal, state);
	await left.restart();
	return left;
}

/** Half a guest that can go on to come in: it waits for its next link. Undefined where it cannot. */
async function takeUp(services: ReceiverServices, journal: ArrivalJournal): Promise<Incoming | undefined> {
	const {directories, budget, config, pool} = services;
	const {attempt, definition, handle} = journal;
	if (attempt.hold === undefined) return undefined;
	const log = services.log.child({migration: attempt.id, domain: definition.name, peer: attempt.peer});
	const driver = driverFor(definition.kind);
	try {
		const target = await driver.openTarget(definition, handle, directories.guestPlace(definition.name));
		const contents = new TargetContents(pool, target);
		contents.adopt();
		const memory = await budget.renew(definition.name, definition.memoryBytes);
		const {ms: holdMs, link, totalPages} = attempt.hold;
		const incoming = new Incoming(
			{contents, journal, memory, host: config.hostName, record: recordArrival(services, journal), log},
			{...attempt, totalPages, holdMs, takenUpAt: link},
		);
		incoming.waitForLink(restarted(attempt.peer, definition.name));
		return incoming;
	} catch (error) {
		log.warn({error}, 'what came of the guest cannot be taken up');
		return undefined;
	}
}

function restarted(peer: string, domain: string): OperationError {
	return operationError('ERR_CONNECTION_LOST', 'the receiver was restarted', {
		side: 'receiver',
		phase: 'precopy',
		runsOn: {kind: 'host', host: peer},
		domain,
	});
}
