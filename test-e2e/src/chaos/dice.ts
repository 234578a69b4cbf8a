import {seededRandom} from '../seeded-random.ts';

/** Draws from a seeded row of numbers; the same seed gives the same draws in the same order. */
export class Dice {
	readonly #below: (limit: number) => number;

	constructor(seed: number) {
		this.#below = seededRandom(seed);
	}

	/** A whole number from `from` to `to`, both included. */
	between(from: number, to: number): number {
		return from + this.#below(to - from + 1);
	}

	/** A whole number from 1 to `to`, small ones as likely as large ones by their order of magnitude. */
	magnitude(to: number): number {
		return Math.min(to, Math.floor(Math.exp((this.#below(2 ** 30) / 2 ** 30) * Math.log(to + 1))));
	}

	/** True `percent` times in a hundred. */
	chance(percent: number): boolean {
		return this.#below(100) < percent;
	}

	pick<Item>(items: readonly Item[]): Item {
		if (items.length === 0) throw new RangeError('nothing to pick from');
		return items[this.#below(items.length)] as Item;
	}

	/** One of the names, each as likely as its weight says. */
	weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
		const entries = Object.entries<number>(weights) as [Name, number][];
		let left = this.#below(entries.reduce((sum, [, weight]) => sum + weight, 0));
		for (const [name, weight] of entries) {
			if (left < weight) return name;
			left -= weight;
		}

		throw new RangeError('nothing to pick from');
	}
}
