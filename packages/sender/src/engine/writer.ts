import PQueue from 'p-queue';
import type {PageBitmap} from '@sterna/domain';
import type {SendChannels} from '@sterna/transport';
import type {Batch} from './batcher.ts';
import {batchesUnderLimit, HandDepth, MOST_IN_HAND} from './batches-in-hand.ts';
import type {Pass} from './pass.ts';
import type {SentPages} from './sent-pages.ts';
import {UnappliedBatches} from './unapplied-batches.ts';

/** Batches of one connection that may be with the kernel and not in the target's memory: batches of zeros are a few bytes each. */
const MAX_UNAPPLIED = 4096;

const NEVER = new AbortController().signal;

export type BatchWriterOptions = {
	/** By all links of the migration; undefined = nobody asks for it. */
	readonly sent?: SentPages | undefined;
	/** Pages of zeros go without content. */
	readonly zerosGoEmpty: boolean;
	/** Milliseconds of a monotonic clock. */
	readonly nowMs: () => number;
};

/** The batches of one connection that the kernel does not have. */
type Hand = {readonly queue: PQueue; readonly depth: HandDepth};

/**
 * Hands batches to the data connections: on each as many as cover 50 ms, 1 at least and 4 at most: a connection is kept busy, and a switch not delayed.
 * The first failure is thrown by the next call.
 */
export class BatchWriter {
	readonly #channels: SendChannels;
	readonly #sent: SentPages | undefined;
	readonly #zerosGoEmpty: boolean;
	readonly #nowMs: () => number;
	readonly #hands: readonly Hand[];
	readonly #unapplied: UnappliedBatches;
	#failure: {readonly error: unknown} | undefined;
	#pagesInHand = 0;
	/** The connection that is looked at first: none is served before the others for long. */
	#first = 0;

	constructor(channels: SendChannels, {sent, zerosGoEmpty, nowMs}: BatchWriterOptions) {
		this.#channels = channels;
		this.#sent = sent;
		this.#zerosGoEmpty = zerosGoEmpty;
		this.#nowMs = nowMs;
		this.#unapplied = new UnappliedBatches(channels.count);
		this.#hands = Array.from({length: channels.count}, () => ({queue: new PQueue({concurrency: MOST_IN_HAND}), depth: new HandDepth()}));
	}

	/** Pages that were taken of a pass and that the kernel does not have, over all connections: they go out also where no batch follows. */
	get pagesInHand(): number {
		return this.#pagesInHand;
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
		const {limitBytesPerSecond} = this.#channels;
		const underLimit = batchesUnderLimit(limitBytesPerSecond === undefined ? undefined : limitBytesPerSecond / this.#hands.length);
		for (let turn = 0; turn < this.#hands.length; turn++) {
			const index = (this.#first + turn) % this.#hands.length;
			const hand = this.#hands[index];
			if (hand === undefined || pass.isDone(index)) continue;
			this.#forgetApplied(index);
			if (countOf(hand) >= Math.min(hand.depth.most, underLimit) || this.#unapplied.countOf(index) >= MAX_UNAPPLIED) {
				isFull = true;
				continue;
			}

			const batch = pass.takeBatch(index);
			if (batch === undefined) continue;
			this.#first = index + 1;
			this.#handOver(hand, index, batch);
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
		for (const {queue} of this.#hands) queue.addEventListener('next', wake);
		try {
			// With the kernel are all of them: too many are not in the target's memory.
			if (this.#hands.every(hand => countOf(hand) === 0)) this.#channels.applied().then(wake, reject);
			await promise;
		} finally {
			signal.removeEventListener('abort', wake);
			for (const {queue} of this.#hands) queue.removeEventListener('next', wake);
		}
	}

	/** Ends a pass: what is sent from here on is applied after all of it. */
	barrier(): void {
		this.#channels.barrier();
	}

	/** Resolves when the kernel has every batch. */
	async drain(): Promise<void> {
		await Promise.all(this.#hands.map(async ({queue}) => queue.onIdle()));
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
		for (let index = 0; index < this.#hands.length; index++) {
			this.#forgetApplied(index);
			this.#unapplied.applied(index, appliedBytes[index] ?? 0);
		}

		return this.#unapplied.takeBack(due);
	}

	#forgetApplied(index: number): void {
		this.#unapplied.applied(index, this.#channels.appliedBytes[index] ?? 0);
	}

	#handOver(hand: Hand, index: number, batch: Batch): void {
		// In the order of the batches: the queue keeps it.
		const how = this.#sent?.take(batch);
		const zeroPages = how === undefined || !this.#zerosGoEmpty ? 'in-full' : how;
		const unapplied = this.#unapplied.add(index, batch.runs);
		const inHand = countOf(hand) + 1;
		this.#pagesInHand += batch.pageCount;
		const startedMs = this.#nowMs();
		void hand.queue.add(async () => {
			// What waited for its place behind one that failed is not sent any more.
			if (this.#failure) return;
			try {
				unapplied.endOffset = await this.#channels.writePages(index, batch.runs, {zeroPages});
				this.#pagesInHand -= batch.pageCount;
				hand.depth.wentOut(inHand, this.#nowMs() - startedMs);
			} catch (error) {
				this.#failure ??= {error};
			}
		});
	}

	#throwFailure(): void {
		if (this.#failure) throw this.#failure.error;
	}
}

function countOf({queue}: Hand): number {
	return queue.size + queue.pending;
}
