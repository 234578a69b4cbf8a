/** What many measured times come to, in milliseconds; of none all are NaN. */
export type Distribution = {
	readonly count: number;
	readonly medianMs: number;
	readonly p90Ms: number;
	readonly p99Ms: number;
	readonly maxMs: number;
};

/** Percentiles by nearest rank. */
export function distributionOf(timesMs: readonly number[]): Distribution {
	const sorted = timesMs.toSorted((a, b) => a - b);
	const percentile = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
	return {
		count: sorted.length,
		medianMs: percentile(0.5),
		p90Ms: percentile(0.9),
		p99Ms: percentile(0.99),
		maxMs: percentile(1),
	};
}
