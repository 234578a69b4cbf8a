import {randomUUID} from 'node:crypto';
import {constants, closeSync, fstatSync, openSync, readSync} from 'node:fs';
import path from 'node:path';
import {definitionOfXlConfig, DomainDefinition, driverFor, type DeviceState, type TargetDomain} from '@sterna/domain';
import {DomainLock, domainInfo, hostError, operationError, orAborted, toOperationError, type DomainRecord} from '@sterna/host';
import {PAGE_SIZE_BYTES, StreamDecoder, type GuestType} from '@sterna/protocol';
import type {RestoreRequest, RestoreResult} from '@sterna/protocol/control';
import {duplicateDescriptor} from '@sterna/system';
import {openReceiveLink, type ReceiveEvent, type Reply} from '@sterna/transport';
import * as v from 'valibot';
import {RecordCollector} from './engine/record-collector.ts';
import {streamHeadersOf} from './engine/stream-headers.ts';
import {recordRestore, type RestoreRecording} from './recording/restore-recording.ts';
import type {ReceiverServices} from './services.ts';

/** Bytes read at a time to find a file's headers. */
const HEAD_CHUNK_BYTES = 64 * 1024;

/**
 * Makes a guest from a saved stream: of our own `save`, or of Xen's, which becomes an image. Of a checkpointed stream that breaks off
 * the last whole checkpoint is taken. Whatever fails leaves nothing of the guest here.
 */
export async function restoreDomain(services: ReceiverServices, request: RestoreRequest, reply: Reply): Promise<RestoreResult> {
	const started = performance.now();
	let recording: RestoreRecording | undefined;
	const fd = openFile(request.file);
	try {
		const definition = namedAs(readDefinition(fd, request.file), request.name);
		const id = randomUUID();
		recording = recordRestore(services, definition, id);
		const restored = await restoreFrom(services, fd, definition, {id, paused: request.paused, reply, recording});
		const result = {...restored, totalMs: performance.now() - started};
		recording?.restored(result, services.config.hostName);
		return result;
	} catch (error) {
		const told = toOperationError(error, {side: 'receiver', phase: 'restore', runsOn: {kind: 'nowhere'}});
		recording?.failed(told, performance.now() - started);
		throw told;
	} finally {
		closeSync(fd);
	}
}

type Restoring = {
	readonly id: string;
	readonly paused: boolean;
	readonly reply: Reply;
	readonly recording: RestoreRecording | undefined;
};

async function restoreFrom(
	services: ReceiverServices,
	fd: number,
	definition: DomainDefinition,
	{id, paused, reply, recording}: Restoring,
): Promise<Omit<RestoreResult, 'totalMs'>> {
	const {directories, registry, budget, config, log} = services;
	const {name} = definition;
	using lock = DomainLock.acquire(directories, name, {side: 'receiver', what: 'restore'});
	if (await registry.get(name)) {
		throw hostError('ERR_DOMAIN_EXISTS', `a domain ${name} exists already on ${config.hostName}`, {
			side: 'receiver',
			next: 'migrate-ctl domain list',
		});
	}

	using _memory = await budget.reserve(name, definition.memoryBytes);
	await using target = await driverFor(definition.kind).createTarget(definition, directories.guestPlace(name));
	try {
		const {pages, bytes, checkpoints} = await fill(services, target, fd, {id, reply, recording});
		const image = definition.kind === 'image';
		if (!paused && !image) await target.resume();
		const record: DomainRecord = {
			version: 1,
			definition,
			handle: target.handle,
			state: image ? 'image' : paused ? 'paused' : 'running',
			incarnation: 0,
			createdAt: new Date().toISOString(),
		};
		await registry.put(record, lock);
		log.info({domain: name, pages, bytes, checkpoints}, 'domain restored');
		return {domain: domainInfo(record), pages, bytes, checkpoints};
	} catch (error) {
		await target.destroy();
		throw error;
	}
}

type Filled = {readonly pages: number; readonly bytes: number; readonly checkpoints: number};

/** Receives the file as a stream into the target and loads its device state. A client that goes away ends it: a restore is its alone. */
async function fill(
	{pool}: ReceiverServices,
	target: TargetDomain,
	fd: number,
	{id, reply, recording}: Omit<Restoring, 'paused'>,
): Promise<Filled> {
	const showProgress = progressOf(target, {id, totalBytes: fstatSync(fd).size}, reply);
	const filled = Promise.withResolvers<Filled>();
	const records = new RecordCollector(record => {
		target.acceptStaticRecord(record);
	});
	let pages = 0;
	let checkpoints = 0;
	/** Device state of the last whole checkpoint. */
	let checkpoint: DeviceState | undefined;
	const onEvent = (event: ReceiveEvent): void => {
		switch (event.kind) {
			case 'headers':
				target.acceptHeaders(streamHeadersOf(event));
				return;
			case 'record':
				records.add(event);
				return;
			case 'progress':
				pages = event.pagesReceived;
				showProgress(event);
				recording?.sampled(event);
				return;
			case 'checkpoint':
				checkpoint = records.takeDeviceState();
				checkpoints = event.wholeCheckpoints;
				return;
			case 'end':
			case 'broken-off':
				filled.resolve({pages, bytes: event.bytesReceived, checkpoints});
				return;
			case 'failed':
				filled.reject(event.error);
		}
	};
	await using _link = openReceiveLink(pool, {
		fd: duplicateDescriptor(fd),
		kind: 'file',
		begins: 'xl',
		mode: 'any',
		memory: target.memory,
		pageTypes: target.pageTypes,
		populatedPagesLimit: target.memory.memoryBytes / PAGE_SIZE_BYTES,
		backChannel: false,
		onEvent: event => {
			try {
				onEvent(event);
			} catch (error) {
				filled.reject(error);
			}
		},
	});
	const figures = await orAborted(filled.promise, reply.signal);
	await target.loadDeviceState(checkpoint ?? records.takeDeviceState());
	return figures;
}

/** Events that show the client how far a restore has come. */
function progressOf(
	target: TargetDomain,
	{id, totalBytes}: {readonly id: string; readonly totalBytes: number},
	reply: Reply,
): (event: {pagesReceived: number; bytesReceived: number}) => void {
	const startedAtMs = Date.now();
	return ({pagesReceived, bytesReceived}) => {
		const elapsedMs = Math.max(1, Date.now() - startedAtMs);
		const totalPages = Math.ceil(totalBytes / PAGE_SIZE_BYTES);
		reply.event({
			kind: 'migration',
			body: {
				id,
				domain: target.name,
				direction: 'restore',
				peer: '',
				phase: 'precopy',
				iteration: 0,
				totalPages,
				pagesSent: pagesReceived,
				bytesSent: bytesReceived,
				remainingPages: Math.max(0, Math.ceil((totalBytes - bytesReceived) / PAGE_SIZE_BYTES)),
				elapsedMs,
				bandwidthBytesPerSecond: (bytesReceived * 1000) / elapsedMs,
				dirtyBytesPerSecond: 0,
				tracker: '',
				reason: '',
				startedAtMs,
				iterations: [],
			},
		});
	};
}

function openFile(file: string): number {
	let fd: number;
	try {
		fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
	} catch (error) {
		throw operationError(
			'ERR_FILE',
			`${file} cannot be opened`,
			{side: 'receiver', phase: 'restore', runsOn: {kind: 'nowhere'}},
			{cause: error},
		);
	}

	if (fstatSync(fd).isFile()) return fd;
	closeSync(fd);
	throw operationError('ERR_FILE', `${file} is not a plain file`, {side: 'receiver', phase: 'restore', runsOn: {kind: 'nowhere'}});
}

/** What the headers say of the guest; the position of the file stays at its beginning. */
function readDefinition(fd: number, file: string): DomainDefinition {
	const seen: {xlConfig?: string; guestType?: GuestType} = {};
	const decoder = new StreamDecoder(
		{begins: 'xl', mode: 'any', strict: false, sternaRecords: true},
		{
			onHeader(header) {
				if (header.kind === 'xl') seen.xlConfig = header.config;
				else if (header.kind === 'domain') seen.guestType = header.guestType;
			},
			onRecord: () => undefined,
			onPageData: () => undefined,
		},
	);
	const chunk = new Uint8Array(HEAD_CHUNK_BYTES);
	let position = 0;
	while (seen.guestType === undefined) {
		const length = readSync(fd, chunk, 0, chunk.length, position);
		if (length === 0) decoder.end(); // Throws: a stream without a domain header is truncated.
		decoder.push(chunk.subarray(0, length));
		position += length;
	}

	const name = path.basename(file).replace(/\.[^.]*$/, '');
	return definitionOfXlConfig(seen.xlConfig, {name, uuid: randomUUID(), guestType: seen.guestType, memoryBytes: fstatSync(fd).size});
}

/** Checked again with its new name: a file may hold anything. */
function namedAs(definition: DomainDefinition, name: string): DomainDefinition {
	if (name === '') return definition;
	const result = v.safeParse(DomainDefinition, {...definition, name});
	if (result.success) return result.output;
	throw hostError('ERR_USAGE', `${name} cannot be a domain's name: ${result.issues[0].message}`, {side: 'receiver'});
}
