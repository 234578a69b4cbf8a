import {driverFor, type TargetDomain} from '@sterna/domain';
import {DomainLock, type DomainRecord, type Logger} from '@sterna/host';
import type {StandbyPhase} from '@sterna/protocol';
import type {ReceiverServices} from '../services.ts';
import {TargetContents} from '../target-contents.ts';
import {CheckpointFile} from './checkpoint-file.ts';
import {standbyBytes} from './make-standby.ts';
import {StandbyJournal, type StandbyProtection} from './standby-journal.ts';
import {Standby} from './standby.ts';

/**
 * Takes up the standbys that an earlier daemon left: one with a whole checkpoint goes on holding it, one that was about to run the guest does so, and one that has neither is removed, as its source
 * has all of it. A promotion whose guest is gone waits for a person.
 */
export async function recoverStandbys(services: ReceiverServices): Promise<void> {
	const {records} = await services.registry.list();
	for (const record of records) {
		if (record.protection?.role === 'standby') await recoverStandby(services, record, record.protection);
	}
}

async function recoverStandby(services: ReceiverServices, record: DomainRecord, protection: StandbyProtection): Promise<void> {
	const {directories, budget} = services;
	const {definition, handle, createdAt} = record;
	const log = services.log.child({protection: protection.id, domain: definition.name, peer: protection.peer});
	await using stack = new AsyncDisposableStack();
	const lock = stack.use(DomainLock.acquire(directories, definition.name, {side: 'receiver', what: `standby of ${protection.peer}`}));
	const journal = new StandbyJournal(services, lock, {protection, definition, handle, createdAt});
	const checkpoints = new CheckpointFile(directories.guestPlace(definition.name));
	// The outcome is written before the record: it is the later truth.
	const past = await services.outcomes.get(protection.id);
	if (past?.step === 'running' && past.incarnation === journal.nextIncarnation) {
		await finish(journal, checkpoints, log);
		return;
	}

	const {committedEpoch} = checkpoints;
	log.warn({step: protection.step, committedEpoch}, 'a standby was here when the daemon ended');
	const target = await openTarget(services, record, log);
	if (target === undefined) {
		if (protection.step === 'promoting') await goOn(services, journal, checkpoints, log);
		else await remove(services, journal, checkpoints);
		return;
	}

	stack.use(target);
	const memory = stack.use(await budget.renew(definition.name, standbyBytes(definition)));
	memory.populated(definition.memoryBytes);
	const contents = new TargetContents(services.pool, target);
	contents.adopt();
	const phase = phaseOf(protection, committedEpoch);
	if (committedEpoch > 0) await checkpoints.settle(target);
	const standby = new Standby({services, journal, contents, checkpoints, memory, log}, phase);
	stack.move();
	services.standbys.add(standby);
	await standby.restart();
}

/** A store that has a whole checkpoint is the later truth, and one that has none leaves nothing to go on from. */
function phaseOf({step}: StandbyProtection, committedEpoch: number): StandbyPhase {
	if (committedEpoch === 0) return 'receiving';
	return step === 'promoting' ? 'promoting' : 'holding';
}

/** The guest as it waits for its device state; undefined where it has that already, or is gone. */
async function openTarget(
	{directories}: ReceiverServices,
	{definition, handle}: DomainRecord,
	log: Logger,
): Promise<TargetDomain | undefined> {
	try {
		return await driverFor(definition.kind).openTarget(definition, handle, directories.guestPlace(definition.name));
	} catch (error) {
		log.warn({error}, 'the guest of the standby does not wait for its device state any more');
		return undefined;
	}
}

/** The guest has its device state, or is gone: one that is there runs, and is let run where it does not yet. One that is gone is left to a person. */
async function goOn(services: ReceiverServices, journal: StandbyJournal, checkpoints: CheckpointFile, log: Logger): Promise<void> {
	const {definition, handle, protection} = journal;
	const driver = driverFor(definition.kind);
	try {
		await using guest = await driver.manage(definition, handle, services.directories.guestPlace(definition.name));
		if (!protection.paused) await guest.resume();
	} catch (error) {
		log.error({error}, 'the guest was to run here and is gone: whether it took a step is not known');
		return;
	}

	await finish(journal, checkpoints, log);
}

async function finish(journal: StandbyJournal, checkpoints: CheckpointFile, log: Logger): Promise<void> {
	await journal.promoted();
	checkpoints.remove();
	log.warn('the guest runs here: its standby has taken over');
}

/** Nothing of it can be gone on from. */
async function remove(services: ReceiverServices, journal: StandbyJournal, checkpoints: CheckpointFile): Promise<void> {
	const {definition, handle} = journal;
	await driverFor(definition.kind).remove(handle, services.directories.guestPlace(definition.name));
	checkpoints.remove();
	await journal.removed();
}
