import {randomFillSync, randomUUID} from 'node:crypto';
import type {DomainDefinition, ImageDefinition, WorkloadDefinition} from '@sterna/domain';
import {
	emptyHvmContext,
	encodeDomainHeader,
	encodeEmulatorContext,
	encodeImageHeader,
	encodeLibxlHeader,
	encodeRecord,
	encodeTscInfo,
	encodeXlHeader,
	LibxcRecordType,
	LibxlRecordType,
	type StreamLayer,
} from '@sterna/protocol';
import type {OutcomeReply, PrepareReply, PrepareRequest, ReadyEvent, ResumeRequest, ServerFrame} from '@sterna/protocol/control';
import {closeDescriptor, createMemoryFile, mapShared, resizeFile, unmapMemory, viewMemory} from '@sterna/system';
import {
	connectChannels,
	ControlClient,
	DataWorkerPool,
	helloFeatures,
	openSendChannels,
	type MemoryMapping,
	type PageHashes,
	type SendChannels,
} from '@sterna/transport';
import type {ExecutionContext} from 'ava';
import type {TestReceiver} from './receiver.ts';

const PAGE_BYTES = 4096;
const HOLD_MS = 60_000;
const WINDOW_BYTES = 4 * 1024 * 1024;
const RECORD_TYPE_UNKNOWN = 0x7fff;

export function imageDefinition(pages: number): ImageDefinition {
	return {
		kind: 'image',
		name: 'image1',
		uuid: randomUUID(),
		memoryBytes: pages * PAGE_BYTES,
		pfnLimit: pages,
		guestType: 'hvm',
	};
}

export function workloadDefinition(pages: number): WorkloadDefinition {
	return {
		kind: 'workload',
		name: 'dom1',
		uuid: randomUUID(),
		memoryBytes: pages * PAGE_BYTES,
		pfnLimit: pages,
		program: {
			seed: 1,
			pattern: 'hot-set',
			hotBytes: PAGE_BYTES,
			touchedBytes: pages * PAGE_BYTES,
			content: 'random',
			rateBytesPerSecond: 0,
			lineIntervalMs: 100,
		},
	};
}

/** A guest's memory at its source, random. */
export class SourceMemory implements MemoryMapping, Disposable {
	readonly pageLimit: number;
	readonly fd = createMemoryFile('sterna-test');
	readonly address: bigint;
	readonly bytes: Uint8Array;

	constructor(pageLimit: number) {
		this.pageLimit = pageLimit;
		resizeFile(this.fd, pageLimit * PAGE_BYTES);
		this.address = mapShared({fd: this.fd, length: pageLimit * PAGE_BYTES, writable: true});
		this.bytes = viewMemory(this.address, pageLimit * PAGE_BYTES);
		randomFillSync(this.bytes);
	}

	[Symbol.dispose](): void {
		unmapMemory(this.address, this.pageLimit * PAGE_BYTES);
		closeDescriptor(this.fd);
	}
}

/** One request at the receiver that stands for a link, as its source hears it. */
export type Conversation = {
	readonly prepared: Promise<PrepareReply>;
	readonly ready: Promise<ReadyEvent>;
	/** The last frame's kind; rejects with the fault. */
	readonly ended: Promise<ServerFrame['kind']>;
};

/** A source that does what it is told, and no more: a control connection, data connections, a stream in pieces. */
export class TestSource {
	migrationId: string = randomUUID();
	readonly definition: DomainDefinition;
	readonly memory: SourceMemory;
	readonly #t: ExecutionContext;
	readonly #receiver: TestReceiver;
	readonly #pool = new DataWorkerPool({maxWorkers: 1});
	#client: ControlClient | undefined;

	/** Of an image of 64 pages unless another guest is meant. */
	constructor(t: ExecutionContext, receiver: TestReceiver, definition: DomainDefinition = imageDefinition(64)) {
		this.#t = t;
		this.#receiver = receiver;
		this.definition = definition;
		this.memory = new SourceMemory(definition.pfnLimit);
		t.teardown(async () => {
			await this.disconnect();
			await this.#pool.close();
			this.memory[Symbol.dispose]();
		});
	}

	/** A new control connection; what was said on the one before is cancelled by its end. */
	async connect({host = 'host-a', features = helloFeatures({plainData: false})} = {}): Promise<ControlClient> {
		await this.disconnect();
		const {address} = this.#receiver;
		this.#client = await ControlClient.connect({address, hello: {software: 'sterna-sender test', host, role: 'sender', features}});
		return this.#client;
	}

	async disconnect(): Promise<void> {
		await this.#client?.close();
		this.#client = undefined;
	}

	prepare(overrides: Partial<PrepareRequest> = {}): Conversation {
		const body: PrepareRequest = {
			migrationId: this.migrationId,
			incarnation: 1,
			definitionJson: JSON.stringify(this.definition),
			stream: 'sterna',
			guestType: 'hvm',
			streamVersion: 3,
			populatedPages: this.memory.pageLimit,
			paused: false,
			windowBytes: WINDOW_BYTES,
			channels: 1,
			holdMs: HOLD_MS,
			...overrides,
		};
		return this.#converse('prepare', body);
	}

	resume(link: number, overrides: Partial<ResumeRequest> = {}): Conversation {
		const body: ResumeRequest = {
			migrationId: this.migrationId,
			incarnation: 1,
			link,
			windowBytes: WINDOW_BYTES,
			channels: 1,
			...overrides,
		};
		return this.#converse('resume', body);
	}

	async outcome(declineIfReady = false): Promise<OutcomeReply> {
		const {migrationId} = this;
		const frame = await this.#needClient().request('outcome', {migrationId, incarnation: 1, declineIfReady, domain: this.definition.name});
		if (frame.kind !== 'outcome') throw new TypeError(frame.kind);
		return frame.body;
	}

	async go(): Promise<ServerFrame['kind']> {
		return (await this.#needClient().request('go', {migrationId: this.migrationId, incarnation: 1})).kind;
	}

	async pageHashes(hashKey: number, of: 'pages' | 'groups', first: number, count: number): Promise<Uint8Array> {
		const request = {migrationId: this.migrationId, incarnation: 1, hashKey, of, first, count};
		const frame = await this.#needClient().request('pageHashes', request);
		if (frame.kind !== 'pageHashes') throw new TypeError(frame.kind);
		return frame.body.hashes;
	}

	/** The data connections of a link, which end with the test. */
	async openChannels(
		link: number,
		{token, dataPort, channels}: PrepareReply,
		options: {readonly pageHashes?: PageHashes} = {},
	): Promise<SendChannels> {
		const preamble = {token, migrationId: this.migrationId, link, channelCount: channels};
		const connections = await connectChannels({host: '127.0.0.1', port: dataPort, preamble, security: {kind: 'loopback'}});
		const sender = openSendChannels(this.#pool, {
			connections,
			kind: 'socket',
			memory: this.memory,
			pageTypes: undefined,
			windowBytes: WINDOW_BYTES,
			teeFd: undefined,
			...options,
		});
		this.#t.teardown(async () => sender.destroy());
		return sender;
	}

	#converse(kind: 'prepare', body: PrepareRequest): Conversation;
	#converse(kind: 'resume', body: ResumeRequest): Conversation;
	#converse(kind: 'prepare' | 'resume', body: PrepareRequest & ResumeRequest): Conversation {
		const prepared = Promise.withResolvers<PrepareReply>();
		const ready = Promise.withResolvers<ReadyEvent>();
		const onEvent = (frame: ServerFrame): void => {
			if (frame.kind === 'prepared') prepared.resolve(frame.body);
			else if (frame.kind === 'ready') ready.resolve(frame.body);
		};
		const ended = this.#needClient()
			.request(kind, body, {onEvent})
			.then(frame => frame.kind);
		ended.catch((error: unknown) => {
			prepared.reject(error);
			ready.reject(error);
		});
		for (const {promise} of [prepared, ready]) promise.catch(() => undefined); // Whoever waits for it hears of it.
		return {prepared: prepared.promise, ready: ready.promise, ended};
	}

	#needClient(): ControlClient {
		if (this.#client === undefined) throw new TypeError('the source is not connected');
		return this.#client;
	}
}

const record = (layer: StreamLayer, type: number, body: Uint8Array = new Uint8Array(0)): Uint8Array => encodeRecord({layer, type, body});

/** Everything in front of the pages of an HVM guest's stream; `cpuid`: the body of a static record; empty = none. */
export function head(cpuid: Uint8Array = new Uint8Array(24)): Uint8Array {
	return Buffer.concat([
		encodeXlHeader('{"name": "image1"}'),
		encodeLibxlHeader(),
		record('libxl', LibxlRecordType.LIBXC_CONTEXT),
		encodeImageHeader(3),
		encodeDomainHeader('hvm', [4, 17]),
		...(cpuid.length === 0 ? [] : [record('libxc', LibxcRecordType.X86_CPUID_POLICY, cpuid)]),
		record('libxc', LibxcRecordType.STATIC_DATA_END),
	]);
}

/** Everything behind the pages but the last END. */
export function tail(): Uint8Array {
	return Buffer.concat([
		record('libxc', LibxcRecordType.X86_TSC_INFO, encodeTscInfo({name: 'X86_TSC_INFO', mode: 0, khz: 0, nsec: 0n, incarnation: 0})),
		record('libxc', LibxcRecordType.HVM_CONTEXT, emptyHvmContext()),
		record('libxc', LibxcRecordType.END),
		record('libxl', LibxlRecordType.EMULATOR_CONTEXT, encodeEmulatorContext({emulatorId: 2, index: 0, context: Uint8Array.of(1, 2, 3)})),
	]);
}

export const LAST_END = record('libxl', LibxlRecordType.END);

/** What no stream may hold. */
export const NONSENSE = record('libxc', RECORD_TYPE_UNKNOWN, new Uint8Array(8));
