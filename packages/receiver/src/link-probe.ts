import {randomBytes} from 'node:crypto';
import {createScratchMemory} from '@sterna/domain';
import {hostError, orAborted, toOperationError} from '@sterna/host';
import {MAX_DATA_CHANNELS, PAGE_SIZE_BYTES, PLAIN_DATA_FEATURE, TOKEN_BYTES} from '@sterna/protocol';
import type {LinkProbeRequest, PrepareReply} from '@sterna/protocol/control';
import {expectChannels, openReceiveChannels, PageHashes, TargetPages, type ControlConnection, type Reply} from '@sterna/transport';
import {populateFirst} from './engine/populate-first.ts';
import type {ReceiverServices} from './services.ts';
import {timeProcessStart} from './time-process-start.ts';

/** 64 MiB: more than the caches of most machines, so that what is measured is memory. */
const MAX_PAGES = 16_384;

/** The longest that a probe may last, its data connections included. */
const MAX_PROBE_MS = 30_000;

/**
 * Serves `link_probe`: takes the pages of a stream as a migration's would be taken, over data connections of the same kind, into memory that no guest has
 * and that is thrown away at the end; says beforehand what the making of a target costs here. Lasts until the sender cancels it, or its stream ends.
 * Rejects ERR_USAGE for more pages than there may be, ERR_MEMORY_INSUFFICIENT where the host has no room for them, and with what a migration's link would end of.
 */
export async function linkProbe(
	services: ReceiverServices,
	request: LinkProbeRequest,
	reply: Reply,
	connection: ControlConnection,
): Promise<void> {
	const {id, mostPages} = request;
	if (mostPages === 0) return;
	if (mostPages > MAX_PAGES)
		throw hostError('ERR_USAGE', `a probe of ${mostPages} pages, at most ${MAX_PAGES} are taken`, {side: 'receiver'});
	using _promised = await services.budget.reserve(`probe ${id}`, mostPages * PAGE_SIZE_BYTES);
	using memory = createScratchMemory(mostPages);
	const timeout = AbortSignal.timeout(MAX_PROBE_MS);
	const signal = AbortSignal.any([reply.signal, services.stopping, timeout]);
	try {
		const processStartMs = await timeProcessStart(signal);
		const startedMs = performance.now();
		// As a migration's target is.
		await populateFirst({memory}, mostPages, signal);
		const costs = {populateMs: performance.now() - startedMs, processStartMs};
		await discard(services, {request, memory, costs, signal}, reply, connection);
	} catch (error) {
		signal.throwIfAborted();
		throw toOperationError(error, {side: 'receiver', phase: 'request', runsOn: {kind: 'host', host: connection.peer.host}});
	}
}

type Probe = {
	readonly request: LinkProbeRequest;
	readonly memory: ReturnType<typeof createScratchMemory>;
	readonly costs: Required<Pick<PrepareReply, 'populateMs' | 'processStartMs'>>;
	readonly signal: AbortSignal;
};

async function discard(
	{config, credentials, listener, pool}: ReceiverServices,
	{request, memory, costs, signal}: Probe,
	reply: Reply,
	{features}: ControlConnection,
): Promise<void> {
	const token = randomBytes(TOKEN_BYTES);
	const windowBytes = Math.min(request.windowBytes, config.data.windowBytes);
	const channels = features.has('channels') ? Math.min(Math.max(1, request.channels), MAX_DATA_CHANNELS) : 1;
	const hashKey = features.has('proof') ? request.hashKey : undefined;
	const {pageLimit} = memory;
	const targetPages = new TargetPages(pageLimit);
	targetPages.markBacked(0, pageLimit);
	const connected = expectChannels(listener, {
		token,
		migrationId: request.id,
		link: 0,
		channelCount: channels,
		secured: credentials !== undefined && !features.has(PLAIN_DATA_FEATURE),
		signal,
	});
	connected.catch(() => undefined); // It may fail while `prepared` is on its way.
	await reply.send({kind: 'prepared', body: {dataPort: listener.port, token, windowBytes, channels, appliedBytes: [], ...costs}});
	const connections = await connected;
	const {promise: over, resolve, reject} = Promise.withResolvers<void>();
	over.catch(() => undefined); // It may fail before anyone waits for it.
	await using _link = openReceiveChannels(pool, {
		connections,
		kind: 'socket',
		begins: 'xl',
		mode: 'plain',
		memory,
		pageTypes: undefined,
		populatedPagesLimit: pageLimit,
		targetPages,
		pageHashes: hashKey === undefined ? undefined : new PageHashes({pageLimit, key: hashKey}),
		keepsHoles: true,
		backChannel: true,
		windowBytes: windowBytes / channels,
		heartbeat: undefined,
		onEvent(event) {
			if (event.kind === 'failed') reject(event.error);
			else if (event.kind === 'end') resolve();
		},
	});
	await orAborted(over, signal);
}
