/** The last values of a figure, in memory that is allocated once. */
export class Ring {
	readonly #values: Float64Array;
	#count = 0;
	#next = 0;

	/** `capacity`: how many values it keeps. */
	constructor(capacity: number) {
		this.#values = new Float64Array(capacity);
	}

	/** How many values there are. */
	get count(): number {
		return this.#count;
	}

	/** The latest; undefined where there is none. */
	get last(): number | undefined {
		return this.#count === 0 ? undefined : this.#values[(this.#next + this.#values.length - 1) % this.#values.length];
	}

	get sum(): number {
		let sum = 0;
		for (let index = 0; index < this.#count; index++) sum += this.#values[index] ?? 0;
		return sum;
	}

	push(value: number): void {
		this.#values[this.#next] = value;
		this.#next = (this.#next + 1) % this.#values.length;
		if (this.#count < this.#values.length) this.#count += 1;
	}

	/** The value that `share` (0 … 1) of the others are not above; undefined where there is none. */
	quantile(share: number): number | undefined {
		if (this.#count === 0) return undefined;
		const sorted = this.#values.slice(0, this.#count).toSorted();
		return sorted[Math.min(this.#count - 1, Math.floor(share * this.#count))];
	}
}
