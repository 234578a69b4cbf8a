import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import {MAX_STREAM_FRAME_BYTES, type ServerMessage, type StreamData} from '@sterna/protocol/control';
import type {ByteStream, ControlClient, RequestStream} from '../../src/control/index.ts';
import {StreamEnd} from '../../src/control/byte-stream.ts';
import {connectTo, operationError, startServer} from '../helpers/control.ts';

const DONE: ServerMessage = {kind: 'done', body: {}};
const WINDOW = 64 * 1024;

/** A client of a server that does `work` with the stream of `watch` requests, and says `done` to others. */
async function connectStreams(
	t: ExecutionContext,
	work: (stream: ByteStream, signal: AbortSignal) => Promise<void>,
): Promise<{readonly client: ControlClient; readonly close: () => Promise<void>}> {
	const server = await startServer(t, {
		onRequest: async (request, reply) => {
			if (request.kind === 'watch') await work(reply.openStream({windowBytes: WINDOW}), reply.signal);
			return DONE;
		},
	});
	return {client: await connectTo(t, server), close: async () => server.close(0)};
}

const open = (client: ControlClient, signal?: AbortSignal): RequestStream =>
	client.openStream('watch', {id: ''}, {windowBytes: WINDOW, ...(signal === undefined ? {} : {signal})});

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of stream) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** Writes without end; `count.bytes` is how much the other end has had room for. */
async function pour(stream: ByteStream, count: {bytes: number}): Promise<never> {
	const piece = new Uint8Array(10_000);
	for (;;) {
		await stream.write(piece);
		count.bytes += piece.length;
	}
}

/** Resolves when turns of the event loop change nothing any more. */
async function settle(figure: () => number): Promise<void> {
	for (let still = 0, before = figure(); still < 20; still = figure() === before ? still + 1 : 0) {
		before = figure();
		await new Promise(resolve => {
			setTimeout(resolve, 5);
		});
	}
}

test('bytes go both ways at once, in order and whole, up to the end of each way', async t => {
	const {client} = await connectStreams(t, async stream => {
		for await (const piece of stream) await stream.write(piece);
		await stream.write(Buffer.from('that was all'));
		await stream.end();
	});
	const stream = open(client);
	const sent = randomBytes(3 * 1024 * 1024 + 1);
	const received = readAll(stream);
	for (let at = 0; at < sent.length; at += 700_001) await stream.write(sent.subarray(at, at + 700_001));
	await stream.end();
	t.deepEqual(await received, Buffer.concat([sent, Buffer.from('that was all')]));
	t.like(await stream.answer, {kind: 'done', last: true});
});

test('a reader that does not read gets no more than it has room for, in either direction', async t => {
	const count = {server: {bytes: 0}, client: {bytes: 0}};
	const {client} = await connectStreams(t, async stream => pour(stream, count.server));
	const leaving = new AbortController();
	const stream = open(client, leaving.signal);
	const pouring = pour(stream, count.client);
	await settle(() => count.server.bytes + count.client.bytes);
	for (const {bytes} of [count.server, count.client]) t.true(bytes > 0 && bytes <= WINDOW, String(bytes));
	leaving.abort(new Error('enough'));
	await t.throwsAsync(pouring, {message: 'enough'});
});

test('a stream that nobody reads holds up nothing else on its connection', async t => {
	const ended = Promise.withResolvers<unknown>();
	const {client} = await connectStreams(t, async (_stream, signal) => {
		await once(signal, 'abort');
		ended.resolve(signal.reason);
	});
	const count = {bytes: 0};
	const leaving = new AbortController();
	const pouring = pour(open(client, leaving.signal), count);
	await settle(() => count.bytes);
	t.like(await client.request('hosts', {probe: false}), {kind: 'done'});
	leaving.abort(new Error('enough'));
	await t.throwsAsync(pouring, {message: 'enough'});
	t.regex(String(await ended.promise), /the client cancelled the request/);
	t.like(await client.request('hosts', {probe: false}), {kind: 'done'});
});

test('a client that gives up ends the reading and the writing at the server', async t => {
	const [reading, writing] = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()];
	const {client} = await connectStreams(t, async stream => {
		await readAll(stream).catch(reading.resolve);
		await stream.write(Buffer.from('x')).catch(writing.resolve);
	});
	const leaving = new AbortController();
	const stream = open(client, leaving.signal);
	await stream.write(Buffer.from('some'));
	leaving.abort(new Error('enough'));
	await t.throwsAsync(stream.answer, {message: 'enough'});
	await t.throwsAsync(stream.write(Buffer.from('more')), {message: 'enough'});
	await t.throwsAsync(readAll(stream), {message: 'enough'});
	for (const {promise} of [reading, writing]) t.like(await promise, {code: 'ERR_CONNECTION_LOST'});
});

test('a connection that ends in the middle ends the streams of both ends', async t => {
	const reading = Promise.withResolvers<unknown>();
	const {client, close} = await connectStreams(t, async stream => {
		await readAll(stream).catch(reading.resolve);
	});
	const stream = open(client);
	const pouring = pour(stream, {bytes: 0});
	pouring.catch(() => undefined);
	await stream.write(Buffer.from('x')).catch(() => undefined);
	await close();
	await t.throwsAsync(readAll(stream), {code: 'ERR_CONNECTION_LOST'});
	await t.throwsAsync(pouring, {code: 'ERR_CONNECTION_LOST'});
	t.like(await reading.promise, {code: 'ERR_CONNECTION_LOST'});
});

test('what was sent before the answer arrives before it, a fault too', async t => {
	const {client} = await connectStreams(t, async stream => {
		await stream.write(Buffer.alloc(10_000, 'x'));
		throw operationError('ERR_TARGET_REFUSED', 'no further');
	});
	const stream = open(client);
	let bytes = 0;
	const error = await t.throwsAsync(
		(async () => {
			for await (const piece of stream) bytes += piece.length;
		})(),
		{code: 'ERR_TARGET_REFUSED'},
	);
	t.is(bytes, 10_000);
	t.is(await t.throwsAsync(stream.answer), error);
	await t.throwsAsync(stream.write(Buffer.from('x')), {code: 'ERR_TARGET_REFUSED'});
});

test('a request that is over takes nothing more, and hurts nobody', async t => {
	const {client} = await connectStreams(t, async () => Promise.resolve());
	const stream = open(client);
	t.like(await stream.answer, {kind: 'done'});
	await t.throwsAsync(stream.write(Buffer.from('x')), {message: 'the request has ended'});
	t.is((await readAll(stream)).length, 0);
	t.like(await client.request('hosts', {probe: false}), {kind: 'done'});
});

/** An end of a stream without a connection, and what it said. */
function loneEnd(opens: boolean): {readonly end: StreamEnd; readonly said: StreamData[]} {
	const said: StreamData[] = [];
	const end = new StreamEnd({
		windowBytes: WINDOW,
		opens,
		post: async body => {
			said.push(body);
			return Promise.resolve();
		},
	});
	return {end, said};
}

const frame = (body: Partial<StreamData>): StreamData => ({data: new Uint8Array(0), end: false, credit: 0, ...body});

test('the server says first how much room it has, and the client says nothing before that', async t => {
	t.deepEqual(loneEnd(true).said, [frame({credit: WINDOW})]);
	const {end, said} = loneEnd(false);
	const ending = end.end();
	await settle(() => said.length);
	t.deepEqual(said, []);
	end.accept(frame({credit: 1000}));
	await ending;
	t.deepEqual(said, [frame({credit: WINDOW}), frame({end: true})]);
});

test('what was read makes room again, half of it at a time', async t => {
	const {end, said} = loneEnd(true);
	end.accept(frame({data: new Uint8Array(WINDOW / 2 - 1)}));
	end.accept(frame({data: new Uint8Array(WINDOW / 2 - 1)}));
	end.accept(frame({end: true}));
	t.is((await readAll(end)).length, WINDOW - 2);
	t.is(said.length, 1); // Nobody needs room behind the end.

	const other = loneEnd(true);
	other.end.accept(frame({data: new Uint8Array(WINDOW / 2)}));
	other.end.accept(frame({data: new Uint8Array(1)}));
	const reader = other.end[Symbol.asyncIterator]();
	for (let piece = 0; piece < 2; piece++) await reader.next();
	t.deepEqual(other.said.at(-1), frame({credit: WINDOW / 2}));
});

test('small pieces take room as well: what waits is bounded in number too', t => {
	const {end} = loneEnd(true);
	for (let piece = 0; piece < WINDOW / 256; piece++) end.accept(frame({data: Uint8Array.of(1)}));
	t.throws(() => end.accept(frame({data: Uint8Array.of(1)})), {message: /1 bytes of a stream where there is room for 0/});
});

test('more than there is room for, or behind the end, makes no sense', t => {
	const {end} = loneEnd(true);
	t.throws(() => end.accept(frame({data: new Uint8Array(WINDOW + 1)})), {message: /room for 65536/});
	end.accept(frame({end: true}));
	t.throws(() => end.accept(frame({data: Uint8Array.of(1)})), {message: /behind its end/});
	t.throws(() => end.accept(frame({end: true})), {message: /behind its end/});
});

test('a long write goes in frames of 64 KiB at most', async t => {
	const {end, said} = loneEnd(false);
	end.accept(frame({credit: 10 * WINDOW}));
	await end.write(new Uint8Array(200_000));
	t.deepEqual(
		said.slice(1).map(({data}) => data.length),
		[MAX_STREAM_FRAME_BYTES, MAX_STREAM_FRAME_BYTES, MAX_STREAM_FRAME_BYTES, 200_000 - 3 * MAX_STREAM_FRAME_BYTES],
	);
});
