import {randomUUID} from 'node:crypto';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {driverFor, type DirtyLog, type GuestHandle, PageBitmap, type SourceDomain, type WorkloadDefinition} from '@sterna/domain';
import {encodeRecord, LibxcRecordType, LibxlRecordType, type RawRecord, type StreamLayer} from '@sterna/protocol';
import type {ServerFrame, StandbyReply, StandbyRequest, StandbyState} from '@sterna/protocol/control';
import {
	type CommittedCheckpoint,
	connectChannels,
	type ControlAddress,
	ControlClient,
	DataWorkerPool,
	helloFeatures,
	openSendChannels,
	PageHashes,
	type SendChannels,
} from '@sterna/transport';
import type {ExecutionContext} from 'ava';
import {head} from './source.ts';

const WINDOW_BYTES = 4 * 1024 * 1024;
const MAX_BATCH_PAGES = 1024;
const KEY = 4711;

const record = (layer: StreamLayer, type: number, body: Uint8Array = new Uint8Array(0)): Uint8Array => encodeRecord({layer, type, body});

/** What of a standby's source a test needs: a real guest, checkpoints taken by hand, and words said one by one. */
export class StandbySource {
	readonly migrationId: string = randomUUID();
	readonly definition: WorkloadDefinition;
	readonly guest: SourceDomain;
	readonly handle: GuestHandle;
	incarnation = 1;
	lease: Pick<StandbyRequest, 'leaseStore' | 'leaseTtlMs'> = {leaseStore: 'manual', leaseTtlMs: 0};
	committed: CommittedCheckpoint[] = [];
	readonly #pool = new DataWorkerPool({maxWorkers: 1});
	readonly #dirtyLog: DirtyLog;
	#address: ControlAddress;
	#client: ControlClient | undefined;
	#channels: SendChannels | undefined;
	#hashes: PageHashes | undefined;
	/** What the next checkpoint brings. */
	readonly #due: PageBitmap;
	#onCommitted: () => void = () => undefined;

	private constructor(
		address: ControlAddress,
		parts: {definition: WorkloadDefinition; handle: GuestHandle; guest: SourceDomain; dirtyLog: DirtyLog},
	) {
		this.#address = address;
		this.definition = parts.definition;
		this.handle = parts.handle;
		this.guest = parts.guest;
		this.#dirtyLog = parts.dirtyLog;
		this.#due = new PageBitmap(parts.guest.memory.pageLimit);
	}

	/** A guest that runs, with its writes tracked. Ends with the test. */
	static async start(t: ExecutionContext, address: ControlAddress, definition: WorkloadDefinition): Promise<StandbySource> {
		const directory = mkdtempSync(path.join(tmpdir(), 'sterna-source-'));
		const place = {domainDir: directory, runDir: directory, outputFile: path.join(directory, 'output')};
		const driver = driverFor('workload');
		const handle = await driver.create(definition, place, {paused: false});
		const guest = await driver.openSource(definition, handle, place, {tracker: 'auto'});
		const dirtyLog = await guest.startDirtyLog();
		const source = new StandbySource(address, {definition, handle, guest, dirtyLog});
		t.teardown(async () => {
			await source.disconnect();
			await source.#pool.close();
			await dirtyLog[Symbol.asyncDispose]();
			await guest[Symbol.asyncDispose]();
			await driver.remove(handle, place);
			rmSync(directory, {recursive: true, force: true});
		});
		return source;
	}

	/** A new control connection, perhaps to another address of the receiver; what was said on the one before is cancelled by its end. */
	async connect(address = this.#address): Promise<ControlClient> {
		await this.disconnect();
		this.#address = address;
		const hello = {software: 'sterna-sender test', host: 'host-a', role: 'sender', features: helloFeatures({plainData: false})} as const;
		this.#client = await ControlClient.connect({address, hello});
		return this.#client;
	}

	async disconnect(): Promise<void> {
		await this.#channels?.destroy();
		await this.#client?.close();
		this.#client = undefined;
		this.#channels = undefined;
	}

	/** Says `standby`. `ended`: the last frame; rejects with its fault. */
	standby(overrides: Partial<StandbyRequest> = {}): {
		readonly prepared: Promise<StandbyReply>;
		readonly ended: Promise<ServerFrame['kind']>;
		readonly wanted: Promise<void>;
	} {
		const {promise: prepared, resolve, reject} = Promise.withResolvers<StandbyReply>();
		const {promise: wanted, resolve: onWanted} = Promise.withResolvers<void>();
		const ended = this.#need()
			.request(
				'standby',
				{...this.#request(), ...overrides},
				{
					onEvent: frame => {
						if (frame.kind === 'standbyPrepared') resolve(frame.body);
						else if (frame.kind === 'standbyEvent') onWanted();
					},
				},
			)
			.then(frame => frame.kind);
		ended.catch(reject);
		prepared.catch(() => undefined);
		return {prepared, ended, wanted};
	}

	/** Opens the data connection and writes what is in front of the pages. */
	async open({prepared}: StandbyReply): Promise<void> {
		if (prepared === undefined) throw new TypeError('nothing is prepared');
		const preamble = {token: prepared.token, migrationId: this.migrationId, link: 0, channelCount: 1};
		const connections = await connectChannels({host: '127.0.0.1', port: prepared.dataPort, preamble, security: {kind: 'loopback'}});
		this.#hashes = new PageHashes({pageLimit: this.guest.memory.pageLimit, key: KEY});
		this.#channels = openSendChannels(this.#pool, {
			connections,
			kind: 'socket',
			memory: this.guest.memory,
			pageTypes: undefined,
			windowBytes: WINDOW_BYTES,
			teeFd: undefined,
			pageHashes: this.#hashes,
			onCommitted: checkpoint => {
				this.committed.push(checkpoint);
				this.#onCommitted();
			},
		});
		this.#channels.closed.catch(() => undefined);
		await this.#channels.primary.writeBytes(head(new Uint8Array(0)));
		this.guest.addAllPages(this.#due);
	}

	/** Says `standby`, opens the link, and brings the standby in step with one checkpoint. */
	async protect(): Promise<{readonly reply: StandbyReply; readonly ended: Promise<ServerFrame['kind']>; readonly wanted: Promise<void>}> {
		await this.connect();
		const {prepared, ended, wanted} = this.standby();
		ended.catch(() => undefined);
		const reply = await prepared;
		await this.open(reply);
		await this.checkpoint();
		return {reply, ended, wanted};
	}

	/** Takes a checkpoint with the guest paused, and waits until it is committed. `stays`: the guest is left paused. Resolves with its epoch. */
	async checkpoint({stays = false} = {}): Promise<number> {
		const before = this.committed.length;
		const committed = new Promise<void>(resolve => {
			this.#onCommitted = resolve;
		});
		await this.write({stays});
		if (this.committed.length === before) await Promise.race([committed, this.#failed()]);
		return this.committed.at(-1)?.epoch ?? 0;
	}

	/** As `checkpoint`, without waiting for more than that the kernel has it. `whole`: false leaves its last record out. */
	async write({stays = false, whole = true} = {}): Promise<void> {
		const {guest} = this;
		const channels = this.#needChannels();
		await guest.pause();
		await this.#dirtyLog.take(this.#due);
		const {libxc, libxl} = await guest.saveDeviceState('checkpoint');
		while (this.#due.count > 0) {
			const runs = new Uint32Array(2 * MAX_BATCH_PAGES);
			const pairs = this.#due.takeRuns(runs, MAX_BATCH_PAGES);
			await channels.primary.writePages(runs.subarray(0, 2 * pairs));
		}

		const encode = (records: readonly RawRecord[]): Uint8Array => Buffer.concat(records.map(each => encodeRecord(each)));
		await channels.primary.writeBytes(Buffer.concat([encode(libxc), record('libxc', LibxcRecordType.CHECKPOINT), encode(libxl)]));
		await channels.primary.writeCheckpointDigest();
		if (whole) await channels.primary.writeBytes(record('libxl', LibxlRecordType.CHECKPOINT_END));
		if (!stays) await guest.resume();
	}

	async go(epoch: number, incarnation = this.incarnation + 1): Promise<ServerFrame> {
		return this.#need().request('go', {migrationId: this.migrationId, incarnation, epoch});
	}

	async outcome(declineIfReady: boolean): Promise<string> {
		const {migrationId, incarnation, definition} = this;
		const request = {migrationId, incarnation: incarnation + 1, declineIfReady, domain: definition.name};
		return (await this.#need().ask('outcome', request, 'outcome')).state;
	}

	async query(): Promise<StandbyState> {
		const {migrationId, incarnation, definition} = this;
		return this.#need().ask('standbyQuery', {migrationId, incarnation: incarnation + 1, domain: definition.name}, 'standbyState');
	}

	async end(keep = false): Promise<void> {
		await this.#need().ask('standbyEnd', {migrationId: this.migrationId, incarnation: this.incarnation + 1, keep}, 'done');
	}

	/** The hashes of what the standby has. */
	async pageHashes(): Promise<Uint8Array> {
		const {migrationId, incarnation, guest} = this;
		const request = {migrationId, incarnation, hashKey: KEY, of: 'pages', first: 0, count: guest.memory.pageLimit} as const;
		return (await this.#need().ask('pageHashes', request, 'pageHashes')).hashes;
	}

	#request(): StandbyRequest {
		const {definition, guest} = this;
		return {
			prepare: {
				migrationId: this.migrationId,
				incarnation: this.incarnation,
				definitionJson: JSON.stringify(definition),
				stream: 'sterna',
				guestType: 'hvm',
				streamVersion: 3,
				populatedPages: guest.memory.pageLimit,
				paused: false,
				windowBytes: WINDOW_BYTES,
				channels: 1,
				hashKey: KEY,
				holdMs: 0,
			},
			holdsOutput: true,
			...this.lease,
			uuid: definition.uuid,
		};
	}

	async #failed(): Promise<never> {
		throw (await this.#needChannels().closed) ?? new Error('the link ended');
	}

	#needChannels(): SendChannels {
		if (this.#channels === undefined) throw new TypeError('there is no data connection');
		return this.#channels;
	}

	#need(): ControlClient {
		if (this.#client === undefined) throw new TypeError('the source is not connected');
		return this.#client;
	}
}
