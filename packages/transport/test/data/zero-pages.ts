import fs from 'node:fs';
import test from 'ava';
import {encodeRecord, encodeZeroPages, SternaRecordType} from '@sterna/protocol';
import {seekData} from '@sterna/system';
import {
	DataWorkerPool,
	openReceiveLink,
	openSendLink,
	type ReceiveLinkOptions,
	type SendLink,
	type SendLinkOptions,
} from '../../src/index.ts';
import {connectLinks} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {checkpointEnd, streamEnd, streamStart} from '../helpers/stream.ts';
import {TemporaryDirectory} from '../helpers/temporary-directory.ts';

const PAGE_BYTES = 4096;

const pool = new DataWorkerPool();
test.after.always(async () => pool.close());

type Both = {readonly sender: SendLink; readonly log: EventLog; readonly source: TestMemory; readonly target: TestMemory} & AsyncDisposable;

async function openBoth(
	pages: number,
	{send = {}, receive = {}}: {send?: Partial<SendLinkOptions>; receive?: Partial<ReceiveLinkOptions>} = {},
): Promise<Both> {
	const [sendFd, receiveFd] = await connectLinks();
	const source = new TestMemory(pages);
	const target = new TestMemory(pages);
	const log = new EventLog();
	const sender = openSendLink(pool, {
		fd: sendFd,
		kind: 'socket',
		memory: source,
		pageTypes: undefined,
		windowBytes: 8 * 1024 * 1024,
		teeFd: undefined,
		...send,
	});
	const receiver = openReceiveLink(pool, {
		fd: receiveFd,
		kind: 'socket',
		begins: 'libxl',
		mode: 'any',
		memory: target,
		pageTypes: undefined,
		populatedPagesLimit: pages,
		keepsHoles: true,
		backChannel: true,
		onEvent: log.onEvent,
		...receive,
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

/** Every third page has content, the others are zeros that were touched. */
function fillMixed(memory: TestMemory): void {
	for (let pfn = 0; pfn < memory.pageLimit; pfn++) memory.page(pfn).fill(pfn % 3 === 0 ? (pfn % 251) + 1 : 0);
}

/** Whether a page of the memory takes memory. */
function isPopulated({fd}: TestMemory, pfn: number): boolean {
	return seekData(fd, pfn * PAGE_BYTES) === pfn * PAGE_BYTES;
}

test('pages of zeros that were never sent go as names, and stay holes', async t => {
	const pages = 1024;
	await using both = await openBoth(pages);
	const {sender, source, target, log} = both;
	fillMixed(source);
	const start = await sender.writeBytes(streamStart());
	const end = await sender.writePages(Uint32Array.of(0, pages), {zeroPages: 'allocate'});
	const withContent = Math.ceil(pages / 3);
	t.is(end - start, 16 + 8 * pages + withContent * PAGE_BYTES);
	await sender.applied(await sender.writeBytes(streamEnd()));
	for (let pfn = 0; pfn < pages; pfn++) t.is(isPopulated(target, pfn), pfn % 3 === 0, `page ${pfn}`);
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
	t.is(sender.progress.zeroPages, pages - withContent);
	await log.first('end');
	t.true(log.events.some(event => event.kind === 'progress' && event.pagesReceived === pages));
});

test('pages that became zeros are cleared by a record, and a hole is not filled for it', async t => {
	const pages = 64;
	await using both = await openBoth(pages);
	const {sender, source, target} = both;
	source.fillRandom();
	await sender.writeBytes(streamStart());
	await sender.applied(await sender.writePages(Uint32Array.of(0, 40)));
	source.page(3).fill(0);
	source.bytes.fill(0, 10 * PAGE_BYTES, 50 * PAGE_BYTES);
	const before = sender.progress.writtenBytes;
	const after = await sender.writePages(Uint32Array.of(3, 1, 10, 40), {zeroPages: 'record'});
	t.is(after - before, 8 + 2 * 16);
	await sender.applied(after);
	t.true(isPopulated(target, 39));
	t.false(isPopulated(target, 40));
	t.is(Buffer.compare(source.bytes.subarray(0, 50 * PAGE_BYTES), target.bytes.subarray(0, 50 * PAGE_BYTES)), 0);
	t.is(sender.progress.zeroPages, 41);
});

test('a batch of zeros and others goes as two records, in any order of its pages', async t => {
	const pages = 256;
	await using both = await openBoth(pages);
	const {sender, source, target} = both;
	target.fillRandom();
	fillMixed(source);
	await sender.writeBytes(streamStart());
	const backwards = Array.from({length: pages}, (_, index) => [pages - 1 - index, 1]).flat();
	await sender.writePages(Uint32Array.from(backwards), {zeroPages: 'record'});
	await sender.applied(await sender.writeBytes(streamEnd()));
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
});

test('a guest with page types learns that pages of zeros are ordinary ones, and keeps the types of the others', async t => {
	const types = (): Uint8Array<SharedArrayBuffer> => new Uint8Array(new SharedArrayBuffer(16));
	const sourceTypes = types();
	const targetTypes = types().fill(0xff);
	sourceTypes.set([0, 0xf, 0xc, 0, 0xe, 0xd, 0, 0]);
	await using both = await openBoth(16, {send: {pageTypes: sourceTypes}, receive: {pageTypes: targetTypes, mode: 'plain'}});
	const {sender, source, target} = both;
	source.page(0).fill(1);
	source.page(3).fill(0);
	const start = await sender.writeBytes(streamStart());
	// A table of zeros is still a table: it goes in full.
	const end = await sender.writePages(Uint32Array.of(0, 8), {zeroPages: 'allocate'});
	t.is(end - start, 8 + 2 * 16 + 16 + 8 * 5 + 2 * PAGE_BYTES);
	await sender.applied(end);
	t.deepEqual(targetTypes.slice(0, 8), sourceTypes.slice(0, 8));
	t.deepEqual(target.page(0), source.page(0));
});

test('zeros behind a checkpoint wait for the next one', async t => {
	await using both = await openBoth(16);
	const {sender, source, target, log} = both;
	source.fillRandom();
	const first = source.page(5).slice();
	await sender.writeBytes(streamStart());
	await sender.writePages(Uint32Array.of(0, 16));
	await sender.writeBytes(checkpointEnd());
	await log.first('checkpoint');
	// Dropped: never part of a whole checkpoint. A page of it lies in staging from now on.
	await sender.writePages(Uint32Array.of(4, 2));
	source.bytes.fill(0, 5 * PAGE_BYTES, 7 * PAGE_BYTES);
	await sender.writePages(Uint32Array.of(5, 2), {zeroPages: 'record'});
	t.deepEqual(target.page(5), first);
	await sender.applied(await sender.writeBytes(checkpointEnd()));
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
});

test('a tee gets the same records, and what reads it gets the same guest', async t => {
	const pages = 700;
	using directory = new TemporaryDirectory();
	const file = directory.file('tee');
	const teeFd = fs.openSync(file, 'w');
	{
		await using both = await openBoth(pages, {send: {teeFd}});
		const {sender, source} = both;
		fillMixed(source);
		await sender.writeBytes(streamStart());
		await sender.writePages(Uint32Array.of(0, 600), {zeroPages: 'allocate'});
		await sender.writePages(Uint32Array.of(300, 400), {zeroPages: 'record'});
		await sender.writeBytes(streamEnd());
		await sender.sync();
	}

	using read = new TestMemory(pages);
	using wanted = new TestMemory(pages);
	fillMixed(wanted);
	const log = new EventLog();
	await using _link = openReceiveLink(pool, {
		fd: fs.openSync(file, 'r'),
		kind: 'file',
		begins: 'libxl',
		mode: 'plain',
		memory: read,
		pageTypes: undefined,
		populatedPagesLimit: pages,
		backChannel: false,
		onEvent: log.onEvent,
	});
	t.is((await log.outcome()).kind, 'end');
	t.is(Buffer.compare(read.bytes, wanted.bytes), 0);
	// A file says nothing of holes: what has a name gets memory.
	t.true(isPopulated(read, 1));
});

test('more pages of zeros than the guest may have are refused', async t => {
	await using both = await openBoth(64, {receive: {populatedPagesLimit: 10}});
	const {sender, log} = both;
	await sender.writeBytes(streamStart());
	const body = encodeZeroPages({runs: Float64Array.of(0, 8, 20, 3)});
	await sender.writeBytes(encodeRecord({layer: 'libxc', type: SternaRecordType.ZERO_PAGES, body}));
	const {error} = await log.first('failed');
	t.is(error.code, 'ERR_STREAM');
	t.regex(error.message, /page 0x16 .* no more than 10 pages/);
});
