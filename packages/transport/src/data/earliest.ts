/** The first of some deadlines; undefined where there is none. */
export function earliest(...deadlinesMs: readonly (number | undefined)[]): number | undefined {
	let first: number | undefined;
	for (const deadlineMs of deadlinesMs) if (deadlineMs !== undefined && (first === undefined || deadlineMs < first)) first = deadlineMs;
	return first;
}
