import type net from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {ALIVE_BYTES, BackChannelDecoder, encodeBarrier, encodeHeartbeat, HEARTBEAT_BYTES, writeAlive} from '@sterna/protocol';
import {
	BandwidthLimit,
	DataWorkerPool,
	type HeartbeatOptions,
	openReceiveLink,
	openSendChannels,
	openSendLink,
	type ReceiveLinkOptions,
	type SendLink,
	type SendLinkOptions,
} from '../../src/index.ts';
import type {ReceiveChannelLink} from '../../src/data-link.ts';
import {connectLinks, connectToLink, readExactly, readToEnd} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {streamEnd, streamStart} from '../helpers/stream.ts';
import {connectTlsLinks} from '../helpers/tls.ts';

const PAGES = 64;
/** Short, where the silence is what is waited for. */
const SILENT: HeartbeatOptions = {silenceMs: 200};
/** Where there must be none: far longer than the other end needs for a word, on a loaded machine too. */
const PATIENT: HeartbeatOptions = {intervalMs: 50, silenceMs: 2000};
const BEATING: HeartbeatOptions = {intervalMs: 20};

const pool = new DataWorkerPool();
const memory = new TestMemory(PAGES);
memory.fillRandom();
test.after.always(async () => {
	await pool.close();
	memory[Symbol.dispose]();
});

type Sending = {readonly link: SendLink; readonly peer: net.Socket} & AsyncDisposable;

/** A sending link to a peer of the test's own. */
async function openSender(options: Partial<SendLinkOptions>): Promise<Sending> {
	const {fd, peer} = await connectToLink();
	const link = openSendLink(pool, {
		fd,
		kind: 'socket',
		memory,
		pageTypes: undefined,
		windowBytes: 1024 * 1024,
		teeFd: undefined,
		...options,
	});
	return {
		link,
		peer,
		async [Symbol.asyncDispose]() {
			peer.destroy();
			await link.destroy();
		},
	};
}

type Receiving = {readonly link: ReceiveChannelLink; readonly peer: net.Socket; readonly log: EventLog} & AsyncDisposable;

function openReceiver(fd: number, log: EventLog, options: Partial<ReceiveLinkOptions> = {}): ReceiveChannelLink {
	return openReceiveLink(pool, {
		fd,
		kind: 'socket',
		begins: 'libxl',
		mode: 'plain',
		memory,
		pageTypes: undefined,
		populatedPagesLimit: PAGES,
		backChannel: true,
		onEvent: log.onEvent,
		...options,
	});
}

/** A receiving link from a peer of the test's own. */
async function openReceiving(options: Partial<ReceiveLinkOptions>): Promise<Receiving> {
	const {fd, peer} = await connectToLink();
	const log = new EventLog();
	const link = openReceiver(fd, log, options);
	return {
		link,
		peer,
		log,
		async [Symbol.asyncDispose]() {
			peer.destroy();
			await link.destroy();
		},
	};
}

const ALIVE = new Uint8Array(ALIVE_BYTES);
writeAlive(new DataView(ALIVE.buffer), 0);

test('a receiver says that it is there at once, and again and again while it has nothing else to say', async t => {
	await using opened = await openReceiving({heartbeat: BEATING});
	t.deepEqual(
		new BackChannelDecoder().push(await readExactly(opened.peer, 5 * ALIVE_BYTES)),
		Array.from({length: 5}, () => ({kind: 'alive'})),
	);
});

test('a receiver says that it is there behind the end of the stream, too', async t => {
	await using opened = await openReceiving({heartbeat: BEATING});
	const {peer, log} = opened;
	peer.write(Buffer.concat([streamStart(), streamEnd()]));
	await log.first('end');
	const decoder = new BackChannelDecoder();
	let isApplied = false;
	for (let alive = 0; alive < 3;) {
		for (const record of decoder.push(await readExactly(peer, 8))) {
			if (record.kind === 'applied') isApplied = record.appliedBytes === streamStart().length + streamEnd().length;
			else if (record.kind === 'alive' && isApplied) alive += 1;
		}
	}

	t.true(isApplied);
});

test('a receiver without a heartbeat says nothing that was not asked for', async t => {
	await using opened = await openReceiving({});
	const {peer, link} = opened;
	await sleep(100);
	await link.destroy();
	t.is((await readToEnd(peer)).length, 0);
});

test('a sender gives a receiver up that says nothing, whether it has something to send or not', async t => {
	for (const windowBytes of [1024, 1024 * 1024]) {
		await using opened = await openSender({heartbeat: SILENT, windowBytes});
		const waiting = opened.link.writePages(Uint32Array.of(0, PAGES));
		t.like(await opened.link.closed, {name: 'LinkError', code: 'ERR_PEER_SILENT'});
		if (windowBytes < PAGES * 4096) await t.throwsAsync(waiting, {code: 'ERR_PEER_SILENT'});
	}
});

test('a sender that takes only silence for a loss is silent itself', async t => {
	await using opened = await openSender({heartbeat: SILENT});
	opened.link.allowHeartbeats(true);
	await opened.link.closed;
	t.is((await readToEnd(opened.peer)).length, 0);
});

test('a sender bears with a receiver that takes nothing, as long as it says that it is there', async t => {
	await using opened = await openSender({heartbeat: {silenceMs: 1500}, windowBytes: 1024});
	const {link, peer} = opened;
	const waiting = link.writePages(Uint32Array.of(0, PAGES));
	for (let said = 0; said < 30; said++) {
		peer.write(ALIVE);
		await sleep(100);
	}

	peer.resume();
	await link.destroy(new Error('seen enough'));
	await t.throwsAsync(waiting, {message: 'seen enough'});
});

test('a sender with nothing to send writes heartbeats between its records, where they are allowed, and nobody hears of them as items', async t => {
	await using opened = await openSender({heartbeat: BEATING});
	const {link, peer} = opened;
	t.is(await link.writeBytes(encodeBarrier(1)), 16);
	await readExactly(peer, 16);
	await sleep(100);
	t.is(peer.read(), null);
	link.allowHeartbeats(true);
	for (let beat = 0; beat < 3; beat++) t.deepEqual(new Uint8Array(await readExactly(peer, HEARTBEAT_BYTES)), encodeHeartbeat());
	link.allowHeartbeats(false);
	const end = await link.writeBytes(encodeBarrier(2));
	const rest = await readExactly(peer, end - 16 - 3 * HEARTBEAT_BYTES);
	t.is((end - 32) % HEARTBEAT_BYTES, 0);
	t.deepEqual(new Uint8Array(rest.subarray(-16)), encodeBarrier(2));
	await sleep(100);
	t.is(peer.read(), null);
});

test('a sender that its limit holds back in the middle of a record gives a few bytes of it as a sign of life', async t => {
	const limit = new BandwidthLimit(1);
	await using opened = await openSender({heartbeat: BEATING, limits: [limit]});
	const {link, peer} = opened;
	const sent = link.writePages(Uint32Array.of(0, PAGES));
	// Beyond the first slot, the next one of which comes in hours.
	const head = 16 + PAGES * 8;
	const bytes = await readExactly(peer, 20_000);
	t.is(Buffer.compare(bytes.subarray(head), memory.bytes.subarray(0, bytes.length - head)), 0);
	limit.set(undefined);
	t.is(await sent, head + PAGES * 4096);
});

test('a receiver gives a sender up from whom nothing comes, between records and inside of one', async t => {
	const start = streamStart();
	for (const bytes of [new Uint8Array(0), start, start.subarray(0, start.length - 3)]) {
		await using opened = await openReceiving({heartbeat: SILENT});
		opened.peer.write(bytes);
		t.like(await opened.log.outcome(), {kind: 'failed', error: {name: 'LinkError', code: 'ERR_PEER_SILENT'}});
	}
});

test('a receiver bears with a sender of whom there are heartbeats alone, and makes no records of them', async t => {
	await using opened = await openReceiving({heartbeat: {silenceMs: 1500}});
	const {peer, log} = opened;
	peer.write(streamStart());
	for (let said = 0; said < 30; said++) {
		peer.write(encodeHeartbeat());
		await sleep(100);
	}

	peer.write(streamEnd());
	t.like(await log.outcome(), {kind: 'end'});
	t.deepEqual(log.records, ['libxl:1', 'libxc:16', 'libxc:8', 'libxc:9', 'libxc:0', 'libxl:3', 'libxl:0']);
});

test('a receiver that stands behind a barrier does not count the silence beyond it', async t => {
	const reached = Promise.withResolvers<number>();
	await using opened = await openReceiving({
		begins: 'pages',
		channel: {index: 1, count: 2},
		onBarrier: reached.resolve,
		heartbeat: SILENT,
	});
	const {peer, log, link} = opened;
	peer.write(encodeBarrier(1));
	t.is(await reached.promise, 1);
	await sleep(1000);
	t.deepEqual(
		log.events.filter(event => event.kind === 'failed'),
		[],
	);
	link.passBarrier();
	t.like(await log.outcome(), {kind: 'failed', error: {code: 'ERR_PEER_SILENT'}});
});

test('behind the end of its stream a sender may be silent', async t => {
	await using opened = await openReceiving({heartbeat: SILENT});
	const {peer, log} = opened;
	peer.write(Buffer.concat([streamStart(), streamEnd()]));
	await log.first('end');
	await sleep(1000);
	t.deepEqual(
		log.events.filter(event => event.kind === 'failed'),
		[],
	);
});

for (const carrier of ['plain', 'TLS'] as const) {
	test(`${carrier}: two ends that have nothing to say for long know of each other, and go on as if nothing had been`, async t => {
		const log = new EventLog();
		const ends = carrier === 'TLS' ? await connectTlsLinks(pool) : (await connectLinks()).map(fd => ({fd, tlsSession: undefined}));
		const [own, peer] = ends;
		if (own === undefined || peer === undefined) throw new TypeError('a connection with one end');
		using target = new TestMemory(PAGES);
		await using receiver = openReceiver(peer.fd, log, {tlsSession: peer.tlsSession, heartbeat: PATIENT, memory: target});
		await using channels = openSendChannels(pool, {
			connections: [own],
			kind: 'socket',
			memory,
			pageTypes: undefined,
			windowBytes: 1024 * 1024,
			teeFd: undefined,
			heartbeat: PATIENT,
		});
		await channels.primary.writeBytes(streamStart());
		channels.startHeartbeats();
		await sleep(5000);
		await channels.writePages(0, Uint32Array.of(0, PAGES));
		await channels.applied();
		channels.endPages();
		channels.stopHeartbeats();
		await channels.primary.writeBytes(streamEnd());
		t.like(await log.outcome(), {kind: 'end'});
		t.is(Buffer.compare(target.bytes, memory.bytes), 0);
		await receiver.destroy();
	});
}
