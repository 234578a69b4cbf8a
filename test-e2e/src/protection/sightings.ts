/** A guest took steps on a host between two moments; which of them, and whether all the time, is not known. Milliseconds of CLOCK_MONOTONIC. */
export type Sighting = {readonly fromMs: number; readonly toMs: number};

/** For how long a guest was seen that should not have been. */
export type Together = {
	/** How often. */
	readonly sightings: number;
	/** From the first of them to the last. */
	readonly spanMs: number;
};

/**
 * What there is to see of one guest that took steps on two hosts at the same time: sightings on one of them between two on the other, whatever happened between the moments that
 * they are known by. Nothing where all steps of the one can have been before all of the other. Both in the order of time.
 */
export function together(one: readonly Sighting[], other: readonly Sighting[]): Together {
	const both = [...between(one, other), ...between(other, one)];
	if (both.length === 0) return {sightings: 0, spanMs: 0};
	const first = Math.min(...both.map(({fromMs}) => fromMs));
	return {sightings: both.length, spanMs: Math.max(...both.map(({toMs}) => toMs)) - first};
}

/** Those of `seen` that are behind one of the others and ahead of another. */
function between(seen: readonly Sighting[], others: readonly Sighting[]): Sighting[] {
	const behind = others[0]?.toMs ?? Number.POSITIVE_INFINITY;
	const ahead = others.at(-1)?.fromMs ?? Number.NEGATIVE_INFINITY;
	return seen.filter(({fromMs, toMs}) => fromMs >= behind && toMs <= ahead);
}
