import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {TypedInput} from '../../src/console/typed-input.ts';

async function* typed(...texts: readonly string[]): AsyncGenerator<Uint8Array, void, undefined> {
	for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

const ignore = (): void => undefined;

test('what one place did not take waits for the next', async t => {
	const input = new TypedInput(typed('one', 'two', 'three'));
	const taken: string[] = [];
	const refusals: unknown[] = [];
	const refusing = input.feed(
		async piece => {
			taken.push(`here ${String(piece)}`);
			if (taken.length === 2) throw new Error('gone');
			return Promise.resolve();
		},
		error => refusals.push(error),
	);
	while (refusals.length === 0) await nextTurn();
	await refusing[Symbol.asyncDispose]();
	const done = Promise.withResolvers<void>();
	await using _there = input.feed(async piece => {
		taken.push(`there ${String(piece)}`);
		if (String(piece) === 'three') done.resolve();
		return Promise.resolve();
	}, ignore);
	await done.promise;
	t.deepEqual(taken, ['here one', 'here two', 'there two', 'there three']);
	t.like(refusals, [{message: 'gone'}]);
});

test('a place that never takes a piece keeps nobody from leaving it', async t => {
	const input = new TypedInput(typed('one'));
	const asked = Promise.withResolvers<void>();
	const stuck = input.feed(async () => {
		asked.resolve();
		return new Promise<void>(ignore);
	}, ignore);
	await asked.promise;
	await stuck[Symbol.asyncDispose]();
	const piece = Promise.withResolvers<string>();
	await using _next = input.feed(async bytes => Promise.resolve(piece.resolve(String(bytes))), ignore);
	t.is(await piece.promise, 'one');
});
