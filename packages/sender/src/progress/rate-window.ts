/** Amounts a millisecond: what it is likely to be next, and between what. */
export type RateRange = {readonly low: number; readonly expected: number; readonly high: number};

/** Time between two samples that are kept. */
const STEP_MS = 25;

/** The past that counts most, and the one that says how much a rate goes up and down. */
const RECENT_MS = 1000;
const KEPT_MS = 5000;

/** Of what was observed for long enough, and how much more of what was only begun to be observed. */
const MARGIN = 0.08;
const EARLY_MARGIN = 0.4;

/** A rate that was seen for less than this is none yet. */
const LEAST_MS = 100;

type Sample = {readonly atMs: number; readonly total: number};

/**
 * How fast something that only grows is growing. The range is that of what was seen: over the last second, the last five, and since the beginning, each half
 * of the last five included; wider the less was seen. Times are of a clock that is passed in; memory is bounded.
 */
export class RateWindow {
	#began: Sample | undefined;
	#samples: Sample[] = [];

	/** `total`: of the whole amount until now. */
	sample(atMs: number, total: number): void {
		this.#began ??= {atMs, total};
		const last = this.#samples.at(-1);
		if (last !== undefined && atMs - last.atMs < STEP_MS) return;
		this.#samples.push({atMs, total});
		while ((this.#samples[1]?.atMs ?? atMs) < atMs - KEPT_MS) this.#samples.shift();
	}

	/** Nothing grew for a reason that is over: what was before it says how fast it was, and the time of standing still does not count. */
	restart(): void {
		this.#began = undefined;
		this.#samples = [];
	}

	/** Over the last second alone; undefined until something has grown in it. */
	get recent(): number | undefined {
		const last = this.#samples.at(-1);
		if (last === undefined) return undefined;
		const from = this.#from(last.atMs - RECENT_MS);
		return last.atMs - from.atMs >= LEAST_MS && last.total > from.total ? (last.total - from.total) / (last.atMs - from.atMs) : undefined;
	}

	/** Undefined until something has grown for a moment. */
	get range(): RateRange | undefined {
		const last = this.#samples.at(-1);
		const first = this.#samples[0];
		if (first === undefined || last === undefined || this.#began === undefined) return undefined;
		const seenMs = last.atMs - this.#began.atMs;
		if (seenMs < LEAST_MS || last.total <= this.#began.total) return undefined;
		const since = (from: Sample): number => (last.total - from.total) / (last.atMs - from.atMs);
		const recent = this.#from(last.atMs - RECENT_MS);
		const middle = this.#from((first.atMs + last.atMs) / 2);
		const rates = [
			since(recent),
			since(first),
			since(this.#began),
			since(middle),
			(middle.total - first.total) / (middle.atMs - first.atMs),
		].filter(rate => Number.isFinite(rate) && rate > 0);
		const margin = MARGIN + EARLY_MARGIN * Math.max(0, 1 - seenMs / KEPT_MS) ** 2;
		const now = since(recent);
		const expected = Number.isFinite(now) && now > 0 ? Math.sqrt(now * since(first)) : since(this.#began);
		return {low: Math.min(...rates) * (1 - margin), expected, high: Math.max(...rates) * (1 + margin)};
	}

	/** The first sample that is not older. */
	#from(atMs: number): Sample {
		return this.#samples.find(sample => sample.atMs >= atMs) ?? (this.#samples[0] as Sample);
	}
}
