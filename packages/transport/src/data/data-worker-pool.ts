import {availableParallelism} from 'node:os';
import {DataWorker} from './data-worker.ts';

/** More threads than this do not move more bytes: memory is the limit. Each costs about 20 MiB. */
const DEFAULT_MAX_WORKERS = 4;

export type DataWorkerPoolOptions = {
	/** Most data workers; min(4, cores) where undefined. */
	readonly maxWorkers?: number | undefined;
	/** Where the worker's code is, for a bundle; beside this file where undefined. */
	readonly workerFile?: URL | undefined;
};

/** The data workers of a daemon: started when they are first needed, used again by later links, ended by `close`. */
export class DataWorkerPool implements AsyncDisposable {
	readonly #maxWorkers: number;
	readonly #workerFile: URL;
	readonly #workers = new Set<DataWorker>();
	#closed = false;

	constructor({maxWorkers, workerFile}: DataWorkerPoolOptions = {}) {
		this.#maxWorkers = maxWorkers ?? Math.min(DEFAULT_MAX_WORKERS, availableParallelism());
		if (!Number.isInteger(this.#maxWorkers) || this.#maxWorkers < 1) throw new RangeError(`a pool of ${this.#maxWorkers} data workers`);
		this.#workerFile = workerFile ?? new URL('worker.ts', import.meta.url);
	}

	/** How many workers run now. */
	get size(): number {
		return this.#workers.size;
	}

	/** The worker for one more link: an idle one, a new one, or the one with the fewest links. */
	take(): DataWorker {
		if (this.#closed) throw new TypeError('the pool of data workers is closed');
		let least: DataWorker | undefined;
		for (const worker of this.#workers) {
			if (worker.failed) this.#forget(worker);
			else if (least === undefined || worker.linkCount < least.linkCount) least = worker;
		}

		if (least !== undefined && (least.linkCount === 0 || this.#workers.size >= this.#maxWorkers)) return least;
		const worker = new DataWorker(this.#workerFile);
		// A process that exits joins its threads: one that sleeps in poll must be told.
		if (this.#workers.size === 0) process.on('exit', this.#orderStop);
		this.#workers.add(worker);
		return worker;
	}

	/** Ends all workers, and their links as if they had failed. Resolves when no thread is left. Idempotent. */
	async close(): Promise<void> {
		this.#closed = true;
		await Promise.all(Array.from(this.#workers, async worker => worker.stop()));
		this.#workers.clear();
		process.off('exit', this.#orderStop);
	}

	#forget(worker: DataWorker): void {
		this.#workers.delete(worker);
		if (this.#workers.size === 0) process.off('exit', this.#orderStop);
	}

	readonly #orderStop = (): void => {
		for (const worker of this.#workers) worker.orderStop();
	};

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}
