import test from 'ava';
import {LinkTotals} from '../src/link-totals.ts';

const figures = (
	bytes: number,
): {writtenBytes: number; creditedBytes: number; appliedBytes: number; zeroPages: number; savedBytes: number} => ({
	writtenBytes: bytes,
	creditedBytes: bytes - 1,
	appliedBytes: bytes - 2,
	zeroPages: bytes * 2,
	savedBytes: bytes * 3,
});

test('sums outlive their links', t => {
	const totals = new LinkTotals();
	let bytes = 5;
	totals.open(() => figures(bytes));
	bytes = 7;
	totals.close();
	bytes = 9;
	t.is(totals.progress.writtenBytes, 7);
	totals.close();
	t.is(totals.progress.writtenBytes, 7);
});

test('what went over earlier links stays counted when another is opened', t => {
	const totals = new LinkTotals();
	t.is(totals.progress.writtenBytes, 0);
	let first = 10;
	totals.open(() => figures(first));
	first = 100;
	totals.open(() => figures(20));
	first = 1000; // A link that is over no longer counts up.
	t.deepEqual(totals.progress, {writtenBytes: 120, creditedBytes: 118, appliedBytes: 116, zeroPages: 240, savedBytes: 360});
});
