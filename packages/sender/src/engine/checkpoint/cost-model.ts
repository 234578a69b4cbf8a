import {shareOfNew} from './recent-mean.ts';

/** Epochs must have differed by this share of their mean for the growth of the cost to be seen in them. */
const LEAST_SPREAD = 0.05;

/**
 * What a checkpoint takes from a guest, by the length of its epoch: a fixed part, and one that grows with the pages that are written meanwhile. A straight line through the
 * recent past, which a guest that writes the same pages again and again falls below as the epochs grow.
 */
export class CostModel {
	#periodMs = 0;
	#costMs = 0;
	#periodVariance = 0;
	#covariance = 0;
	/** Milliseconds of cost for each of the epoch. */
	#slope = 0;
	#atMs: number | undefined;

	/** Milliseconds that the recent checkpoints took; undefined until there was one. */
	get costMs(): number | undefined {
		return this.#atMs === undefined ? undefined : this.#costMs;
	}

	add(nowMs: number, {periodMs, costMs}: {readonly periodMs: number; readonly costMs: number}): void {
		const share = this.#atMs === undefined ? 1 : shareOfNew(nowMs - this.#atMs);
		const periodOff = periodMs - this.#periodMs;
		const costOff = costMs - this.#costMs;
		this.#periodMs += share * periodOff;
		this.#costMs += share * costOff;
		if (this.#atMs !== undefined) {
			const kept = 1 - share;
			this.#periodVariance = kept * (this.#periodVariance + share * periodOff * periodOff);
			this.#covariance = kept * (this.#covariance + share * periodOff * costOff);
		}

		this.#atMs = nowMs;
		const least = LEAST_SPREAD * this.#periodMs;
		if (this.#periodVariance > least * least) this.#slope = this.#covariance / this.#periodVariance;
		// No cost falls with the epoch, or grows faster than in proportion to it.
		this.#slope = Math.min(Math.max(this.#slope, 0), this.#costMs / this.#periodMs);
	}

	/** The shortest epoch in milliseconds whose cost is no more than this share (0 … 1) of it; Infinity where none is. */
	intervalFor(share: number): number {
		if (this.#slope >= share) return Number.POSITIVE_INFINITY;
		return Math.max(0, this.#costMs - this.#slope * this.#periodMs) / (share - this.#slope);
	}
}
