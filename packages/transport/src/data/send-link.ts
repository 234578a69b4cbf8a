import {BackChannelDecoder, encodeDiskWrite, encodeRecord, MAX_BATCH_PAGES, SINGLE_CHANNEL, SternaRecordType} from '@sterna/protocol';
import type {LinkProgress, SendLink, SendLinkOptions, WritePagesOptions} from '../data-link.ts';
import type {DataWorker} from './data-worker.ts';
import type {DataWorkerPool} from './data-worker-pool.ts';
import {assertTee, owning, prepareDescriptor} from './descriptor-kind.ts';
import {FileSyncer} from './file-syncer.ts';
import {LinkError} from './link-error.ts';
import type {ClosingFault, WorkerReport} from './messages.ts';
import type {DigestOf} from './send-queue.ts';

/** 32 MiB: eight batches, 100 ms of a 2.5 Gbit/s link, 13 ms of loopback. */
export const DEFAULT_WINDOW_BYTES = 32 * 1024 * 1024;

/**
 * Opens the sending end of a data connection, or of a file, in one of the pool's workers. The descriptors are the link's from
 * here on, also where this throws.
 */
export function openSendLink(pool: DataWorkerPool, options: SendLinkOptions): SendLink {
	return owning(options, () => new WorkerSendLink(pool.take(), options));
}

type AppliedWaiter = {readonly offset: number; readonly settled: PromiseWithResolvers<void>};

class WorkerSendLink implements SendLink {
	readonly closed: Promise<Error | undefined>;
	readonly #worker: DataWorker;
	readonly #link: number;
	readonly #pageLimit: number;
	readonly #syncer: FileSyncer;
	readonly #isProven: boolean;
	readonly #onCommitted: SendLinkOptions['onCommitted'];
	readonly #closing = Promise.withResolvers<Error | undefined>();
	/** Items that the kernel does not have yet, oldest first. */
	readonly #items: PromiseWithResolvers<number>[] = [];
	#waiters: AppliedWaiter[] = [];
	#progress: LinkProgress = {writtenBytes: 0, creditedBytes: 0, appliedBytes: 0, zeroPages: 0, savedBytes: 0};
	#destroyed: {readonly cause: Error | undefined} | undefined;
	#error: Error | undefined;

	constructor(
		worker: DataWorker,
		{
			fd,
			tlsSession,
			kind,
			memory,
			pageTypes,
			windowBytes,
			limits = [],
			teeFd,
			compression,
			heartbeat,
			channel,
			pageHashes,
			digestRecords = true,
			onCommitted,
		}: SendLinkOptions,
	) {
		const descriptor = prepareDescriptor(fd);
		if (teeFd !== undefined) assertTee(teeFd);
		this.closed = this.#closing.promise;
		this.#worker = worker;
		this.#isProven = pageHashes !== undefined;
		this.#onCommitted = onCommitted;
		this.#pageLimit = memory.pageLimit;
		this.#syncer = new FileSyncer([...(descriptor === 'file' ? [fd] : []), ...(teeFd === undefined ? [] : [teeFd])]);
		this.#link = worker.open(
			{
				type: 'open-send',
				fd,
				descriptor,
				tlsSession,
				memory: {address: Number(memory.address), pageLimit: memory.pageLimit, fd: memory.fd},
				pageTypes,
				windowBytes: kind === 'file' ? undefined : windowBytes,
				limits: limits.map(({shared}) => shared),
				teeFd,
				compression,
				heartbeat,
				dataChannel: channel ?? SINGLE_CHANNEL,
				pageHashes: pageHashes?.shared,
				digestRecords,
			},
			{onReport: report => this.#onReport(report), onWorkerLost: error => this.#finish(error)},
		);
	}

	get progress(): LinkProgress {
		return this.#progress;
	}

	writeBytes(bytes: Uint8Array): Promise<number> {
		const copy = new Uint8Array(bytes);
		return quiet(this.#queue(() => this.#worker.post({type: 'bytes', link: this.#link, bytes: copy}, [copy.buffer])));
	}

	writePages(runs: Uint32Array, options: WritePagesOptions = {zeroPages: 'in-full'}): Promise<number> {
		return quiet(this.#writePages(runs, undefined, options));
	}

	writeCopies(runs: Uint32Array, address: number, options: WritePagesOptions = {zeroPages: 'in-full'}): Promise<number> {
		return quiet(this.#writePages(runs, address, options));
	}

	writeDigest(): Promise<void> {
		return quiet(this.#writeDigest('stream'));
	}

	writeCheckpointDigest(): Promise<void> {
		return quiet(this.#writeDigest('checkpoint'));
	}

	writeDiskExtent(disk: number, offset: number, bytes: Uint8Array): Promise<number> {
		return quiet(this.#writeDiskExtent(disk, offset, bytes));
	}

	applied(offset: number): Promise<void> {
		return quiet(this.#waitApplied(offset));
	}

	ignoreLimitsFor(milliseconds: number): void {
		if (milliseconds > 0) this.#worker.post({type: 'ignore-limits', link: this.#link, milliseconds});
	}

	allowHeartbeats(allowed: boolean): void {
		this.#worker.post({type: 'heartbeats', link: this.#link, allowed});
	}

	async #writePages(runs: Uint32Array, copies: number | undefined, {zeroPages}: WritePagesOptions): Promise<number> {
		this.#assertRuns(runs);
		if (copies !== undefined) assertAscending(runs);
		const batch = {runs: new Uint32Array(runs), zeroPages, copies};
		return this.#queue(() => this.#worker.post({type: 'pages', link: this.#link, batch}, [batch.runs.buffer]));
	}

	async #writeDigest(of: DigestOf): Promise<void> {
		if (this.#isProven) await this.#queue(() => this.#worker.post({type: 'digest', link: this.#link, of}));
	}

	async #writeDiskExtent(disk: number, offset: number, bytes: Uint8Array): Promise<number> {
		const body = encodeDiskWrite({disk, offset, bytes});
		const record = encodeRecord({layer: 'libxc', type: SternaRecordType.DISK_WRITE, body});
		return this.#queue(() => this.#worker.post({type: 'bytes', link: this.#link, bytes: record}, [record.buffer]));
	}

	async #waitApplied(offset: number): Promise<void> {
		if (offset <= this.#progress.appliedBytes) return;
		if (this.#error !== undefined) throw this.#error;
		const settled = Promise.withResolvers<void>();
		this.#waiters.push({offset, settled});
		await settled.promise;
	}

	async sync(): Promise<void> {
		await this.#items.at(-1)?.promise;
		if (this.#error !== undefined) throw this.#error;
		await this.#syncer.sync();
	}

	async destroy(cause?: Error): Promise<void> {
		if (this.#destroyed === undefined && this.#error === undefined) {
			this.#destroyed = {cause};
			this.#worker.post({type: 'close', link: this.#link, lastRecord: undefined});
		}

		await this.closed;
		await this.#syncer.close();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.destroy();
	}

	async #queue(post: () => void): Promise<number> {
		if (this.#error !== undefined) throw this.#error;
		if (this.#destroyed !== undefined) throw this.#destroyed.cause ?? linkClosed();
		const item = Promise.withResolvers<number>();
		this.#items.push(item);
		post();
		return item.promise;
	}

	/** The worker takes addresses for granted: what is not inside of the memory must not get there. */
	#assertRuns(runs: Uint32Array): void {
		let pages = 0;
		for (let index = 0; index < runs.length; index += 2) {
			const pfn = runs[index] ?? 0;
			const pageCount = runs[index + 1] ?? 0;
			pages += pageCount;
			if (pageCount === 0 || pfn + pageCount > this.#pageLimit)
				throw new RangeError(`a run of ${pageCount} pages from ${pfn} on of ${this.#pageLimit}`);
		}

		if (pages === 0 || pages > MAX_BATCH_PAGES) throw new RangeError(`a batch of ${pages} pages, the limit is ${MAX_BATCH_PAGES}`);
	}

	#onReport(report: WorkerReport): void {
		switch (report.type) {
			case 'sent':
				this.#onSent(report);
				break;
			case 'committed':
				if (this.#destroyed === undefined) this.#onCommitted?.(report.checkpoint);
				break;
			case 'closed':
				this.#finish(report.fault === undefined ? undefined : errorOf(report.fault));
				break;
			case 'events':
			case 'secured':
			case 'hashed':
				throw new TypeError(`a report of ${report.type} from a sending link`);
			default:
				report satisfies never;
		}
	}

	#onSent({writtenBytes, creditedBytes, appliedBytes, zeroPages, savedBytes, itemEnds}: Extract<WorkerReport, {type: 'sent'}>): void {
		this.#progress = {writtenBytes, creditedBytes, appliedBytes, zeroPages, savedBytes};
		for (const end of itemEnds) this.#items.shift()?.resolve(end);
		if (this.#waiters.length === 0) return;
		const waiting: AppliedWaiter[] = [];
		for (const waiter of this.#waiters) {
			if (waiter.offset <= appliedBytes) waiter.settled.resolve();
			else waiting.push(waiter);
		}

		this.#waiters = waiting;
	}

	/** The worker has let go. The first failure counts: an abort that came before the worker's own error is it. */
	#finish(failure: Error | undefined): void {
		const first = this.#destroyed === undefined ? (failure ?? workerStopped()) : this.#destroyed.cause;
		this.#error = first ?? linkClosed();
		for (const item of this.#items.splice(0)) item.reject(this.#error);
		for (const waiter of this.#waiters.splice(0)) waiter.settled.reject(this.#error);
		this.#syncer.close().catch(() => {});
		this.#closing.resolve(first);
	}
}

/** Copies are found by their pfn. */
function assertAscending(runs: Uint32Array): void {
	let end = 0;
	for (let index = 0; index < runs.length; index += 2) {
		const pfn = runs[index] ?? 0;
		if (pfn < end) throw new RangeError(`copies of pages from ${pfn} on, behind those up to ${end}`);
		end = pfn + (runs[index + 1] ?? 0);
	}
}

/** The failure of a link is reported by `closed` as well: an item that nobody waits for is no unhandled rejection. */
function quiet<T>(promise: Promise<T>): Promise<T> {
	promise.catch(() => {});
	return promise;
}

function errorOf(fault: ClosingFault): Error {
	if (fault.kind === 'failed') return new LinkError(fault.fault);
	const [record] = new BackChannelDecoder().push(fault.bytes);
	if (record?.kind !== 'fault') throw new TypeError('the worker passed on a fault that is none');
	return record.error;
}

function linkClosed(): LinkError {
	return new LinkError({code: 'ERR_CONNECTION_LOST', message: 'the data link was closed'});
}

function workerStopped(): LinkError {
	return new LinkError({code: 'ERR_DAEMON_STOPPING', message: 'the data workers are stopping'});
}
