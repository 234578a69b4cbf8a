/** What several measurements of one thing come to. */
export type Spread = {readonly median: number; readonly min: number; readonly max: number};

/** Throws TypeError for no values: a row without a measurement is a fault of the caller. */
export function spreadOf(values: readonly number[]): Spread {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const [upper, lower, min, max] = [sorted[middle], sorted[sorted.length % 2 === 1 ? middle : middle - 1], sorted[0], sorted.at(-1)];
	if (upper === undefined || lower === undefined || min === undefined || max === undefined) throw new TypeError('no values');
	return {median: (lower + upper) / 2, min, max};
}

/** As `spreadOf`. */
export function medianOf(values: readonly number[]): number {
	return spreadOf(values).median;
}
