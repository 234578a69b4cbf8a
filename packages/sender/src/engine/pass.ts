import type {PageBitmap} from '@sterna/domain';
import type {DataChannel, Pfn} from '@sterna/protocol';
import {type Batch, nextBatch} from './batcher.ts';

/** One pass over a set of pages, on all data connections side by side: each has its own place in its own share of them. */
export class Pass {
	readonly #pages: PageBitmap;
	readonly #places: Array<{readonly channel: DataChannel; next: Pfn; done: boolean}>;

	/** `pages`: may lose pages behind a place while the pass goes on, and must not gain any. */
	constructor(pages: PageBitmap, channelCount: number) {
		this.#pages = pages;
		this.#places = Array.from({length: channelCount}, (_, index) => ({channel: {index, count: channelCount}, next: 0, done: false}));
	}

	/** Whether the share of a connection has been passed over. */
	isDone(index: number): boolean {
		return this.#places[index]?.done ?? true;
	}

	/** The next batch of a connection; undefined when its share is done. */
	takeBatch(index: number): Batch | undefined {
		const place = this.#places[index];
		if (place === undefined || place.done) return undefined;
		const batch = nextBatch(this.#pages, place.next, place.channel);
		if (batch === undefined) place.done = true;
		else place.next = batch.nextPfn;
		return batch;
	}
}
