import test from 'ava';
import type {ForecastReply} from '@sterna/protocol/control';
import {isDowntimeInside, isTargetMet, isTotalInside, type Scored, summarize, verdictOf, widthOf} from '../../src/forecast/score.ts';

const FORECAST = {
	convergence: 'converges',
	likelihood: 0.95,
	totalLowMs: 900,
	totalHighMs: 1100,
	downtimeLowMs: 10,
	downtimeHighMs: 20,
} as ForecastReply;

const scored = (forecast: Partial<ForecastReply>, real: Partial<Scored['real']>): Scored => ({
	name: 'one',
	forecast: {...FORECAST, ...forecast},
	real: {totalMs: 1000, downtimeMs: 15, because: '3 dirty pages, fewer than 50', ...real},
});

test('a verdict is held against why the precopy ended', t => {
	t.true(isTargetMet('3 dirty pages, fewer than 50'));
	t.true(isTargetMet('expected downtime 12.0 ms is within 50 ms'));
	t.false(isTargetMet('5 iterations, the limit'));
	t.is(verdictOf(scored({}, {})), 'right');
	t.is(verdictOf(scored({}, {because: '5 iterations, the limit'})), 'wrong');
	t.is(verdictOf(scored({convergence: 'will-not-converge'}, {because: '5 iterations, the limit'})), 'right');
	t.is(verdictOf(scored({convergence: 'may-converge'}, {})), 'open');
});

test('figures at the ends of a range are inside, and beyond them not', t => {
	t.true(isTotalInside(scored({}, {totalMs: 900})) && isTotalInside(scored({}, {totalMs: 1100})));
	t.false(isTotalInside(scored({}, {totalMs: 1101})));
	t.true(isDowntimeInside(scored({}, {downtimeMs: 20})));
	t.false(isDowntimeInside(scored({}, {downtimeMs: 9})));
	t.is(widthOf(FORECAST), 0.1);
});

test('the summary counts both figures of each case', t => {
	const [totals, downtimes, both] = summarize([scored({}, {}), scored({}, {totalMs: 5000})]);
	t.regex(totals ?? '', /1 of 2 \(50 %\)/);
	t.regex(downtimes ?? '', /2 of 2 \(100 %\)/);
	t.regex(both ?? '', /3 of 4 \(75 %\), target 90 %/);
});
