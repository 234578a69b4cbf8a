import test from 'ava';
import {exponentOf} from '../../src/progress/dirty-curve.ts';
import {playForward, type PassesAhead} from '../../src/progress/passes-ahead.ts';
import {RateWindow} from '../../src/progress/rate-window.ts';

const AHEAD: PassesAhead = {
	remainingPages: 100_000,
	sinceScanMs: 0,
	iteration: 0,
	neededPages: 0,
	maxIterations: 1000,
	deadlineLeftMs: undefined,
};

/** 100 pages a millisecond out, and `ratio` of that dirtied anew. */
const geometric = (ratio: number) => ({pagesPerMs: 100, dirty: {dirtyPages: 100 * ratio, sinceMs: 1, exponent: 1}, tailMs: 0});

test('a guest that never writes a page twice is a geometric series', t => {
	// 1000 ms of full pass, and half of what is left each time: 2000 ms in the limit.
	const ending = playForward({...AHEAD, neededPages: 1}, geometric(0.5));
	t.is(ending?.by, 'needed');
	t.true(Math.abs((ending?.leftMs ?? 0) - 2000) < 0.1);
});

test('what is needed ends it sooner, and so does a limit of passes, with what is dirty then', t => {
	t.like(playForward({...AHEAD, neededPages: 25_000}, geometric(0.5)), {leftMs: 1750, by: 'needed', passes: 2, lastPages: 25_000});
	t.like(playForward({...AHEAD, maxIterations: 1}, geometric(0.5)), {leftMs: 1500, by: 'iterations', passes: 1, lastPages: 50_000});
});

test('a deadline ends it in the middle of a pass, with what is left of that and what was dirtied meanwhile', t => {
	t.like(playForward({...AHEAD, deadlineLeftMs: 500}, geometric(0.5)), {by: 'deadline', passes: 1, lastPages: 75_000, leftMs: 1250});
});

test('a guest that dirties as fast as the link takes, without a limit, has no end', t => {
	t.is(playForward({...AHEAD, maxIterations: Infinity}, geometric(1)), undefined);
});

test('the curve of dirty pages is that of the last two scans whose times differ', t => {
	// The same hundred pages in any time; ten times the pages in ten times the time.
	t.true(
		exponentOf([
			{dirtyPages: 100, sinceMs: 1000},
			{dirtyPages: 100, sinceMs: 100},
		]).expected < 0.1,
	);
	t.is(
		exponentOf([
			{dirtyPages: 1000, sinceMs: 1000},
			{dirtyPages: 100, sinceMs: 100},
		]).expected,
		1,
	);
	const {low, expected, high} = exponentOf([
		{dirtyPages: 316, sinceMs: 1000},
		{dirtyPages: 100, sinceMs: 100},
	]);
	t.true(low < expected && expected < high && Math.abs(expected - 0.5) < 0.01);
});

test('a rate is a range that holds what was seen, and narrows with time', t => {
	const window = new RateWindow();
	t.is(window.range, undefined);
	for (let atMs = 0; atMs <= 200; atMs += 10) window.sample(atMs, atMs * 3);
	const early = window.range;
	for (let atMs = 210; atMs <= 8000; atMs += 10) window.sample(atMs, atMs * 3);
	const late = window.range;
	if (early === undefined || late === undefined) return t.fail();
	for (const {low, expected, high} of [early, late]) t.true(low < 3 && Math.abs(expected - 3) < 1e-9 && high > 3);
	t.true(late.high - late.low < early.high - early.low);
	window.restart();
	t.is(window.range, undefined);
});
