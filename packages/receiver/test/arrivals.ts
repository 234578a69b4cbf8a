import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {Arrivals, type Arrival} from '../src/arrivals.ts';

const STATUS = {id: 'm1', domain: 'dom1', phase: 'completed', digest: '0123456789abcdef'} as ReturnType<Arrival['status']>;

function arrival(): Arrival {
	return {
		id: 'm1',
		domain: 'dom1',
		peer: 'host-a',
		incarnation: 3,
		state: 'running',
		link: 2,
		firstStepNs: 7n,
		resumeMs: 2,
		go: async () => 'running',
		decline: async () => 'running',
		giveUp: async () => 'running',
		stop: async () => undefined,
		status: () => STATUS,
	};
}

test('an arrival that is over gives the same answers, and is no longer held', async t => {
	const arrivals = new Arrivals();
	const before = arrival();
	const over = Promise.withResolvers<'running'>();
	arrivals.add(before, over.promise);
	t.is(arrivals.get('m1'), before);
	over.resolve('running');
	await nextTurn();
	const after = arrivals.get('m1');
	t.not(after, before);
	t.like(after, {
		id: 'm1',
		domain: 'dom1',
		peer: 'host-a',
		incarnation: 3,
		state: 'running',
		link: undefined,
		firstStepNs: 7n,
		resumeMs: 2,
	});
	t.is(await after?.go(), 'running');
	t.is(arrivals.find('dom1'), after);
	t.is(arrivals.underWay('dom1'), undefined);
	t.deepEqual(arrivals.statuses(), [STATUS]);
});

test('an arrival whose end was not journaled is kept as it is', async t => {
	const arrivals = new Arrivals();
	const kept = arrival();
	arrivals.add(kept, Promise.reject(new Error('no room')));
	await nextTurn();
	t.is(arrivals.get('m1'), kept);
});

test('an arrival whose place another one has taken ends without it', async t => {
	const arrivals = new Arrivals();
	const [earlier, later] = [arrival(), arrival()];
	arrivals.add(earlier, Promise.resolve('running'));
	arrivals.add(later);
	await nextTurn();
	t.is(arrivals.get('m1'), later);
});
