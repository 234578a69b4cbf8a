import {type DomainDefinition, driverFor, DomainError, type TargetDomain} from '@sterna/domain';
import {DomainLock, type DomainRecord, hostError, sizeOfFile, toOperationError} from '@sterna/host';
import type {ReceiverServices} from '../services.ts';
import {TargetContents} from '../target-contents.ts';
import {CheckpointFile} from './checkpoint-file.ts';
import {fillFrom, openStaleMemory} from './stale-base.ts';
import {StandbyJournal, type StandbyTerms} from './standby-journal.ts';
import {Standby} from './standby.ts';

/** Most bytes of the store beside the pages of a checkpoint: its device state and its own tables. */
const STORE_EXTRA_BYTES = 64 * 1024 * 1024;

/** What a standby may take of the host's memory: its guest, and at most as much again for a checkpoint that is held back. */
export function standbyBytes({memoryBytes}: DomainDefinition): number {
	return 2 * memoryBytes + STORE_EXTRA_BYTES;
}

export type MadeStandby = {readonly standby: Standby; /** The memory holds an earlier state of the guest. */ readonly hasBase: boolean};

/**
 * A new standby, without a checkpoint: filled with what an out-of-date guest of the same uuid has here, which is removed by that. Rejects ERR_DOMAIN_EXISTS,
 * ERR_MEMORY_INSUFFICIENT, and with what this host cannot make; nothing is left then.
 */
export async function makeStandby(
	services: ReceiverServices,
	definition: DomainDefinition,
	terms: StandbyTerms,
	signal: AbortSignal,
): Promise<MadeStandby> {
	const {directories, registry, budget, config} = services;
	const {name, uuid} = definition;
	const log = services.log.child({protection: terms.id, domain: name, peer: terms.peer});
	await using stack = new AsyncDisposableStack();
	try {
		const lock = stack.use(DomainLock.acquire(directories, name, {side: 'receiver', what: `standby of ${terms.peer}`}));
		const record = await registry.get(name);
		assertReplaceable(record, {uuid, incarnation: terms.incarnation, host: config.hostName, name});
		const memory = stack.use(await budget.reserve(name, standbyBytes(definition)));
		const place = directories.guestPlace(name);
		const base = record === undefined ? undefined : await openStaleMemory(record, log);
		if (base !== undefined) stack.use(base);
		// Its mapping outlives it; its sockets and files do not, which the new one needs.
		if (record !== undefined) {
			await driverFor(record.definition.kind).remove(record.handle, place);
			await registry.remove(name, lock, 'standby.journal-removed');
		}

		const outputBytes = sizeOfFile(place.outputFile);
		const checkpoints = new CheckpointFile(place);
		const target = await createTarget(definition, services);
		stack.defer(async () => target.destroy());
		const hasBase = base !== undefined && (await fillFrom(base, target, signal));
		base?.[Symbol.dispose]();
		checkpoints.create(target.memory);
		stack.defer(() => checkpoints.remove());
		const protection = {role: 'standby', step: 'receiving', ...terms, ...(outputBytes === undefined ? {} : {outputBytes})} as const;
		const createdAt = new Date().toISOString();
		const journal = new StandbyJournal(services, lock, {protection, definition, handle: target.handle, createdAt});
		stack.defer(async () => {
			// The record may be there all the same (its name could not be flushed): nobody would work on it.
			await journal.removed().catch(() => undefined);
		});
		await journal.receiving();
		const contents = new TargetContents(services.pool, target);
		if (hasBase) contents.adopt();
		const standby = new Standby({services, journal, contents, checkpoints, memory, log}, 'receiving');
		stack.move();
		log.info({hasBase, leaseStore: terms.leaseStore}, 'a standby was made');
		return {standby, hasBase};
	} catch (error) {
		throw toOperationError(error, {
			side: 'receiver',
			phase: 'prepare',
			runsOn: {kind: 'host', host: terms.peer},
			domain: name,
			peer: config.hostName,
		});
	}
}

/** Throws ERR_DOMAIN_EXISTS for a domain that is not an out-of-date copy of this very guest. */
function assertReplaceable(
	record: DomainRecord | undefined,
	{uuid, incarnation, host, name}: {uuid: string; incarnation: number; host: string; name: string},
): void {
	if (record === undefined) return;
	const isStale = record.state === 'stale' && record.definition.uuid === uuid && record.incarnation <= incarnation;
	if (isStale) return;
	const what = record.definition.uuid === uuid ? `is ${record.state}` : 'is another guest';
	throw hostError('ERR_DOMAIN_EXISTS', `a domain ${name} exists already on ${host}, and ${what}`, {side: 'receiver'});
}

/** The empty guest. What this host does not make is a reason to refuse its source. */
async function createTarget(definition: DomainDefinition, {directories, config}: ReceiverServices): Promise<TargetDomain> {
	try {
		return await driverFor(definition.kind).createTarget(definition, directories.guestPlace(definition.name));
	} catch (error) {
		if (!(error instanceof DomainError) || error.code !== 'ERR_NOT_SUPPORTED') throw error;
		const message = `${config.hostName} refuses a standby of ${definition.name}: ${error.message}`;
		throw hostError('ERR_TARGET_REFUSED', message, {side: 'receiver', cause: error.cause});
	}
}
