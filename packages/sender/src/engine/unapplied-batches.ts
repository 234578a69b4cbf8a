import type {PageBitmap} from '@sterna/domain';

/** A batch on its way. `endOffset`: behind it in the stream of its connection; undefined while the kernel does not have it. */
export type UnappliedBatch = {readonly runs: Uint32Array; endOffset: number | undefined};

/**
 * The batches of one link that are not known to be in the target's memory, for each data connection in their order: what has to be sent
 * again when the link is lost.
 */
export class UnappliedBatches {
	readonly #channels: UnappliedBatch[][];

	constructor(channelCount: number) {
		this.#channels = Array.from({length: channelCount}, () => []);
	}

	/** Batches on their way over one connection. */
	countOf(index: number): number {
		return this.#of(index).length;
	}

	/** A batch is about to be sent; its end is set by the caller once it is known. `runs` is kept. */
	add(index: number, runs: Uint32Array): UnappliedBatch {
		const batch: UnappliedBatch = {runs, endOffset: undefined};
		this.#of(index).push(batch);
		return batch;
	}

	/** Everything before this offset of a connection's stream is in the target's memory. */
	applied(index: number, offset: number): void {
		const batches = this.#of(index);
		let done = 0;
		while (done < batches.length && (batches[done]?.endOffset ?? Infinity) <= offset) done += 1;
		batches.splice(0, done);
	}

	/** Adds the pages of every batch on its way to `due`; returns how many pages that are. */
	takeBack(due: PageBitmap): number {
		let pages = 0;
		for (const batches of this.#channels) {
			for (const {runs} of batches.splice(0)) {
				for (let index = 0; index < runs.length; index += 2) {
					due.addRun(runs[index] ?? 0, runs[index + 1] ?? 0);
					pages += runs[index + 1] ?? 0;
				}
			}
		}

		return pages;
	}

	#of(index: number): UnappliedBatch[] {
		const batches = this.#channels[index];
		if (batches === undefined) throw new RangeError(`data connection ${index} of ${this.#channels.length}`);
		return batches;
	}
}
