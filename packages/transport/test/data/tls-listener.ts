import {once} from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {encodePreamble, type Preamble} from '@sterna/protocol';
import {
	closeDataSocket,
	connectData,
	DataListener,
	type DataListenerOptions,
	type DataSocket,
	DataWorkerPool,
	type RefusedConnection,
	type TlsCredentials,
} from '../../src/index.ts';
import {readToEnd} from '../helpers/connections.ts';
import {type HostOptions, makeCredentials} from '../helpers/tls.ts';

const PREAMBLE: Preamble = {
	token: Uint8Array.from({length: 32}, (_, index) => index),
	migrationId: '01234567-89ab-4def-8123-456789abcdef',
	channelIndex: 0,
	channelCount: 1,
	link: 0,
};
const {token, migrationId} = PREAMBLE;

const pool = new DataWorkerPool({maxWorkers: 2});
test.after.always(async () => pool.close());

type Opened = {readonly listener: DataListener; readonly refused: RefusedConnection[]; readonly nextRefused: () => Promise<string>};
type Settings = Partial<DataListenerOptions> & {readonly host?: string; readonly plainAllowed?: boolean; readonly own?: HostOptions};

async function open(t: ExecutionContext, {plainAllowed = false, own, ...options}: Settings = {}): Promise<Opened> {
	const refused: RefusedConnection[] = [];
	const waiting: Array<() => void> = [];
	const listener = await DataListener.open({
		host: '127.0.0.1',
		port: 0,
		tls: {credentials: await makeCredentials(t, own), pool, plainAllowed},
		onRefused: one => {
			refused.push(one);
			for (const wake of waiting.splice(0)) wake();
		},
		...options,
	});
	t.teardown(async () => listener.close());
	return {
		listener,
		refused,
		async nextRefused() {
			while (refused.length === 0) await new Promise<void>(resolve => void waiting.push(resolve));
			return refused.shift()?.because ?? '';
		},
	};
}

async function connect(listener: DataListener, credentials: TlsCredentials, peerName = 'host-b'): Promise<DataSocket> {
	const security = {kind: 'tls', context: credentials.context, peerName, pool} as const;
	return connectData({host: '127.0.0.1', port: listener.port, preamble: PREAMBLE, security});
}

test('a connection with an accepted certificate and the token becomes a socket with a session on both sides', async t => {
	const {listener, refused} = await open(t);
	const expected = listener.expect({token, migrationId});
	const own = await connect(listener, await makeCredentials(t, {name: 'host-a'}));
	const connection = await expected;
	t.true(own.tlsSession !== undefined && connection.tlsSession !== undefined);
	t.is(connection.initialBytes.length, 0);
	t.deepEqual(refused, []);
	closeDataSocket(own);
	closeDataSocket(connection);
});

test("a receiver's certificate must hold for the name that was called, be of a known authority, and be valid", async t => {
	const client = await makeCredentials(t, {name: 'host-a'});
	for (const [own, peerName, why] of [
		[{}, 'host-c', /hostname mismatch/i],
		[{authority: 'stranger'}, 'host-b', /unable to get local issuer certificate/],
	] as const) {
		const {listener, nextRefused} = await open(t, {own});
		await t.throwsAsync(connect(listener, client, peerName), {name: 'LinkError', code: 'ERR_TLS', message: why});
		t.regex(await nextRefused(), /alert/);
	}
});

test("a sender's certificate must be of a known authority; nobody gets as far as the preamble without one", async t => {
	const {listener, nextRefused} = await open(t);
	const expected = listener.expect({token, migrationId, signal: AbortSignal.timeout(60_000)});
	expected.catch(() => {});
	// In TLS 1.3 the client is done first: it hears of its refusal while it writes the preamble, or later.
	const [strange] = await Promise.allSettled([connect(listener, await makeCredentials(t, {authority: 'stranger'}))]);
	t.regex(await nextRefused(), /certificate verify failed: unable to get local issuer certificate/);
	if (strange.status === 'fulfilled') closeDataSocket(strange.value);

	const bare = tls.connect({host: '127.0.0.1', port: listener.port, rejectUnauthorized: false});
	bare.on('error', () => {});
	bare.write(encodePreamble(PREAMBLE));
	t.regex(await nextRefused(), /peer did not return a certificate/);
	bare.destroy();

	const old = tls.connect({host: '127.0.0.1', port: listener.port, rejectUnauthorized: false, maxVersion: 'TLSv1.2'});
	await t.throwsAsync(once(old, 'secureConnect'), {any: true});
	t.regex(await nextRefused(), /unsupported protocol/);
});

test('a plain connection to a listener with TLS is refused, its token unread; where that was agreed it gets in', async t => {
	const strict = await open(t);
	const expected = strict.listener.expect({token, migrationId, secured: false});
	expected.catch(() => {});
	const own = await connectData({host: '127.0.0.1', port: strict.listener.port, preamble: PREAMBLE});
	t.is(await strict.nextRefused(), 'it does not speak TLS');
	closeDataSocket(own);

	const {listener, nextRefused} = await open(t, {plainAllowed: true});
	const agreed = listener.expect({token, migrationId, secured: false});
	const plain = await connectData({host: '127.0.0.1', port: listener.port, preamble: PREAMBLE, security: {kind: 'agreed-plain'}});
	const connection = await agreed;
	t.is(connection.tlsSession, undefined);
	closeDataSocket(plain);
	closeDataSocket(connection);

	// One peer's agreement is not another's.
	const secured = listener.expect({token, migrationId});
	const other = await connectData({host: '127.0.0.1', port: listener.port, preamble: PREAMBLE});
	t.regex(await nextRefused(), /not expected/);
	closeDataSocket(other);
	const right = await connect(listener, await makeCredentials(t));
	closeDataSocket(right);
	closeDataSocket(await secured);
});

test('a receiver that does not speak TLS is told from one that is not trusted', async t => {
	const server = net.createServer(socket => {
		socket.on('error', () => {}); // It may be reset: what it was sent is not read.
		socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const {port} = server.address() as net.AddressInfo;
	const context = (await makeCredentials(t)).context;
	const security = {kind: 'tls', context, peerName: 'host-b', pool} as const;
	await t.throwsAsync(connectData({host: '127.0.0.1', port, preamble: PREAMBLE, security}), {
		code: 'ERR_TLS',
		message: /wrong version number|packet length too long/,
	});
});

test('whoever says nothing, stops in the handshake or behind it, is closed after the deadline', async t => {
	const {listener, nextRefused} = await open(t, {preambleTimeoutMs: 100});
	const silent = net.connect(listener.port, '127.0.0.1');
	t.regex(await nextRefused(), /no TLS handshake and preamble in time/);
	t.is((await readToEnd(silent)).length, 0);
	const halfway = net.connect(listener.port, '127.0.0.1');
	halfway.on('error', () => {});
	halfway.write(Buffer.from([0x16, 3, 1, 2, 0, 1]));
	t.regex(await nextRefused(), /in time/);
	halfway.destroy();
	const gone = net.connect(listener.port, '127.0.0.1');
	gone.on('error', () => {});
	gone.end();
	t.regex(await nextRefused(), /closed before its preamble was whole/);
	gone.destroy();
});

test('no more connections than the limit are in their handshake, and closing the listener ends them', async t => {
	const {listener, nextRefused, refused} = await open(t, {maxHalfOpen: 2});
	const silent = [0, 1].map(() => net.connect(listener.port, '127.0.0.1'));
	await Promise.all(silent.map(async socket => once(socket, 'connect')));
	const third = net.connect(listener.port, '127.0.0.1');
	third.on('error', () => {});
	t.regex(await nextRefused(), /2 connections/);
	await listener.close();
	for (const socket of silent) t.is((await readToEnd(socket)).length, 0);
	t.deepEqual(refused, []);
});

test('connecting can be given up in the middle of the handshake', async t => {
	const server = net.createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	const accepted = once(server, 'connection') as Promise<[net.Socket]>;
	const controller = new AbortController();
	const reason = new Error('given up');
	const {context} = await makeCredentials(t);
	const connecting = connectData({
		host: '127.0.0.1',
		port: (server.address() as net.AddressInfo).port,
		preamble: PREAMBLE,
		security: {kind: 'tls', context, peerName: 'host-b', pool},
		signal: controller.signal,
	});
	const [socket] = await accepted;
	socket.on('error', () => {});
	await once(socket, 'data'); // The client's first flight is here, and nothing answers it.
	controller.abort(reason);
	await t.throwsAsync(connecting, {is: reason});
	socket.destroy();
});

test('without TLS nothing beyond loopback is listened at, or connected to', async t => {
	for (const host of ['0.0.0.0', '192.0.2.1']) {
		await t.throwsAsync(DataListener.open({host, port: 0, onRefused: () => {}}), {code: 'ERR_CONFIG', message: /loopback only/});
		await t.throwsAsync(connectData({host, port: 7441, preamble: PREAMBLE}), {code: 'ERR_CONFIG', message: /loopback only/});
	}
});
