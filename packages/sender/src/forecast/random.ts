/** Numbers from 0 (inclusive) to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b_79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A factor around 1, above it as often as below: e to the power of a normal number of this standard deviation (Box and Muller). */
export function randomFactor(random: () => number, deviation: number): number {
	const radius = Math.sqrt(-2 * Math.log(1 - random()));
	return Math.exp(deviation * radius * Math.cos(2 * Math.PI * random()));
}
