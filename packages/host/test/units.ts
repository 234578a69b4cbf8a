import test from 'ava';
import {formatDuration, formatRate, formatSize, parseDuration, parsePercent, parseRate, parseSize, UnitError} from '../src/units.ts';

test('sizes are exact: KiB are powers of 1024, kB of 1000', t => {
	for (const [text, bytes] of [
		['0', 0],
		['4096', 4096],
		['1B', 1],
		['1KiB', 1024],
		['512MiB', 536_870_912],
		['8 GiB', 8_589_934_592],
		['1.5GiB', 1_610_612_736],
		['0.1GB', 100_000_000],
		['2kB', 2000],
		['2KB', 2000],
		['3TB', 3e12],
		[' 1MiB ', 1_048_576],
	] as const) {
		t.is(parseSize(text), bytes, text);
	}
});

test('a size that could mean two things, or nothing, is refused with what to write', t => {
	t.throws(() => parseSize('8G'), {instanceOf: UnitError, message: /GiB \(powers of 1024\) or GB \(powers of 1000\)/});
	t.throws(() => parseSize('8gib'), {instanceOf: UnitError, message: /did you mean GiB/});
	for (const text of ['', 'MiB', '-1MiB', '1e3', '1,5GiB', '0x10', '1.0001KiB', '99999999999TiB', '1 MiB x', 'NaN', 'Infinity']) {
		t.throws(() => parseSize(text), {instanceOf: UnitError}, text);
	}
});

test('durations are milliseconds and need a unit', t => {
	for (const [text, ms] of [
		['0', 0],
		['50ms', 50],
		['250us', 0.25],
		['1.5s', 1500],
		['2m', 120_000],
		['2min', 120_000],
		['1h', 3_600_000],
	] as const) {
		t.is(parseDuration(text), ms, text);
	}

	t.throws(() => parseDuration('50'), {instanceOf: UnitError, message: /no unit/});
	t.throws(() => parseDuration('2 weeks'), {instanceOf: UnitError, message: /unknown unit weeks/});
});

test('rates are bytes a second, in bits with a small b', t => {
	for (const [text, rate] of [
		['200MB/s', 2e8],
		['1GiB/s', 1_073_741_824],
		['10Gb/s', 1.25e9],
		['10Gbit/s', 1.25e9],
		['800kb/s', 100_000],
		['0', 0],
	] as const) {
		t.is(parseRate(text), rate, text);
	}

	t.throws(() => parseRate('200MB'), {instanceOf: UnitError});
});

test('a percentage is between none and all', t => {
	t.is(parsePercent('15%'), 15);
	t.is(parsePercent('2.5 %'), 2.5);
	t.is(parsePercent('15'), 15);
	for (const text of ['0%', '100%', '-1%', '15%%', 'x', '']) t.throws(() => parsePercent(text), {instanceOf: UnitError}, text);
});

test('quantities are written with three digits', t => {
	t.is(formatSize(0), '0 B');
	t.is(formatSize(512 * 1024 * 1024), '512 MiB');
	t.is(formatSize(1_342_177_280), '1.25 GiB');
	t.is(formatSize(1023), '1 KiB');
	t.is(formatRate(201_000_000), '201 MB/s');
	t.is(formatDuration(0.4211), '0.42 ms');
	t.is(formatDuration(38), '38 ms');
	t.is(formatDuration(2410), '2.41 s');
	t.is(formatDuration(185_000), '3 min 05 s');
});
