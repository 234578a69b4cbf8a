import type net from 'node:net';
import {zstdCompressSync} from 'node:zlib';
import test from 'ava';
import {
	BackChannelDecoder,
	OperationError,
	PageCodec,
	pageDataHeadBytes,
	writeCompressedPagesHead,
	writePageDataHead,
} from '@sterna/protocol';
import {createMemoryFile, closeDescriptor, mapShared, resizeFile, sealFileSize, unmapMemory} from '@sterna/system';
import {DataWorkerPool, openReceiveLink, type MemoryMapping, type ReceiveLink, type ReceiveLinkOptions} from '../../src/index.ts';
import {connectToLink, readExactly, readToEnd} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {streamEnd, streamStart} from '../helpers/stream.ts';

const PAGE_BYTES = 4096;
const PAGES = 64;

const pool = new DataWorkerPool();
test.after.always(async () => pool.close());

/** A PAGE_DATA record; each page is filled with a byte of its own. `types` by pfn. */
function pageRecord(runs: number[], types?: Uint8Array): Buffer {
	const head = new Uint8Array(16 + 8 * 1024);
	const {headBytes, dataPages} = writePageDataHead(head, Uint32Array.from(runs), types);
	const pages = Buffer.alloc(dataPages * PAGE_BYTES);
	for (let page = 0; page < dataPages; page++) pages.fill(page + 1, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
	return Buffer.concat([head.subarray(0, headBytes), pages]);
}

const STREAM = Buffer.concat([streamStart(), pageRecord([2, 3, 40, 2]), pageRecord([10, 1]), streamEnd()]);
/** Behind the headers: where the first list begins. */
const FIRST_RECORD = streamStart().length;

type Opened = {
	readonly link: ReceiveLink;
	readonly peer: net.Socket;
	readonly log: EventLog;
	readonly memory: MemoryMapping;
} & AsyncDisposable;

async function open(settings: Partial<ReceiveLinkOptions> = {}): Promise<Opened> {
	const {fd, peer} = await connectToLink();
	const own = new TestMemory(PAGES);
	const memory = settings.memory ?? own;
	const log = new EventLog();
	const link = openReceiveLink(pool, {
		fd,
		kind: 'socket',
		begins: 'libxl',
		mode: 'plain',
		memory,
		pageTypes: undefined,
		populatedPagesLimit: PAGES,
		backChannel: true,
		onEvent: log.onEvent,
		...settings,
	});
	return {
		link,
		peer,
		log,
		memory,
		async [Symbol.asyncDispose]() {
			peer.destroy();
			await link.destroy();
			own[Symbol.dispose]();
		},
	};
}

const bytesOf = ({memory}: Opened): Uint8Array => (memory as TestMemory).bytes;

function expectStream(t: {true: (value: boolean, message?: string) => unknown}, opened: Opened): void {
	const bytes = bytesOf(opened);
	for (const [pfn, value] of [2, 3, 4, 40, 41].map((page, index) => [page, index + 1] as const)) {
		t.true(
			bytes.subarray(pfn * PAGE_BYTES, (pfn + 1) * PAGE_BYTES).every(byte => byte === value),
			`page ${pfn}`,
		);
	}

	t.true(bytes.subarray(10 * PAGE_BYTES, 11 * PAGE_BYTES).every(byte => byte === 1));
}

test('a stream is the same guest however it is cut into segments, and is acknowledged to its end', async t => {
	for (const pieceBytes of [1, 7, 4096, STREAM.length]) {
		await using opened = await open();
		const {peer, log} = opened;
		peer.setNoDelay(true);
		const length = pieceBytes === 1 ? FIRST_RECORD + 200 : STREAM.length;
		for (let at = 0; at < length; at += pieceBytes) peer.write(STREAM.subarray(at, Math.min(at + pieceBytes, length)));
		peer.write(STREAM.subarray(length));
		t.deepEqual(await log.outcome(), {kind: 'end', bytesReceived: STREAM.length});
		expectStream(t, opened);
		const decoder = new BackChannelDecoder();
		const positions = {credit: 0, applied: 0};
		while (positions.applied < STREAM.length || positions.credit < STREAM.length) {
			for (const record of decoder.push(await readExactly(peer, 1))) {
				if (record.kind === 'credit') positions.credit = record.takenBytes;
				if (record.kind === 'applied') positions.applied = record.appliedBytes;
			}
		}

		t.deepEqual(positions, {credit: STREAM.length, applied: STREAM.length});
	}
});

test('a link that has ended says up to where the memory is filled, which is the end of a record', async t => {
	const firstRecordEnd = FIRST_RECORD + pageRecord([2, 3, 40, 2]).length;
	for (const [sentBytes, appliedBytes] of [
		[0, 0],
		[firstRecordEnd - 1, FIRST_RECORD],
		[firstRecordEnd, firstRecordEnd],
		[firstRecordEnd + 2000, firstRecordEnd],
	] as const) {
		await using opened = await open();
		const {peer, log, link} = opened;
		peer.end(STREAM.subarray(0, sentBytes));
		t.like(await log.outcome(), {kind: 'failed', error: {code: 'ERR_CONNECTION_LOST'}});
		await link.destroy();
		t.deepEqual(link.appliedBytes, [appliedBytes], `${sentBytes} bytes sent`);
	}
});

test('bytes that came with the preamble are the first of the stream', async t => {
	for (const early of [1, 20, FIRST_RECORD + 10, FIRST_RECORD + 56 + 5000, STREAM.length]) {
		await using opened = await open({initialBytes: new Uint8Array(STREAM.subarray(0, early))});
		const {peer, log} = opened;
		peer.write(STREAM.subarray(early));
		t.like(await log.outcome(), {kind: 'end'}, `${early} early bytes`);
		expectStream(t, opened);
	}
});

test('a connection that ends before the stream does is lost, wherever that is', async t => {
	const places = [
		0,
		1,
		15,
		16,
		FIRST_RECORD,
		FIRST_RECORD + 8,
		FIRST_RECORD + 30,
		FIRST_RECORD + 56,
		FIRST_RECORD + 9000,
		STREAM.length - 1,
	];
	for (const cut of places) {
		for (const end of ['close', 'reset'] as const) {
			await using opened = await open();
			const {peer, log} = opened;
			await new Promise<void>(resolve => {
				peer.write(STREAM.subarray(0, cut), () => resolve());
			});
			if (end === 'close') peer.end();
			else peer.resetAndDestroy();
			t.like(await log.outcome(), {kind: 'failed', error: {name: 'LinkError', code: 'ERR_CONNECTION_LOST'}}, `${end} at ${cut}`);
		}
	}
});

const changed = (at: number, value: number): Buffer => {
	const bytes = Buffer.from(STREAM);
	bytes[at] = value;
	return bytes;
};
const types = Uint8Array.from({length: PAGES}, () => 0x1);

const WRONG: [title: string, bytes: Buffer, message: RegExp][] = [
	['with a wrong ident', changed(0, 0), /ident/],
	['with an unknown mandatory record', changed(FIRST_RECORD, 0x55), /0x55/],
	['with a list that claims more pages than its length', changed(FIRST_RECORD + 8, 9), /byte/],
	['with a pfn beyond the guest', Buffer.concat([streamStart(), pageRecord([PAGES - 1, 2])]), /pfn/],
	['with a page table of a PV guest', Buffer.concat([streamStart(), pageRecord([3, 1], types)]), /type 1/],
	['with VERIFY in place of memory', Buffer.concat([streamStart(), Buffer.from([0xe, 0, 0, 0, 0, 0, 0, 0])]), /CHECKPOINT/],
];

for (const [title, bytes, message] of WRONG) {
	test(`a stream ${title} is refused with its reason, and the sender is told`, async t => {
		await using opened = await open();
		const {link, peer, log} = opened;
		peer.write(bytes);
		const outcome = await log.outcome();
		if (outcome.kind !== 'failed') return t.fail(outcome.kind);
		t.is(outcome.error.code, 'ERR_STREAM');
		t.regex(outcome.error.message, message);
		const told = readToEnd(peer);
		await link.fail(outcome.error);
		const records = new BackChannelDecoder().push(await told);
		const last = records.at(-1);
		t.true(last?.kind === 'fault' && last.error.code === 'ERR_STREAM' && last.error.message === outcome.error.message);
	});
}

test('more pages than the guest has are refused before they are read', async t => {
	await using opened = await open({populatedPagesLimit: 4});
	const {peer, log} = opened;
	// The list of the first record alone: its five pages never come.
	peer.write(STREAM.subarray(0, FIRST_RECORD + 16 + 5 * 8));
	t.like(await log.outcome(), {kind: 'failed', error: {code: 'ERR_STREAM'}});
});

test('memory that cannot be had is an error with that code, and not a signal', async t => {
	const fd = createMemoryFile('sterna-short');
	resizeFile(fd, 8 * PAGE_BYTES);
	sealFileSize(fd);
	const address = mapShared({fd, length: PAGES * PAGE_BYTES, writable: true});
	await using opened = await open({memory: {address, pageLimit: PAGES, fd}});
	const {link, peer, log} = opened;
	peer.write(STREAM);
	t.like(await log.outcome(), {kind: 'failed', error: {code: 'ERR_MEMORY_INSUFFICIENT'}});
	await link.destroy();
	unmapMemory(address, PAGES * PAGE_BYTES);
	closeDescriptor(fd);
});

test('the fault is written behind what was acknowledged, in the middle of a stream', async t => {
	await using opened = await open();
	const {link, peer, log} = opened;
	peer.write(STREAM.subarray(0, FIRST_RECORD + 56 + 1000));
	await log.first('headers');
	const error = new OperationError({
		code: 'ERR_ABORTED_BY_OPERATOR',
		message: 'aborted on host-b',
		side: 'receiver',
		phase: 'precopy',
		runsOn: {kind: 'host', host: 'host-a'},
		next: undefined,
		causes: [],
	});
	const told = readToEnd(peer);
	await Promise.all([link.fail(error), link.fail(error), link.destroy()]);
	const records = new BackChannelDecoder().push(await told);
	const fault = records.at(-1);
	t.deepEqual(fault?.kind === 'fault' ? fault.error.fault : undefined, error.fault);
	t.true(records.slice(0, -1).every(({kind}) => kind === 'credit' || kind === 'applied'));
});

test('a sender that neither reads nor goes away does not keep a failed link', async t => {
	await using opened = await open();
	const {link, peer, log} = opened;
	peer.write(STREAM.subarray(0, FIRST_RECORD));
	await log.first('headers');
	await link.fail(new Error('given up'));
	t.is(log.events.filter(({kind}) => kind === 'failed').length, 0);
});

test('more records than may wait for the main thread arrive all the same, in order', async t => {
	await using opened = await open();
	const {peer, log} = opened;
	// Optional records of ours that nobody knows: small ones that are many, and large ones that are long, 80 MiB in all.
	const large = Buffer.alloc(8 + 1024 * 1024);
	large.writeUInt32LE(0xd374_00f1, 0);
	large.writeUInt32LE(1024 * 1024, 4);
	const small = Buffer.alloc(8);
	small.writeUInt32LE(0xd374_00f2, 0);
	peer.write(Buffer.concat([streamStart(), pageRecord([2, 1]), ...Array.from({length: 100_000}, () => small)]));
	for (let index = 0; index < 80; index++) peer.write(large);
	peer.write(streamEnd());
	t.like(await log.outcome(), {kind: 'end'});
	const seen = log.events.filter(event => event.kind === 'record').map(({type}) => type);
	t.is(seen.filter(type => type === 0xd374_00f2).length, 100_000);
	t.is(seen.lastIndexOf(0xd374_00f2) + 1, seen.indexOf(0xd374_00f1));
	t.is(seen.filter(type => type === 0xd374_00f1).length, 80);
});

test('an owner that cannot bear a record is told so, as the last event, and the process lives on', async t => {
	const log = new EventLog();
	await using opened = await open({
		onEvent(event) {
			log.onEvent(event);
			if (event.kind === 'record' && event.type === 0x10) throw new TypeError('on purpose');
		},
	});
	opened.peer.write(STREAM);
	t.like(await log.outcome(), {kind: 'failed', error: {code: 'ERR_INTERNAL', message: 'a received record could not be taken: on purpose'}});
	await opened.link.destroy();
	t.deepEqual(log.records, ['libxl:1', 'libxc:16']);
});

const STATES: [title: string, prepare: (opened: Opened) => Promise<unknown>][] = [
	['fresh', async () => {}],
	['between records', async ({peer, log}) => (peer.write(STREAM.subarray(0, FIRST_RECORD)), log.first('headers'))],
	['inside of a list', async ({peer, log}) => (peer.write(STREAM.subarray(0, FIRST_RECORD + 30)), log.first('headers'))],
	['inside of pages', async ({peer, log}) => (peer.write(STREAM.subarray(0, FIRST_RECORD + 5000)), log.first('headers'))],
	['at its end', async ({peer, log}) => (peer.write(STREAM), log.first('end'))],
	['lost', async ({peer, log}) => (peer.destroy(), log.first('failed'))],
];

for (const [title, prepare] of STATES) {
	test(`a link that is ${title} is aborted at once, as often as one likes, and says nothing more`, async t => {
		await using opened = await open();
		const {link, log} = opened;
		await prepare(opened);
		const said = log.events.length;
		await Promise.all([link.destroy(), link.destroy(), link.fail(new Error('too late'))]);
		await link.destroy();
		t.is(log.events.length, said);
	});
}

test('bytes that were read are applied to the last, however much work those before them were', async t => {
	const pages = 256;
	using memory = new TestMemory(pages);
	const content = Buffer.alloc(pages * PAGE_BYTES, 7);
	const compressed = zstdCompressSync(content);
	const runs = Uint32Array.of(0, pages);
	const record = Buffer.alloc(Math.ceil((pageDataHeadBytes(pages) + compressed.length) / 8) * 8);
	writeCompressedPagesHead(record, runs, PageCodec.zstd, compressed.length);
	record.set(compressed, pageDataHeadBytes(pages));
	// 2 KiB that become 1 MiB, again and again: the work of several pieces, and a few reads bring them all.
	const stream = Buffer.concat([streamStart(), ...Array.from({length: 20}, () => record), streamEnd()]);
	await using opened = await open({memory, populatedPagesLimit: pages});
	opened.peer.write(stream);
	t.like(await opened.log.outcome(), {kind: 'end', bytesReceived: stream.length});
	t.is(Buffer.compare(memory.bytes, content), 0);
});
