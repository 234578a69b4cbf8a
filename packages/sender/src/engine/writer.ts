import PQueue from 'p-queue';
import type {SendLink} from '@sterna/transport';
import type {Batch} from './batcher.ts';

/** Batches that may wait for the socket: enough to keep it busy between two turns of the main thread, few enough (12 MiB) that a switch is not delayed. */
const BATCHES_IN_FLIGHT = 3;

/** Hands batches to a link, a bounded number in flight. The first failure of the link is thrown by the next call. */
export class BatchWriter {
	readonly #link: SendLink;
	readonly #queue = new PQueue({concurrency: BATCHES_IN_FLIGHT});
	#failure: {readonly error: unknown} | undefined;
	/** Stream offset behind the last batch that the kernel has. */
	#writtenOffset = 0;

	constructor(link: SendLink) {
		this.#link = link;
	}

	/** Waits for a place, queues the batch and returns while it is on its way. */
	async send(batch: Batch): Promise<void> {
		await this.#queue.onSizeLessThan(1);
		this.#throwFailure();
		void this.#queue
			.add(async () => {
				this.#writtenOffset = await this.#link.writePages(batch.runs);
			})
			.catch((error: unknown) => {
				this.#failure ??= {error};
			});
	}

	/** Resolves when the kernel has every batch. */
	async drain(): Promise<void> {
		await this.#queue.onIdle();
		this.#throwFailure();
	}

	/** Resolves when the receiver has every batch in the target's memory. */
	async applied(): Promise<void> {
		await this.drain();
		await this.#link.applied(this.#writtenOffset);
	}

	#throwFailure(): void {
		if (this.#failure) throw this.#failure.error;
	}
}
