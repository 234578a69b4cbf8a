import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {CHANNEL_BLOCK_PAGES, pageDataHeadBytes} from '@sterna/protocol';
import {DataWorkerPool, openReceiveLink, openSendLink, TargetPages} from '../../src/index.ts';
import {connectLinks, connectToLink} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {openProven, ProvenPair} from '../helpers/proven.ts';
import {LAST_END, streamEnd, streamStart} from '../helpers/stream.ts';

const PAGE_BYTES = 4096;

const pool = new DataWorkerPool({maxWorkers: 2});
test.after.always(async () => pool.close());

test('a proof holds over the links of a migration, however many connections each has', async t => {
	using pair = new ProvenPair(6 * CHANNEL_BLOCK_PAGES);
	pair.source.fillRandom();
	const block = (index: number): Uint32Array => Uint32Array.of(index * CHANNEL_BLOCK_PAGES, CHANNEL_BLOCK_PAGES);
	{
		await using link = await openProven(pool, pair, {count: 3});
		await link.sender.primary.writeBytes(streamStart());
		for (const index of [0, 1, 2, 3]) await link.sender.writePages(index % 3, block(index));
		await link.sender.applied();
		// Hashed when it was written, and lost on the way.
		await link.sender.writePages(1, block(4));
	}

	pair.source.page(7).fill(0);
	await using link = await openProven(pool, pair, {count: 2});
	await link.sender.primary.writeBytes(streamStart());
	for (const index of [4, 5]) await link.sender.writePages(index % 2, block(index));
	await link.sender.writePages(0, Uint32Array.of(0, 10), {zeroPages: 'record'});
	link.sender.endPages();
	await link.sender.primary.writeBytes(streamEnd().subarray(0, -LAST_END.length));
	await link.sender.primary.writeDigest();
	await link.sender.primary.writeBytes(LAST_END);
	t.is((await link.log.outcome()).kind, 'end');
	t.true(pair.isEqual);
	t.is(pair.received.digest, pair.sent.digest);
});

test('pages that came over one link are not counted again on the next, and the limit is that of all links', async t => {
	const targetPages = new TargetPages(100);
	using target = new TestMemory(100);
	const open = async () => {
		const [sendFd, receiveFd] = await connectLinks();
		const log = new EventLog();
		const memory = new TestMemory(100);
		memory.fillRandom();
		const sender = openSendLink(pool, {
			fd: sendFd,
			kind: 'socket',
			memory,
			pageTypes: undefined,
			windowBytes: 8 * 1024 * 1024,
			teeFd: undefined,
		});
		const receiver = openReceiveLink(pool, {
			fd: receiveFd,
			kind: 'socket',
			begins: 'libxl',
			mode: 'plain',
			memory: target,
			pageTypes: undefined,
			populatedPagesLimit: 50,
			targetPages,
			backChannel: true,
			onEvent: log.onEvent,
		});
		await sender.writeBytes(streamStart());
		return {
			sender,
			log,
			async [Symbol.asyncDispose]() {
				await Promise.all([sender.destroy(), receiver.destroy()]);
				memory[Symbol.dispose]();
			},
		};
	};
	targetPages.adopt(90, 5);
	targetPages.adopt(92, 5);
	t.is(targetPages.populatedCount, 7);
	{
		await using first = await open();
		await first.sender.applied(await first.sender.writePages(Uint32Array.of(0, 40)));
		t.is(targetPages.populatedCount, 47);
	}

	{
		await using second = await open();
		await second.sender.applied(await second.sender.writePages(Uint32Array.of(0, 43, 90, 7)));
		t.is(targetPages.populatedCount, 50);
	}

	for (let round = 0; round < 2; round++) {
		await using later = await open();
		await later.sender.writePages(Uint32Array.of(60, 1));
		t.like(await later.log.outcome(), {kind: 'failed', error: {code: 'ERR_STREAM'}});
		t.is(targetPages.populatedCount, 50);
	}
});

test('what was applied when a connection was lost is known to the byte, and a batch that came in part is not', async t => {
	using pair = new ProvenPair(64);
	const {fd, peer} = await connectToLink();
	const log = new EventLog();
	const receiver = openReceiveLink(pool, {...pair.receiving, fd, onEvent: log.onEvent});
	t.deepEqual(receiver.appliedBytes, [0]);
	const batch = Buffer.alloc(pageDataHeadBytes(4) + 4 * PAGE_BYTES, 5);
	batch.writeUInt32LE(1, 0);
	batch.writeUInt32LE(batch.length - 8, 4);
	batch.writeBigUInt64LE(4n, 8);
	for (let pfn = 0; pfn < 4; pfn++) batch.writeBigUInt64LE(BigInt(pfn), 16 + 8 * pfn);
	const whole = streamStart().length + batch.length;
	peer.write(Buffer.concat([streamStart(), batch, batch.subarray(0, -1)]));
	while (
		!pair.target
			.page(3)
			.subarray(0, 100)
			.every(byte => byte === 5)
	)
		await sleep(1);
	peer.end();
	t.like(await log.outcome(), {kind: 'failed', error: {code: 'ERR_CONNECTION_LOST'}});
	t.deepEqual(receiver.appliedBytes, [whole]);
	await receiver.destroy();
	t.deepEqual(receiver.appliedBytes, [whole]);
	peer.destroy();
});

test('each connection of a link says what was applied of it', async t => {
	using pair = new ProvenPair(4 * CHANNEL_BLOCK_PAGES);
	pair.source.fillRandom();
	const link = await openProven(pool, pair, {count: 3});
	const ends = [await link.sender.primary.writeBytes(streamStart()), 0, 0];
	for (const index of [0, 1, 3]) {
		ends[index % 3] = (ends[index % 3] ?? 0) + pageDataHeadBytes(100) + 100 * PAGE_BYTES;
		await link.sender.writePages(index % 3, Uint32Array.of(index * CHANNEL_BLOCK_PAGES, 100));
	}

	await link.sender.applied();
	await link[Symbol.asyncDispose]();
	t.deepEqual(link.receiver.appliedBytes, ends);
});
