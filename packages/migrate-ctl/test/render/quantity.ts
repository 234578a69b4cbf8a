import test from 'ava';
import {formatBytes, formatCount, formatDuration, formatRate, formatTime} from '../../src/render/quantity.ts';

test('amounts are in binary units with three digits', t => {
	t.deepEqual([0, 1, 999, 1000, 4096, 1023 * 1024, 512 * 2 ** 20, 1.25 * 2 ** 30, 3 * 2 ** 60].map(formatBytes), [
		'0 B',
		'1 B',
		'999 B',
		'0.98 KiB',
		'4 KiB',
		'1 MiB',
		'512 MiB',
		'1.25 GiB',
		'3145728 TiB',
	]);
});

test('rates are in decimal units with three digits', t => {
	t.deepEqual([0, 950, 201_000_000, 999_600_000, 2_718_000_000].map(formatRate), ['0 B/s', '950 B/s', '201 MB/s', '1 GB/s', '2.72 GB/s']);
});

test('durations have a unit that suits them', t => {
	t.deepEqual([0, 0.42, 38.04, 999.4, 999.6, 2410, 59_949, 59_960, 185_000, 7_385_000].map(formatDuration), [
		'0 ms',
		'0.42 ms',
		'38 ms',
		'999 ms',
		'1 s',
		'2.41 s',
		'59.9 s',
		'1 min 00 s',
		'3 min 05 s',
		'123 min 05 s',
	]);
});

test('counts have their thousands apart', t => {
	t.is(formatCount(207_872), '207,872');
});

test('a moment that is none is not printed as one', t => {
	t.is(formatTime(Date.UTC(2026, 4, 1)), '2026-05-01T00:00:00.000Z');
	t.deepEqual([0, -5, 1e300, Number.NaN].map(formatTime), ['-', '-', '-', '-']);
});
