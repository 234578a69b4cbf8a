import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, statSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {decodeServerFrame, encodeClientFrame, type ServerFrame} from '@sterna/protocol/control';
import {WebSocket} from 'ws';
import {ControlClient, type ControlConnection, type ControlServer} from '../../src/control/index.ts';
import {connectTo, OPERATOR, SENDER, startServer, STATUS, temporaryDirectory} from '../helpers/control.ts';

const HELLO = encodeClientFrame({
	request: 0,
	kind: 'hello',
	body: {versionMin: 1, versionMax: 1, software: 'raw', host: 'h', role: 'sender', features: []},
});

function portOf({address}: ControlServer): number {
	if ('unix' in address) throw new TypeError('a TCP server is needed');
	return address.port;
}

/** A WebSocket without our client around it; cut after the test. */
function openRaw(
	t: ExecutionContext,
	server: ControlServer,
	headers: {readonly origin?: string; readonly protocol?: string} = {},
): WebSocket {
	const {origin, protocol = 'sterna-control'} = headers;
	const ws = new WebSocket(`ws://127.0.0.1:${portOf(server)}/`, protocol, {
		perMessageDeflate: false,
		...(origin === undefined ? {} : {origin}),
	});
	t.teardown(() => ws.terminate());
	return ws;
}

async function greetRaw(t: ExecutionContext, server: ControlServer): Promise<WebSocket> {
	const ws = openRaw(t, server);
	await once(ws, 'open');
	ws.send(HELLO);
	t.is((await nextFrame(ws)).kind, 'hello');
	return ws;
}

async function nextFrame(ws: WebSocket): Promise<ServerFrame> {
	const [data] = (await once(ws, 'message')) as [Uint8Array];
	return decodeServerFrame(data);
}

async function closeCode(ws: WebSocket): Promise<unknown> {
	const [code] = (await once(ws, 'close')) as [number];
	return code;
}

test('a Unix socket belongs to its owner alone, and is gone after closing', async t => {
	const unix = path.join(temporaryDirectory(t), 'sender');
	const server = await startServer(t, {listen: {unix}});
	t.is(statSync(unix).mode & 0o777, 0o600);
	const client = await connectTo(t, server, {hello: OPERATOR});
	t.is((await client.request('hosts', {probe: false})).kind, 'done');
	await server.close();
	t.false(existsSync(unix));
});

test('a Unix socket can be opened to a group', async t => {
	const unix = path.join(temporaryDirectory(t), 'sender');
	const groupId = process.getgid?.() ?? 0;
	await startServer(t, {listen: {unix, groupId}});
	t.is(statSync(unix).mode & 0o777, 0o660);
	t.is(statSync(unix).gid, groupId);
});

test('a socket file whose process was killed is replaced', async t => {
	const unix = path.join(temporaryDirectory(t), 'sender');
	const program = `require('node:net').createServer().listen(${JSON.stringify(unix)}, () => process.kill(process.pid, 'SIGKILL'))`;
	t.is(spawnSync(process.execPath, ['-e', program]).signal, 'SIGKILL');
	t.true(statSync(unix).isSocket());
	const server = await startServer(t, {listen: {unix}});
	const client = await connectTo(t, server, {hello: OPERATOR});
	t.is((await client.request('hosts', {probe: false})).kind, 'done');
});

test('a socket that somebody listens on is left alone', async t => {
	const unix = path.join(temporaryDirectory(t), 'sender');
	const first = await startServer(t, {listen: {unix}});
	await t.throwsAsync(startServer(t, {listen: {unix}}), {code: 'ERR_CONFIG', message: /another process listens/});
	const client = await connectTo(t, first, {hello: OPERATOR});
	t.is((await client.request('hosts', {probe: false})).kind, 'done');
});

test('a plain file in the place of the socket is not touched', async t => {
	const unix = path.join(temporaryDirectory(t), 'sender');
	writeFileSync(unix, 'precious');
	await t.throwsAsync(startServer(t, {listen: {unix}}), {code: 'ERR_CONFIG', message: /not a socket/});
	t.true(existsSync(unix));
});

test('a socket path that the kernel would cut is refused', async t => {
	const unix = path.join(temporaryDirectory(t), 'x'.repeat(100));
	await t.throwsAsync(startServer(t, {listen: {unix}}), {code: 'ERR_CONFIG', message: /more than the 107/});
	t.false(existsSync(unix));
});

test('without TLS only loopback is listened at', async t => {
	for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
		await t.throwsAsync(startServer(t, {listen: {host, port: 0}}), {code: 'ERR_CONFIG', message: /not a loopback address/}, host);
	}

	t.true(portOf(await startServer(t, {listen: {host: 'localhost', port: 0}})) > 0);
});

test('a port in use is ERR_CONFIG', async t => {
	const server = await startServer(t);
	await t.throwsAsync(startServer(t, {listen: {host: '127.0.0.1', port: portOf(server)}}), {code: 'ERR_CONFIG', message: /cannot listen/});
});

test('a web page cannot connect, nor can whatever speaks another protocol', async t => {
	const server = await startServer(t);
	for (const headers of [{origin: 'https://example.org'}, {protocol: 'graphql-ws'}]) {
		const [error] = (await once(openRaw(t, server, headers), 'error').catch((thrown: unknown) => [thrown])) as [Error];
		t.regex(error.message, /40[03]/);
	}

	t.is(server.connectionCount, 0);
});

test('plain HTTP is answered with 426', async t => {
	const server = await startServer(t);
	const response = await fetch(`http://127.0.0.1:${portOf(server)}/`);
	t.is(response.status, 426);
});

test('a role that the address is not for is refused', async t => {
	const server = await startServer(t, {roles: ['sender']});
	await t.throwsAsync(ControlClient.connect({address: server.address, hello: OPERATOR}), {
		code: 'ERR_NOT_SUPPORTED',
		message: /role operator/,
	});
});

test('a client that says no hello is cut off', async t => {
	const server = await startServer(t, {limits: {helloTimeoutMs: 20}});
	t.is(await closeCode(openRaw(t, server)), 1008);
});

test('a client whose first frame is not a hello is cut off', async t => {
	const ws = openRaw(t, await startServer(t));
	await once(ws, 'open');
	ws.send(encodeClientFrame({request: 1, kind: 'hosts', body: {probe: false}}));
	t.is(await closeCode(ws), 1002);
});

test('a frame over the limit ends the connection before it is read', async t => {
	const ws = await greetRaw(t, await startServer(t));
	ws.on('error', () => undefined);
	ws.send(new Uint8Array(1024 * 1024 + 1));
	t.is(await closeCode(ws), 1009);
});

test('a frame that is no protobuf ends the connection', async t => {
	const ws = await greetRaw(t, await startServer(t));
	ws.send(Uint8Array.of(0xff, 0xff));
	t.is(await closeCode(ws), 1007);
});

test('bytes for a request that has no stream end the connection', async t => {
	const server = await startServer(t, {
		onRequest: async (_request, {signal}) => {
			await once(signal, 'abort');
			return {kind: 'done', body: {}};
		},
	});
	const ws = await greetRaw(t, server);
	ws.send(encodeClientFrame({request: 7, kind: 'watch', body: {id: ''}}));
	ws.send(encodeClientFrame({request: 7, kind: 'streamData', body: {data: Uint8Array.of(1), end: false, credit: 0}}));
	t.is(await closeCode(ws), 1002);
});

test('a text message ends the connection', async t => {
	const ws = await greetRaw(t, await startServer(t));
	ws.send('hello');
	t.is(await closeCode(ws), 1003);
});

test('a request of a later version fails alone', async t => {
	const ws = await greetRaw(t, await startServer(t));
	// Request 7, body of field number 900.
	ws.send(Uint8Array.of(0x08, 0x07, 0xa2, 0x38, 0x00));
	const fault = await nextFrame(ws);
	t.like(fault, {request: 7, kind: 'fault', last: true, body: {code: 'ERR_NOT_SUPPORTED'}});
	ws.send(encodeClientFrame({request: 8, kind: 'hosts', body: {probe: false}}));
	t.like(await nextFrame(ws), {request: 8, kind: 'done'});
});

test('a request with a wrong field fails alone', async t => {
	const ws = await greetRaw(t, await startServer(t));
	// Request 7, `command` without an action.
	ws.send(Uint8Array.of(0x08, 0x07, 0x5a, 0x00));
	t.like(await nextFrame(ws), {
		request: 7,
		kind: 'fault',
		body: {code: 'ERR_USAGE', message: 'control field MigrationCommand.action is not set'},
	});
	t.is(ws.readyState, WebSocket.OPEN);
});

test('a request number that is in use ends the connection', async t => {
	const hold = Promise.withResolvers<void>();
	const server = await startServer(t, {
		onRequest: async () => {
			await hold.promise;
			return {kind: 'done', body: {}};
		},
	});
	const ws = await greetRaw(t, server);
	for (let time = 0; time < 2; time++) ws.send(encodeClientFrame({request: 7, kind: 'hosts', body: {probe: false}}));
	t.is(await closeCode(ws), 1002);
	hold.resolve();
});

test('a client with too many open requests gets a fault for the next one', async t => {
	const hold = Promise.withResolvers<void>();
	const server = await startServer(t, {
		limits: {maxOpenRequests: 2},
		onRequest: async () => {
			await hold.promise;
			return {kind: 'done', body: {}};
		},
	});
	const client = await connectTo(t, server);
	const open = [client.request('hosts', {probe: false}), client.request('hosts', {probe: false})];
	await t.throwsAsync(client.request('hosts', {probe: false}), {code: 'ERR_USAGE', message: /more than 2 requests/});
	hold.resolve();
	await Promise.all(open);
});

test('connections are bounded, and a place is free again when one ends', async t => {
	const server = await startServer(t, {limits: {maxConnections: 1}});
	const first = await connectTo(t, server);
	const error = await t.throwsAsync(ControlClient.connect({address: server.address, hello: SENDER}), {code: 'ERR_HOST_UNREACHABLE'});
	t.regex(error?.cause instanceof Error ? error.cause.message : '', /503/);
	await first.close();
	while (server.connectionCount > 0) await new Promise(resolve => setImmediate(resolve));
	const second = await connectTo(t, server);
	t.is((await second.request('hosts', {probe: false})).kind, 'done');
});

test('a handler learns that its client has gone away', async t => {
	const reason = Promise.withResolvers<unknown>();
	const connections: ControlConnection[] = [];
	const server = await startServer(t, {
		onRequest: async (_request, {signal}, connection) => {
			connections.push(connection);
			return new Promise((_resolve, reject) => {
				signal.addEventListener('abort', () => {
					reason.resolve(signal.reason);
					reject(signal.reason as Error);
				});
			});
		},
	});
	const ws = await greetRaw(t, server);
	ws.send(encodeClientFrame({request: 1, kind: 'hosts', body: {probe: false}}));
	while (connections.length === 0) await new Promise(resolve => setImmediate(resolve));
	ws.terminate();
	t.like(await reason.promise, {code: 'ERR_CONNECTION_LOST'});
	t.true(connections[0]?.signal.aborted);
	t.is(connections[0]?.peer.software, 'raw');
});

test('a silent client is given up over TCP', async t => {
	const reason = Promise.withResolvers<unknown>();
	const server = await startServer(t, {
		limits: {heartbeatMs: 150, heartbeatMisses: 5},
		onRequest: async (_request, {signal}) =>
			new Promise((_resolve, reject) => {
				signal.addEventListener('abort', () => {
					reason.resolve(signal.reason);
					reject(signal.reason as Error);
				});
			}),
	});
	const ws = await greetRaw(t, server);
	ws.send(encodeClientFrame({request: 1, kind: 'hosts', body: {probe: false}}));
	ws.pause();
	t.like(await reason.promise, {code: 'ERR_PEER_SILENT'});
});

test('events are dropped and results are kept while a client does not read', async t => {
	let dropped = 0;
	const flooded = Promise.withResolvers<void>();
	const unix = path.join(temporaryDirectory(t), 'sender');
	await startServer(t, {
		listen: {unix},
		onRequest: async (_request, reply) => {
			const status = {...STATUS, reason: 'r'.repeat(4000)};
			while (dropped < 10) {
				if (!reply.event({kind: 'migration', body: status})) dropped += 1;
				await new Promise(resolve => setImmediate(resolve));
			}

			flooded.resolve();
			return {kind: 'hosts', body: {self: 'host-a', hosts: []}};
		},
	});
	const socket = connect({path: unix});
	const ws = new WebSocket('ws://sterna/', 'sterna-control', {createConnection: () => socket, perMessageDeflate: false});
	t.teardown(() => ws.terminate());
	await once(ws, 'open');
	ws.send(HELLO);
	t.is((await nextFrame(ws)).kind, 'hello');
	const frames: ServerFrame[] = [];
	const ended = Promise.withResolvers<void>();
	ws.on('message', data => {
		const frame = decodeServerFrame(data as Buffer);
		frames.push(frame);
		if (frame.last) ended.resolve();
	});
	ws.pause();
	ws.send(encodeClientFrame({request: 1, kind: 'watch', body: {id: ''}}));
	await flooded.promise;
	ws.resume();
	await ended.promise;
	t.is(frames.at(-1)?.kind, 'hosts');
	t.is(dropped, 10);
	t.true(frames.length > 1);
});

test('a client that lets too much gather loses its connection', async t => {
	const failure = Promise.withResolvers<unknown>();
	const unix = path.join(temporaryDirectory(t), 'sender');
	const server = await startServer(t, {
		listen: {unix},
		limits: {maxQueuedBytes: 300_000},
		onRequest: async (_request, reply) => {
			const data = new Uint8Array(200_000);
			for (let index = 0; index < 100 && !reply.signal.aborted; index++) reply.send({kind: 'output', body: {data}}).catch(failure.resolve);
			await failure.promise;
			throw reply.signal.reason;
		},
	});
	const ws = new WebSocket('ws://sterna/', 'sterna-control', {createConnection: () => connect({path: unix}), perMessageDeflate: false});
	t.teardown(() => ws.terminate());
	await once(ws, 'open');
	ws.send(HELLO);
	await nextFrame(ws);
	ws.pause();
	ws.send(encodeClientFrame({request: 1, kind: 'domainOutput', body: {name: 'dom1', follow: false}}));
	t.true((await failure.promise) instanceof Error);
	while (server.connectionCount > 0) await new Promise(resolve => setImmediate(resolve));
	t.pass();
});

test('an unexpected error of a handler is ERR_INTERNAL to the client and told to the server', async t => {
	const errors: unknown[] = [];
	const bug = new TypeError('x is not a function');
	const server = await startServer(t, {onRequest: async () => Promise.reject(bug), onError: error => errors.push(error)});
	const client = await connectTo(t, server);
	const error = await t.throwsAsync(client.request('hosts', {probe: false}), {code: 'ERR_INTERNAL'});
	t.like(error, {fault: {causes: ['receiver: x is not a function']}});
	t.deepEqual(errors, [bug]);
});

test('an event that cannot be encoded is told to the server and fails nothing', async t => {
	const errors: unknown[] = [];
	const server = await startServer(t, {
		onRequest: async (_request, reply) => {
			t.false(reply.event({kind: 'migration', body: {...STATUS, bandwidthBytesPerSecond: Number.NaN}}));
			return {kind: 'done', body: {}};
		},
		onError: error => errors.push(error),
	});
	const client = await connectTo(t, server);
	t.is((await client.request('watch', {id: ''})).kind, 'done');
	t.like(errors[0], {code: 'ERR_FRAME_FIELD'});
});

test('an answer over the frame limit becomes a fault', async t => {
	const server = await startServer(t, {
		onRequest: async () => ({
			kind: 'status',
			body: {migrations: Array.from({length: 1000}, () => ({...STATUS, reason: 'r'.repeat(4000)}))},
		}),
		onError: () => undefined,
	});
	const client = await connectTo(t, server);
	const error = await t.throwsAsync(client.request('status', {id: ''}), {code: 'ERR_INTERNAL'});
	t.like(error, {cause: undefined, fault: {side: 'receiver'}});
	t.is((await t.throwsAsync(client.request('status', {id: ''})))?.name, 'OperationError');
});

test('closing waits for handlers and cuts off clients that do not answer', async t => {
	let settled = false;
	const started = Promise.withResolvers<void>();
	const server = await startServer(t, {
		onRequest: async (_request, {signal}) => {
			started.resolve();
			await once(signal, 'abort');
			settled = true;
			throw signal.reason;
		},
	});
	const ws = await greetRaw(t, server);
	ws.send(encodeClientFrame({request: 1, kind: 'hosts', body: {probe: false}}));
	ws.pause();
	// A connection that never becomes a WebSocket does not hold it up either.
	const idle = connect(portOf(server), '127.0.0.1');
	idle.on('error', () => undefined);
	t.teardown(() => idle.destroy());
	await once(idle, 'connect');
	await started.promise;
	await server.close(20);
	t.is(server.connectionCount, 0);
	t.true(settled);
});
