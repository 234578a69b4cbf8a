import type {RecordKind} from './record-line.ts';

/** How lines of one kind become rarer: behind the first `whole` of them two are `minMs` apart at least, and the `perAge`-th part of the migration's age. */
type Thinned = {readonly whole: number; readonly minMs: number; readonly perAge: number};

/**
 * The older a migration is, the fewer lines a minute of it gets. So their number grows with the logarithm of its time alone, by `perAge * ln(2)` for each
 * doubling: 4,000 samples in a week. What a short one does is there whole.
 */
const THINNED: Partial<Record<RecordKind, Thinned>> = {
	sample: {whole: 0, minMs: 200, perAge: 400},
	scan: {whole: 300, minMs: 1, perAge: 100},
	iteration: {whole: 300, minMs: 1, perAge: 100},
	decision: {whole: 0, minMs: 200, perAge: 60},
};

/** Chooses which lines of a recording are written. Pure but for what it remembers: the clock is passed in. */
export class Thinning {
	readonly #startedMs: number;
	readonly #admitted = new Map<RecordKind, {readonly count: number; readonly lastMs: number}>();

	constructor(startedMs: number) {
		this.#startedMs = startedMs;
	}

	/** Whether a line of this kind is written now; one that is counts. */
	admits(kind: RecordKind, nowMs: number): boolean {
		const thinned = THINNED[kind];
		if (thinned === undefined) return true;
		const {count, lastMs} = this.#admitted.get(kind) ?? {count: 0, lastMs: -Infinity};
		// Timers come late, never early: half a millisecond is not waited for.
		const isTooEarly = nowMs - lastMs + 0.5 < Math.max(thinned.minMs, (nowMs - this.#startedMs) / thinned.perAge);
		if (count >= thinned.whole && isTooEarly) return false;
		this.#admitted.set(kind, {count: count + 1, lastMs: nowMs});
		return true;
	}
}

/** Whether lines of this kind may be left out. */
export function isThinned(kind: RecordKind): boolean {
	return THINNED[kind] !== undefined;
}
