import test from 'ava';
import {formatCount, formatTime} from '../../src/render/quantity.ts';

test('counts have their thousands apart', t => {
	t.is(formatCount(207_872), '207,872');
});

test('a moment that is none is not printed as one', t => {
	t.is(formatTime(Date.UTC(2026, 4, 1)), '2026-05-01T00:00:00.000Z');
	t.deepEqual([0, -5, 1e300, Number.NaN].map(formatTime), ['-', '-', '-', '-']);
});
