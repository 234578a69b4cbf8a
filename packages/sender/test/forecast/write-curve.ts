import test from 'ava';
import type {WriteScan} from '../../src/forecast/sample-writes.ts';
import {writeCurve} from '../../src/forecast/write-curve.ts';
import {seededRandom} from '../../src/forecast/random.ts';

const scan = (sinceMs: number, dirtyPages: number, newPages = 0): WriteScan => ({sinceMs, dirtyPages, newPages, scanMs: 0});

/** Scans of a guest that writes to `hotPages` pages at random, so many a millisecond. */
function hotScans(hotPages: number, writesPerMs: number): WriteScan[] {
	let everPages = 0;
	let ms = 0;
	return [20, 50, 100, 200, 500, 1000, 20, 50, 100, 200, 500, 1000].map(sinceMs => {
		ms += sinceMs;
		const unique = (interval: number): number => Math.round(hotPages * (1 - Math.exp((-writesPerMs * interval) / hotPages)));
		const newPages = unique(ms) - everPages;
		everPages += newPages;
		return scan(sinceMs, unique(sinceMs), newPages);
	});
}

test('the curve goes through what was found at each interval length', t => {
	const curve = writeCurve(hotScans(10_000, 20), 100_000);
	for (const ms of [20, 50, 100, 200, 500, 1000]) {
		const expected = 10_000 * (1 - Math.exp((-20 * ms) / 10_000));
		t.true(Math.abs(curve(ms) - expected) <= expected * 0.02 + 2, `${ms} ms: ${curve(ms)}, not ${expected}`);
	}
});

test('beyond the longest interval the last slope goes on, and ends with the memory', t => {
	const curve = writeCurve([scan(100, 100, 100), scan(1000, 1000, 900)], 5000);
	t.is(Math.round(curve(3000)), 3000);
	t.is(curve(60_000), 5000);
});

test('a guest that writes nothing, and a sample without a scan, have a curve of 0', t => {
	t.is(writeCurve([scan(100, 0), scan(1000, 0)], 1000)(500), 0);
	t.is(writeCurve([], 1000)(500), 0);
});

test('whatever scans say, the curve is 0 at 0, never falls and is concave', t => {
	const random = seededRandom(7);
	for (let round = 0; round < 200; round++) {
		const scans = Array.from({length: 1 + Math.floor(random() * 20)}, () =>
			scan(1 + random() * 1000, Math.floor(random() * 5000), Math.floor(random() * 500)),
		);
		const curve = writeCurve(scans, 100_000);
		t.is(curve(0), 0);
		const points = Array.from({length: 60}, (_, index) => curve(index * 25));
		for (let index = 1; index < points.length - 1; index++) {
			const [before = 0, here = 0, after = 0] = points.slice(index - 1, index + 2);
			t.true(here >= before && after >= here, `it falls in round ${round}`);
			t.true(here * 2 >= before + after - 1e-6, `it is not concave in round ${round}`);
		}
	}
});
