import test from 'ava';
import {mergeGuestOutput} from '../src/guest-lines.ts';
import {assertReleasedOnce} from '../src/protection/released-lines.ts';

const lines = (...numbers: number[]): string => numbers.map(number => `LINE ${number} of a guest ns=${number}\n`).join('');

test('lines that were not heard at a failover may be missing there, and are counted', t => {
	const output = mergeGuestOutput({a: lines(1, 2, 3), b: lines(6, 7)});
	t.deepEqual(assertReleasedOnce(output), {lines: 5, unheard: 2});
});

test('a line that is out on both hosts, or missing on one, is a fault', t => {
	t.throws(() => assertReleasedOnce(mergeGuestOutput({a: lines(1, 2, 3), b: lines(3, 4)})), {message: /twice: 3/});
	t.throws(() => assertReleasedOnce(mergeGuestOutput({a: lines(1, 3), b: lines(4)})), {message: /line 2 is missing/});
	t.throws(() => assertReleasedOnce(mergeGuestOutput({a: lines(2, 3)})), {message: /line 1 is missing/});
	t.throws(() => assertReleasedOnce(mergeGuestOutput({a: ''})), {message: /0 lines/});
});
