const BINARY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
const DECIMAL_UNITS = ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'] as const;

/** Amount of memory or of stream bytes in binary units, three digits: `512 MiB`, `1.25 GiB`. */
export function formatBytes(bytes: number): string {
	return scaled(bytes, 1024, BINARY_UNITS);
}

/** Bytes a second in decimal units, as networks are sold: `201 MB/s`, `2.7 GB/s`. */
export function formatRate(bytesPerSecond: number): string {
	return scaled(bytesPerSecond, 1000, DECIMAL_UNITS);
}

/** A whole number with its thousands apart: `207,872`. */
export function formatCount(count: number): string {
	return Math.round(count).toLocaleString('en-US');
}

/** A duration to three digits: `0.42 ms`, `38 ms`, `2.41 s`, `3 min 05 s`. */
export function formatDuration(milliseconds: number): string {
	if (milliseconds < 999.5) return `${threeDigits(milliseconds)} ms`;
	if (milliseconds < 59_950) return `${threeDigits(milliseconds / 1000)} s`;
	const seconds = Math.round(milliseconds / 1000);
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A moment in UTC, from milliseconds since the Unix epoch; `-` for what is none. */
export function formatTime(sinceEpochMs: number): string {
	const date = new Date(sinceEpochMs);
	return sinceEpochMs > 0 && Number.isFinite(date.getTime()) ? date.toISOString() : '-';
}

function scaled(value: number, base: number, units: readonly string[]): string {
	let at = 0;
	let rest = value;
	// 999.5 prints as 1000: the next unit says it shorter.
	while (rest >= 999.5 && at < units.length - 1) {
		rest /= base;
		at++;
	}

	return `${at === 0 ? Math.round(rest) : threeDigits(rest)} ${units[at]}`;
}

/** Three significant digits, no trailing zeros behind the point, no exponent. */
function threeDigits(value: number): string {
	if (value >= 99.95) return String(Math.round(value));
	return String(Number(value.toFixed(value >= 9.995 ? 1 : 2)));
}
