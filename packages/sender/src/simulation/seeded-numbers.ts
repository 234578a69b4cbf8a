/** Numbers that are the same for the same seed: mulberry32. */
export class SeededNumbers {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** From 0 to below 1. */
	next(): number {
		this.#state = (this.#state + 0x6d2b_79f5) >>> 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** Of the standard normal distribution (Box and Muller, 1958). */
	nextNormal(): number {
		return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
	}

	/** How many of `count` things happen, each with this probability: by the normal distribution that is like it, rounded so that the mean is right. */
	nextBinomial(count: number, probability: number): number {
		const mean = count * probability;
		const deviation = Math.sqrt(Math.max(0, mean * (1 - probability)));
		const value = mean + deviation * this.nextNormal();
		return Math.min(count, Math.max(0, Math.floor(value + this.next())));
	}
}
