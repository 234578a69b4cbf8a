import test from 'ava';
import {ok} from '../../src/doctor/finding.ts';
import {examineAll, within} from '../../src/doctor/within.ts';
import {assertJudged} from '../helpers/judgements.ts';

test('a check that hangs is a finding, and is told to give up', async t => {
	let told: AbortSignal | undefined;
	const found = await within(
		{
			name: 'disk',
			async examine(signal) {
				told = signal;
				return new Promise(() => {});
			},
		},
		{timeoutMs: 20},
	);
	assertJudged(t, found, [{state: 'warning', detail: /no answer within 20 ms/}], 'hangs');
	t.true(told?.aborted);
});

test('a check that fails, at once or later, is a finding and spoils no other', async t => {
	const found = await examineAll([
		{
			name: 'disk',
			examine() {
				throw new Error('at once');
			},
		},
		{name: 'memory', examine: async () => Promise.reject(new Error('later'))},
		{name: 'cores', examine: () => [ok('cores', 'one'), ok('cores', 'two')]},
	]);
	assertJudged(
		t,
		found,
		[{state: 'warning', detail: /at once/}, {state: 'warning', detail: /later/}, {state: 'ok'}, {state: 'ok'}],
		'three checks',
	);
	t.deepEqual(
		found.map(({check}) => check),
		['disk', 'memory', 'cores', 'cores'],
	);
});
