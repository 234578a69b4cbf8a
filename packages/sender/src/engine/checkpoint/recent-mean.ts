/** The past counts for less and less, by this much of it in milliseconds: ten epochs at 40 a second. */
const MEMORY_MS = 250;

/** What weighs less than the first would take for ever to be seen, what weighs more than the second would be all that is seen. */
const LEAST_SHARE = 0.15;
const LARGEST_SHARE = 0.5;

/** The share (0 … 1) that a new value has in a mean, so many milliseconds after the last one. */
export function shareOfNew(sinceLastMs: number): number {
	return Math.min(LARGEST_SHARE, Math.max(LEAST_SHARE, 1 - Math.exp(-sinceLastMs / MEMORY_MS)));
}

/** Mean and deviation of a figure over the recent past, however seldom it comes. The clock is passed in. */
export class RecentMean {
	#mean: number | undefined;
	#deviation = 0;
	#atMs = 0;

	/** Undefined until there is a value. */
	get mean(): number | undefined {
		return this.#mean;
	}

	/** What few values are above; undefined until there is one. */
	get high(): number | undefined {
		return this.#mean === undefined ? undefined : this.#mean + 2 * this.#deviation;
	}

	add(nowMs: number, value: number): void {
		if (this.#mean === undefined) {
			this.#mean = value;
		} else {
			const share = shareOfNew(nowMs - this.#atMs);
			this.#deviation += share * (Math.abs(value - this.#mean) - this.#deviation);
			this.#mean += share * (value - this.#mean);
		}

		this.#atMs = nowMs;
	}
}
