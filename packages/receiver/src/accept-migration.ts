import {randomBytes} from 'node:crypto';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {type DomainDefinition, driverFor, type TargetDomain} from '@sterna/domain';
import {crashPoint, DomainLock, hostError, operationError, orAborted, parseDefinition, toOperationError} from '@sterna/host';
import {MAX_DATA_CHANNELS, type OperationError, PAGE_SIZE_BYTES, PLAIN_DATA_FEATURE, TOKEN_BYTES} from '@sterna/protocol';
import type {PrepareRequest, ServerMessage} from '@sterna/protocol/control';
import {expectChannels, openReceiveChannels, type ControlConnection, type Reply} from '@sterna/transport';
import {ArrivalJournal} from './arrival-journal.ts';
import {populateFirst} from './engine/populate-first.ts';
import {Incoming} from './incoming.ts';
import type {ReceiverServices} from './services.ts';

/** How long a prepared guest waits for its data connection. */
const DATA_CONNECTION_TIMEOUT_MS = 10_000;

/** Serves `prepare`: makes the empty guest, receives it, and ends when it runs here or was declined; the request's answer says which. */
export async function acceptMigration(
	services: ReceiverServices,
	request: PrepareRequest,
	reply: Reply,
	connection: ControlConnection,
): Promise<ServerMessage> {
	const {directories, registry, budget, config, arrivals} = services;
	const peer = connection.peer.host;
	const definition = parseDefinition(request.definitionJson, {side: 'receiver', code: 'ERR_TARGET_REFUSED'});
	const {name} = definition;
	await declineSuperseded(services, definition, request);
	const lock = DomainLock.acquire(directories, name, {side: 'receiver', what: `migration ${request.migrationId} from ${peer}`});
	// The memory counts as promised until it is populated, or never will be.
	using promised = new DisposableStack();
	let journal: ArrivalJournal;
	let target: TargetDomain;
	try {
		if (await registry.get(name)) {
			throw hostError('ERR_DOMAIN_EXISTS', `a domain ${name} exists already on ${config.hostName}`, {side: 'receiver'});
		}

		promised.use(await budget.reserve(name, definition.memoryBytes));
		target = await driverFor(definition.kind).createTarget(definition, directories.guestPlace(name));
		const attempt = {id: request.migrationId, peer, incarnation: request.incarnation, paused: request.paused};
		journal = new ArrivalJournal(services, lock, {attempt, definition, handle: target.handle, createdAt: new Date().toISOString()});
		try {
			await journal.receiving();
		} catch (error) {
			await target.destroy();
			throw error;
		}
	} catch (error) {
		lock[Symbol.dispose]();
		throw toOperationError(error, {side: 'receiver', phase: 'prepare', runsOn: {kind: 'host', host: peer}, domain: name});
	}

	const incoming = receiveInto(services, {request, peer, agreed: connection.features, target, journal, reply});
	arrivals.add(incoming);
	const onGone = (): void => {
		incoming.fail(reply.signal.reason as OperationError);
	};
	if (reply.signal.aborted) onGone();
	else reply.signal.addEventListener('abort', onGone, {once: true});
	await incoming.receive();
	promised.dispose();
	try {
		// A stopping daemon leaves a ready guest to the next one, as the journal has it.
		const state = await orAborted(incoming.over, services.stopping);
		// The answer to `go` goes out first: the source counts the downtime until it hears of it.
		await nextTurn();
		if (state === 'running') await journal.arrived();
		else await journal.gone();
	} finally {
		await incoming.release();
		journal[Symbol.dispose]();
	}

	const {state} = incoming;
	if (state === 'running') return {kind: 'done', body: {}};
	throw (
		incoming.failure ??
		operationError('ERR_TARGET_REFUSED', `${config.hostName} declined ${name}`, {
			side: 'receiver',
			phase: 'handover',
			runsOn: {kind: 'host', host: peer},
		})
	);
}

type Receive = {
	readonly request: PrepareRequest;
	readonly peer: string;
	/** What both daemons can do beyond Xen's stream. */
	readonly agreed: ReadonlySet<string>;
	readonly target: TargetDomain;
	readonly journal: ArrivalJournal;
	readonly reply: Reply;
};

function receiveInto(services: ReceiverServices, {request, peer, agreed, target, journal, reply}: Receive): Incoming {
	const {config, credentials, listener, pool} = services;
	const log = services.log.child({migration: request.migrationId, domain: target.name, peer});
	const windowBytes = Math.min(request.windowBytes, config.data.windowBytes);
	const channelCount = agreed.has('channels') ? Math.min(Math.max(1, request.channels), MAX_DATA_CHANNELS) : 1;
	const token = randomBytes(TOKEN_BYTES);
	return new Incoming(
		{
			target,
			journal,
			host: config.hostName,
			log,
			openLink: async (onEvent, signal) => {
				const populated = await populateFirst(target, request.contentPages ?? request.populatedPages, signal);
				const connected = expectChannels(listener, {
					token,
					migrationId: request.migrationId,
					channelCount,
					secured: credentials !== undefined && !agreed.has(PLAIN_DATA_FEATURE),
					signal: AbortSignal.any([signal, AbortSignal.timeout(DATA_CONNECTION_TIMEOUT_MS)]),
				});
				connected.catch(() => undefined); // It may fail while `prepared` is on its way.
				crashPoint('target.send-prepared.before');
				await reply.send({kind: 'prepared', body: {dataPort: listener.port, token, windowBytes, channels: channelCount, appliedBytes: []}});
				crashPoint('target.send-prepared.after');
				const connections = await connected;
				log.info({dataConnections: connections.length, windowBytes}, 'data connections are here');
				const link = openReceiveChannels(pool, {
					connections,
					kind: 'socket',
					begins: 'xl',
					mode: 'plain',
					memory: target.memory,
					pageTypes: target.pageTypes,
					populatedPagesLimit: target.memory.memoryBytes / PAGE_SIZE_BYTES,
					keepsHoles: request.stream === 'sterna',
					backChannel: true,
					windowBytes: windowBytes / channelCount,
					onEvent,
				});
				if (populated) link.markPopulated(0, target.memory.pageLimit);
				return link;
			},
		},
		{
			request,
			peer,
			listener: {
				onReady: body => {
					crashPoint('target.send-ready.before');
					void reply.send({kind: 'ready', body}).catch(() => undefined); // A source that is gone asks later.
					crashPoint('target.send-ready.after');
				},
				onProgress: body => {
					reply.event({kind: 'receiverProgress', body});
				},
			},
		},
	);
}

/** A source that prepares a later incarnation has the guest: an earlier one that waits here for its `go` will not get it. */
async function declineSuperseded(
	{arrivals}: ReceiverServices,
	{name}: DomainDefinition,
	{incarnation, migrationId}: PrepareRequest,
): Promise<void> {
	const waiting = arrivals.readyOf(name);
	if (!waiting || waiting.incarnation >= incarnation) return;
	await waiting.decline(hostError('ERR_CONNECTION_LOST', `the source began anew with migration ${migrationId}`, {side: 'receiver'}));
}
