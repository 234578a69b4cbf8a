import {randomBytes} from 'node:crypto';
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {driverFor, type GuestHandle, type GuestPlace, PageBitmap, type SourceDomain, type WorkloadDefinition} from '@sterna/domain';
import {closeDescriptor, copyMemory, createMemoryFile, equalMemory, mapShared, resizeFile, unmapMemory} from '@sterna/system';
import {
	type CommittedCheckpoint,
	connectData,
	createCheckpointStore,
	type DataConnection,
	DataListener,
	type DataSocket,
	DataWorkerPool,
	type MemoryMapping,
	openReceiveLink,
	openSendLink,
	type ReceiveLink,
	type SendLink,
} from '@sterna/transport';
import {Checkpointer, type CheckpointerDependencies, type CheckpointerOptions} from '../../src/engine/checkpoint/checkpointer.ts';
import {EpochController} from '../../src/engine/checkpoint/epoch-controller.ts';
import {StagingArena} from '../../src/engine/checkpoint/staging-arena.ts';
import {writeHead} from '../../src/engine/stream-frame.ts';

const MIB = 2 ** 20;
const PAGE_BYTES = 4096;

/** 16 MiB, of which 12 have content and 8 are rewritten for ever, at 100 MB/s. */
export function smallGuest(program: Partial<WorkloadDefinition['program']> = {}): WorkloadDefinition {
	return {
		kind: 'workload',
		name: 'dom1',
		uuid: crypto.randomUUID(),
		memoryBytes: 16 * MIB,
		pfnLimit: (16 * MIB) / PAGE_BYTES,
		program: {
			seed: 4711,
			pattern: 'hot-set',
			hotBytes: 8 * MIB,
			touchedBytes: 12 * MIB,
			content: 'random',
			rateBytesPerSecond: 100_000_000,
			lineIntervalMs: 2,
			...program,
		},
	};
}

export type ProtectedGuestOptions = {
	readonly definition?: WorkloadDefinition;
	readonly intervalMs?: number;
	readonly stagingBytes?: number;
	readonly inFlight?: number;
	/** Whether the checkpointer is told what the standby has committed. */
	readonly acknowledges?: boolean;
	readonly dependencies?: Partial<CheckpointerDependencies>;
	readonly options?: Partial<CheckpointerOptions>;
};

/** A real workload guest, its checkpointer, a real link over loopback, and the memory of a standby at its other end. */
export class ProtectedGuest {
	readonly domain: SourceDomain;
	readonly handle: GuestHandle;
	readonly place: GuestPlace;
	readonly checkpointer: Checkpointer;
	readonly link: SendLink;
	readonly standby: MemoryMapping;
	/** Of the guest at the end of its last pause. */
	readonly snapshot: MemoryMapping;
	/** Whole checkpoints that the standby has in its memory, by its word. */
	wholeCheckpoints = 0;
	acknowledges: boolean;
	/** What the standby has said, and nobody has been told yet. */
	readonly #unheard: CommittedCheckpoint[] = [];
	#waiting: Array<() => void> = [];

	static async start(t: ExecutionContext, options: ProtectedGuestOptions = {}): Promise<ProtectedGuest> {
		const {definition = smallGuest(), stagingBytes = 16 * MIB, inFlight = 2} = options;
		const stack = new AsyncDisposableStack();
		t.teardown(async () => stack.disposeAsync());
		const directory = mkdtempSync(join(tmpdir(), 'sterna-test-'));
		stack.defer(() => rmSync(directory, {recursive: true, force: true}));
		const place = {domainDir: join(directory, 'd'), runDir: join(directory, 'r'), outputFile: join(directory, 'output')};
		mkdirSync(place.domainDir);
		mkdirSync(place.runDir);
		const driver = driverFor('workload');
		const handle = await driver.create(definition, place, {paused: false});
		stack.defer(async () => driver.remove(handle, place));
		const domain = stack.use(await driver.openSource(definition, handle, place, {tracker: 'auto'}));
		const dirtyLog = stack.use(await domain.startDirtyLog());
		const standby = newMemory(definition.pfnLimit, stack);
		const snapshot = newMemory(definition.pfnLimit, stack);
		const arenas: StagingArena[] = [];
		for (let index = 0; index < inFlight; index++) arenas.push(stack.use(await StagingArena.create(stagingBytes)));
		const pool = stack.use(new DataWorkerPool({maxWorkers: 2}));
		const {own, peer} = await connect();
		const storeFile = join(directory, 'checkpoints');
		createCheckpointStore({file: storeFile, pageLimit: definition.pfnLimit, stateBytesLimit: MIB});
		return new ProtectedGuest(
			{...options, domain, dirtyLog, handle, place, standby, snapshot, arenas, inFlight, pool, own, peer, storeFile},
			stack,
		);
	}

	private constructor(
		parts: ProtectedGuestOptions &
			Pick<CheckpointerDependencies, 'dirtyLog' | 'arenas'> & {
				readonly domain: SourceDomain;
				readonly handle: GuestHandle;
				readonly place: GuestPlace;
				readonly standby: MemoryMapping;
				readonly snapshot: MemoryMapping;
				readonly inFlight: number;
				readonly pool: DataWorkerPool;
				readonly storeFile: string;
				readonly own: DataSocket;
				readonly peer: DataConnection;
			},
		stack: AsyncDisposableStack,
	) {
		const {domain, dirtyLog, arenas, handle, place, standby, snapshot, inFlight, pool, own, peer, storeFile, intervalMs = 25} = parts;
		this.domain = domain;
		this.handle = handle;
		this.place = place;
		this.standby = standby;
		this.snapshot = snapshot;
		this.acknowledges = parts.acknowledges ?? true;
		this.link = openSendLink(pool, {
			...own,
			kind: 'socket',
			memory: domain.memory,
			pageTypes: undefined,
			windowBytes: 32 * MIB,
			teeFd: undefined,
			onCommitted: committed => {
				this.wholeCheckpoints = committed.epoch;
				this.#unheard.push(committed);
				if (this.acknowledges) this.acknowledge();
				this.#wakeAll();
			},
		});
		const receiver: ReceiveLink = openReceiveLink(pool, {
			...peer,
			kind: 'socket',
			begins: 'xl',
			mode: 'checkpointed',
			memory: standby,
			pageTypes: undefined,
			populatedPagesLimit: standby.pageLimit,
			backChannel: true,
			checkpoints: {file: storeFile, hasBase: false, disks: []},
			onEvent: () => undefined,
		});
		stack.use(receiver);
		stack.use(this.link);
		const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;
		this.checkpointer = new Checkpointer(
			{
				domain: this.#watched(domain),
				dirtyLog,
				link: this.link,
				gate: domain.checkpoints?.gate,
				disks: [],
				pages: {zeroPages: 'in-full'},
				arenas,
				controller: new EpochController({kind: 'fixed', intervalMs}, nowMs()),
				untilBootNs: () => undefined,
				nowMs,
				wallMs: () => Date.now(),
				onCheckpoint: () => this.#wakeAll(),
				...parts.dependencies,
			},
			{inFlight, committedEpoch: 0, diskLogBytes: 16 * MIB, ...parts.options},
		);
	}

	/** The head of the stream, and checkpoint 1 with all of the guest's memory. */
	async first(signal: AbortSignal = new AbortController().signal): Promise<void> {
		await writeHead(this.link, this.domain);
		const due = new PageBitmap(this.domain.memory.pageLimit);
		this.domain.addAllPages(due);
		await this.checkpointer.first(due, signal);
	}

	/** Tells the checkpointer what the standby has said. */
	acknowledge(): void {
		for (const committed of this.#unheard.splice(0)) this.checkpointer.committed(committed);
	}

	/** Waits until something is true, which is looked at after each checkpoint that was taken, or is whole at the standby. */
	async until(condition: () => boolean): Promise<void> {
		while (!condition())
			await new Promise<void>(resolve => {
				this.#waiting.push(resolve);
			});
	}

	/** Whether the standby's memory is what the guest's was at the end of its last pause. */
	get standbyIsSnapshot(): boolean {
		return sameContent(this.standby, this.snapshot);
	}

	get standbyIsGuest(): boolean {
		return sameContent(this.standby, this.domain.memory);
	}

	/** Numbers of the lines that are out. */
	get lines(): number[] {
		return [...readFileSync(this.place.outputFile, 'utf8').matchAll(/^LINE (\d+) /gm)].map(match => Number(match[1]));
	}

	get pid(): number {
		if (this.handle.kind !== 'process') throw new TypeError('a guest without a process');
		return this.handle.pid;
	}

	/** The guest, with a copy of its memory taken whenever it is about to go on. */
	#watched(domain: SourceDomain): CheckpointerDependencies['domain'] {
		return {
			memory: domain.memory,
			pause: async () => domain.pause(),
			saveDeviceState: async purpose => domain.saveDeviceState(purpose),
			resume: async () => {
				copyMemory(this.snapshot.address, domain.memory.address, domain.memory.pageLimit * PAGE_BYTES);
				await domain.resume();
			},
		};
	}

	#wakeAll(): void {
		for (const wake of this.#waiting.splice(0)) wake();
	}
}

function sameContent(a: MemoryMapping, b: MemoryMapping): boolean {
	return equalMemory(a.address, b.address, a.pageLimit * PAGE_BYTES);
}

function newMemory(pageLimit: number, stack: AsyncDisposableStack): MemoryMapping {
	const fd = createMemoryFile('sterna-test');
	resizeFile(fd, pageLimit * PAGE_BYTES);
	const address = mapShared({fd, length: pageLimit * PAGE_BYTES, writable: true});
	stack.defer(() => {
		unmapMemory(address, pageLimit * PAGE_BYTES);
		closeDescriptor(fd);
	});
	return {address, pageLimit, fd};
}

/** Both ends of a data connection over loopback, as a sender and a receiver make it. */
async function connect(): Promise<{readonly own: DataSocket; readonly peer: DataConnection}> {
	await using listener = await DataListener.open({host: '127.0.0.1', port: 0, onRefused: () => undefined});
	const [token, migrationId] = [new Uint8Array(randomBytes(32)), crypto.randomUUID()];
	const expected = listener.expect({token, migrationId});
	const preamble = {token, migrationId, channelIndex: 0, channelCount: 1, link: 0};
	const own = await connectData({host: '127.0.0.1', port: listener.port, preamble});
	return {own, peer: await expected};
}
