/** Below this a number is none: of sums of some hundred products of numbers about 1. */
const TINY = 1e-9;

/**
 * The x ≥ 0 for which `columns`·x is nearest to `target` in the mean square (Lawson and Hanson 1974, algorithm NNLS). `columns`: each as long as `target`, none of
 * zeros alone. For some dozens of them. Most of x is 0: a column is used where it makes the rest smaller.
 */
export function nonnegativeLeastSquares(columns: readonly Float64Array[], target: Float64Array): Float64Array {
	const products = columns.map(one => Float64Array.from(columns, other => dot(one, other)));
	const wanted = Float64Array.from(columns, column => dot(column, target));
	const x = new Float64Array(columns.length);
	const used: number[] = [];
	for (let round = 0; round < 3 * columns.length; round++) {
		const next = steepest({products, wanted, x, used});
		if (next === undefined) return x;
		used.push(next);
		while (used.length > 0) {
			const solved = solve(products, wanted, used);
			if (solved.every(value => value > TINY)) {
				for (const [index, column] of used.entries()) x[column] = solved[index] ?? 0;
				break;
			}

			stepToEdge(x, used, solved);
			// What has just come in and goes out again at once would come in for ever.
			if (!used.includes(next)) return x;
		}
	}

	return x;
}

type Problem = {
	readonly products: readonly Float64Array[];
	readonly wanted: Float64Array;
	readonly x: Float64Array;
	readonly used: readonly number[];
};

/** The unused column along which the error falls most. */
function steepest({products, wanted, x, used}: Problem): number | undefined {
	let best: number | undefined;
	let bestSlope = TINY;
	for (const [index, row] of products.entries()) {
		if (used.includes(index)) continue;
		const slope = ((wanted[index] ?? 0) - dot(row, x)) / Math.sqrt(row[index] ?? 1);
		if (slope <= bestSlope) continue;
		best = index;
		bestSlope = slope;
	}

	return best;
}

/** Goes toward the solution as far as no value falls below 0, and lets go of the columns whose values got there. */
function stepToEdge(x: Float64Array, used: number[], solved: Float64Array): void {
	let part = 1;
	for (const [index, column] of used.entries()) {
		const from = x[column] ?? 0;
		const to = solved[index] ?? 0;
		if (to <= TINY) part = Math.min(part, from / Math.max(from - to, Number.MIN_VALUE));
	}

	for (const [index, column] of used.entries()) x[column] = (x[column] ?? 0) + part * ((solved[index] ?? 0) - (x[column] ?? 0));
	for (let index = used.length - 1; index >= 0; index--) {
		const column = used[index] ?? 0;
		if ((x[column] ?? 0) > TINY) continue;
		x[column] = 0;
		used.splice(index, 1);
	}
}

/** The least squares with the used columns alone: the normal equations by Cholesky, on a diagonal a trace larger, as columns may be nearly alike. */
function solve(products: readonly Float64Array[], wanted: Float64Array, used: readonly number[]): Float64Array {
	const size = used.length;
	const lower = used.map(() => new Float64Array(size));
	const at = (row: number, column: number): number => lower[row]?.[column] ?? 0;
	const solution = new Float64Array(size);
	for (let row = 0; row < size; row++) {
		const values = lower[row] ?? new Float64Array(size);
		for (let column = 0; column <= row; column++) {
			let sum = products[used[row] ?? 0]?.[used[column] ?? 0] ?? 0;
			if (row === column) sum *= 1 + 1e-10;
			for (let inner = 0; inner < column; inner++) sum -= at(row, inner) * at(column, inner);
			values[column] = row === column ? Math.sqrt(Math.max(sum, 1e-300)) : sum / at(column, column);
		}

		let rest = wanted[used[row] ?? 0] ?? 0;
		for (let inner = 0; inner < row; inner++) rest -= at(row, inner) * (solution[inner] ?? 0);
		solution[row] = rest / at(row, row);
	}

	for (let row = size - 1; row >= 0; row--) {
		let rest = solution[row] ?? 0;
		for (let inner = row + 1; inner < size; inner++) rest -= at(inner, row) * (solution[inner] ?? 0);
		solution[row] = rest / at(row, row);
	}

	return solution;
}

function dot(one: Float64Array, other: Float64Array): number {
	let sum = 0;
	for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
	return sum;
}
