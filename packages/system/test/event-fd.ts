import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import test from 'ava';
import {closeDescriptor, createEventFd, drainEventFd, PollEvent, PollSet, signalEventFd} from '../src/index.ts';

test('a signal is seen once, however often it was given', t => {
	const fd = createEventFd();
	t.false(drainEventFd(fd));
	signalEventFd(fd);
	signalEventFd(fd);
	t.true(drainEventFd(fd));
	t.false(drainEventFd(fd));
	closeDescriptor(fd);
});

test('a thread that blocks in poll is woken by another', async t => {
	const fd = createEventFd();
	const worker = new Worker(new URL('helpers/event-fd-worker.ts', import.meta.url), {workerData: {fd}});
	const exited = once(worker, 'exit');
	signalEventFd(fd);
	t.deepEqual(await exited, [0]);
	const set = new PollSet(1);
	set.set(0, fd, PollEvent.readable);
	t.is(set.wait(1, 0), 0);
	closeDescriptor(fd);
});
