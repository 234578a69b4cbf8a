/** A whole number with its thousands apart: `207,872`. */
export function formatCount(count: number): string {
	return Math.round(count).toLocaleString('en-US');
}

/** A moment in UTC, from milliseconds since the Unix epoch; `-` for what is none. */
export function formatTime(sinceEpochMs: number): string {
	const date = new Date(sinceEpochMs);
	return sinceEpochMs > 0 && Number.isFinite(date.getTime()) ? date.toISOString() : '-';
}
