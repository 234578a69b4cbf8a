import fs from 'node:fs';
import {randomFillSync} from 'node:crypto';
import {zstdCompressSync} from 'node:zlib';
import test from 'ava';
import {PageCodec, writeCompressedPagesHead} from '@sterna/protocol';
import {DataWorkerPool, openReceiveLink, openSendLink, type CompressionMode, type SendLink, type SendLinkOptions} from '../../src/index.ts';
import {connectLinks, connectToLink} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {checkpointEnd, streamEnd, streamStart} from '../helpers/stream.ts';
import {TemporaryDirectory} from '../helpers/temporary-directory.ts';

const PAGE_BYTES = 4096;
const PAGES = 3000;
const TEXT = Buffer.from('the arctic tern sees two summers a year, and more of the sun than any other animal. '.repeat(60)).subarray(
	0,
	PAGE_BYTES,
);

const pool = new DataWorkerPool();
test.after.always(async () => pool.close());

/** Text, random bytes, zeros and text with a number, in runs of some pages each. */
function fillMixed(memory: TestMemory): void {
	for (let pfn = 0; pfn < memory.pageLimit; pfn++) {
		const page = memory.page(pfn);
		const kind = Math.floor(pfn / 7) % 4;
		if (kind === 0) page.set(TEXT);
		if (kind === 1) randomFillSync(page);
		if (kind === 2) page.fill(0);
		if (kind === 3) page.fill(pfn % 256, 100, 3000);
	}
}

type Both = {readonly sender: SendLink; readonly log: EventLog; readonly source: TestMemory; readonly target: TestMemory} & AsyncDisposable;

async function openBoth(mode: CompressionMode, send: Partial<SendLinkOptions> = {}): Promise<Both> {
	const [sendFd, receiveFd] = await connectLinks();
	const source = new TestMemory(PAGES);
	const target = new TestMemory(PAGES);
	const log = new EventLog();
	const sender = openSendLink(pool, {
		fd: sendFd,
		kind: 'socket',
		memory: source,
		pageTypes: undefined,
		windowBytes: 8 * 1024 * 1024,
		teeFd: undefined,
		compression: {mode, codecs: ['zstd', 'lz4']},
		...send,
	});
	const receiver = openReceiveLink(pool, {
		fd: receiveFd,
		kind: 'socket',
		begins: 'libxl',
		mode: 'any',
		memory: target,
		pageTypes: undefined,
		populatedPagesLimit: PAGES,
		keepsHoles: true,
		backChannel: true,
		onEvent: log.onEvent,
	});
	return {
		sender,
		log,
		source,
		target,
		async [Symbol.asyncDispose]() {
			await Promise.all([sender.destroy(), receiver.destroy()]);
			source[Symbol.dispose]();
			target[Symbol.dispose]();
		},
	};
}

/** All pages in batches of 1000, then some scattered ones again, which have changed. */
async function sendTwice({sender, source}: Both, zeroPages: 'in-full' | 'allocate'): Promise<void> {
	for (let pfn = 0; pfn < PAGES; pfn += 1000) await sender.writePages(Uint32Array.of(pfn, 1000), {zeroPages});
	for (let pfn = 0; pfn < PAGES; pfn += 5) source.page(pfn).fill(pfn % 3 === 0 ? 0 : 0x20, 50, 4000);
	const scattered = Array.from({length: PAGES / 5}, (_, index) => [PAGES - 5 - index * 5, 1]).flat();
	await sender.writePages(Uint32Array.from(scattered), {zeroPages: zeroPages === 'in-full' ? 'in-full' : 'record'});
}

for (const mode of ['zstd', 'lz4', 'auto'] as const) {
	for (const zeroPages of ['in-full', 'allocate'] as const) {
		test(`${mode}, zeros ${zeroPages}: memory of all kinds arrives whole, and is acknowledged`, async t => {
			await using both = await openBoth(mode);
			const {sender, source, target} = both;
			fillMixed(source);
			await sender.writeBytes(streamStart());
			await sendTwice(both, zeroPages);
			await sender.applied(await sender.writePages(Uint32Array.of(0, 1)));
			await sender.applied(await sender.writeBytes(streamEnd()));
			t.is(Buffer.compare(source.bytes, target.bytes), 0);
			const {writtenBytes, savedBytes} = sender.progress;
			if (mode !== 'auto') t.true(savedBytes > writtenBytes / 2, `${savedBytes} bytes saved of ${writtenBytes}`);
		});
	}
}

test('pages with types are compressed where all of them are ordinary ones', async t => {
	const pageTypes = new Uint8Array(new SharedArrayBuffer(PAGES));
	pageTypes[5] = 0xf;
	await using both = await openBoth('zstd', {pageTypes});
	const {sender, source, target} = both;
	for (let pfn = 0; pfn < PAGES; pfn++) source.page(pfn).set(TEXT);
	await sender.writeBytes(streamStart());
	await sender.writePages(Uint32Array.of(0, 10));
	t.is(sender.progress.savedBytes, 0);
	await sender.applied(await sender.writePages(Uint32Array.of(10, 100)));
	t.true(sender.progress.savedBytes > 90 * PAGE_BYTES);
	t.deepEqual(target.bytes.slice(6 * PAGE_BYTES, 110 * PAGE_BYTES), source.bytes.slice(6 * PAGE_BYTES, 110 * PAGE_BYTES));
});

test('compressed pages behind a checkpoint wait for the next one', async t => {
	await using both = await openBoth('lz4');
	const {sender, source, target, log} = both;
	source.page(3).set(TEXT);
	await sender.writeBytes(streamStart());
	await sender.writePages(Uint32Array.of(0, 16));
	await sender.writeBytes(checkpointEnd());
	await log.first('checkpoint');
	source.page(3).fill(9);
	source.page(5).fill(8);
	await sender.writePages(Uint32Array.of(3, 1, 5, 1));
	t.deepEqual(Buffer.from(target.page(3)), TEXT);
	await sender.applied(await sender.writeBytes(checkpointEnd()));
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
});

test('a tee gets the same records, and what reads it gets the same guest', async t => {
	using directory = new TemporaryDirectory();
	const file = directory.file('tee');
	using wanted = new TestMemory(PAGES);
	{
		await using both = await openBoth('zstd', {teeFd: fs.openSync(file, 'w')});
		const {sender, source} = both;
		fillMixed(source);
		await sender.writeBytes(streamStart());
		await sendTwice(both, 'allocate');
		const end = await sender.writeBytes(streamEnd());
		await sender.sync();
		t.is(fs.statSync(file).size, end);
		wanted.bytes.set(source.bytes);
	}

	using read = new TestMemory(PAGES);
	const log = new EventLog();
	await using _link = openReceiveLink(pool, {
		fd: fs.openSync(file, 'r'),
		kind: 'file',
		begins: 'libxl',
		mode: 'plain',
		memory: read,
		pageTypes: undefined,
		populatedPagesLimit: PAGES,
		backChannel: false,
		onEvent: log.onEvent,
	});
	t.is((await log.outcome()).kind, 'end');
	t.is(Buffer.compare(read.bytes, wanted.bytes), 0);
});

/** A record that claims `pfns` to be compressed to `data`. */
function compressedRecord(codec: PageCodec, runs: readonly number[], data: Uint8Array): Buffer {
	const record = Buffer.alloc(8 + 8 + 8 * 256 + data.length + 8);
	const head = writeCompressedPagesHead(record, Uint32Array.from(runs), codec, data.length);
	record.set(data, head);
	return record.subarray(0, Math.ceil((head + data.length) / 8) * 8);
}

const ONE_PAGE = zstdCompressSync(TEXT);
const BOMB = zstdCompressSync(new Uint8Array(64 * 1024 * 1024));

for (const [what, codec, runs, data] of [
	['what is no zstd frame', PageCodec.zstd, [1, 2], new Uint8Array(100).fill(7)],
	['what is no lz4 block', PageCodec.lz4, [1, 2], new Uint8Array(100).fill(0xff)],
	['a frame that ends early', PageCodec.zstd, [1, 1], ONE_PAGE.subarray(0, -3)],
	['fewer bytes than its pages have', PageCodec.zstd, [1, 2], ONE_PAGE],
	['64 MiB for one page', PageCodec.zstd, [1, 1], BOMB],
	['64 MiB for pages that do not lie together', PageCodec.zstd, [1, 1, 5, 1], BOMB],
] as const) {
	test(`${what} is refused as a wrong stream, and touches no other page`, async t => {
		const {fd, peer} = await connectToLink();
		using target = new TestMemory(64);
		const log = new EventLog();
		await using _link = openReceiveLink(pool, {
			fd,
			kind: 'socket',
			begins: 'libxl',
			mode: 'plain',
			memory: target,
			pageTypes: undefined,
			populatedPagesLimit: 64,
			backChannel: true,
			onEvent: log.onEvent,
		});
		target.page(3).fill(5);
		target.page(0).fill(6);
		peer.write(Buffer.concat([streamStart(), compressedRecord(codec, runs, data.subarray(0, 4000)), streamEnd()]));
		const {error} = await log.first('failed');
		t.is(error.code, 'ERR_STREAM');
		t.regex(error.message, /record at byte \d+ of the stream (cannot be decompressed|decompress to 4096 bytes), where \d+ are expected/);
		t.deepEqual(target.page(3), new Uint8Array(PAGE_BYTES).fill(5));
		t.deepEqual(target.page(0), new Uint8Array(PAGE_BYTES).fill(6));
		peer.destroy();
	});
}
