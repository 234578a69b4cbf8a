import test from 'ava';
import {runScenario, type Scenario} from '../src/scenario.ts';
import {spreadOf} from '../src/statistics.ts';

test('a spread is the median, the smallest and the largest', t => {
	t.deepEqual(spreadOf([5, 1, 9]), {median: 5, min: 1, max: 9});
	t.deepEqual(spreadOf([4, 1, 2, 8]), {median: 3, min: 1, max: 8});
	t.throws(() => spreadOf([]), {instanceOf: TypeError});
});

test('contenders take turns, and a row holds ours over theirs by medians', async t => {
	const order: string[] = [];
	let isOpen = false;
	const contender = (name: string, figures: readonly number[]): {name: string; measure: () => Promise<Record<string, number>>} => {
		let next = 0;
		return {
			name,
			async measure() {
				order.push(name);
				return {speed: figures[next++] ?? Number.NaN};
			},
		};
	};
	const scenario: Scenario = {
		id: 'bulk',
		title: 'bulk',
		rows: [{id: 'speed', title: 'speed', unit: 'GB/s', better: 'more'}],
		async open() {
			isOpen = true;
			return {
				contenders: [contender('sterna', [2, 4, 3]), contender('pump', [6, 6, 5])],
				async [Symbol.asyncDispose]() {
					isOpen = false;
				},
			};
		},
	};
	const rows = await runScenario(scenario, {rounds: 3, onSample: () => {}});
	t.deepEqual(order, ['sterna', 'pump', 'pump', 'sterna', 'sterna', 'pump']);
	t.like(rows[0], {id: 'speed', median: 3, min: 2, max: 4, vs: {pump: 0.5}, peers: {pump: {median: 6, min: 5, max: 6}}});
	t.false(isOpen);
});
