import test from 'ava';
import {mergeGuestOutput} from '../src/guest-lines.ts';

const line = (number: number, ms: number): string => `LINE ${number} step=7 tick=9 random=00c0ffee ns=${ms}000000\n`;

test('lines of several hosts that make one sequence have no gap and no repeat', t => {
	const output = mergeGuestOutput({'host-a': line(1, 10) + line(2, 20) + line(5, 90), 'host-b': line(3, 60) + line(4, 70)});
	t.deepEqual(output.missing, []);
	t.deepEqual(output.repeated, []);
	t.deepEqual(output.stretches, [
		{host: 'host-a', from: 1, to: 2},
		{host: 'host-b', from: 3, to: 4},
		{host: 'host-a', from: 5, to: 5},
	]);
	t.is(output.longestGapMs, 40);
});

test('a line that is missing and one that came twice are found, also at the beginning', t => {
	const output = mergeGuestOutput({'host-a': line(2, 20) + line(3, 30), 'host-b': line(3, 31) + line(5, 50)});
	t.deepEqual(output.missing, [1, 4]);
	t.deepEqual(output.repeated, [3]);
});

test('what is no numbered line is a remark, and a line without its end does not count', t => {
	const output = mergeGuestOutput({'host-a': `${line(1, 10)}BAD pfn 3\n${line(2, 20).trimEnd()}`});
	t.deepEqual(output.remarks, ['host-a: BAD pfn 3']);
	t.is(output.lines.length, 1);
});
