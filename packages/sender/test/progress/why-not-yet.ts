import test from 'ava';
import type {IterationSummary} from '../../src/engine/iteration-log.ts';
import {dirtyTrend, whyNotYet} from '../../src/progress/why-not-yet.ts';

const PAGES_IN_MIB = 256;

/** Passes that began with so many MiB; the first is the full one. */
const passes = (...mebibytes: number[]): IterationSummary[] =>
	mebibytes.map((size, index) => ({
		iteration: index + 1,
		dirtyPages: size * PAGES_IN_MIB,
		writtenPages: size * PAGES_IN_MIB,
		durationMs: 100,
		bandwidthBytesPerSecond: undefined,
		dirtyBytesPerSecond: undefined,
	}));

test('what is needed at which bandwidth, what is dirty, and which way it goes', t => {
	const iterations = passes(4096, 532, 472);
	const requires = {waitsFor: 'downtime', neededPages: 180 * PAGES_IN_MIB, dirtyPages: 412 * PAGES_IN_MIB} as const;
	t.is(
		whyNotYet(requires, {iteration: 3, iterations, bandwidthBytesPerSecond: 725_000_000}),
		'needs ≤ 180 MiB dirty at 725 MB/s, now 412 MiB, falling 60 MiB an iteration',
	);
});

test('a dirty set that grows, or stays, is told of as such', t => {
	const requires = {waitsFor: 'threshold', neededPages: 50, dirtyPages: 100 * PAGES_IN_MIB} as const;
	const said = (...sizes: number[]): string =>
		whyNotYet(requires, {iteration: sizes.length, iterations: passes(...sizes), bandwidthBytesPerSecond: undefined});
	t.is(said(4096, 80), 'needs < 200 KiB dirty, now 100 MiB, rising 20 MiB an iteration');
	t.is(said(4096, 100), 'needs < 200 KiB dirty, now 100 MiB, steady');
	t.is(said(4096), 'needs < 200 KiB dirty, now 100 MiB');
});

test('during the full pass nothing that is dirty can be told: its end is waited for', t => {
	const requires = {waitsFor: 'threshold', neededPages: 50, dirtyPages: 1_000_000} as const;
	t.is(
		whyNotYet(requires, {iteration: 0, iterations: [], bandwidthBytesPerSecond: undefined}),
		'waits for the end of the first pass, then needs < 200 KiB dirty',
	);
});

test('the trend is the mean of the last three passes', t => {
	t.is(dirtyTrend(passes(4096, 900, 400, 300, 200), 100 * PAGES_IN_MIB), -100 * PAGES_IN_MIB);
	t.is(dirtyTrend(passes(4096), 5), undefined);
});
