import test from 'ava';
import {type Sighting, together} from '../src/protection/sightings.ts';

const at = (...moments: ReadonlyArray<readonly [fromMs: number, toMs: number]>): Sighting[] =>
	moments.map(([fromMs, toMs]) => ({fromMs, toMs}));

test('a guest that left off on one host before it began on the other was never on both', t => {
	t.deepEqual(together(at([0, 5], [5, 10]), at([11, 11], [16, 16])), {sightings: 0, spanMs: 0});
	t.deepEqual(together([], at([1, 1])), {sightings: 0, spanMs: 0});
});

test('a last step whose moment is not known may have been before the first one elsewhere', t => {
	t.deepEqual(together(at([0, 5], [5, 30]), at([10, 10], [15, 15])), {sightings: 0, spanMs: 0});
});

test('steps between two of the other host are steps of two guests, whichever is the other', t => {
	const one = at([0, 5], [20, 25], [40, 45]);
	const other = at([10, 10], [60, 60]);
	t.deepEqual(together(one, other), {sightings: 3, spanMs: 35});
	t.deepEqual(together(other, one), {sightings: 3, spanMs: 35});
	t.deepEqual(together(at([0, 1], [9, 10]), at([4, 4])), {sightings: 1, spanMs: 0});
});
