import type net from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {ACKNOWLEDGEMENT_BYTES, writeAcknowledgement} from '@sterna/protocol';
import {BandwidthLimit, DataWorkerPool, openSendLink, type SendLink, type SendLinkOptions} from '../../src/index.ts';
import {connectToLink} from '../helpers/connections.ts';
import {TestMemory} from '../helpers/guest-memory.ts';

const BATCH_PAGES = 1024;
const BATCH_BYTES = 16 + BATCH_PAGES * 8 + BATCH_PAGES * 4096;
const ALL = Uint32Array.of(0, BATCH_PAGES);
/** More than may go at once: two slots, what was missed for 10 ms, and what a test is late in counting. */
const SLACK_BYTES = 1_000_000;

const pool = new DataWorkerPool({maxWorkers: 2});
const memory = new TestMemory(BATCH_PAGES);
memory.fillRandom();
test.after.always(async () => {
	await pool.close();
	memory[Symbol.dispose]();
});

type Opened = {readonly link: SendLink; readonly peer: net.Socket; readonly arrivedBytes: () => number} & AsyncDisposable;

/** A sending link to a peer that reads all there is and counts it. */
async function open(options: Pick<SendLinkOptions, 'limits' | 'windowBytes'>): Promise<Opened> {
	const {fd, peer} = await connectToLink();
	let arrived = 0;
	peer.on('data', part => {
		arrived += part.length;
	});
	peer.resume();
	const link = openSendLink(pool, {fd, kind: 'socket', memory, pageTypes: undefined, teeFd: undefined, ...options});
	return {
		link,
		peer,
		arrivedBytes: () => arrived,
		async [Symbol.asyncDispose]() {
			peer.destroy();
			await link.destroy();
		},
	};
}

const sendBatches = async (link: SendLink, count: number): Promise<number[]> =>
	Promise.all(Array.from({length: count}, async () => link.writePages(ALL)));

/** Asserts for some time that no more arrived than `bytesPerSecond` allows, and that what it allows goes on arriving. */
async function watchRate(
	arrivedBytes: () => number,
	{bytesPerSecond, milliseconds}: {readonly bytesPerSecond: number; readonly milliseconds: number},
): Promise<{readonly most: number; readonly arrived: number}> {
	const before = arrivedBytes();
	const started = performance.now();
	let most = -Infinity;
	while (performance.now() - started < milliseconds) {
		await sleep(20);
		const arrived = arrivedBytes() - before;
		most = Math.max(most, arrived - ((performance.now() - started) * bytesPerSecond) / 1000);
	}

	return {most, arrived: arrivedBytes() - before};
}

test.serial('a limited link sends what its limit allows and no more, and all of the rest once it is lifted', async t => {
	const limit = new BandwidthLimit(1e7);
	await using opened = await open({limits: [limit], windowBytes: undefined});
	const {link, arrivedBytes} = opened;
	const sent = sendBatches(link, 8);
	const {most, arrived} = await watchRate(arrivedBytes, {bytesPerSecond: 1e7, milliseconds: 1000});
	t.true(most < SLACK_BYTES, `${most} bytes too many`);
	t.true(arrived > 0 && arrived < 12_000_000, `${arrived}`);
	t.true(arrived < 8 * BATCH_BYTES);
	limit.set(undefined);
	t.is((await sent).at(-1), 8 * BATCH_BYTES);
});

test.serial('a link that waits under a limit of next to nothing follows when it is raised', async t => {
	const limit = new BandwidthLimit(1);
	await using opened = await open({limits: [limit], windowBytes: undefined});
	const {link, arrivedBytes} = opened;
	const sent = link.writePages(ALL);
	const {arrived} = await watchRate(arrivedBytes, {bytesPerSecond: 1, milliseconds: 200});
	t.true(arrived < 100_000, `${arrived}`);
	limit.set(1e9);
	t.is(await sent, BATCH_BYTES);
});

test.serial('links that share a limit send no more than it allows together, and each of them something', async t => {
	const limit = new BandwidthLimit(1e7);
	await using stack = new AsyncDisposableStack();
	const all: Opened[] = [];
	// Two workers: the limit is shared between threads.
	for (let count = 0; count < 4; count++) all.push(stack.use(await open({limits: [limit], windowBytes: undefined})));
	// Both are up and running before the shares are compared.
	await Promise.all(all.map(async ({link}) => link.writeBytes(new Uint8Array(1))));
	const sent = Promise.all(all.map(async ({link}) => sendBatches(link, 2)));
	const {most} = await watchRate(() => all.reduce((sum, {arrivedBytes}) => sum + arrivedBytes(), 0), {
		bytesPerSecond: 1e7,
		milliseconds: 1000,
	});
	t.true(most < SLACK_BYTES, `${most} bytes too many`);
	const shares = all.map(({arrivedBytes}) => arrivedBytes());
	t.true(Math.min(...shares) * 2 > Math.max(...shares), shares.join());
	limit.set(undefined);
	await sent;
});

test.serial('the lower of two limits holds', async t => {
	const limits = [new BandwidthLimit(1e9), new BandwidthLimit(5e6)];
	await using opened = await open({limits, windowBytes: undefined});
	const {link, arrivedBytes} = opened;
	const sent = sendBatches(link, 2);
	const {most} = await watchRate(arrivedBytes, {bytesPerSecond: 5e6, milliseconds: 500});
	t.true(most < SLACK_BYTES, `${most} bytes too many`);
	limits[1]?.set(1e9);
	await sent;
});

test.serial('the last pass ignores the limit for as long as it may, and then it holds again', async t => {
	const limit = new BandwidthLimit(1);
	await using opened = await open({limits: [limit], windowBytes: undefined});
	const {link, arrivedBytes} = opened;
	const waiting = link.writePages(ALL);
	await watchRate(arrivedBytes, {bytesPerSecond: 1, milliseconds: 100});
	link.ignoreLimitsFor(60_000);
	t.is(await waiting, BATCH_BYTES);
	// The later word counts.
	link.ignoreLimitsFor(1);
	await sleep(20);
	const held = link.writePages(ALL);
	const {arrived} = await watchRate(arrivedBytes, {bytesPerSecond: 1, milliseconds: 300});
	t.true(arrived < BATCH_BYTES, `${arrived}`);
	limit.set(undefined);
	t.is(await held, 2 * BATCH_BYTES);
});

test.serial('a link that waits for its limit is ended at once', async t => {
	await using opened = await open({limits: [new BandwidthLimit(1)], windowBytes: 1_000_000});
	const {link} = opened;
	const sent = t.throwsAsync(link.writePages(ALL), {message: 'aborted by the test'});
	await link.destroy(new Error('aborted by the test'));
	await sent;
});

test.serial('on a slow link with a delay no more is under way than it makes use of, of a window of 256 MiB', async t => {
	await using opened = await open({windowBytes: 256 * 1024 * 1024, limits: undefined});
	const {link, peer, arrivedBytes} = opened;
	// The peer takes all at once and credits it as a link of 50 MB/s with 20 ms would: only the window holds the sender back.
	const carried: {readonly atMs: number; readonly bytes: number}[] = [];
	const started = performance.now();
	let credited = 0;
	let most = 0;
	const credit = setInterval(() => {
		const nowMs = performance.now();
		carried.push({atMs: nowMs + 20, bytes: Math.min(arrivedBytes(), Math.floor((nowMs - started) * 50_000))});
		while ((carried[0]?.atMs ?? Infinity) <= nowMs) credited = carried.shift()?.bytes ?? credited;
		const record = new Uint8Array(ACKNOWLEDGEMENT_BYTES);
		writeAcknowledgement(new DataView(record.buffer), 0, 'credit', credited);
		peer.write(record);
		most = Math.max(most, arrivedBytes() - credited);
	}, 5);
	t.teardown(() => clearInterval(credit));
	await sendBatches(link, 16);
	t.true(most < 32 * 1024 * 1024, `${most} bytes under way`);
	t.true(most > 1024 * 1024, `${most} bytes under way`);
});
