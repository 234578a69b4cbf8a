import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {orAborted, TaskGroup} from '../src/task-group.ts';

const untilAborted = async (signal: AbortSignal): Promise<void> => {
	await sleep(60_000, undefined, {signal});
};

test('join resolves when every task has resolved', async t => {
	const group = new TaskGroup();
	let ended = 0;
	for (const ms of [1, 5, 10]) {
		group.run(`task ${ms}`, async () => {
			await sleep(ms);
			ended += 1;
		});
	}

	await group.join();
	t.is(ended, 3);
	t.false(group.signal.aborted);
});

test('the first failure wins, stops the others, and is told only when all have stopped', async t => {
	const group = new TaskGroup();
	let stopped = false;
	group.run('slow to stop', async signal => {
		await untilAborted(signal).catch(() => undefined);
		await sleep(20);
		stopped = true;
		throw new Error('second');
	});
	group.run('fails', async () => {
		throw new Error('first');
	});
	await t.throwsAsync(group.join(), {message: 'first'});
	t.true(stopped);
});

test('abort is idempotent, and harmless after a failure and after the end', async t => {
	const group = new TaskGroup();
	group.run('waits', untilAborted);
	group.abort(new Error('operator'));
	group.abort(new Error('again'));
	await t.throwsAsync(group.join(), {message: 'operator'});
	group.abort(new Error('late'));
	t.is((group.failure as Error).message, 'operator');
});

test('a task started by a task is joined too', async t => {
	const group = new TaskGroup();
	let inner = false;
	group.run('outer', async () => {
		group.run('inner', async () => {
			await sleep(10);
			inner = true;
		});
	});
	await group.join();
	t.true(inner);
});

test('orAborted rejects with the reason of its signal, before and during the wait', async t => {
	const controller = new AbortController();
	const waiting = orAborted(new Promise(() => undefined), controller.signal);
	controller.abort(new Error('enough'));
	await t.throwsAsync(waiting, {message: 'enough'});
	await t.throwsAsync(orAborted(Promise.resolve(1), controller.signal), {message: 'enough'});
	t.is(await orAborted(Promise.resolve(1), new AbortController().signal), 1);
});
