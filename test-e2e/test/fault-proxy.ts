import test, {type ExecutionContext} from 'ava';
import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import {FaultProxy} from '../src/fault-proxy.ts';
import {freePorts} from '../src/lab/free-ports.ts';

type Setup = {readonly proxy: FaultProxy; readonly port: number; readonly accepted: Promise<Socket>; readonly open: () => Promise<Socket>};

/** Resets are what this file is about; each test looks at what they leave behind. */
const ignoreReset = (): void => {};

/** A listener on 127.0.0.1, the proxy on 127.0.0.2, both closed when the test ends. */
async function setUp(t: ExecutionContext): Promise<Setup> {
	const [port = 0] = await freePorts(1);
	const {promise: accepted, resolve} = Promise.withResolvers<Socket>();
	const server = createServer({allowHalfOpen: true}, socket => {
		socket.on('error', ignoreReset);
		resolve(socket);
	});
	server.listen({host: '127.0.0.1', port});
	await once(server, 'listening');
	const proxy = await FaultProxy.listen({listenHost: '127.0.0.2', targetHost: '127.0.0.1', ports: [port]});
	const sockets: Socket[] = [];
	t.teardown(async () => {
		for (const socket of sockets) socket.destroy();
		await proxy[Symbol.asyncDispose]();
		server.close();
	});
	return {
		proxy,
		port,
		accepted,
		async open() {
			const socket = connect({host: '127.0.0.2', port, allowHalfOpen: true});
			socket.on('error', ignoreReset);
			sockets.push(socket);
			const {promise: connected, resolve: settle} = Promise.withResolvers<void>();
			socket.once('connect', settle).once('close', settle);
			await connected;
			return socket;
		},
	};
}

/** Unlike `once(socket, 'close')`, not rejected by the reset that closes it. */
async function closed(socket: Socket): Promise<void> {
	if (socket.closed) return;
	const {promise, resolve} = Promise.withResolvers<void>();
	socket.once('close', () => resolve());
	await promise;
}

async function readAll(socket: Socket): Promise<Buffer> {
	const parts: Buffer[] = [];
	try {
		for await (const part of socket.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) parts.push(part);
	} catch {
		// A reset: what came before it is the result.
	}

	return Buffer.concat(parts);
}

test('bytes and the end of a connection pass through both ways', async t => {
	const {accepted, open} = await setUp(t);
	const client = await open();
	const sent = Buffer.alloc(1_000_000, 'abc');
	client.end(sent);
	const server = await accepted;
	t.true(sent.equals(await readAll(server)));
	server.end('back');
	t.is((await readAll(client)).toString(), 'back');
});

test('a cut resets both ends behind exactly the byte that was asked for', async t => {
	const {proxy, port, accepted, open} = await setUp(t);
	const cut = proxy.cut({port, direction: 'forward', afterBytes: 70_001, how: 'reset'});
	const client = await open();
	const clientClosed = closed(client);
	client.write(Buffer.alloc(200_000, 1));
	const server = await accepted;
	t.is((await readAll(server)).length, 70_001);
	await cut;
	await clientClosed;
	t.pass('the client noticed as well');
});

test('a silent cut swallows bytes while both sockets stay open', async t => {
	const {proxy, port, accepted, open} = await setUp(t);
	const cut = proxy.cut({port, direction: 'forward', afterBytes: 3, how: 'silent'});
	const client = await open();
	client.write('abcdef');
	const server = await accepted;
	const [first] = (await once(server, 'data')) as [Buffer];
	await cut;
	t.is(first.toString(), 'abc');
	t.is(proxy.connectionCount(port), 1);
	t.false(client.closed || server.closed);
});

test('a stalled proxy passes nothing on until it is released', async t => {
	const {proxy, accepted, open} = await setUp(t);
	const client = await open();
	const server = await accepted;
	proxy.stall();
	client.write('late');
	const data = once(server, 'data') as Promise<[Buffer]>;
	t.is(server.bytesRead, 0);
	proxy.unstall();
	const [chunk] = await data;
	t.is(chunk.toString(), 'late');
});

test('a proxy that is down resets what is open and refuses what is new, until it is up', async t => {
	const {proxy, port, accepted, open} = await setUp(t);
	const client = await open();
	await accepted;
	const noticed = closed(client);
	proxy.down();
	await noticed;
	const refused = await open();
	await closed(refused);
	t.is(proxy.connectionCount(port), 0);
	proxy.up();
	const again = await open();
	t.false(again.destroyed);
});
