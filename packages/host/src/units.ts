/**
 * Sizes, durations and rates as people write them, in the configuration and on the command line. Sizes are exact: `MiB` is 2^20
 * bytes and `MB` is 10^6. What could mean either (`M`, `G`) is refused rather than guessed.
 */

/** A quantity that cannot be read. Its message says what may be written. */
export class UnitError extends Error {
	override readonly name = 'UnitError';
	readonly code = 'ERR_UNIT';
}

const SIZE_UNITS: ReadonlyMap<string, number> = new Map([
	['B', 1],
	['KiB', 1024],
	['MiB', 1024 ** 2],
	['GiB', 1024 ** 3],
	['TiB', 1024 ** 4],
	['kB', 1e3],
	['KB', 1e3],
	['MB', 1e6],
	['GB', 1e9],
	['TB', 1e12],
]);

const DURATION_UNITS_MS: ReadonlyMap<string, number> = new Map([
	['us', 0.001],
	['ms', 1],
	['s', 1000],
	['m', 60_000],
	['min', 60_000],
	['h', 3_600_000],
	['d', 86_400_000],
]);

/** Network rates are bits a second with a small b. */
const BIT_UNITS: ReadonlyMap<string, number> = new Map(
	[
		['b', 1],
		['kb', 1e3],
		['Mb', 1e6],
		['Gb', 1e9],
		['Tb', 1e12],
	].flatMap(([unit, bits]) => [
		[`${unit}/s`, Number(bits) / 8],
		[`${unit}it/s`, Number(bits) / 8],
	]),
);
const RATE_UNITS: ReadonlyMap<string, number> = new Map([
	...[...SIZE_UNITS].map(([unit, bytes]) => [`${unit}/s`, bytes] as const),
	...BIT_UNITS,
]);

const QUANTITY = /^(\d+(?:\.\d+)?) ?([a-zA-Z/]*)$/;

/** Whole bytes from `512MiB`, `8 GiB`, `1.5GB` or `4096`. Throws UnitError. */
export function parseSize(text: string): number {
	const bytes = parseQuantity(text, SIZE_UNITS, {what: 'a size', examples: '512MiB, 8GiB or 4096', bare: 1});
	if (!Number.isSafeInteger(bytes)) throw new UnitError(`"${text}" is not a whole number of bytes`);
	return bytes;
}

/** Milliseconds from `50ms`, `1.5s`, `2m`, `1h`, `250us` or `0`. Throws UnitError. */
export function parseDuration(text: string): number {
	return parseQuantity(text, DURATION_UNITS_MS, {what: 'a duration', examples: '50ms, 1.5s or 2m', bare: undefined});
}

/** Bytes a second from `200MB/s`, `1GiB/s` or, in bits, `10Gb/s`. Throws UnitError. */
export function parseRate(text: string): number {
	return parseQuantity(text, RATE_UNITS, {what: 'a rate', examples: '200MB/s, 1GiB/s or 10Gb/s (bits)', bare: undefined});
}

/** A share above 0 and below 100, in percent, from `15%` or `15`. Throws UnitError. */
export function parsePercent(text: string): number {
	const percent = Number(text.replace(/ ?%$/, ''));
	if (!/^\d+(\.\d+)?( ?%)?$/.test(text) || percent <= 0 || percent >= 100)
		throw new UnitError(`"${text}" is not a percentage above 0% and below 100%, such as 15%`);
	return percent;
}

type Quantity = {
	readonly what: string;
	readonly examples: string;
	/** What a number without a unit counts; undefined: only 0 may stand alone. */
	readonly bare: number | undefined;
};

function parseQuantity(text: string, units: ReadonlyMap<string, number>, {what, examples, bare}: Quantity): number {
	const [, digits, unit] = QUANTITY.exec(text.trim()) ?? [];
	if (digits === undefined || unit === undefined) throw new UnitError(`"${text}" is not ${what} such as ${examples}`);
	const factor = unit === '' ? (bare ?? (Number(digits) === 0 ? 0 : undefined)) : units.get(unit);
	if (factor === undefined)
		throw new UnitError(
			unit === '' ? `"${text}" has no unit: write ${examples}` : `"${text}" has the unknown unit ${unit}${unitHint(unit, units)}`,
		);
	const value = Number(digits) * factor;
	if (!Number.isFinite(value)) throw new UnitError(`"${text}" is too much`);
	// 0.1 MiB and the like are not whole in binary floating point by an error far below a byte.
	return Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : value;
}

function unitHint(unit: string, units: ReadonlyMap<string, number>): string {
	const known = [...units.keys()];
	if (units === SIZE_UNITS && /^[kmgt]$/i.test(unit))
		return `: write ${unit.toUpperCase()}iB (powers of 1024) or ${unit.toUpperCase()}B (powers of 1000)`;
	const same = known.find(candidate => candidate.toLowerCase() === unit.toLowerCase());
	return same === undefined ? `: known are ${known.join(', ')}` : `: did you mean ${same}?`;
}

const BINARY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
const DECIMAL_RATES = ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'] as const;

/** Bytes in binary units with at most three digits: `512 MiB`, `1.25 GiB`. */
export function formatSize(bytes: number): string {
	return scaled(bytes, 1024, BINARY_UNITS);
}

/** Bytes a second in decimal units, as networks are sold: `201 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
	return scaled(bytesPerSecond, 1000, DECIMAL_RATES);
}

/** Milliseconds with at most three digits: `0.42 ms`, `38 ms`, `2.41 s`, `3 min 05 s`. */
export function formatDuration(milliseconds: number): string {
	if (milliseconds < 999.5) return `${threeDigits(milliseconds)} ms`;
	if (milliseconds < 59_950) return `${threeDigits(milliseconds / 1000)} s`;
	const seconds = Math.round(milliseconds / 1000);
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

function scaled(value: number, base: number, units: readonly string[]): string {
	let rest = value;
	let index = 0;
	// 999.5 would print as 1000: the next unit says it shorter.
	while (rest >= 999.5 && index < units.length - 1) {
		rest /= base;
		index += 1;
	}

	return `${index === 0 ? Math.round(rest) : threeDigits(rest)} ${units[index]}`;
}

/** Three significant digits, without trailing zeros behind the point. */
function threeDigits(value: number): string {
	if (value >= 99.95) return String(Math.round(value));
	return String(Number(value.toFixed(value >= 9.995 ? 1 : 2)));
}
