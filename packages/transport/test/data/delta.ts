import {randomFillSync} from 'node:crypto';
import test from 'ava';
import {PageCodec, writeCompressedPagesHead} from '@sterna/protocol';
import {DataWorkerPool, openReceiveLink, openSendLink, type CompressionOptions, type SendLink} from '../../src/index.ts';
import {connectLinks, connectToLink} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {checkpointEnd, streamEnd, streamStart} from '../helpers/stream.ts';

const PAGE_BYTES = 4096;
const PAGES = 1024;
const HOT = 600;

const pool = new DataWorkerPool();
test.after.always(async () => pool.close());

type Both = {readonly sender: SendLink; readonly source: TestMemory; readonly target: TestMemory} & AsyncDisposable;

async function openBoth(compression: CompressionOptions, mode: 'plain' | 'checkpointed' = 'plain'): Promise<Both> {
	const [sendFd, receiveFd] = await connectLinks();
	const source = new TestMemory(PAGES);
	const target = new TestMemory(PAGES);
	source.fillRandom();
	const sender = openSendLink(pool, {
		fd: sendFd,
		kind: 'socket',
		memory: source,
		pageTypes: undefined,
		windowBytes: 8 * 1024 * 1024,
		teeFd: undefined,
		compression,
	});
	const receiver = openReceiveLink(pool, {
		fd: receiveFd,
		kind: 'socket',
		begins: 'libxl',
		mode,
		memory: target,
		pageTypes: undefined,
		populatedPagesLimit: PAGES,
		keepsHoles: true,
		backChannel: true,
		onEvent() {},
	});
	return {
		sender,
		source,
		target,
		async [Symbol.asyncDispose]() {
			await Promise.all([sender.destroy(), receiver.destroy()]);
			source[Symbol.dispose]();
			target[Symbol.dispose]();
		},
	};
}

/** Some bytes of each hot page change; now and then a page is all new, or zeros. */
function touch(memory: TestMemory, round: number): void {
	for (let pfn = 0; pfn < HOT; pfn++) {
		const page = memory.page(pfn);
		if ((pfn + round) % 50 === 0) randomFillSync(page);
		else if ((pfn + round) % 37 === 0) page.fill(0);
		else page[(pfn * 7 + round * 100) % PAGE_BYTES] = round;
	}
}

async function sendHot({sender, source}: Both, rounds: number): Promise<number> {
	await sender.writeBytes(streamStart());
	let before = await sender.writePages(Uint32Array.of(0, PAGES), {zeroPages: 'allocate'});
	for (let round = 1; round <= rounds; round++) {
		touch(source, round);
		// Every other page by itself, then the rest together.
		await sender.writePages(Uint32Array.from(Array.from({length: 100}, (_, index) => [index * 2, 1]).flat()), {zeroPages: 'record'});
		const rest = [...Array.from({length: 100}, (_, index) => [index * 2 + 1, 1]).flat(), 200, HOT - 200];
		const after = await sender.writePages(Uint32Array.from(rest), {zeroPages: 'record'});
		if (round === 2) before = after;
	}

	const end = sender.progress.writtenBytes;
	await sender.applied(await sender.writeBytes(streamEnd()));
	return (end - before) / (rounds - 2);
}

const CACHE_BYTES = 8 * 1024 * 1024;

for (const [what, compression] of [
	['alone', {mode: 'auto', codecs: []}],
	['beside zstd', {mode: 'zstd', codecs: ['zstd']}],
	['beside lz4', {mode: 'lz4', codecs: ['lz4']}],
] as const) {
	test(`hot pages go as small differences ${what}, and are right in the end`, async t => {
		await using both = await openBoth({...compression, deltaCacheBytes: CACHE_BYTES});
		const bytesARound = await sendHot(both, 12);
		t.is(Buffer.compare(both.source.bytes, both.target.bytes), 0);
		t.true(bytesARound < (HOT * PAGE_BYTES) / 8, `${bytesARound} bytes`);
	});
}

test('a cache for fewer pages than are hot gains less, and loses nothing', async t => {
	await using both = await openBoth({mode: 'auto', codecs: [], deltaCacheBytes: (HOT / 3) * PAGE_BYTES});
	await sendHot(both, 12);
	t.is(Buffer.compare(both.source.bytes, both.target.bytes), 0);
});

test('pages that are all new each time are soon sent without differences, and are right', async t => {
	await using both = await openBoth({mode: 'auto', codecs: [], deltaCacheBytes: CACHE_BYTES});
	const {sender, source, target} = both;
	await sender.writeBytes(streamStart());
	await sender.writePages(Uint32Array.of(0, PAGES), {zeroPages: 'allocate'});
	for (let round = 0; round < 12; round++) {
		source.fillRandom();
		await sender.writePages(Uint32Array.of(0, PAGES), {zeroPages: 'record'});
	}

	source.page(5)[1] = 1;
	await sender.writePages(Uint32Array.of(5, 1), {zeroPages: 'record'});
	await sender.applied(await sender.writeBytes(streamEnd()));
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
	t.true(sender.progress.savedBytes < PAGE_BYTES);
});

/** A record that claims to hold differences. */
function deltaRecord(data: Uint8Array): Buffer {
	const record = Buffer.alloc(16 + 8 + data.length + 8);
	const head = writeCompressedPagesHead(record, Uint32Array.of(1, 1), PageCodec.delta, data.length);
	record.set(data, head);
	return record.subarray(0, Math.ceil((head + data.length) / 8) * 8);
}

test('differences that are none are refused as a wrong stream', async t => {
	const {fd, peer} = await connectToLink();
	using target = new TestMemory(16);
	const log = new EventLog();
	await using _link = openReceiveLink(pool, {
		fd,
		kind: 'socket',
		begins: 'libxl',
		mode: 'any',
		memory: target,
		pageTypes: undefined,
		populatedPagesLimit: 16,
		backChannel: true,
		onEvent: log.onEvent,
	});
	peer.write(Buffer.concat([streamStart(), deltaRecord(new Uint8Array(100).fill(7))]));
	const outcome = await log.outcome();
	t.is(outcome.kind, 'failed');
	if (outcome.kind !== 'failed') return;
	t.is(outcome.error.code, 'ERR_STREAM');
	t.regex(outcome.error.message, /cannot be decompressed/);
	peer.destroy();
});

test('differences behind a checkpoint refer to what is held already, or was last whole', async t => {
	await using both = await openBoth({mode: 'zstd', codecs: ['zstd'], deltaCacheBytes: 16 * 1024 * 1024}, 'checkpointed');
	const {sender, source, target} = both;
	await sender.writeBytes(streamStart());
	await sender.writePages(Uint32Array.of(0, PAGES), {zeroPages: 'allocate'});
	for (let round = 1; round <= 8; round++) {
		touch(source, round);
		await sender.writePages(Uint32Array.of(0, HOT), {zeroPages: 'record'});
		// Some of them a second time.
		for (let pfn = 0; pfn < HOT; pfn += 5) source.page(pfn)[round] = 7;
		await sender.writePages(Uint32Array.of(100, 200), {zeroPages: 'record'});
		await sender.writePages(Uint32Array.of(0, 100, 300, HOT - 300), {zeroPages: 'record'});
		await sender.applied(await sender.writeBytes(checkpointEnd()));
		t.is(Buffer.compare(source.bytes, target.bytes), 0, `round ${round}`);
	}

	t.true(sender.progress.savedBytes > HOT * PAGE_BYTES);
});
