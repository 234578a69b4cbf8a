import {randomFillSync} from 'node:crypto';
import fs from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {CHANNEL_BLOCK_PAGES} from '@sterna/protocol';
import {type CompressionOptions, DataWorkerPool, PageHashes, type SendChannels, type WritePagesOptions} from '../../src/index.ts';
import {foldOf} from '../../src/data/page-hashes.ts';
import {type LinkSettings, openProven, ProvenPair, type ProvenLink} from '../helpers/proven.ts';
import {LAST_END, streamEnd, streamStart} from '../helpers/stream.ts';
import {TemporaryDirectory} from '../helpers/temporary-directory.ts';
import {connectTlsLinks} from '../helpers/tls.ts';

const PAGE_BYTES = 4096;

const pool = new DataWorkerPool({maxWorkers: 2});
test.after.always(async () => pool.close());

async function sendPages(sender: SendChannels, first: number, end: number, options?: WritePagesOptions): Promise<void> {
	const written: Array<Promise<number>> = [];
	for (let pfn = first; pfn < end;) {
		const blockEnd = (Math.floor(pfn / CHANNEL_BLOCK_PAGES) + 1) * CHANNEL_BLOCK_PAGES;
		const run = Uint32Array.of(pfn, Math.min(end, blockEnd) - pfn);
		written.push(sender.writePages(Math.floor(pfn / CHANNEL_BLOCK_PAGES) % sender.count, run, options));
		pfn = blockEnd;
	}

	await Promise.all(written);
}

async function finish({sender}: ProvenLink, context?: Uint8Array): Promise<void> {
	sender.endPages();
	await sender.primary.writeBytes(streamEnd(context).subarray(0, -LAST_END.length));
	await sender.primary.writeDigest();
	await sender.primary.writeBytes(LAST_END);
}

/** Some pages of zeros among text and noise. */
function fill({source}: ProvenPair, seed: number): void {
	for (let pfn = 0; pfn < source.pageLimit; pfn++) {
		const page = source.page(pfn);
		if ((pfn + seed) % 3 === 0) page.fill(0);
		else if ((pfn + seed) % 3 === 1) page.fill(pfn % 251);
		else randomFillSync(page);
		// Not every page that begins with zeros is one of zeros.
		if ((pfn + seed) % 9 === 0) page[4095] = 1;
	}
}

function expectProven(t: ExecutionContext, pair: ProvenPair): void {
	t.true(pair.isEqual);
	t.is(pair.received.digest, pair.sent.digest);
	t.not(pair.sent.digest, 0n);
	t.deepEqual(pair.received.differingPages(0, pair.sent.entryBytes(0, pair.source.pageLimit)), []);
	t.deepEqual(pair.received.differingGroups(0, pair.sent.groupBytes(0, pair.sent.groupCount)), []);
	for (let pfn = 0; pfn < pair.source.pageLimit; pfn += 100) {
		const isZero = pair.source.page(pfn).every(byte => byte === 0);
		t.is(
			pair.sent.entryBytes(pfn, 1).every(byte => byte === 0),
			isZero,
			`page ${pfn}`,
		);
	}
}

/** Three passes over the memory, written in between, and the end of the stream. */
async function migrate(t: ExecutionContext, settings: LinkSettings, again: WritePagesOptions, first = again): Promise<void> {
	using pair = new ProvenPair(9 * CHANNEL_BLOCK_PAGES + 7);
	await using link = await openProven(pool, pair, settings);
	const {sender, log} = link;
	fill(pair, 0);
	await sender.primary.writeBytes(streamStart());
	await sendPages(sender, 0, pair.source.pageLimit, first);
	for (const seed of [1, 2]) {
		sender.barrier();
		fill(pair, seed);
		await sendPages(sender, 0, pair.source.pageLimit, again);
	}

	await finish(link);
	t.is((await log.outcome()).kind, 'end');
	expectProven(t, pair);
	// What is told of the stream is what it was without a proof.
	t.deepEqual(log.records, ['libxl:1', 'libxc:16', 'libxc:8', 'libxc:9', 'libxc:0', 'libxl:3', 'libxl:0']);
}

const inFull: WritePagesOptions = {zeroPages: 'in-full'};
const record: WritePagesOptions = {zeroPages: 'record'};
const allocate: WritePagesOptions = {zeroPages: 'allocate'};

for (const count of [1, 2, 3]) {
	test(`both ends have the same hashes over ${count} connections`, async t => migrate(t, {count}, inFull));
	test(`pages of zeros hash the same named as sent, over ${count} connections`, async t => migrate(t, {count}, record, allocate));
}

test('both ends have the same hashes over TLS', async t => migrate(t, {count: 2, connect: async () => connectTlsLinks(pool)}, record));

for (const [what, compression] of [
	['zstd', {mode: 'zstd', codecs: ['zstd']}],
	['lz4', {mode: 'lz4', codecs: ['lz4']}],
	['differences', {mode: 'zstd', codecs: ['zstd'], deltaCacheBytes: 64 * 1024 * 1024}],
] satisfies Array<[string, CompressionOptions]>) {
	test(`both ends have the same hashes of pages compressed with ${what}`, async t => {
		await migrate(t, {count: 2, send: {compression}}, record, allocate);
		await migrate(t, {send: {compression}}, inFull);
	});
}

test('both ends have the same hashes where a file gets a copy', async t => {
	using directory = new TemporaryDirectory();
	await migrate(t, {send: {teeFd: fs.openSync(directory.file('tee'), 'w')}}, record, allocate);
});

test('pages that lie nowhere together are hashed like others, in any order', async t => {
	using pair = new ProvenPair(2048);
	await using link = await openProven(pool, pair);
	fill(pair, 0);
	await link.sender.primary.writeBytes(streamStart());
	const scattered = (offset: number): Uint32Array =>
		Uint32Array.from(Array.from({length: 1024}, (_, i) => [2046 - i * 2 + offset, 1]).flat());
	await link.sender.writePages(0, scattered(0));
	await link.sender.writePages(0, scattered(1), record);
	await finish(link);
	t.is((await link.log.outcome()).kind, 'end');
	expectProven(t, pair);
});

test('the digest of a memory is that of its connections together, however many they are', t => {
	const pageLimit = 20 * CHANNEL_BLOCK_PAGES + 600;
	const hashes = new PageHashes({pageLimit, key: 5});
	randomFillSync(new Uint8Array(hashes.shared.groups.buffer));
	for (const count of [1, 2, 3, 7, 32]) {
		let all = 0n;
		for (let index = 0; index < count; index++) all ^= foldOf(hashes.shared, {index, count});
		t.is(all, hashes.digest, `${count} connections`);
	}
});

test('a table has a key that leaves room for every page, and knows its bounds', t => {
	for (const key of [-1, 0.5, 2 ** 52, Number.NaN]) t.throws(() => new PageHashes({pageLimit: 1, key}), {instanceOf: RangeError});
	const hashes = new PageHashes({pageLimit: 1000, key: 2 ** 52 - 1});
	t.is(hashes.groupCount, 2);
	t.is(hashes.digest, 0n);
	t.throws(() => hashes.entryBytes(999, 2), {instanceOf: RangeError});
	t.throws(() => hashes.differingGroups(1, new Uint8Array(16)), {instanceOf: RangeError});
	t.deepEqual(hashes.differingPages(998, Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])), [999]);
});

test('without tables a digest is not written, and none is asked for', async t => {
	using pair = new ProvenPair(16);
	await using link = await openProven(pool, pair, {send: {pageHashes: undefined}, receive: {pageHashes: undefined}});
	await link.sender.primary.writeBytes(streamStart());
	await link.sender.writePages(0, Uint32Array.of(0, 16));
	await finish(link);
	t.is((await link.log.outcome()).kind, 'end');
	t.is(link.sender.progress.writtenBytes, streamStart().length + streamEnd().length + 16 + 16 * 8 + 16 * PAGE_BYTES);
});
