import {causeChain, encodeFault, OperationError, SINGLE_CHANNEL} from '@sterna/protocol';
import type {CheckpointStoreOptions, ReceiveChannelLink, ReceiveEvent, ReceiveLinkOptions} from '../data-link.ts';
import type {StoredCheckpointsOptions} from './checkpoint-store/stored-checkpoints.ts';
import {openStoreForStream} from './checkpoint-store/open-store.ts';
import type {CheckpointStoreFile} from './checkpoint-store/store-file.ts';
import type {DataWorker} from './data-worker.ts';
import type {DataWorkerPool} from './data-worker-pool.ts';
import {owning, prepareDescriptor} from './descriptor-kind.ts';
import {LinkError} from './link-error.ts';
import {eventBytes, type WorkerEvent, type WorkerReport} from './messages.ts';
import {TargetPages} from './target-pages.ts';

/**
 * Opens the receiving end of a data connection, or of a file, in one of the pool's workers; it begins to read at once. The descriptor
 * is the link's from here on, also where this throws.
 */
export function openReceiveLink(pool: DataWorkerPool, options: ReceiveLinkOptions): ReceiveChannelLink {
	return owning(options, () => new WorkerReceiveLink(pool.take(), options));
}

class WorkerReceiveLink implements ReceiveChannelLink {
	readonly #worker: DataWorker;
	readonly #link: number;
	readonly #onEvent: (event: ReceiveEvent) => void;
	readonly #onBarrier: ((sequence: number) => void) | undefined;
	readonly #closed = Promise.withResolvers<void>();
	readonly #targetPages: TargetPages;
	/** Mapped for the worker: its until it has let go. */
	readonly #store: CheckpointStoreFile | undefined;
	#appliedBytes = 0;
	#state: 'open' | 'closing' | 'closed' = 'open';
	/** Whether an event came after which nothing follows. */
	#over = false;

	constructor(
		worker: DataWorker,
		{
			fd,
			tlsSession,
			kind,
			memory,
			onEvent,
			backChannel,
			windowBytes,
			heartbeat,
			initialBytes,
			channel,
			onBarrier,
			targetPages,
			pageHashes,
			keepsHoles,
			digestRecords = true,
			checkpoints,
			...options
		}: ReceiveLinkOptions,
	) {
		assertCheckpoints({...options, checkpoints, pageHashes, channel});
		const descriptor = prepareDescriptor(fd);
		const store = checkpoints === undefined ? undefined : openStoreForStream(checkpoints, memory.pageLimit);
		this.#store = store;
		this.#worker = worker;
		this.#targetPages = targetPages ?? new TargetPages(memory.pageLimit);
		this.#onEvent = onEvent;
		this.#onBarrier = onBarrier;
		this.#link = worker.open(
			{
				...options,
				type: 'open-receive',
				fd,
				descriptor,
				tlsSession,
				memory: {address: Number(memory.address), pageLimit: memory.pageLimit, fd: memory.fd},
				keepsHoles: keepsHoles ?? false,
				backChannel: backChannel && kind === 'socket',
				windowBytes,
				heartbeat,
				initialBytes,
				dataChannel: channel ?? SINGLE_CHANNEL,
				targetPages: this.#targetPages.shared,
				pageHashes: pageHashes?.shared,
				digestRecords,
				checkpoints: store === undefined || checkpoints === undefined ? undefined : storedOptions(store, checkpoints),
			},
			{onReport: report => this.#onReport(report), onWorkerLost: error => this.#finish(error)},
		);
	}

	get appliedBytes(): readonly number[] {
		return [this.#appliedBytes];
	}

	markPopulated(pfn: number, pageCount: number): void {
		this.#targetPages.markBacked(pfn, pageCount);
	}

	passBarrier(): void {
		if (this.#state === 'open') this.#worker.post({type: 'pass-barrier', link: this.#link});
	}

	async fail(error: Error): Promise<void> {
		await this.#end(encodeFault(asOperationError(error)));
	}

	async destroy(): Promise<void> {
		await this.#end(undefined);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.destroy();
	}

	async #end(lastRecord: Uint8Array<ArrayBuffer> | undefined): Promise<void> {
		if (this.#state === 'open') {
			this.#state = 'closing';
			this.#worker.post({type: 'close', link: this.#link, lastRecord});
		}

		await this.#closed.promise;
	}

	#onReport(report: WorkerReport): void {
		switch (report.type) {
			case 'events':
				this.#appliedBytes = report.appliedBytes;
				this.#deliverAll(report.events);
				break;
			case 'closed':
				this.#appliedBytes = report.appliedBytes ?? this.#appliedBytes;
				this.#finish(new LinkError({code: 'ERR_DAEMON_STOPPING', message: 'the data workers are stopping'}));
				break;
			case 'sent':
			case 'committed':
			case 'secured':
			case 'hashed':
				throw new TypeError(`a report of ${report.type} from a receiving link`);
			default:
				report satisfies never;
		}
	}

	#deliverAll(events: readonly WorkerEvent[]): void {
		let bytes = 0;
		for (const event of events) {
			this.#deliver(event);
			bytes += eventBytes(event);
		}

		if (bytes > 0) this.#worker.post({type: 'taken', link: this.#link, bytes});
	}

	/** Once the link is being ended, its owner hears nothing more. */
	#deliver(event: WorkerEvent): void {
		if (this.#state !== 'open' || this.#over) return;
		if (event.kind === 'barrier') {
			this.#onBarrier?.(event.sequence);
			return;
		}

		this.#over = event.kind === 'end' || event.kind === 'failed' || event.kind === 'broken-off';
		try {
			this.#onEvent(withError(event));
		} catch (error) {
			// A record that its taker cannot bear ends this link, not the daemon.
			if (this.#over) throw error;
			this.#over = true;
			this.#onEvent({kind: 'failed', error: refusedEvent(error)});
		}
	}

	/** The worker has let go. `error`: why, where nobody asked for it. */
	#finish(error: LinkError): void {
		this.#deliver({kind: 'failed', fault: {code: error.code, message: error.message, causes: causeChain(error.cause)}});
		this.#state = 'closed';
		this.#store?.[Symbol.dispose]();
		this.#closed.resolve();
	}
}

/** What is to be held back until it is whole needs a place that outlives the link where it is to be proven; and a store is of one connection of ordinary pages. */
function assertCheckpoints({
	mode,
	checkpoints,
	pageHashes,
	pageTypes,
	channel,
}: Pick<ReceiveLinkOptions, 'mode' | 'checkpoints' | 'pageHashes' | 'pageTypes' | 'channel'>): void {
	if (checkpoints === undefined) {
		if (pageHashes !== undefined && mode !== 'plain') throw new TypeError('a proof of memory of checkpoints without a store');
	} else if (mode !== 'checkpointed' || pageTypes !== undefined || (channel?.count ?? 1) > 1) {
		throw new TypeError('a checkpoint store of another stream than one of checkpoints, over one connection, without page types');
	}
}

function storedOptions(
	{shared}: CheckpointStoreFile,
	{hasBase, idleBytesLimit, crashAt}: CheckpointStoreOptions,
): StoredCheckpointsOptions {
	return {store: shared, hasBase, idleBytesLimit, crashAt};
}

function refusedEvent(error: unknown): LinkError {
	const [message = 'unknown error', ...causes] = causeChain(error);
	return new LinkError({code: 'ERR_INTERNAL', message: `a received record could not be taken: ${message}`, causes}, {cause: error});
}

function withError(event: Exclude<WorkerEvent, {kind: 'barrier'}>): ReceiveEvent {
	switch (event.kind) {
		case 'failed':
			return {kind: 'failed', error: new LinkError(event.fault)};
		case 'broken-off': {
			const {fault, ...rest} = event;
			return {...rest, error: new LinkError(fault)};
		}

		default:
			return event;
	}
}

/** The sender is told what the engine knows; where it has not said more, the link's own code. */
function asOperationError(error: Error): OperationError {
	if (error instanceof OperationError) return error;
	return new OperationError(
		{
			code: error instanceof LinkError ? error.code : 'ERR_INTERNAL',
			message: error.message,
			side: 'receiver',
			phase: 'precopy',
			runsOn: {kind: 'unknown'},
			next: undefined,
			causes: error instanceof LinkError ? error.causes : [],
		},
		{cause: error.cause},
	);
}
