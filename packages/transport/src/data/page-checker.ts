import type {MemoryMapping} from '../memory-mapping.ts';
import type {DataWorker} from './data-worker.ts';
import type {DataWorkerPool} from './data-worker-pool.ts';
import {LinkError} from './link-error.ts';
import type {HashOrder, WorkerReport} from './messages.ts';
import type {PageHashes} from './page-hashes.ts';

/** Runs of pages: pairs of pfn and page count. */
type Runs = Uint32Array;

/** Hashes memory that no link moves, in a data worker. Calls are done in order; each rejects with the checker's failure, a LinkError. */
export interface PageChecker extends AsyncDisposable {
	/**
	 * Reads pages and resolves with runs of those that are others than the table says; the table stays as it is. Of a page that is written, or
	 * sent, meanwhile the answer may be either: whoever asks looks again at the dirty log before making something of it.
	 */
	compare(runs: Runs): Promise<Uint32Array>;
	/** Makes the table's entries anew from the memory: a hole is a page of zeros, and stays one. No link may send or receive these pages meanwhile. */
	enter(runs: Runs): Promise<void>;
	/** Ends it now. Idempotent. Resolves when the worker no longer touches memory or table. */
	destroy(): Promise<void>;
}

/** The memory outlives the checker. Throws TypeError where this machine cannot hash (`LOCAL_STREAM_FEATURES` has no `proof`). */
export function openPageChecker(
	pool: DataWorkerPool,
	options: {readonly memory: MemoryMapping; readonly pageHashes: PageHashes},
): PageChecker {
	return new WorkerPageChecker(pool.take(), options);
}

class WorkerPageChecker implements PageChecker {
	readonly #worker: DataWorker;
	readonly #link: number;
	readonly #pageLimit: number;
	readonly #jobs: PromiseWithResolvers<Uint32Array>[] = [];
	readonly #closed = Promise.withResolvers<void>();
	#error: LinkError | undefined;
	#destroyed = false;

	constructor(worker: DataWorker, {memory, pageHashes}: {readonly memory: MemoryMapping; readonly pageHashes: PageHashes}) {
		this.#worker = worker;
		this.#pageLimit = memory.pageLimit;
		this.#link = worker.open(
			{
				type: 'open-hash',
				memory: {address: Number(memory.address), pageLimit: memory.pageLimit, fd: memory.fd},
				pageHashes: pageHashes.shared,
			},
			{onReport: report => this.#onReport(report), onWorkerLost: error => this.#finish(error)},
		);
	}

	async compare(runs: Runs): Promise<Uint32Array> {
		return this.#queue('compare', runs);
	}

	async enter(runs: Runs): Promise<void> {
		await this.#queue('enter', runs);
	}

	async destroy(): Promise<void> {
		if (!this.#destroyed && this.#error === undefined) this.#worker.post({type: 'close', link: this.#link, lastRecord: undefined});
		this.#destroyed = true;
		await this.#closed.promise;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.destroy();
	}

	async #queue(order: HashOrder, runs: Runs): Promise<Uint32Array> {
		if (this.#error !== undefined) throw this.#error;
		if (this.#destroyed) throw checkerClosed();
		for (let index = 0; index < runs.length; index += 2) {
			const [pfn = 0, pageCount = 0] = runs.subarray(index, index + 2);
			if (pfn + pageCount > this.#pageLimit) throw new RangeError(`a run of ${pageCount} pages from ${pfn} on of ${this.#pageLimit}`);
		}

		const job = Promise.withResolvers<Uint32Array>();
		this.#jobs.push(job);
		const copy = new Uint32Array(runs);
		this.#worker.post({type: 'hash', link: this.#link, order, runs: copy}, [copy.buffer]);
		return job.promise;
	}

	#onReport(report: WorkerReport): void {
		switch (report.type) {
			case 'hashed':
				this.#jobs.shift()?.resolve(report.differing);
				break;
			case 'closed':
				this.#finish(report.fault?.kind === 'failed' ? new LinkError(report.fault.fault) : checkerClosed());
				break;
			case 'sent':
			case 'committed':
			case 'events':
			case 'secured':
				throw new TypeError(`a report of ${report.type} from a checker of pages`);
			default:
				report satisfies never;
		}
	}

	#finish(error: LinkError): void {
		this.#error = error;
		for (const job of this.#jobs.splice(0)) job.reject(error);
		this.#closed.resolve();
	}
}

function checkerClosed(): LinkError {
	return new LinkError({code: 'ERR_DAEMON_STOPPING', message: 'the hashing of pages was stopped'});
}
