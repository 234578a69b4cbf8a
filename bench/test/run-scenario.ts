import test from 'ava';
import {type Failure, runScenario} from '../src/run-scenario.ts';
import {type Contender, figures, OURS, type Scenario} from '../src/scenario.ts';

const NOBODY = {onFigures: () => undefined, onFailure: () => undefined};

/** Yields one value after another for row `speed`; a value that is not there is a failure. */
function contender(name: string, values: readonly number[], order: string[]): Contender {
	let next = 0;
	return {
		name,
		async measure() {
			order.push(name);
			const value = values[next++];
			if (value === undefined) throw new Error(`${name} broke`);
			return figures(name, {speed: value});
		},
	};
}

function scenarioOf(
	contenders: readonly Contender[],
	{rounds, onDispose = () => undefined}: {rounds: number; onDispose?: () => void},
): Scenario {
	return {
		id: 'bulk',
		title: 'bulk',
		rows: [{id: 'speed', title: 'speed', unit: 'GB/s', better: 'more'}],
		rounds,
		open: async () => ({contenders, [Symbol.asyncDispose]: async () => onDispose()}),
	};
}

test('contenders take turns, and each round begins with the next one', async t => {
	const order: string[] = [];
	let isDisposed = false;
	const contenders = [contender(OURS, [2, 4, 3], order), contender('pump', [6, 6, 5], order)];
	const onDispose = (): void => {
		isDisposed = true;
	};
	const {rows, failures} = await runScenario(scenarioOf(contenders, {rounds: 3, onDispose}), NOBODY);
	t.deepEqual(order, ['sterna', 'pump', 'pump', 'sterna', 'sterna', 'pump']);
	t.like(rows[0], {id: 'speed', median: 3, min: 2, max: 4});
	t.deepEqual(failures, []);
	t.true(isDisposed);
});

test('a contender that fails is left out from then on, is told of, and costs the others nothing', async t => {
	const order: string[] = [];
	const heard: Failure[] = [];
	const contenders = [contender(OURS, [2, 4, 3], order), contender('pump', [6], order)];
	const observer = {...NOBODY, onFailure: (failure: Failure) => heard.push(failure)};
	const {rows, failures} = await runScenario(scenarioOf(contenders, {rounds: 3}), observer);
	t.deepEqual(order, ['sterna', 'pump', 'pump', 'sterna', 'sterna']);
	t.like(rows[0], {median: 3, peers: {pump: {median: 6}}});
	t.deepEqual(failures, [{scenario: 'bulk', contender: 'pump', reason: 'pump broke'}]);
	t.deepEqual(heard, failures);
});

test('a scenario that cannot be set up is a failure without rows', async t => {
	const open = async (): Promise<never> => {
		throw new Error('no memory');
	};
	const {rows, failures} = await runScenario({...scenarioOf([], {rounds: 1}), open}, NOBODY);
	t.deepEqual(rows, []);
	t.deepEqual(failures, [{scenario: 'bulk', reason: 'no memory'}]);
});

test('what fails when a scenario is cleared away is told of, and its rows are kept', async t => {
	const onDispose = (): never => {
		throw new Error('a page is wrong');
	};
	const {rows, failures} = await runScenario(scenarioOf([contender(OURS, [2], [])], {rounds: 1, onDispose}), NOBODY);
	t.like(rows[0], {median: 2});
	t.deepEqual(failures, [{scenario: 'bulk', reason: 'a page is wrong'}]);
});
