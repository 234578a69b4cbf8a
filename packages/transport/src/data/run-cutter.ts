/** Cuts a list of runs, pairs of pfn and page count, into lists of fewer pages. */
export class RunCutter {
	readonly #runs: Uint32Array;
	#index = 0;
	/** Pages of the run at hand that were taken. */
	#taken = 0;
	#pagesLeft = 0;

	/** `runs` is kept. */
	constructor(runs: Uint32Array) {
		this.#runs = runs;
		for (let index = 1; index < runs.length; index += 2) this.#pagesLeft += runs[index] ?? 0;
	}

	get pagesLeft(): number {
		return this.#pagesLeft;
	}

	/** The next pages, at most so many, as runs in a fresh array. */
	take(maxPages: number): Uint32Array {
		const taken: number[] = [];
		let room = Math.min(maxPages, this.#pagesLeft);
		this.#pagesLeft -= room;
		while (room > 0) {
			const pfn = this.#runs[this.#index] ?? 0;
			const pageCount = this.#runs[this.#index + 1] ?? 0;
			const pages = Math.min(room, pageCount - this.#taken);
			taken.push(pfn + this.#taken, pages);
			room -= pages;
			this.#taken += pages;
			if (this.#taken < pageCount) continue;
			this.#index += 2;
			this.#taken = 0;
		}

		return Uint32Array.from(taken);
	}
}
