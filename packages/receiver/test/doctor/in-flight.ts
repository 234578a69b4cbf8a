import test from 'ava';
import {InFlight} from '../../src/doctor/in-flight.ts';

test('what many ask for at a time is done once, by key, and anew when it is over', async t => {
	const inFlight = new InFlight<number>();
	const begun: string[] = [];
	const {promise, resolve} = Promise.withResolvers<number>();
	const begin = (key: string) => async (): Promise<number> => {
		begun.push(key);
		return promise;
	};
	const asked = [inFlight.join('a', begin('a')), inFlight.join('a', begin('a')), inFlight.join('b', begin('b'))];
	resolve(7);
	t.deepEqual(await Promise.all(asked), [7, 7, 7]);
	t.deepEqual(begun, ['a', 'b']);
	t.is(await inFlight.join('a', async () => 8), 8);
});

test('work that fails, fails for all who wait for it, and may be tried again', async t => {
	const inFlight = new InFlight<number>();
	const fail = async (): Promise<number> => Promise.reject(new Error('no'));
	const asked = await Promise.allSettled([inFlight.join('a', fail), inFlight.join('a', fail)]);
	t.deepEqual(
		asked.map(({status}) => status),
		['rejected', 'rejected'],
	);
	t.is(await inFlight.join('a', async () => 1), 1);
});
