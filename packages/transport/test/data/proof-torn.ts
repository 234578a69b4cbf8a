import {randomFillSync} from 'node:crypto';
import {zstdCompressSync} from 'node:zlib';
import test, {type ExecutionContext} from 'ava';
import {PageCodec, pageDataHeadBytes, writeCompressedPagesHead, writePageDataHead} from '@sterna/protocol';
import {DataWorkerPool, openPageChecker, openReceiveLink, PageHashes} from '../../src/index.ts';
import {connectToLink} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {streamStart} from '../helpers/stream.ts';

const PAGE_BYTES = 4096;
const PAGES = 100;
/** Two blocks of a zstd frame. */
const RUN_PAGES = 64;
const RUN = Uint32Array.of(2, RUN_PAGES);

const pool = new DataWorkerPool({maxWorkers: 1});
test.after.always(async () => pool.close());

const randomPages = (): Buffer => randomFillSync(Buffer.alloc(RUN_PAGES * PAGE_BYTES));

function plainRecord(content: Uint8Array): Buffer {
	const head = new Uint8Array(16 + 8 * RUN_PAGES);
	const {headBytes} = writePageDataHead(head, RUN, undefined);
	return Buffer.concat([head.subarray(0, headBytes), content]);
}

function compressedRecord(compressed: Uint8Array): Buffer {
	const record = Buffer.alloc(Math.ceil((pageDataHeadBytes(RUN_PAGES) + compressed.length) / 8) * 8);
	writeCompressedPagesHead(record, RUN, PageCodec.zstd, compressed.length);
	record.set(compressed, pageDataHeadBytes(RUN_PAGES));
	return record;
}

/** A link brings these pages, and ends in what follows them: the table must say what the memory is. */
async function assertTableIsTrue(t: ExecutionContext, first: Buffer, torn: Buffer): Promise<void> {
	using memory = new TestMemory(PAGES);
	const pageHashes = new PageHashes({pageLimit: PAGES, key: 4711});
	const {fd, peer} = await connectToLink();
	const log = new EventLog();
	await using link = openReceiveLink(pool, {
		fd,
		kind: 'socket',
		begins: 'libxl',
		mode: 'plain',
		memory,
		pageTypes: undefined,
		populatedPagesLimit: PAGES,
		pageHashes,
		backChannel: true,
		onEvent: log.onEvent,
	});
	peer.on('error', () => undefined);
	peer.end(Buffer.concat([streamStart(), first, torn]));
	t.is((await log.outcome()).kind, 'failed');
	await link.destroy();
	peer.destroy();
	await using checker = openPageChecker(pool, {memory, pageHashes});
	t.deepEqual([...(await checker.compare(Uint32Array.of(0, PAGES)))], []);
}

test('a page that has come in part when the link ends is in the table as it is', async t => {
	const record = plainRecord(randomPages());
	for (const missingBytes of [1, PAGE_BYTES / 2, 3 * PAGE_BYTES + 100, RUN_PAGES * PAGE_BYTES - 1, RUN_PAGES * PAGE_BYTES])
		await assertTableIsTrue(t, plainRecord(randomPages()), record.subarray(0, -missingBytes));
});

test('pages that could not be decompressed are in the table as they are', async t => {
	const compressed = zstdCompressSync(randomPages().map(byte => byte % 16));
	// In the second of two blocks: the first one is written by then.
	compressed.fill(0xff, Math.floor(compressed.length * 0.6));
	await assertTableIsTrue(t, plainRecord(randomPages()), compressedRecord(compressed));
});
