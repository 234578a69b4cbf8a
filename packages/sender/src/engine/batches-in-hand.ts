import {MAX_BATCH_PAGES, PAGE_SIZE_BYTES} from '@sterna/protocol';

/** Most batches in hand: enough to keep a connection busy between two turns of the main thread. */
export const MOST_IN_HAND = 4;

/** How long a connection is busy with what is in hand, in milliseconds: the main thread may be late by so much, and a switch or a pause waits for so long and a batch at most. */
const COVERED_MS = 50;

const BATCH_BYTES = MAX_BATCH_PAGES * PAGE_SIZE_BYTES;

/** How many batches a data connection has in hand that takes so many milliseconds for each: as many as it takes to cover 50 ms, 1 at least and 4 at most. */
export function batchesInHand(batchMs: number): number {
	return Math.min(MOST_IN_HAND, Math.max(1, Math.ceil(COVERED_MS / batchMs)));
}

/** As `batchesInHand`, of a connection under a limit of its own, by which every page may be one in full. `bytesPerSecond`: undefined = there is none. */
export function batchesUnderLimit(bytesPerSecond: number | undefined): number {
	return bytesPerSecond === undefined ? MOST_IN_HAND : batchesInHand((BATCH_BYTES * 1000) / bytesPerSecond);
}

/**
 * How many batches one data connection should have in hand by the pace at which they went out: begins with one, and follows by one at a time. A hiccup so costs little, and
 * a connection that has become slow is given nothing new all the same: with each batch that goes out there is one less in hand.
 * Pure: the clock is passed in.
 */
export class HandDepth {
	#most = 1;

	/** Batches, the ones on their way counted. */
	get most(): number {
		return this.#most;
	}

	/** The kernel has a batch, `elapsedMs` after it was handed over. `inHand`: batches of the connection at that time, itself counted. */
	wentOut(inHand: number, elapsedMs: number): void {
		this.#most += Math.sign(batchesInHand(elapsedMs / inHand) - this.#most);
	}
}
