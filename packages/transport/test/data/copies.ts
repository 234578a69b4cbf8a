import fs from 'node:fs';
import {randomFillSync} from 'node:crypto';
import test, {type ExecutionContext} from 'ava';
import {PageType} from '@sterna/protocol';
import {copyMemory} from '@sterna/system';
import {type CompressionOptions, DataWorkerPool, type SendChannels, type WritePagesOptions} from '../../src/index.ts';
import {CopiedPages} from '../../src/data/page-source.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {LAST_END, streamEnd, streamStart} from '../helpers/stream.ts';
import {type LinkSettings, openProven, ProvenPair} from '../helpers/proven.ts';
import {TemporaryDirectory} from '../helpers/temporary-directory.ts';

const PAGE_BYTES = 4096;
const PAGES = 2048;
const ROUNDS = 6;

const pool = new DataWorkerPool();
test.after.always(async () => pool.close());

/** Runs of one to five pages with gaps between them, some of which lie together. */
function scatteredRuns(round: number): Uint32Array {
	const runs: number[] = [];
	for (let pfn = round; pfn + 5 < PAGES && runs.length < 400; pfn += 7) {
		const pageCount = 1 + ((pfn + round) % 5);
		runs.push(pfn, pageCount);
		if (pageCount === 5) runs.push(pfn + 5, 1);
	}

	return Uint32Array.from(runs);
}

/** Some bytes of each page change; some pages become zeros, some new. */
function touch(memory: TestMemory, runs: Uint32Array, round: number): void {
	for (let index = 0; index < runs.length; index += 2) {
		const first = runs[index] ?? 0;
		for (let pfn = first; pfn < first + (runs[index + 1] ?? 0); pfn++) {
			const page = memory.page(pfn);
			if ((pfn + round) % 11 === 0) page.fill(0);
			else if ((pfn + round) % 17 === 0) randomFillSync(page);
			else page[(pfn * 7 + round * 100) % PAGE_BYTES] = round + 1;
		}
	}
}

/** Copies the pages of runs one behind another into the arena. */
function copyOut(source: TestMemory, runs: Uint32Array, arena: TestMemory): void {
	let at = Number(arena.address);
	for (let index = 0; index < runs.length; index += 2) {
		const byteLength = (runs[index + 1] ?? 0) * PAGE_BYTES;
		copyMemory(at, Number(source.address) + (runs[index] ?? 0) * PAGE_BYTES, byteLength);
		at += byteLength;
	}
}

const record: WritePagesOptions = {zeroPages: 'record'};

async function sendRounds({primary}: SendChannels, pair: ProvenPair, options: WritePagesOptions): Promise<void> {
	using arena = new TestMemory(1024);
	using before = new TestMemory(PAGES);
	await primary.writeBytes(streamStart());
	await primary.writePages(Uint32Array.of(0, 1024));
	await primary.writePages(Uint32Array.of(1024, 1024));
	for (let round = 0; round < ROUNDS; round++) {
		const runs = scatteredRuns(round);
		touch(pair.source, runs, round);
		copyOut(pair.source, runs, arena);
		// What the guest writes meanwhile does not go: the copies do.
		before.bytes.set(pair.source.bytes);
		for (let index = 0; index < runs.length; index += 2) pair.source.page(runs[index] ?? 0).fill(0xee);
		await primary.writeCopies(runs, Number(arena.address), options);
		pair.source.bytes.set(before.bytes);
	}
}

async function expectCopies(t: ExecutionContext, settings: LinkSettings, options: WritePagesOptions): Promise<void> {
	using pair = new ProvenPair(PAGES);
	randomFillSync(pair.source.bytes);
	await using link = await openProven(pool, pair, settings);
	await sendRounds(link.sender, pair, options);
	await link.sender.primary.writeBytes(streamEnd().subarray(0, -LAST_END.length));
	await link.sender.primary.writeDigest();
	await link.sender.primary.writeBytes(LAST_END);
	t.is((await link.log.outcome()).kind, 'end');
	t.true(pair.isEqual);
	t.is(pair.sent.digest, pair.received.digest);
}

const zstd = {mode: 'zstd', codecs: ['zstd']} satisfies CompressionOptions;

test('copies arrive as the pages that they are of', async t => expectCopies(t, {}, {zeroPages: 'in-full'}));
test('copies of zeros go by name', async t => expectCopies(t, {}, record));
test('copies are compressed', async t => expectCopies(t, {send: {compression: zstd}}, record));
test('copies go as differences, and are known as what was sent last', async t =>
	expectCopies(t, {send: {compression: {...zstd, deltaCacheBytes: 64 * 1024 * 1024}}}, record));
test('copies arrive without a proof', async t => {
	using pair = new ProvenPair(PAGES);
	randomFillSync(pair.source.bytes);
	await using link = await openProven(pool, pair, {send: {pageHashes: undefined}, receive: {pageHashes: undefined}});
	await sendRounds(link.sender, pair, record);
	await link.sender.primary.writeBytes(streamEnd());
	await link.log.outcome();
	t.true(pair.isEqual);
});
test('a tee gets copies too', async t => {
	using directory = new TemporaryDirectory();
	await expectCopies(t, {send: {teeFd: fs.openSync(directory.file('tee'), 'w')}}, record);
});

test('copies of pages with types go as these say', async t => {
	using pair = new ProvenPair(PAGES);
	randomFillSync(pair.source.bytes);
	const pageTypes = new Uint8Array(new SharedArrayBuffer(PAGES));
	for (let pfn = 0; pfn < PAGES; pfn += 3) pageTypes[pfn] = PageType.xtab;
	await using link = await openProven(pool, pair, {send: {pageTypes}});
	const {primary} = link.sender;
	using arena = new TestMemory(16);
	await primary.writeBytes(streamStart());
	await primary.writePages(Uint32Array.of(0, 1024));
	const runs = Uint32Array.of(3, 5, 100, 2);
	randomFillSync(pair.source.bytes.subarray(0, 200 * PAGE_BYTES));
	copyOut(pair.source, runs, arena);
	await primary.writeCopies(runs, Number(arena.address));
	await primary.writeBytes(streamEnd().subarray(0, -LAST_END.length));
	await primary.writeDigest();
	await primary.writeBytes(LAST_END);
	t.is((await link.log.outcome()).kind, 'end');
	for (const pfn of [4, 5, 7, 100, 101]) t.deepEqual(pair.target.page(pfn), pair.source.page(pfn), `page ${pfn}`);
});

test('copies of pages that are not in order are refused, as are those beyond the memory', async t => {
	using pair = new ProvenPair(PAGES);
	await using link = await openProven(pool, pair);
	const {primary} = link.sender;
	await t.throwsAsync(primary.writeCopies(Uint32Array.of(5, 2, 6, 1), 4096), {instanceOf: RangeError});
	await t.throwsAsync(primary.writeCopies(Uint32Array.of(PAGES - 1, 2), 4096), {instanceOf: RangeError});
});

test('the copy of a page is found whatever was asked for before', t => {
	const runs = Uint32Array.of(3, 2, 10, 1, 11, 4, 900, 1);
	const copies = new CopiedPages(runs, 0x10_0000);
	const wanted = new Map([3, 4, 10, 11, 12, 13, 14, 900].map((pfn, index) => [pfn, 0x10_0000 + index * PAGE_BYTES]));
	for (const first of wanted.keys()) {
		for (const [pfn, address] of wanted) {
			copies.addressOf(first);
			t.is(copies.addressOf(pfn), address, `${pfn} behind ${first}`);
		}
	}

	for (const pfn of [0, 5, 9, 15, 899, 901]) t.throws(() => copies.addressOf(pfn), {instanceOf: TypeError}, `page ${pfn}`);
});
