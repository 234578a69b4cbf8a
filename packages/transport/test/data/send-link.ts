import {once} from 'node:events';
import type net from 'node:net';
import test from 'ava';
import {ACKNOWLEDGEMENT_BYTES, encodeFault, OperationError, writeAcknowledgement, type Acknowledgement} from '@sterna/protocol';
import {DataWorkerPool, LinkError, openSendLink, type SendLink} from '../../src/index.ts';
import {connectToLink, readExactly, whatIs} from '../helpers/connections.ts';
import {TestMemory} from '../helpers/guest-memory.ts';

const PAGES = 4096;
const BATCH_PAGES = 1024;
const BATCH_BYTES = 16 + BATCH_PAGES * 8 + BATCH_PAGES * 4096;

const pool = new DataWorkerPool();
const memory = new TestMemory(PAGES);
memory.fillRandom();
test.after.always(async () => {
	await pool.close();
	memory[Symbol.dispose]();
});

type Opened = {readonly link: SendLink; readonly peer: net.Socket} & AsyncDisposable;

/** A sending link to a peer of the test's own, which reads nothing unless told to. */
async function open(windowBytes: number | undefined): Promise<Opened> {
	const {fd, peer} = await connectToLink();
	const link = openSendLink(pool, {fd, kind: 'socket', memory, pageTypes: undefined, windowBytes, teeFd: undefined});
	return {
		link,
		peer,
		async [Symbol.asyncDispose]() {
			peer.destroy();
			await link.destroy();
		},
	};
}

function acknowledgement(kind: Acknowledgement, value: number): Uint8Array {
	const bytes = new Uint8Array(ACKNOWLEDGEMENT_BYTES);
	writeAcknowledgement(new DataView(bytes.buffer), 0, kind, value);
	return bytes;
}

const batch = (index: number): Uint32Array => Uint32Array.of(index * BATCH_PAGES, BATCH_PAGES);

test('the peer reads the queued bytes and the pages behind their list, byte for byte', async t => {
	await using opened = await open(undefined);
	const {link, peer} = opened;
	const first = new Uint8Array(200_000).fill(5);
	const ends = Promise.all([
		link.writeBytes(first),
		link.writeBytes(new Uint8Array(0)),
		link.writePages(Uint32Array.of(7, 2, 100, 1)),
		link.writeBytes(Uint8Array.of(1, 2)),
	]);
	// The bytes were copied at the call.
	first.fill(0);
	const sent = await readExactly(peer, 200_000 + 40 + 3 * 4096 + 2);
	t.deepEqual(await ends, [200_000, 200_000, 212_328, 212_330]);
	t.true(sent.subarray(0, 200_000).every(byte => byte === 5));
	const head = sent.subarray(200_000);
	t.deepEqual([head.readUInt32LE(0), head.readUInt32LE(4), head.readUInt32LE(8), head.readUInt32LE(12)], [1, 32 + 3 * 4096, 3, 0]);
	t.deepEqual([head.readBigUInt64LE(16), head.readBigUInt64LE(24), head.readBigUInt64LE(32)], [7n, 8n, 100n]);
	t.is(Buffer.compare(head.subarray(40, 40 + 2 * 4096), memory.bytes.subarray(7 * 4096, 9 * 4096)), 0);
	t.is(Buffer.compare(head.subarray(40 + 2 * 4096, 40 + 3 * 4096), memory.page(100)), 0);
	t.deepEqual([...head.subarray(40 + 3 * 4096)], [1, 2]);
	await link.applied(212_330);
});

test('a receiver that takes nothing is never sent more than the window, and goes on as it credits', async t => {
	const windowBytes = 3_000_000;
	await using opened = await open(windowBytes);
	const {link, peer} = opened;
	const written = Promise.all([0, 1, 2].map(async index => link.writePages(batch(index))));
	const total = 3 * BATCH_BYTES;
	let taken = 0;
	while (taken < total) {
		// All that the window allows arrives, and not one byte more before it is credited.
		const allowed = Math.min(windowBytes, total - taken);
		taken += (await readExactly(peer, allowed)).length;
		const {writtenBytes, creditedBytes} = link.progress;
		t.true(writtenBytes - creditedBytes <= windowBytes);
		t.is(peer.read(), null);
		peer.write(acknowledgement('credit', taken));
	}

	await written;
	peer.write(acknowledgement('applied', total));
	await link.applied(total);
	t.deepEqual(link.progress, {writtenBytes: total, creditedBytes: total, appliedBytes: total, zeroPages: 0, savedBytes: 0});
});

test('memory of the sender stays flat while the receiver is stalled', async t => {
	await using opened = await open(64 * 1024 * 1024);
	const {link} = opened;
	await link.writeBytes(new Uint8Array(1));
	const before = process.memoryUsage.rss();
	const stalled = Promise.allSettled(Array.from({length: 64}, async (_, index) => link.writePages(batch(index % 4))));
	// The kernel's buffers are full when the socket has taken the same twice.
	let seen = -1;
	while (seen !== link.progress.writtenBytes) {
		seen = link.progress.writtenBytes;
		await new Promise(resolve => {
			setTimeout(resolve, 50);
		});
	}

	t.true(process.memoryUsage.rss() - before < 32 * 1024 * 1024);
	await link.destroy();
	t.true((await stalled).some(({status}) => status === 'rejected'));
});

test('the fault of the receiver is the reason that the link closed with, for everything that waits', async t => {
	await using opened = await open(1_000_000);
	const {link, peer} = opened;
	const waiting = [link.writePages(batch(0)), link.applied(5), link.sync()];
	peer.write(acknowledgement('credit', 0));
	const fault = {
		code: 'ERR_MEMORY_INSUFFICIENT',
		message: 'no memory for page 12',
		side: 'receiver',
		phase: 'precopy',
		runsOn: {kind: 'host', host: 'host-a'},
		next: undefined,
		causes: ['receiver: ENOSPC'],
	} as const;
	peer.write(encodeFault(new OperationError(fault)));
	const error = await link.closed;
	t.true(error instanceof OperationError);
	t.deepEqual((error as OperationError).fault, fault);
	for (const promise of waiting) await t.throwsAsync(promise, {any: true, is: error});
});

test('the fault is heard even where the connection is reset right behind it', async t => {
	await using opened = await open(64 * 1024 * 1024);
	const {link, peer} = opened;
	const sending = Promise.allSettled(Array.from({length: 8}, async (_, index) => link.writePages(batch(index % 4))));
	await readExactly(peer, 1000);
	const error = new OperationError({
		code: 'ERR_TARGET_REFUSED',
		message: 'no',
		side: 'receiver',
		phase: 'precopy',
		runsOn: {kind: 'unknown'},
		next: undefined,
		causes: [],
	});
	await new Promise<void>(resolve => {
		peer.write(encodeFault(error), () => resolve());
	});
	peer.resetAndDestroy();
	t.like(await link.closed, {code: 'ERR_TARGET_REFUSED'});
	await sending;
});

const MISBEHAVIOUR: [title: string, bytes: Uint8Array][] = [
	['credit for what was not sent', acknowledgement('credit', 10_000)],
	['an acknowledgement of what was not sent', acknowledgement('applied', 10_000)],
	['credit that goes back', new Uint8Array([...acknowledgement('credit', 5), ...acknowledgement('credit', 4)])],
	['bytes that are no record', new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n')],
];

for (const [title, bytes] of MISBEHAVIOUR) {
	test(`${title} ends the link as a wrong stream`, async t => {
		await using opened = await open(1_000_000);
		const {link, peer} = opened;
		await link.writeBytes(new Uint8Array(8));
		peer.write(bytes);
		t.like(await link.closed, {name: 'LinkError', code: 'ERR_STREAM'});
	});
}

test('a peer that closes, and one that resets, is a lost connection, idle and in full flow', async t => {
	for (const windowBytes of [1_000_000, 64 * 1024 * 1024]) {
		for (const end of ['close', 'reset'] as const) {
			for (const busy of [false, true]) {
				await using opened = await open(windowBytes);
				const {link, peer} = opened;
				await link.writeBytes(new Uint8Array(8));
				const waiting = busy ? [link.writePages(batch(0)), link.writePages(batch(1))] : [];
				if (end === 'close') peer.destroy();
				else peer.resetAndDestroy();
				const error = await link.closed;
				t.like(error, {name: 'LinkError', code: 'ERR_CONNECTION_LOST'}, `${end}, window ${windowBytes}, busy ${busy}`);
				t.true((await Promise.allSettled(waiting)).every(({status}) => status === 'rejected' || windowBytes > 1_000_000));
			}
		}
	}
});

test('without a back channel a lost connection is found by the next write', async t => {
	await using opened = await open(undefined);
	const {link, peer} = opened;
	await link.writeBytes(new Uint8Array(8));
	peer.resetAndDestroy();
	await once(peer, 'close');
	await t.throwsAsync(
		async () => {
			for (;;) await link.writePages(batch(0));
		},
		{instanceOf: LinkError, code: 'ERR_CONNECTION_LOST'},
	);
});

/** Queues more than the kernel takes; what becomes of it is not this test's business. */
const flood = ({link}: Opened): void => {
	for (let index = 0; index < 8; index++) void link.writePages(batch(0));
};

const STATES: [title: string, windowBytes: number | undefined, prepare: (opened: Opened) => Promise<void>][] = [
	['fresh', 1_000_000, async () => {}],
	['idle', 1_000_000, async ({link}) => void (await link.writeBytes(new Uint8Array(10)))],
	[
		'held back by its window',
		1_000_000,
		async opened => {
			flood(opened);
			await readExactly(opened.peer, 1_000_000);
		},
	],
	['held back by the kernel', 1e9, async opened => flood(opened)],
	['held back by the kernel without a back channel', undefined, async opened => flood(opened)],
	[
		'in full flow',
		undefined,
		async opened => {
			flood(opened);
			opened.peer.resume();
		},
	],
	[
		'lost already',
		1_000_000,
		async ({link, peer}) => {
			peer.destroy();
			await link.closed;
		},
	],
];

for (const [title, windowBytes, prepare] of STATES) {
	test(`a link that is ${title} is aborted at once, as often as one likes`, async t => {
		await using opened = await open(windowBytes);
		const {link} = opened;
		const cause = new Error('aborted by the test');
		await prepare(opened);
		const failed = title === 'lost already' ? await link.closed : undefined;
		const pending = link.writePages(batch(1));
		const expected = failed ?? cause;
		await Promise.all([link.destroy(cause), link.destroy(new Error('too late')), link.destroy()]);
		t.is(await link.closed, expected);
		const outcome = await Promise.allSettled([pending]);
		t.true(outcome[0].status === 'fulfilled' || outcome[0].reason === expected);
		await t.throwsAsync(link.writeBytes(new Uint8Array(1)), {any: true, is: expected});
		await link.destroy();
	});
}

test('when destroy has resolved, neither descriptor nor memory is touched any more', async t => {
	for (let round = 0; round < 10; round++) {
		const {fd, peer} = await connectToLink();
		const own = new TestMemory(BATCH_PAGES);
		own.fillRandom();
		const link = openSendLink(pool, {fd, kind: 'socket', memory: own, pageTypes: undefined, windowBytes: undefined, teeFd: undefined});
		const socket = whatIs(fd);
		const sending = Promise.allSettled(Array.from({length: 4}, async () => link.writePages(batch(0))));
		peer.resume();
		await link.destroy();
		// An access from now on would be a fault of the whole process.
		own[Symbol.dispose]();
		t.not(whatIs(fd), socket);
		await sending;
		peer.destroy();
	}
});

test('runs outside of the memory, empty ones and too many never reach the worker', async t => {
	await using opened = await open(undefined);
	const {link} = opened;
	for (const runs of [[], [0, 0], [PAGES, 1], [PAGES - 1, 2], [0xffff_ffff, 1], [0, 1025], [0, 1000, 0, 25]]) {
		await t.throwsAsync(link.writePages(Uint32Array.from(runs)), {instanceOf: RangeError});
	}

	t.is(await link.writeBytes(new Uint8Array(3)), 3);
});
