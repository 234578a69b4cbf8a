import PQueue from 'p-queue';
import type {PageBitmap} from '@sterna/domain';
import type {SendChannels} from '@sterna/transport';
import type {Batch} from './batcher.ts';
import type {Pass} from './pass.ts';
import type {SentPages} from './sent-pages.ts';
import {UnappliedBatches} from './unapplied-batches.ts';

/** Batches of one connection that may wait for its socket: enough to keep it busy between two turns of the main thread, few enough (12 MiB) that a switch is not delayed. */
const BATCHES_IN_FLIGHT = 3;

/** Batches of one connection that may be with the kernel and not in the target's memory: batches of zeros are a few bytes each. */
const MAX_UNAPPLIED = 4096;

const NEVER = new AbortController().signal;

/** Hands batches to the data connections, a bounded number in flight on each. The first failure is thrown by the next call. */
export class BatchWriter {
	readonly #channels: SendChannels;
	readonly #sent: SentPages | undefined;
	readonly #zerosGoEmpty: boolean;
	readonly #queues: readonly PQueue[];
	readonly #unapplied: UnappliedBatches;
	#failure: {readonly error: unknown} | undefined;
	/** The connection that is looked at first: none is served before the others for long. */
	#first = 0;

	/** `sent`: by all links of the migration; undefined = nobody asks for it. `zerosGoEmpty`: pages of zeros go without content. */
	constructor(channels: SendChannels, {sent, zerosGoEmpty}: {readonly sent?: SentPages; readonly zerosGoEmpty: boolean}) {
		this.#channels = channels;
		this.#sent = sent;
		this.#zerosGoEmpty = zerosGoEmpty;
		this.#unapplied = new UnappliedBatches(channels.count);
		this.#queues = Array.from({length: channels.count}, () => new PQueue({concurrency: BATCHES_IN_FLIGHT}));
	}

	/**
	 * Waits until a connection that has pages left in the pass has a place, queues its next batch and returns that while it is on its way.
	 * Undefined when nothing of the pass is left.
	 */
	async sendNext(pass: Pass): Promise<Batch | undefined> {
		for (;;) {
			const batch = this.sendNow(pass);
			if (batch === 'done') return undefined;
			if (batch !== 'full') return batch;
			await this.batchGone(NEVER);
		}
	}

	/** As `sendNext`, without waiting: `full` where no connection that has pages left has a place, `done` where nothing of the pass is left. */
	sendNow(pass: Pass): Batch | 'full' | 'done' {
		this.#throwFailure();
		let isFull = false;
		for (let turn = 0; turn < this.#queues.length; turn++) {
			const index = (this.#first + turn) % this.#queues.length;
			const queue = this.#queues[index];
			if (queue === undefined || pass.isDone(index)) continue;
			this.#forgetApplied(index);
			if (queue.size > 0 || this.#unapplied.countOf(index) >= MAX_UNAPPLIED) {
				isFull = true;
				continue;
			}

			const batch = pass.takeBatch(index);
			if (batch === undefined) continue;
			this.#first = index + 1;
			this.#queue(queue, index, batch);
			return batch;
		}

		return isFull ? 'full' : 'done';
	}

	/** Behind `full`: resolves when there may be a place, or when the signal fires. Rejects where the link fails. */
	async batchGone(signal: AbortSignal): Promise<void> {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const wake = (): void => {
			resolve();
		};
		signal.addEventListener('abort', wake, {once: true});
		for (const queue of this.#queues) queue.addEventListener('next', wake);
		try {
			// With the kernel are all of them: too many are not in the target's memory.
			if (this.#queues.every(({size, pending}) => size + pending === 0)) this.#channels.applied().then(wake, reject);
			await promise;
		} finally {
			signal.removeEventListener('abort', wake);
			for (const queue of this.#queues) queue.removeEventListener('next', wake);
		}
	}

	/** Ends a pass: what is sent from here on is applied after all of it. */
	barrier(): void {
		this.#channels.barrier();
	}

	/** Resolves when the kernel has every batch. */
	async drain(): Promise<void> {
		await Promise.all(this.#queues.map(async queue => queue.onIdle()));
		this.#throwFailure();
	}

	/** Resolves when the receiver has every batch in the target's memory. */
	async applied(): Promise<void> {
		await this.drain();
		await this.#channels.applied();
	}

	/**
	 * The link is lost: adds the pages that may not be in the target's memory to `due`, and returns how many they are. `appliedBytes`: where the
	 * receiver has come to on each connection; what it acknowledged before counts in any case.
	 */
	takeBack(due: PageBitmap, appliedBytes: readonly number[]): number {
		for (let index = 0; index < this.#queues.length; index++) {
			this.#forgetApplied(index);
			this.#unapplied.applied(index, appliedBytes[index] ?? 0);
		}

		return this.#unapplied.takeBack(due);
	}

	#forgetApplied(index: number): void {
		this.#unapplied.applied(index, this.#channels.appliedBytes[index] ?? 0);
	}

	#queue(queue: PQueue, index: number, batch: Batch): void {
		// In the order of the batches: the queue keeps it.
		const how = this.#sent?.take(batch);
		const zeroPages = how === undefined || !this.#zerosGoEmpty ? 'in-full' : how;
		const unapplied = this.#unapplied.add(index, batch.runs);
		void queue.add(async () => {
			// What waited for its place behind one that failed is not sent any more.
			if (this.#failure) return;
			try {
				unapplied.endOffset = await this.#channels.writePages(index, batch.runs, {zeroPages});
			} catch (error) {
				this.#failure ??= {error};
			}
		});
	}

	#throwFailure(): void {
		if (this.#failure) throw this.#failure.error;
	}
}
