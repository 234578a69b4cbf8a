import test from 'ava';
import * as fc from 'fast-check';
import {PageBitmap} from '@sterna/domain';
import {ScanHistory} from '../../src/engine/scan-history.ts';
import {dirtyModelOf, ownTimeBetween, uniquePages, workingSetPoints, type DirtyModel, type DirtyScan} from '../../src/simulation/index.ts';
import {SimulatedDirtyLog} from '../../src/simulation/simulated-dirty-log.ts';
import {VirtualClock} from '../../src/simulation/virtual-clock.ts';

const MEMORY_PAGES = 65_536;

/** What scans at these intervals find of such a guest. */
async function scansOf(model: DirtyModel, intervals: readonly number[], memoryPages = MEMORY_PAGES): Promise<DirtyScan[]> {
	const clock = new VirtualClock();
	return clock.run(
		(async () => {
			const log = new SimulatedDirtyLog(model, {memoryPages, scanMs: 0, seed: 7, clock});
			const history = new ScanHistory(memoryPages);
			const scans: DirtyScan[] = [];
			for (const sinceMs of intervals) {
				await clock.until(clock.nowMs() + sinceMs);
				const pages = new PageBitmap(memoryPages);
				const dirtyPages = await log.take(pages);
				scans.push({sinceMs, dirtyPages, ...history.scanned(pages)});
			}

			return scans;
		})(),
	);
}

const PASSES = [2000, 700, 400, 250, 150, 100, 60, 30];
const MODELS: Readonly<Record<string, DirtyModel>> = {
	'a hot set': {classes: [{pages: 4000, writesPerSecond: 5, pattern: 'random'}]},
	'a hot set and slow writes': {
		classes: [
			{pages: 1500, writesPerSecond: 40, pattern: 'random'},
			{pages: 30_000, writesPerSecond: 0.1, pattern: 'random'},
		],
	},
	'a sweep': {classes: [{pages: 20_000, writesPerSecond: 0.7, pattern: 'sweep'}]},
	'a sweep and a hot set': {
		classes: [
			{pages: 10_000, writesPerSecond: 2, pattern: 'sweep'},
			{pages: 3000, writesPerSecond: 3, pattern: 'random'},
		],
	},
};

for (const [name, model] of Object.entries(MODELS)) {
	test(`a simulated dirty log finds what the model says: ${name}`, async t => {
		for (const {sinceMs, dirtyPages} of await scansOf(model, PASSES)) {
			const expected = uniquePages(model, sinceMs);
			t.true(Math.abs(dirtyPages - expected) <= 5 * Math.sqrt(expected) + 1, `${dirtyPages} in ${sinceMs} ms instead of ${expected}`);
		}
	});

	test(`the model of a precopy's scans tells of other intervals: ${name}`, async t => {
		const fitted = dirtyModelOf(await scansOf(model, PASSES), {memoryPages: MEMORY_PAGES});
		for (const intervalMs of [30, 80, 200, 500, 1200, 2000, 3500]) {
			const expected = uniquePages(model, intervalMs);
			const found = uniquePages(fitted, intervalMs);
			t.true(Math.abs(found - expected) <= 0.08 * expected + 30, `${found} in ${intervalMs} ms instead of ${expected}`);
		}
	});
}

test('a scan tells of its own interval, of that with the one before, and of all', t => {
	const points = workingSetPoints([
		{sinceMs: 100, dirtyPages: 50, everPages: 50},
		{sinceMs: 200, dirtyPages: 80, againPages: 30, everPages: 100},
		{sinceMs: 50, dirtyPages: 20, againPages: 15, everPages: 104},
	]);
	t.deepEqual(points, [
		{intervalMs: 100, pages: 50},
		{intervalMs: 200, pages: 80},
		{intervalMs: 300, pages: 100},
		{intervalMs: 300, pages: 100},
		{intervalMs: 50, pages: 20},
		{intervalMs: 250, pages: 85},
		{intervalMs: 350, pages: 104},
	]);
});

test('of one interval alone the rest is taken half way, and within the memory', t => {
	const scan = {sinceMs: 1000, dirtyPages: 1000};
	const model = dirtyModelOf([scan], {memoryPages: MEMORY_PAGES});
	t.true(Math.abs(uniquePages(model, 1000) - 1000) < 1);
	t.true(uniquePages(model, 10_000) > 1200 && uniquePages(model, 10_000) < 5000);
	t.true(uniquePages(model, 100) > 100 && uniquePages(model, 100) < 500);
	const full = dirtyModelOf([{sinceMs: 1000, dirtyPages: 1000}], {memoryPages: 1000});
	t.true(Math.abs(uniquePages(full, 1000) - 1000) < 2 && uniquePages(full, 1e9) <= 1000);
	t.deepEqual(dirtyModelOf([], {memoryPages: 1000}), {classes: []});
	t.deepEqual(dirtyModelOf([{sinceMs: 1000, dirtyPages: 0}], {memoryPages: 1000}), {classes: []});
});

test('whatever scans say, the model grows with the interval, ever more slowly, and never over the memory', t => {
	const anyScans = fc.array(
		fc.record({
			sinceMs: fc.double({min: 0, max: 100_000, noNaN: true}),
			dirtyPages: fc.integer({min: 0, max: 10_000}),
			againPages: fc.option(fc.integer({min: 0, max: 10_000}), {nil: undefined}),
			everPages: fc.option(fc.integer({min: 0, max: 10_000}), {nil: undefined}),
		}),
		{maxLength: 30},
	);
	fc.assert(
		fc.property(anyScans, scans => {
			const model = dirtyModelOf(scans, {memoryPages: 10_000});
			let before = 0;
			let slope = Infinity;
			for (let intervalMs = 10; intervalMs < 20_000; intervalMs += 10) {
				const pages = uniquePages(model, intervalMs);
				t.true(pages >= before - 1e-6 && pages <= 10_000 * (1 + 1e-9));
				t.true(pages - before <= slope + 1e-6);
				slope = pages - before;
				before = pages;
			}
		}),
		{numRuns: 50},
	);
});

test('a pace stretches the time of the guest', t => {
	const pace = [
		{untilMs: 100, factor: 2},
		{untilMs: 200, factor: 0.5},
	];
	t.is(ownTimeBetween(undefined, 50, 70), 20);
	t.is(ownTimeBetween(pace, 0, 50), 100);
	t.is(ownTimeBetween(pace, 50, 150), 100 + 25);
	t.is(ownTimeBetween(pace, 150, 1150), 500);
});
