import test from 'ava';
import {RunCutter} from '../../src/data/run-cutter.ts';

test('runs are cut where they must be, and nowhere else', t => {
	const cutter = new RunCutter(Uint32Array.of(10, 5, 100, 1, 50, 300));
	t.is(cutter.pagesLeft, 306);
	t.deepEqual(cutter.take(3), Uint32Array.of(10, 3));
	t.deepEqual(cutter.take(3), Uint32Array.of(13, 2, 100, 1));
	t.deepEqual(cutter.take(256), Uint32Array.of(50, 256));
	t.is(cutter.pagesLeft, 44);
	t.deepEqual(cutter.take(256), Uint32Array.of(306, 44));
	t.deepEqual(cutter.take(256), new Uint32Array(0));
	t.is(cutter.pagesLeft, 0);
});
