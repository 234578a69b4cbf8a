import {type DirtyModel, type DirtyScan, type Pace, uniquePages} from '@sterna/sender/simulation';

/** How far from the model's the pace of an interval is believed to be. */
const SLOWEST = 0.2;
const FASTEST = 5;
/** A scan this near to the model is as the model says. */
const NEAR = 0.03;

/** How the guest's pace was in each interval between two scans, so that the model finds in it what was found; behind the last one it is the model's. */
export function paceOf(model: DirtyModel, scans: readonly DirtyScan[]): Pace[] {
	let untilMs = 0;
	const pace = scans.map(({sinceMs, dirtyPages}) => {
		untilMs += sinceMs;
		return {untilMs, factor: factorOf(model, sinceMs, dirtyPages)};
	});
	return [...pace, {untilMs: Infinity, factor: 1}];
}

function factorOf(model: DirtyModel, sinceMs: number, pages: number): number {
	const usual = uniquePages(model, sinceMs);
	if (Math.abs(usual - pages) <= NEAR * Math.max(pages, 1)) return 1;
	// The number grows with the factor: between the two it is found by halving.
	let low = SLOWEST;
	let high = FASTEST;
	for (let step = 0; step < 30; step++) {
		const middle = Math.sqrt(low * high);
		if (uniquePages(model, sinceMs * middle) < pages) low = middle;
		else high = middle;
	}

	return Math.sqrt(low * high);
}
