import test from 'ava';
import type {ScenarioContext} from '../../src/scenarios/context.ts';
import {scenarios} from '../../src/scenarios/index.ts';

const context = (quick: boolean, rounds?: number): ScenarioContext => ({directory: '/nowhere', quick, rounds});

/** Ids that others read results by. */
const STABLE_IDS = [
	'bulk-plain-1',
	'bulk-plain-2',
	'bulk-plain-4',
	'cpu-plain-1',
	'idle-4g',
	'idle-4g-bytes',
	'zero-4g',
	'zero-4g-bytes',
	'hot-50',
	'hot-200',
	'hot-800',
	'slow-link-none',
	'slow-link-zstd',
	'slow-link-lz4',
	'slow-link-auto',
	'proof-bulk-wire',
	'proof-link-wire',
	'proof-downtime-wire',
	'size-1g',
	'size-8g',
	'at-once-16',
	'downtime-4g-50',
];

test('every row has an id of its own, and those that others read are there', t => {
	const ids = scenarios(context(false)).flatMap(({rows}) => rows.map(({id}) => id));
	t.is(new Set(ids).size, ids.length);
	t.deepEqual(
		STABLE_IDS.filter(id => !ids.includes(id)),
		[],
	);
});

test('a quick run has every scenario, with no more rounds and no more rows', t => {
	const [quick, full] = [scenarios(context(true)), scenarios(context(false))];
	t.deepEqual(
		quick.map(({id}) => id),
		full.map(({id}) => id),
	);
	for (const [index, scenario] of quick.entries()) {
		t.true(scenario.rounds <= (full[index]?.rounds ?? 0), scenario.id);
		t.true(scenario.rows.length <= (full[index]?.rows.length ?? 0), scenario.id);
	}
});

test('the rounds that are asked for are those of every scenario', t => {
	t.deepEqual([...new Set(scenarios(context(true, 2)).map(({rounds}) => rounds))], [2]);
});

test('a title says how large the guest is in this run', t => {
	const titleOf = (quick: boolean): string | undefined => scenarios(context(quick)).find(({id}) => id === 'bulk')?.title;
	t.regex(titleOf(false) ?? '', /2 GiB/);
	t.regex(titleOf(true) ?? '', /1 GiB/);
});
