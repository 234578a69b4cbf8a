import {randomFillSync, randomInt} from 'node:crypto';
import {setTimeout as sleep} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {encodeDigest, encodeEmulatorContext, encodeRecord, LibxcRecordType, LibxlRecordType, SternaRecordType} from '@sterna/protocol';
import {
	type CompressionOptions,
	DataWorkerPool,
	openPageChecker,
	openReceiveLink,
	openSendLink,
	type ReceiveEvent,
} from '../../src/index.ts';
import {connectToLink, readExactly} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {openProven, ProvenPair} from '../helpers/proven.ts';
import {LAST_END, streamEnd, streamStart} from '../helpers/stream.ts';

const PAGE_BYTES = 4096;
const PAGES = 40;
const CONTEXT_BYTES = 300;
const DIGEST_BYTES = 32;

const pool = new DataWorkerPool({maxWorkers: 2});
test.after.always(async () => pool.close());

/** What a sender writes, and where its parts are. */
type Stream = {readonly bytes: Buffer; readonly pageData: number; readonly zeros: number; readonly tail: number; readonly digest: number};

/** The whole stream of a small guest whose second half is sent twice. */
async function record(pair: ProvenPair, compression?: CompressionOptions): Promise<Stream> {
	const {fd, peer} = await connectToLink();
	// Without acknowledgements: what is received is read from memory here.
	await using link = openSendLink(pool, {...pair.sending, fd, windowBytes: undefined, compression});
	randomFillSync(pair.source.bytes);
	for (let pfn = 0; pfn < PAGES; pfn++) pair.source.page(pfn).fill(pfn + 1, 0, 2048);
	const pageData = await link.writeBytes(streamStart());
	await link.writePages(Uint32Array.of(0, PAGES));
	pair.source.bytes.fill(0, 30 * PAGE_BYTES, 35 * PAGE_BYTES);
	pair.source.page(36).fill(9);
	const zeros = await link.writePages(Uint32Array.of(20, 10));
	await link.writePages(Uint32Array.of(30, 10), {zeroPages: 'record'});
	const tail = link.progress.writtenBytes;
	const digest = await link.writeBytes(streamEnd(new Uint8Array(CONTEXT_BYTES).fill(3)).subarray(0, -LAST_END.length));
	await link.writeDigest();
	const end = await link.writeBytes(LAST_END);
	const bytes = await readExactly(peer, end);
	peer.destroy();
	return {bytes, pageData, zeros, tail, digest};
}

type Received = {readonly outcome: ReceiveEvent; readonly log: EventLog};

/** Gives a receiver a stream, in pieces that it reads one by one where they are few. */
async function receive(pair: ProvenPair, ...pieces: readonly Uint8Array[]): Promise<Received> {
	const {fd, peer} = await connectToLink();
	const log = new EventLog();
	await using _link = openReceiveLink(pool, {...pair.receiving, fd, onEvent: log.onEvent});
	peer.setNoDelay(true);
	for (const piece of pieces) {
		peer.write(piece);
		// Long enough for a worker to read it by itself, as a rule.
		if (pieces.length === 2) await sleep(2);
	}

	peer.end();
	const outcome = await log.outcome();
	peer.destroy();
	return {outcome, log};
}

/** A receiver that has nothing yet, of a guest like `pair`'s. */
const fresh = (pair: ProvenPair): ProvenPair => new ProvenPair(PAGES, pair.sent.key);

function flipped(bytes: Buffer, at: number, bit = at % 8): Buffer {
	const copy = Buffer.from(bytes);
	copy[at] = (copy[at] ?? 0) ^ (1 << bit);
	return copy;
}

async function expectCaught(t: ExecutionContext, pair: ProvenPair, bytes: Buffer, what: string): Promise<void> {
	using target = fresh(pair);
	const {outcome, log} = await receive(target, bytes);
	if (outcome.kind !== 'failed') {
		t.fail(`${what}: ${outcome.kind}`);
		return;
	}

	t.true(['ERR_PROOF_MISMATCH', 'ERR_STREAM', 'ERR_CONNECTION_LOST'].includes(outcome.error.code), `${what}: ${outcome.error.message}`);
	t.false(log.records.includes('libxl:0'), `${what}: the last end was told of`);
}

test('what was not changed is proven, however it is cut into segments', async t => {
	using pair = new ProvenPair(PAGES);
	const {bytes, pageData, digest} = await record(pair);
	const expectProven = async (what: string, ...pieces: readonly Uint8Array[]): Promise<void> => {
		using target = fresh(pair);
		const {outcome} = await receive(target, ...pieces);
		t.is(outcome.kind, 'end', `${what}: ${outcome.kind === 'failed' ? outcome.error.message : ''}`);
		t.is(target.received.digest, pair.sent.digest);
		t.is(Buffer.compare(target.target.bytes, pair.source.bytes), 0);
	};
	for (const size of [61, 4096, bytes.length])
		await expectProven(
			`pieces of ${size}`,
			...Array.from({length: Math.ceil(bytes.length / size)}, (_, index) => bytes.subarray(index * size, (index + 1) * size)),
		);
	for (const [from, to] of [
		[pageData - 3, pageData + 20],
		[digest - 2, bytes.length],
	] as const) {
		for (let cut = from; cut < to; cut++) await expectProven(`cut at ${cut}`, bytes.subarray(0, cut), bytes.subarray(cut));
	}
});

test('a bit that changed is caught, whatever it is a part of', async t => {
	using pair = new ProvenPair(PAGES);
	const {bytes, pageData, zeros, tail, digest} = await record(pair);
	const pages = pageData + 16 + 8 * PAGES;
	const places: ReadonlyArray<readonly [what: string, at: number]> = [
		['the domain header', 16 + 8 + 24 + 8],
		['the type of a record of pages', pageData],
		['its length', pageData + 4],
		['the count of its list', pageData + 8],
		['its reserved field', pageData + 12],
		['a pfn of its list', pageData + 16 + 8 * 3],
		['a page type of its list', pageData + 16 + 8 * 3 + 7],
		['the content of a page', pages + 3 * PAGE_BYTES + 100],
		['the last byte of a page', pages + 20 * PAGE_BYTES - 1],
		['the last byte of the last page', tail - 1],
		['a pfn of a list of zeros', zeros + 8],
		['the length of a run of zeros', zeros + 16],
		['the CPU state', tail + 20],
		['the device state', digest - 50],
		['the type of the digest', digest],
		['the length of the digest', digest + 4],
		['the hash of the bytes', digest + 8],
		['the fold of the pages', digest + 16],
		['the type of the last end', digest + DIGEST_BYTES],
		['the length of the last end', digest + DIGEST_BYTES + 4],
	];
	for (const [what, at] of places) await expectCaught(t, pair, flipped(bytes, at), what);

	// A page that is sent again later in its whole is right in the end, whatever the first version was.
	using target = fresh(pair);
	t.is((await receive(target, flipped(bytes, pages + 25 * PAGE_BYTES))).outcome.kind, 'end');
	t.is(Buffer.compare(target.target.bytes, pair.source.bytes), 0);
});

test('bits that changed anywhere are caught, or make no difference to the guest', async t => {
	using pair = new ProvenPair(PAGES);
	const {bytes, digest} = await record(pair);
	for (let round = 0; round < 60; round++) {
		const at = randomInt(bytes.length);
		using target = fresh(pair);
		const {outcome} = await receive(target, flipped(bytes, at, randomInt(8)));
		const isRight = Buffer.compare(target.target.bytes, pair.source.bytes) === 0;
		t.true(outcome.kind === 'failed' || isRight, `byte ${at} of ${bytes.length}, the digest is at ${digest}`);
	}
});

for (const [what, compression] of [
	['compressed pages', {mode: 'zstd', codecs: ['zstd']}],
	['pages compressed with lz4', {mode: 'lz4', codecs: ['lz4']}],
] satisfies Array<[string, CompressionOptions]>) {
	test(`bits that changed in ${what} are caught`, async t => {
		using pair = new ProvenPair(PAGES);
		const {bytes, pageData, zeros} = await record(pair, compression);
		for (let at = pageData + 9; at < zeros; at += Math.floor((zeros - pageData) / 30)) {
			using target = fresh(pair);
			const {outcome} = await receive(target, flipped(bytes, at));
			t.true(outcome.kind === 'failed' || Buffer.compare(target.target.bytes, pair.source.bytes) === 0, `byte ${at}`);
		}
	});
}

test('a difference says what it is in, and the receiver keeps what it has', async t => {
	using pair = new ProvenPair(PAGES);
	const {bytes, pageData, digest} = await record(pair);
	const wrongPage = await (async () => {
		using target = fresh(pair);
		const {outcome} = await receive(target, flipped(bytes, pageData + 16 + 8 * PAGES + 3 * PAGE_BYTES));
		t.deepEqual(target.received.differingPages(0, pair.sent.entryBytes(0, PAGES)), [3]);
		t.deepEqual(target.received.differingGroups(0, pair.sent.groupBytes(0, 1)), [0]);
		return outcome;
	})();
	t.like(wrongPage, {kind: 'failed', error: {code: 'ERR_PROOF_MISMATCH'}});
	t.regex(wrongPage.kind === 'failed' ? wrongPage.error.message : '', /^pages before byte \d+ of the stream are not what was sent$/);
	using target = fresh(pair);
	const wrongState = (await receive(target, flipped(bytes, digest - 50))).outcome;
	t.regex(wrongState.kind === 'failed' ? wrongState.error.message : '', /^records or device state before byte/);
	t.deepEqual(target.received.differingPages(0, pair.sent.entryBytes(0, PAGES)), []);
});

test('a stream that ends without a digest of all of it proves nothing', async t => {
	using pair = new ProvenPair(PAGES);
	const {bytes, digest} = await record(pair);
	const state = encodeRecord({
		layer: 'libxl',
		type: LibxlRecordType.EMULATOR_CONTEXT,
		body: encodeEmulatorContext({emulatorId: 2, index: 0, context: Uint8Array.of(9)}),
	});
	for (const [what, stream] of [
		['no digest', Buffer.concat([bytes.subarray(0, digest), LAST_END])],
		['device state behind the digest', Buffer.concat([bytes.subarray(0, -LAST_END.length), state, LAST_END])],
	] as const) {
		using target = fresh(pair);
		const {outcome} = await receive(target, stream);
		t.like(outcome, {kind: 'failed', error: {code: 'ERR_PROOF_MISMATCH'}}, what);
		t.regex(outcome.kind === 'failed' ? outcome.error.message : '', /without a digest/, what);
	}
});

test('a further data connection that ends without a digest, or with a wrong one, is refused', async t => {
	const end = encodeRecord({layer: 'libxc', type: LibxcRecordType.END, body: new Uint8Array(0)});
	const wrong = encodeRecord({
		layer: 'libxc',
		type: SternaRecordType.DIGEST,
		body: encodeDigest({bytesHash: 1n, pagesFold: 0n}),
	});
	for (const stream of [end, Buffer.concat([wrong, end])]) {
		using pair = new ProvenPair(2048);
		const {fd, peer} = await connectToLink();
		const log = new EventLog();
		const channel = {index: 1, count: 2};
		await using _link = openReceiveLink(pool, {...pair.receiving, begins: 'pages', channel, fd, onEvent: log.onEvent});
		peer.end(stream);
		t.like(await log.outcome(), {kind: 'failed', error: {code: 'ERR_PROOF_MISMATCH'}});
		peer.destroy();
	}
});

test('a page that was written after it was sent, and not sent again, is found by looking at the memory', async t => {
	using pair = new ProvenPair(2048);
	randomFillSync(pair.source.bytes);
	{
		await using link = await openProven(pool, pair);
		await link.sender.primary.writeBytes(streamStart());
		await link.sender.writePages(0, Uint32Array.of(0, 1000));
		await link.sender.writePages(0, Uint32Array.of(1000, 1000));
		const page = pair.source.page(700);
		page[4095] = (page[4095] ?? 0) ^ 1;
		pair.source.page(999).fill(0);
		await link.sender.primary.writeBytes(streamEnd().subarray(0, -LAST_END.length));
		await link.sender.primary.writeDigest();
		await link.sender.primary.writeBytes(LAST_END);
		// What arrived is what was sent: the wire is not at fault.
		t.is((await link.log.outcome()).kind, 'end');
	}

	await using checker = openPageChecker(pool, {memory: pair.source, pageHashes: pair.sent});
	t.deepEqual(await checker.compare(Uint32Array.of(0, 2000)), Uint32Array.of(700, 1, 999, 1));
	// Pages that were never sent are zeros to the table.
	t.deepEqual(await checker.compare(Uint32Array.of(1999, 3)), Uint32Array.of(2000, 2));
	await using other = openPageChecker(pool, {memory: pair.target, pageHashes: pair.received});
	t.deepEqual(await other.compare(Uint32Array.of(0, 2048)), new Uint32Array(0));
});

test('a stream with checkpoints is not proven', async t => {
	using pair = new ProvenPair(16);
	const {fd, peer} = await connectToLink();
	t.throws(() => openReceiveLink(pool, {...pair.receiving, mode: 'any', fd, onEvent() {}}), {instanceOf: TypeError});
	peer.destroy();
});
