import {type DomainDefinition, DomainError, driverFor, type GuestPlace, type TargetDomain} from '@sterna/domain';
import {DomainLock, hostError, parseDefinition, sizeOfFile, toOperationError} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import type {PrepareRequest, ServerMessage} from '@sterna/protocol/control';
import type {ControlConnection, Reply} from '@sterna/transport';
import {ArrivalJournal} from './arrival-journal.ts';
import {Incoming} from './incoming.ts';
import {recordArrival} from './recording/arrival-begins.ts';
import {serveLink} from './serve-link.ts';
import type {ReceiverServices} from './services.ts';
import {TargetContents} from './target-contents.ts';

/** The longest that a guest is kept without a link, whatever its source asks for: its memory is kept with it. */
const MAX_HOLD_MS = 3_600_000;

/** Serves `prepare`: makes the empty guest and takes it in over its first link. */
export async function acceptMigration(
	services: ReceiverServices,
	request: PrepareRequest,
	reply: Reply,
	connection: ControlConnection,
): Promise<ServerMessage> {
	const definition = parseDefinition(request.definitionJson, {side: 'receiver', code: 'ERR_TARGET_REFUSED'});
	const named = {id: request.migrationId, domain: definition.name};
	const incoming = await services.arrivals.inTurn(named, () => makeArrival(services, definition, request, connection));
	const asked = {
		...request,
		link: 0,
		contentPages: request.contentPages ?? request.populatedPages,
		hasOwnRecords: request.stream === 'sterna',
	};
	return serveLink(services, incoming, asked, reply, connection);
}

async function makeArrival(
	services: ReceiverServices,
	definition: DomainDefinition,
	request: PrepareRequest,
	connection: ControlConnection,
): Promise<Incoming> {
	const {config, arrivals, stopping} = services;
	const peer = connection.peer.host;
	await declineSuperseded(services, definition, request, peer);
	// The source was told of an abort, and begins anew, before all of the attempt is gone here.
	await arrivals.settled(definition.name);
	const {target, journal, memory} = await makeTarget(services, definition, request, connection);
	const contents = new TargetContents(services.pool, target);
	const log = services.log.child({migration: request.migrationId, domain: target.name, peer});
	const incoming = new Incoming(
		{contents, journal, memory, host: config.hostName, record: recordArrival(services, journal), log},
		{...journal.attempt, totalPages: request.populatedPages, holdMs: journal.attempt.hold?.ms, takenUpAt: undefined},
	);
	arrivals.add(incoming, incoming.over);
	// One that came into being while the daemon was told to stop.
	if (stopping.aborted) await incoming.stop(stopping.reason as OperationError);
	return incoming;
}

/** For how long the guest is kept without a link: where both hosts agreed to it, and its stream can be gone on with. */
function holdMsOf({holdMs = 0, stream}: PrepareRequest, {features}: ControlConnection): number | undefined {
	return holdMs > 0 && stream === 'sterna' && features.has('resume') ? Math.min(Math.ceil(holdMs), MAX_HOLD_MS) : undefined;
}

type Made = {readonly target: TargetDomain; readonly journal: ArrivalJournal; readonly memory: Disposable};

/** The empty guest, in the journal, with the domain's lock and the promise of its memory. Where it fails nothing of it is left. */
async function makeTarget(
	services: ReceiverServices,
	definition: DomainDefinition,
	request: PrepareRequest,
	connection: ControlConnection,
): Promise<Made> {
	const {directories, registry, budget, config} = services;
	const {name} = definition;
	const peer = connection.peer.host;
	const lock = DomainLock.acquire(directories, name, {side: 'receiver', what: `migration ${request.migrationId} from ${peer}`});
	let memory: Disposable | undefined;
	try {
		if (await registry.get(name)) {
			throw hostError('ERR_DOMAIN_EXISTS', `a domain ${name} exists already on ${config.hostName}`, {side: 'receiver'});
		}

		// Promised until it is populated, or never will be.
		memory = await budget.reserve(name, definition.memoryBytes);
		const place = directories.guestPlace(name);
		const outputBytes = sizeOfFile(place.outputFile);
		const target = await createTarget(definition, place, config.hostName);
		const {migrationId: id, incarnation, paused, populatedPages} = request;
		const holdMs = holdMsOf(request, connection);
		const hold = holdMs === undefined ? undefined : {ms: holdMs, link: 0, totalPages: populatedPages};
		const attempt = {id, peer, incarnation, paused, hold, outputBytes};
		const journal = new ArrivalJournal(services, lock, {attempt, definition, handle: target.handle, createdAt: new Date().toISOString()});
		try {
			await journal.receiving();
		} catch (error) {
			await target.destroy();
			// The record may be there all the same (its name could not be flushed): nobody would work on it.
			await journal.gone().catch(() => undefined);
			throw error;
		}

		return {target, journal, memory};
	} catch (error) {
		memory?.[Symbol.dispose]();
		lock[Symbol.dispose]();
		throw toOperationError(error, {side: 'receiver', phase: 'prepare', runsOn: {kind: 'host', host: peer}, domain: name});
	}
}

/** The empty guest. What this host does not make is a reason to refuse its source. */
async function createTarget(definition: DomainDefinition, place: GuestPlace, host: string): Promise<TargetDomain> {
	try {
		return await driverFor(definition.kind).createTarget(definition, place);
	} catch (error) {
		if (!(error instanceof DomainError) || error.code !== 'ERR_NOT_SUPPORTED') throw error;
		throw hostError('ERR_TARGET_REFUSED', `${host} refuses ${definition.name}: ${error.message}`, {side: 'receiver', cause: error.cause});
	}
}

/**
 * A source that prepares a later incarnation has the guest: an earlier one that waits here for its `go`, or for another link of this
 * source, will not get it.
 */
async function declineSuperseded(
	{arrivals}: ReceiverServices,
	{name}: DomainDefinition,
	{incarnation, migrationId}: PrepareRequest,
	peer: string,
): Promise<void> {
	const waiting = arrivals.underWay(name);
	if (!waiting || waiting.incarnation >= incarnation || (waiting.state === 'receiving' && waiting.peer !== peer)) return;
	await waiting.decline(hostError('ERR_CONNECTION_LOST', `the source began anew with migration ${migrationId}`, {side: 'receiver'}));
}
