import test from 'ava';
import {rowOf} from '../src/row.ts';
import {figures, OURS, type RowDefinition} from '../src/scenario.ts';
import {spreadOf} from '../src/statistics.ts';

const SPEED: RowDefinition = {id: 'speed', title: 'speed', unit: 'GB/s', better: 'more'};

const round = (ours: number, pump: number): ReturnType<typeof figures> => [
	...figures(OURS, {speed: ours}),
	...figures('pump', {speed: pump}),
];

test('a spread is the median, the smallest and the largest', t => {
	t.deepEqual(spreadOf([5, 1, 9]), {median: 5, min: 1, max: 9});
	t.deepEqual(spreadOf([4, 1, 2, 8]), {median: 3, min: 1, max: 8});
	t.throws(() => spreadOf([]), {instanceOf: TypeError});
});

test('a ratio is formed in each round, and the median taken of the ratios', t => {
	// A machine that is ten times as slow in the second round: the ratio of the medians would be 1 / 2.
	const row = rowOf(SPEED, [round(9, 10), round(0.8, 1), round(1, 2)]);
	t.deepEqual(row?.ratios, {pump: {median: 0.8, min: 0.5, max: 0.9}});
	t.deepEqual(row?.vs, {pump: 0.8});
	t.like(row, {median: 1, min: 0.8, max: 9, samples: [9, 0.8, 1], peers: {pump: {median: 2, min: 1, max: 10}}});
});

test('a round in which only one of the two was measured gives no ratio', t => {
	const row = rowOf(SPEED, [round(4, 2), figures(OURS, {speed: 8}), figures('pump', {speed: 1})]);
	t.deepEqual(row?.ratios, {pump: {median: 2, min: 2, max: 2}});
});

test('figures of other rows are not taken for this one, and a row that was never measured is none', t => {
	t.is(rowOf(SPEED, [figures(OURS, {other: 1}), figures('pump', {speed: 1})]), undefined);
	t.like(rowOf(SPEED, [figures(OURS, {other: 1, speed: 2})]), {samples: [2], vs: {}});
});

test('several figures of one round count one by one, and as their median in the ratio', t => {
	const row = rowOf(SPEED, [
		[...figures(OURS, {speed: 1}), ...figures(OURS, {speed: 3}), ...figures(OURS, {speed: 2}), ...figures('pump', {speed: 4})],
	]);
	t.like(row, {samples: [1, 3, 2], vs: {pump: 0.5}});
});

test('targets are held against ratios and against our own figures', t => {
	const targets = [
		{vs: 'pump', atLeast: 0.5},
		{vs: 'pump', atLeast: 0.9, atMost: 1.1},
		{vs: 'qemu', atLeast: 1},
		{figure: 'max', atMost: 5},
		{figure: 'median', atMost: 5},
	] as const;
	const row = rowOf({...SPEED, targets}, [round(4, 8), round(5, 10), round(6, 12)]);
	t.deepEqual(row?.targets, [
		{vs: 'pump', atLeast: 0.5, value: 0.5, met: true},
		{vs: 'pump', atLeast: 0.9, atMost: 1.1, value: 0.5, met: false},
		{vs: 'qemu', atLeast: 1, value: null, met: null},
		{figure: 'max', atMost: 5, value: 6, met: false},
		{figure: 'median', atMost: 5, value: 5, met: true},
	]);
});
