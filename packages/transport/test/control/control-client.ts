import {createServer, type Socket} from 'node:net';
import path from 'node:path';
import test from 'ava';
import type {ServerFrame} from '@sterna/protocol/control';
import {ControlClient, type ControlServer} from '../../src/control/index.ts';
import {connectTo, OPERATOR, operationError, SENDER, startServer, STATUS, temporaryDirectory} from '../helpers/control.ts';

/** A TCP server that never says a word; closed after the test. */
async function startMuteServer(t: Parameters<typeof startServer>[0]): Promise<{readonly port: number; readonly sockets: Socket[]}> {
	const sockets: Socket[] = [];
	const server = createServer(socket => sockets.push(socket));
	t.teardown(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	const {promise, resolve} = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await promise;
	const address = server.address();
	return {port: typeof address === 'object' && address !== null ? address.port : 0, sockets};
}

test('a request is answered with its last frame, after its events in order', async t => {
	const server = await startServer(t, {
		onRequest: async (request, reply) => {
			for (const iteration of [1, 2, 3]) await reply.send({kind: 'migration', body: {...STATUS, iteration}});
			t.deepEqual(request, {kind: 'watch', body: {id: 'm1'}});
			return {kind: 'migration', body: {...STATUS, iteration: 4}};
		},
	});
	const client = await connectTo(t, server);
	const events: ServerFrame[] = [];
	const last = await client.request('watch', {id: 'm1'}, {onEvent: frame => void events.push(frame)});
	t.deepEqual(
		[...events, last].map(frame => frame.kind === 'migration' && [frame.body.iteration, frame.last]),
		[
			[1, false],
			[2, false],
			[3, false],
			[4, true],
		],
	);
});

test('requests are answered side by side, each with its own answer', async t => {
	const first = Promise.withResolvers<void>();
	const server = await startServer(t, {
		onRequest: async request => {
			if (request.kind === 'watch' && request.body.id === '0') await first.promise;
			return {kind: 'output', body: {data: Buffer.from(request.kind === 'watch' ? request.body.id : '')}};
		},
	});
	const client = await connectTo(t, server);
	const answers = Array.from({length: 10}, async (_, id) => client.ask('watch', {id: String(id)}, 'output'));
	await Promise.all(answers.slice(1));
	first.resolve();
	t.deepEqual(
		(await Promise.all(answers)).map(({data}) => Buffer.from(data).toString()),
		['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
	);
});

test("a fault rejects with the other side's error, all of it", async t => {
	const thrown = operationError('ERR_TARGET_REFUSED', 'the name dom1 is taken');
	const server = await startServer(t, {onRequest: async () => Promise.reject(thrown)});
	const client = await connectTo(t, server);
	const error = await t.throwsAsync(client.request('hosts', {probe: false}), {name: 'OperationError', code: 'ERR_TARGET_REFUSED'});
	t.deepEqual(error, thrown);
	t.deepEqual(error && 'fault' in error && error.fault, thrown.fault);
});

test('an answer of another kind than asked for is ERR_INTERNAL', async t => {
	const client = await connectTo(t, await startServer(t));
	await t.throwsAsync(client.ask('hosts', {probe: false}, 'hosts'), {code: 'ERR_INTERNAL', message: /"done" where "hosts"/});
});

test('both ends agree on the highest common version and on the features that both named', async t => {
	const server = await startServer(t, {
		hello: {software: 'r', host: 'host-b', role: 'receiver', features: ['b', 'c'], versions: {min: 2, max: 7}},
	});
	const client = await connectTo(t, server, {
		hello: {software: 's', host: 'host-a', role: 'sender', features: ['a', 'b'], versions: {min: 1, max: 5}},
	});
	t.is(client.agreement.version, 5);
	t.deepEqual(client.agreement.features, new Set(['b']));
	t.is(client.peer.host, 'host-b');
});

test('two ends without a common version part with ERR_PROTOCOL_VERSION, which names both ranges', async t => {
	const server = await startServer(t, {
		hello: {software: 'sterna-receiver 2.0.0', host: 'host-b', role: 'receiver', versions: {min: 4, max: 6}},
	});
	const error = await t.throwsAsync(connectTo(t, server, {hello: {...SENDER, versions: {min: 1, max: 3}}}), {code: 'ERR_PROTOCOL_VERSION'});
	t.regex(
		error?.message ?? '',
		/sterna-receiver 2\.0\.0 on host-b speaks .*version 4 to 6, sterna-sender 0\.1\.0 on host-a version 1 to 3/,
	);
});

test('a Unix socket that is not there, or that nobody listens on, is ERR_DAEMON_UNREACHABLE', async t => {
	const unix = path.join(temporaryDirectory(t), 'nobody');
	const error = await t.throwsAsync(ControlClient.connect({address: {unix}, hello: OPERATOR}), {code: 'ERR_DAEMON_UNREACHABLE'});
	t.true(error?.message.includes(unix));
});

test('a port that nobody listens on is ERR_HOST_UNREACHABLE', async t => {
	const server = await startServer(t);
	const {address} = server;
	await server.close();
	await t.throwsAsync(ControlClient.connect({address, hello: SENDER}), {code: 'ERR_HOST_UNREACHABLE'});
});

test('a server that never answers the connection is ERR_HOST_UNREACHABLE', async t => {
	const {port} = await startMuteServer(t);
	await t.throwsAsync(ControlClient.connect({address: {host: '127.0.0.1', port}, hello: SENDER, timeoutMs: 50}), {
		code: 'ERR_HOST_UNREACHABLE',
	});
});

test('connecting ends with the reason of its signal', async t => {
	const {port} = await startMuteServer(t);
	const controller = new AbortController();
	const connecting = ControlClient.connect({address: {host: '127.0.0.1', port}, hello: SENDER, signal: controller.signal});
	controller.abort(new Error('enough'));
	await t.throwsAsync(connecting, {message: 'enough'});
});

test('a connection that breaks rejects every open request with ERR_CONNECTION_LOST', async t => {
	const server: ControlServer = await startServer(t, {
		onRequest: async (_, {signal}) =>
			new Promise((_resolve, reject) => {
				signal.addEventListener('abort', () => reject(signal.reason as Error));
			}),
	});
	const client = await connectTo(t, server);
	const requests = [client.request('hosts', {probe: true}), client.request('status', {id: ''})];
	await server.close(0);
	for (const request of requests) await t.throwsAsync(request, {code: 'ERR_CONNECTION_LOST'});
	t.is((await client.closed)?.code, 'ERR_CONNECTION_LOST');
	await t.throwsAsync(client.request('hosts', {probe: true}), {code: 'ERR_CONNECTION_LOST'});
});

test('a server that stops answering pings is ERR_PEER_SILENT', async t => {
	const hold = Promise.withResolvers<void>();
	const server = await startServer(t, {
		onRequest: async (_, reply) => {
			await hold.promise;
			reply.event({kind: 'done', body: {}});
			return {kind: 'done', body: {}};
		},
	});
	// The proxy forwards everything until it is told to hold its tongue.
	const {port, sockets} = await startMuteServer(t);
	const client = ControlClient.connect({
		address: {host: '127.0.0.1', port},
		hello: SENDER,
		limits: {heartbeatMs: 150, heartbeatMisses: 5},
		timeoutMs: 10_000,
	});
	const upstream = await pipeFirst(sockets, server);
	t.teardown(() => upstream.destroy());
	const connected = await client;
	t.teardown(async () => connected.close());
	const request = connected.request('hosts', {probe: true});
	for (const socket of [...sockets, upstream]) socket.unpipe();
	await t.throwsAsync(request, {code: 'ERR_PEER_SILENT'});
	t.is((await connected.closed)?.code, 'ERR_PEER_SILENT');
	hold.resolve();
});

test('a request that is given up rejects with the reason, and the server hears of it', async t => {
	const heard = Promise.withResolvers<unknown>();
	const server = await startServer(t, {
		onRequest: async (request, {signal}) => {
			if (request.kind !== 'watch') return {kind: 'done', body: {}};
			return new Promise((_resolve, reject) => {
				signal.addEventListener('abort', () => {
					heard.resolve(signal.reason);
					reject(signal.reason as Error);
				});
			});
		},
	});
	const client = await connectTo(t, server);
	const controller = new AbortController();
	const watching = client.request('watch', {id: ''}, {signal: controller.signal});
	controller.abort(new Error('seen enough'));
	await t.throwsAsync(watching, {message: 'seen enough'});
	t.like(await heard.promise, {code: 'ERR_CONNECTION_LOST'});
	// The connection goes on, and the late fault of the cancelled request disturbs nobody.
	t.is((await client.request('hosts', {probe: false})).kind, 'done');
});

test('events wait while their handler is busy, and none is lost', async t => {
	const server = await startServer(t, {
		onRequest: async (_, reply) => {
			for (let index = 0; index < 100; index++) await reply.send({kind: 'output', body: {data: new Uint8Array(64 * 1024).fill(index)}});
			return {kind: 'done', body: {}};
		},
	});
	const client = await connectTo(t, server);
	let seen = 0;
	await client.request(
		'domainOutput',
		{name: 'dom1', follow: false},
		{
			onEvent: async frame => {
				t.is(frame.kind === 'output' ? frame.body.data[0] : undefined, seen);
				seen += 1;
				await new Promise(resolve => setImmediate(resolve));
			},
		},
	);
	t.is(seen, 100);
});

test('an event handler that throws fails its request alone', async t => {
	const server = await startServer(t, {
		onRequest: async (_, reply) => {
			reply.event({kind: 'migration', body: STATUS});
			return {kind: 'done', body: {}};
		},
	});
	const client = await connectTo(t, server);
	const failing = client.request(
		'watch',
		{id: ''},
		{
			onEvent() {
				throw new Error('no room on the screen');
			},
		},
	);
	await t.throwsAsync(failing, {message: 'no room on the screen'});
	t.is((await client.request('watch', {id: ''})).kind, 'done');
});

test('a body over a limit rejects before anything is sent', async t => {
	const client = await connectTo(t, await startServer(t));
	await t.throwsAsync(client.request('watch', {id: 'x'.repeat(5000)}), {name: 'ControlError', code: 'ERR_FRAME_FIELD'});
	t.is((await client.request('watch', {id: 'x'})).kind, 'done');
});

test('more requests at a time than allowed are refused', async t => {
	const hold = Promise.withResolvers<void>();
	const server = await startServer(t, {
		onRequest: async () => {
			await hold.promise;
			return {kind: 'done', body: {}};
		},
	});
	const client = await connectTo(t, server, {limits: {maxOpenRequests: 2}});
	const open = [client.request('hosts', {probe: false}), client.request('hosts', {probe: false})];
	await t.throwsAsync(client.request('hosts', {probe: false}), {code: 'ERR_USAGE'});
	hold.resolve();
	await Promise.all(open);
});

test('closing is idempotent and rejects what is still open', async t => {
	const server = await startServer(t, {
		onRequest: async (_, {signal}) =>
			new Promise((_resolve, reject) => {
				signal.addEventListener('abort', () => reject(signal.reason as Error));
			}),
	});
	const client = await connectTo(t, server);
	const open = t.throwsAsync(client.request('hosts', {probe: false}), {code: 'ERR_CONNECTION_LOST', message: /closed here/});
	await Promise.all([client.close(), client.close()]);
	await client.close();
	t.is(await client.closed, undefined);
	await open;
});

/** Joins the first connection to the mute server with a real one. */
async function pipeFirst(sockets: Socket[], server: ControlServer): Promise<Socket> {
	const {connect} = await import('node:net');
	const {address} = server;
	if (!('host' in address)) throw new TypeError('a TCP server is needed');
	while (sockets.length === 0) await new Promise(resolve => setImmediate(resolve));
	const upstream = connect(address);
	for (const socket of sockets) {
		socket.on('error', () => upstream.destroy());
		socket.pipe(upstream).pipe(socket);
	}

	return upstream;
}
