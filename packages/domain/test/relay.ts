import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {relay} from '../src/relay.ts';
import {channelPair} from './helpers/channel-pair.ts';

/** Both ends of a connection over a Unix socket; gone after the test. */
async function socketPair(t: ExecutionContext): Promise<readonly [Socket, Socket]> {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-relay-'));
	const server: Server = createServer({allowHalfOpen: true}).listen(path.join(directory, 's'));
	await once(server, 'listening');
	const accepted = once(server, 'connection') as Promise<[Socket]>;
	const client = connect({path: path.join(directory, 's'), allowHalfOpen: true});
	const [peer] = await accepted;
	t.teardown(() => {
		client.destroy();
		peer.destroy();
		server.close();
		rmSync(directory, {recursive: true, force: true});
	});
	return [client, peer];
}

async function readAll(socket: Socket): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of socket.iterator({destroyOnReturn: false}) as AsyncIterable<Uint8Array>) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** Resolves when the other end of a socket is gone, however. */
async function goneFrom(socket: Socket): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	for (const sign of ['end', 'error', 'close']) socket.on(sign, () => resolve());
	socket.resume();
	await promise;
}

const never = new AbortController().signal;

test('bytes pass from socket to socket over the channel, both ways, to the end of each', async t => {
	const [[source, nearEnd], [target, farEnd]] = [await socketPair(t), await socketPair(t)];
	const {near, far} = channelPair();
	let sent = 0;
	const relays = [
		relay(nearEnd, near, {
			signal: never,
			onSent: bytes => {
				sent += bytes;
			},
		}),
		relay(farEnd, far, {signal: never}),
	];
	const [there, back] = [randomBytes(3_000_001), randomBytes(1_000_003)];
	const [readThere, readBack] = [readAll(target), readAll(source)];
	source.end(there);
	target.end(back);
	t.true(there.equals(await readThere));
	t.true(back.equals(await readBack));
	await Promise.all(relays);
	t.is(sent, there.length);
});

test('a channel that is lost ends the socket, and a socket that is lost ends the relay', async t => {
	const [near, other] = await socketPair(t);
	const pair = channelPair();
	const relaying = relay(near, pair.near, {signal: never});
	other.write('x');
	const gone = goneFrom(other);
	pair.cut(new Error('cut'));
	await t.throwsAsync(relaying, {message: 'cut'});
	await gone;

	const [second, far] = await socketPair(t);
	const {near: channel} = channelPair();
	const ending = relay(second, channel, {signal: never});
	far.on('error', () => undefined).destroy();
	second.destroy(new Error('gone'));
	await t.throwsAsync(ending, {message: 'gone'});
});

test('a signal ends it', async t => {
	const [near, other] = await socketPair(t);
	const stopping = new AbortController();
	const relaying = relay(near, channelPair().near, {signal: stopping.signal});
	const gone = goneFrom(other);
	stopping.abort(new Error('enough'));
	await t.throwsAsync(relaying, {message: 'enough'});
	await gone;
});

test('a socket that nobody reads holds the channel up', async t => {
	const [near] = await socketPair(t);
	const pair = channelPair();
	const stopping = new AbortController();
	const relaying = relay(near, pair.near, {signal: stopping.signal});
	relaying.catch(() => undefined);
	let written = 0;
	const pour = async (): Promise<void> => {
		for (;;) {
			await pair.far.write(new Uint8Array(65_536));
			written += 65_536;
		}
	};
	const pouring = pour();
	pouring.catch(() => undefined);
	for (let still = 0, before = -1; still < 20; still = written === before ? still + 1 : 0) {
		before = written;
		await new Promise(resolve => {
			setTimeout(resolve, 5);
		});
	}

	t.true(written > 0 && written < 4 * 1024 * 1024, String(written));
	stopping.abort(new Error('enough'));
	await t.throwsAsync(relaying, {message: 'enough'});
});
