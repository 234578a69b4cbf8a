import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {encodeBarrier, isOfChannel} from '@sterna/protocol';
import {
	BandwidthLimit,
	DataWorkerPool,
	openReceiveChannels,
	openSendChannels,
	openSendLink,
	type ReceiveLink,
	type SendChannels,
} from '../../src/index.ts';
import {connectLinks, whatIs} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {streamEnd, streamStart} from '../helpers/stream.ts';

const BLOCK_PAGES = 1024;
const WINDOW_BYTES = 32 * 1024 * 1024;

const pool = new DataWorkerPool({maxWorkers: 2});
test.after.always(async () => pool.close());

type Both = {
	readonly sender: SendChannels;
	readonly receiver: ReceiveLink;
	readonly log: EventLog;
	readonly source: TestMemory;
	readonly target: TestMemory;
	readonly receiveFds: readonly number[];
} & AsyncDisposable;

type Pair = readonly [sendFd: number, receiveFd: number];

async function connectPairs(count: number): Promise<[Pair, ...Pair[]]> {
	return [await connectLinks(), ...(await Promise.all(Array.from({length: count - 1}, connectLinks)))];
}

function receiveOver(fds: readonly number[], target: TestMemory, log: EventLog, populatedPagesLimit = target.pageLimit): ReceiveLink {
	const [first = -1, ...further] = fds;
	const connection = (fd: number) => ({fd, initialBytes: new Uint8Array(0)});
	return openReceiveChannels(pool, {
		connections: [connection(first), ...further.map(connection)],
		kind: 'socket',
		begins: 'libxl',
		mode: 'plain',
		memory: target,
		pageTypes: undefined,
		populatedPagesLimit,
		backChannel: true,
		onEvent: log.onEvent,
	});
}

/** Both ends of `count` connections, with memory of their own. */
async function openBoth(count: number, pages: number, limits: readonly BandwidthLimit[] = []): Promise<Both> {
	const pairs = await connectPairs(count);
	const source = new TestMemory(pages);
	const target = new TestMemory(pages);
	source.fillRandom();
	const log = new EventLog();
	const [[first], ...further] = pairs;
	const sender = openSendChannels(pool, {
		connections: [{fd: first}, ...further.map(([fd]) => ({fd}))],
		kind: 'socket',
		memory: source,
		pageTypes: undefined,
		windowBytes: WINDOW_BYTES,
		teeFd: undefined,
		limits,
	});
	const receiveFds = pairs.map(([, fd]) => fd);
	const receiver = receiveOver(receiveFds, target, log);
	return {
		sender,
		receiver,
		log,
		source,
		target,
		receiveFds,
		async [Symbol.asyncDispose]() {
			await Promise.all([sender.destroy(), receiver.destroy()]);
			source[Symbol.dispose]();
			target[Symbol.dispose]();
		},
	};
}

/** One pass over all pages, block by block. */
async function sendPass({sender, source}: Both): Promise<void> {
	const written: Array<Promise<number>> = [];
	for (let pfn = 0; pfn < source.pageLimit; pfn += BLOCK_PAGES) {
		const run = Uint32Array.of(pfn, Math.min(BLOCK_PAGES, source.pageLimit - pfn));
		written.push(sender.writePages((pfn / BLOCK_PAGES) % sender.count, run));
	}

	await Promise.all(written);
}

for (const count of [1, 2, 3, 8]) {
	test(`memory arrives whole over ${count} connections, in the state of the last pass`, async t => {
		await using both = await openBoth(count, 20 * BLOCK_PAGES + 7);
		const {sender, receiver, source, target, log} = both;
		await sender.primary.writeBytes(streamStart());
		for (let pass = 0; pass < 4; pass++) {
			source.bytes.fill(pass, 0, 4 * BLOCK_PAGES * 4096);
			await sendPass(both);
			sender.barrier();
		}

		sender.endPages();
		await sender.primary.writeBytes(streamEnd());
		const end = await log.outcome();
		t.is(end.kind, 'end');
		t.is(Buffer.compare(source.bytes, target.bytes), 0);
		const {pagesReceived, bytesReceived} = log.events.findLast(event => event.kind === 'progress') ?? {pagesReceived: 0, bytesReceived: 0};
		t.is(pagesReceived, 4 * source.pageLimit);
		t.is(bytesReceived, sender.progress.writtenBytes);
		await receiver.destroy();
		t.is(receiver.appliedBytes.length, count);
		t.is(
			receiver.appliedBytes.reduce((sum, offset) => sum + offset),
			bytesReceived,
		);
	});
}

test('everything that was written counts as applied once it is, on all connections', async t => {
	await using both = await openBoth(3, 12 * BLOCK_PAGES);
	await both.sender.primary.writeBytes(streamStart());
	await sendPass(both);
	await both.sender.applied();
	t.is(Buffer.compare(both.source.bytes, both.target.bytes), 0);
});

test('no connection is read beyond a barrier before the others have come to it', async t => {
	const [[first, firstEnd], [second, secondEnd]] = (await connectPairs(2)) as [Pair, Pair];
	using source = new TestMemory(2 * BLOCK_PAGES);
	using target = new TestMemory(2 * BLOCK_PAGES);
	source.fillRandom();
	const log = new EventLog();
	const open = (fd: number) =>
		openSendLink(pool, {fd, kind: 'socket', memory: source, pageTypes: undefined, windowBytes: WINDOW_BYTES, teeFd: undefined});
	await using primary = open(first);
	await using further = open(second);
	await using receiver = receiveOver([firstEnd, secondEnd], target, log);
	await primary.writeBytes(streamStart());
	const atBarrier = await primary.writeBytes(encodeBarrier(1));
	await primary.writePages(Uint32Array.of(0, 1));
	await primary.applied(atBarrier);
	await sleep(50); // Time for a receiver that would be wrong.
	t.is(primary.progress.appliedBytes, atBarrier);
	t.true(target.page(0).every(byte => byte === 0));

	await further.writePages(Uint32Array.of(BLOCK_PAGES, 1));
	await further.writeBytes(encodeBarrier(1));
	await primary.applied(await primary.writePages(Uint32Array.of(1, 1)));
	t.is(Buffer.compare(source.page(0), target.page(0)), 0);
	t.is(Buffer.compare(source.page(BLOCK_PAGES), target.page(BLOCK_PAGES)), 0);
	await receiver.destroy();
});

test('a barrier that is not the next one ends the migration', async t => {
	await using both = await openBoth(2, 2 * BLOCK_PAGES);
	await both.sender.primary.writeBytes(streamStart());
	await both.sender.primary.writeBytes(encodeBarrier(2));
	const outcome = await both.log.outcome();
	t.like(outcome, {kind: 'failed', error: {code: 'ERR_STREAM'}});
});

test('a page that comes over the wrong connection is refused', async t => {
	await using both = await openBoth(2, 4 * BLOCK_PAGES);
	t.false(isOfChannel(0, {index: 1, count: 2}));
	await both.sender.primary.writeBytes(streamStart());
	await both.sender.writePages(1, Uint32Array.of(0, 1));
	const outcome = await both.log.outcome();
	t.like(outcome, {kind: 'failed', error: {code: 'ERR_STREAM'}});
	t.regex(outcome.kind === 'failed' ? outcome.error.message : '', /another data connection/);
});

test('the limit of populated pages holds over all connections together', async t => {
	const pairs = await connectPairs(2);
	using source = new TestMemory(4 * BLOCK_PAGES);
	using target = new TestMemory(4 * BLOCK_PAGES);
	const log = new EventLog();
	const [[first], ...further] = pairs;
	await using sender = openSendChannels(pool, {
		connections: [{fd: first}, ...further.map(([fd]) => ({fd}))],
		kind: 'socket',
		memory: source,
		pageTypes: undefined,
		windowBytes: WINDOW_BYTES,
		teeFd: undefined,
	});
	await using receiver = receiveOver(
		pairs.map(([, fd]) => fd),
		target,
		log,
		3,
	);
	await sender.primary.writeBytes(streamStart());
	await sender.writePages(0, Uint32Array.of(0, 2));
	await sender.writePages(1, Uint32Array.of(BLOCK_PAGES, 2));
	t.like(await log.outcome(), {kind: 'failed', error: {code: 'ERR_STREAM'}});
	await receiver.destroy();
});

test('one connection that is lost ends all of them, with its error', async t => {
	await using both = await openBoth(3, 3 * BLOCK_PAGES);
	const [, cut = -1] = both.receiveFds;
	t.truthy(whatIs(cut));
	await both.receiver.destroy();
	const error = await both.sender.closed;
	t.like(error, {name: 'LinkError', code: 'ERR_CONNECTION_LOST'});
	await t.throwsAsync(both.sender.writePages(0, Uint32Array.of(0, 1)), {code: 'ERR_CONNECTION_LOST'});
});

test('the receiver says on every connection why it gave up', async t => {
	await using both = await openBoth(2, 2 * BLOCK_PAGES);
	await both.sender.primary.writeBytes(streamStart());
	await both.receiver.fail(new Error('no more'));
	t.regex((await both.sender.closed)?.message ?? '', /no more/);
});

test('descriptors are closed where a group of connections cannot be opened', async t => {
	const closed = new DataWorkerPool({maxWorkers: 1});
	await closed.close();
	const pairs = await connectPairs(2);
	using source = new TestMemory(1);
	const [[first], [second]] = pairs as [Pair, Pair];
	t.throws(
		() =>
			openSendChannels(closed, {
				connections: [{fd: first}, {fd: second}],
				kind: 'socket',
				memory: source,
				pageTypes: undefined,
				windowBytes: WINDOW_BYTES,
				teeFd: undefined,
			}),
		{instanceOf: TypeError},
	);
	t.is(whatIs(first), undefined);
	t.is(whatIs(second), undefined);
	using target = new TestMemory(1);
	await receiveOver(
		pairs.map(([, fd]) => fd),
		target,
		new EventLog(),
	).destroy();
});

test('the lowest of the limits that hold now is told, and none while they are ignored', async t => {
	const [daemons, own] = [new BandwidthLimit(50e6), new BandwidthLimit()];
	await using both = await openBoth(2, 1, [daemons, own]);
	t.is(both.sender.limitBytesPerSecond, 50e6);
	own.set(10e6);
	t.is(both.sender.limitBytesPerSecond, 10e6);
	daemons.set(undefined);
	t.is(both.sender.limitBytesPerSecond, 10e6);
	both.sender.ignoreLimitsFor(0);
	t.is(both.sender.limitBytesPerSecond, 10e6);
	both.sender.ignoreLimitsFor(600_000);
	t.is(both.sender.limitBytesPerSecond, undefined);
});
