import {randomUUID} from 'node:crypto';
import type {DirtyLog, GuestMemory, PageBitmap, SourceDomain} from '@sterna/domain';
import {LibxcRecordType, LibxlRecordType, type OperationError} from '@sterna/protocol';
import type {PageHashesRequest, ResumeRequest} from '@sterna/protocol/control';
import type {SendChannels} from '@sterna/transport';
import type {Session} from '../../src/guest-sender.ts';
import type {Gates} from './gates.ts';

const PAGES = 4096;

/** A guest that only counts what is done to it. Its memory is never read: the simulated link does not. */
export class SimulatedDomain implements SourceDomain {
	readonly name = 'dom1';
	readonly guestType = 'hvm';
	readonly pageTypes = undefined;
	readonly xenVersion = [4, 17] as const;
	readonly streamVersion = 3;
	readonly staticRecords = {beforeEnd: [], afterEnd: []};
	readonly xlConfig = '{}';
	readonly definition = {
		kind: 'image',
		name: 'dom1',
		uuid: randomUUID(),
		memoryBytes: PAGES * 4096,
		pfnLimit: PAGES,
		guestType: 'hvm',
	} as const;
	readonly memory: GuestMemory = {
		address: 0n,
		pageLimit: PAGES,
		fd: -1,
		memoryBytes: PAGES * 4096,
		populatedRuns: () => [{pfn: 0, pageCount: PAGES}],
		populate: async () => undefined,
		populateForReading: async () => undefined,
		[Symbol.dispose]: () => undefined,
	};

	onGuestEvent: SourceDomain['onGuestEvent'];
	state: 'running' | 'paused' | 'destroyed' = 'running';
	resumes = 0;
	readonly #gates: Gates;

	constructor(gates: Gates) {
		this.#gates = gates;
	}

	addAllPages(into: PageBitmap): void {
		into.addRun(0, PAGES);
	}

	async startDirtyLog(): Promise<DirtyLog> {
		return {kind: 'none', take: async () => 0, [Symbol.asyncDispose]: async () => undefined};
	}

	async pause(): Promise<{lastStepNs: bigint}> {
		this.state = 'paused';
		await this.#gates.pass('pause');
		return {lastStepNs: process.hrtime.bigint()};
	}

	async resume(): Promise<void> {
		if (this.state === 'destroyed') throw new Error('resumed after its end');
		this.state = 'running';
		this.resumes += 1;
	}

	async saveDeviceState(): ReturnType<SourceDomain['saveDeviceState']> {
		await this.#gates.pass('device-state');
		return {
			libxc: [{layer: 'libxc', type: LibxcRecordType.X86_TSC_INFO, body: new Uint8Array(24)}],
			libxl: [{layer: 'libxl', type: LibxlRecordType.EMULATOR_CONTEXT, body: new Uint8Array(16)}],
		};
	}

	async destroy(): Promise<void> {
		this.state = 'destroyed';
	}

	async [Symbol.asyncDispose](): Promise<void> {}
}

/** A data connection that takes everything at once, or holds a write until it is destroyed. */
export class SimulatedChannels implements SendChannels {
	readonly count: number = 1;
	readonly limitBytesPerSecond: number | undefined = undefined;
	readonly primary: SendChannels['primary'] = {
		writeBytes: async bytes => this.writeBytes(bytes),
		writePages: async runs => this.writePages(0, runs),
		writeCopies: async runs => this.writePages(0, runs),
		writeDigest: async () => {},
		writeCheckpointDigest: async () => {},
		writeDiskExtent: async (_disk, _offset, bytes) => this.writeBytes(bytes),
		sync: async () => {},
	};
	destroyed = false;
	writesAfterEnd = 0;
	/** Pages that were written, in all batches. */
	pages = 0;
	/** For how long the limits were to be ignored, each time. */
	readonly ignoredLimitsMs: number[] = [];
	readonly #gates: Gates;
	readonly #closed = Promise.withResolvers<Error | undefined>();
	#offset = 0;

	constructor(gates: Gates) {
		this.#gates = gates;
	}

	get closed(): Promise<Error | undefined> {
		return this.#closed.promise;
	}

	get progress(): SendChannels['progress'] {
		return {writtenBytes: this.#offset, creditedBytes: this.#offset, zeroPages: 0, savedBytes: 0, appliedBytes: this.#offset};
	}

	/** The connection is lost. */
	lose(error: Error): void {
		this.destroyed = true;
		this.#closed.resolve(error);
	}

	async writeBytes(bytes: Uint8Array): Promise<number> {
		// The tail is the first write behind the pages; the last END, a header alone, follows by itself.
		return this.#write(bytes.byteLength, this.#offset > PAGES * 4096 && bytes.byteLength > 8 ? 'tail' : undefined);
	}

	get appliedBytes(): readonly number[] {
		return [this.#offset];
	}

	async writePages(_index: number, runs: Uint32Array): Promise<number> {
		let pages = 0;
		for (let index = 1; index < runs.length; index += 2) pages += runs[index] ?? 0;
		const end = await this.#write(pages * 4096, 'pages');
		this.pages += pages;
		return end;
	}

	barrier(): void {}
	endPages(): void {}
	startHeartbeats(): void {}
	stopHeartbeats(): void {}
	ignoreLimitsFor(milliseconds: number): void {
		this.ignoredLimitsMs.push(milliseconds);
	}

	async applied(): Promise<void> {}

	async destroy(cause?: Error): Promise<void> {
		this.destroyed = true;
		this.#closed.resolve(cause);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.destroy();
	}

	async #write(byteCount: number, gate: 'pages' | 'tail' | undefined): Promise<number> {
		if (this.destroyed) this.writesAfterEnd += 1;
		if (gate) await Promise.race([this.#gates.pass(gate), this.closed]);
		if (this.destroyed) throw (await this.closed) ?? new Error('the link was closed');
		this.#offset += byteCount;
		return this.#offset;
	}
}

/** A receiver that does what it is asked, or holds its answer until the conversation is given up. */
export class SimulatedSession implements Session {
	readonly #gates: Gates;
	readonly #over = Promise.withResolvers<void>();
	readonly features: ReadonlySet<string>;
	/** Requests for a further link. */
	readonly resumed: ResumeRequest[] = [];
	/** What the receiver says that the latest link was. */
	latestLink = 0;
	aborts = 0;
	gos = 0;
	closed = false;
	/** What `go` is answered with. */
	answer: 'running' | 'declined' | 'lost' = 'running';
	/** Said with `declined`. */
	reason: OperationError | undefined;

	constructor(gates: Gates, features: readonly string[] = []) {
		this.#gates = gates;
		this.features = new Set(features);
	}

	get prepared(): Session['prepared'] {
		return this.#gates
			.pass('prepared')
			.then(() => ({dataPort: 1, token: new Uint8Array(32), windowBytes: 1, channels: 1, appliedBytes: []}));
	}

	get ready(): Session['ready'] {
		return this.#gates.pass('ready').then(() => ({incarnation: 1, pagesReceived: PAGES, bytesReceived: 1, loadMs: 1}));
	}

	async prepare(_request: unknown, signal: AbortSignal): Promise<void> {
		signal.addEventListener('abort', () => {
			this.#over.reject(signal.reason as Error);
		});
		await this.#over.promise;
	}

	async resume(request: ResumeRequest, signal: AbortSignal): Promise<void> {
		this.resumed.push(request);
		await this.prepare(request, signal);
	}

	async outcome(): ReturnType<Session['outcome']> {
		return {state: 'receiving', incarnation: 1, link: this.latestLink};
	}

	async pageHashes({count}: PageHashesRequest): Promise<Uint8Array> {
		return new Uint8Array(count * 8);
	}

	async go(): ReturnType<Session['go']> {
		this.gos += 1;
		await this.#gates.pass('go');
		if (this.answer === 'lost') throw new Error('connection lost');
		this.#over.resolve();
		return this.answer === 'running' ? {incarnation: 1, resumeMs: 1, sinceFirstStepMs: 0} : {declined: true, reason: this.reason};
	}

	async abort(): Promise<boolean> {
		this.aborts += 1;
		return true;
	}

	async close(): Promise<void> {
		this.closed = true;
		this.#over.resolve();
	}
}
