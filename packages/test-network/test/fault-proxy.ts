import test, {type ExecutionContext} from 'ava';
import {once} from 'node:events';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {FaultProxy} from '../src/fault-proxy.ts';
import {freePorts} from '../src/free-ports.ts';

type Setup = {
	readonly proxy: FaultProxy;
	readonly port: number;
	readonly server: Server;
	/** The first connection that the listener gets. */
	readonly accepted: Promise<Socket>;
	readonly open: () => Promise<Socket>;
};

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
		server,
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

/** Reads on from where the last read ended, until there are `length` bytes. */
async function readBytes(socket: Socket, length: number): Promise<Buffer> {
	for (;;) {
		const part = (length === 0 ? Buffer.alloc(0) : socket.read(length)) as Buffer | null;
		if (part !== null) return part;
		await once(socket, 'readable');
	}
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
	t.deepEqual(proxy.carried(port), [{forward: 70_001, backward: 0}]);
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

test('a cut of one direction swallows what it carries, while the other still passes', async t => {
	const {proxy, port, accepted, open} = await setUp(t);
	const cut = proxy.cut({port, direction: 'backward', afterBytes: 2, how: 'one-way'});
	const client = await open();
	const server = await accepted;
	server.write('abcdef');
	t.is((await readBytes(client, 2)).toString(), 'ab');
	await cut;
	client.write('still here');
	t.is((await readBytes(server, 10)).toString(), 'still here');
	t.is(client.bytesRead, 2);
	t.false(client.closed || server.closed);
});

test('a half-close ends one direction in order behind the byte, while the other still passes', async t => {
	const {proxy, port, accepted, open} = await setUp(t);
	const cut = proxy.cut({port, direction: 'forward', afterBytes: 3, how: 'half-close'});
	const client = await open();
	client.write('abcdef');
	const server = await accepted;
	t.is((await readAll(server)).toString(), 'abc');
	await cut;
	server.end('back');
	t.is((await readAll(client)).toString(), 'back');
});

test('a flip turns one bit of one byte, of the first connection that carries it', async t => {
	const {proxy, port, accepted, open} = await setUp(t);
	const flip = proxy.flip({port, direction: 'forward', afterBytes: 70_001, bit: 3});
	const sent = Buffer.alloc(200_000, 'x');
	(await open()).end(sent);
	const received = await readAll(await accepted);
	await flip;
	const expected = Buffer.from(sent);
	expected.writeUInt8('x'.charCodeAt(0) ^ 8, 70_001);
	t.true(expected.equals(received));
});

test('several faults within one piece strike in the order of their bytes', async t => {
	const {proxy, port, accepted, open} = await setUp(t);
	const struck = [
		proxy.cut({port, direction: 'forward', afterBytes: 5, how: 'half-close'}),
		proxy.flip({port, direction: 'forward', afterBytes: 4, bit: 0}),
		proxy.flip({port, direction: 'forward', afterBytes: 1, bit: 0}),
	];
	(await open()).end('bbbbbbbb');
	t.is((await readAll(await accepted)).toString(), 'bcbbc');
	await Promise.all(struck);
});

test('a hold keeps one direction at its byte until it is released, while the other passes', async t => {
	const {proxy, port, accepted, open} = await setUp(t);
	const held = proxy.hold({port, direction: 'forward', afterBytes: 3});
	const client = await open();
	client.write('abcdef');
	const server = await accepted;
	t.is((await readBytes(server, 3)).toString(), 'abc');
	const {release} = await held;
	server.write('back');
	t.is((await readBytes(client, 4)).toString(), 'back');
	t.is(server.bytesRead, 3);
	release();
	t.is((await readBytes(server, 3)).toString(), 'def');
});

test('a delay lets everything through later, in order, its end included', async t => {
	const {proxy, accepted, open} = await setUp(t);
	proxy.delay(50);
	const client = await open();
	const startedMs = performance.now();
	const sent = Buffer.concat([Buffer.alloc(300_000, 'a'), Buffer.alloc(300_000, 'b')]);
	client.write(sent.subarray(0, 300_000));
	client.end(sent.subarray(300_000));
	const received = await readAll(await accepted);
	t.true(sent.equals(received));
	// The one thing about time that is certain: never earlier.
	t.true(performance.now() - startedMs >= 49);
});

test('a cut behind a delay loses nothing of what is before its byte', async t => {
	const {proxy, port, accepted, open} = await setUp(t);
	proxy.delay(20);
	const cut = proxy.cut({port, direction: 'forward', afterBytes: 100_000, how: 'reset'});
	(await open()).write(Buffer.alloc(200_000, 1));
	t.is((await readAll(await accepted)).length, 100_000);
	await cut;
});

test('a duplicated connection says the same bytes again beside the first, and tells what was answered', async t => {
	const {proxy, port, accepted, server, open} = await setUp(t);
	const duplicate = proxy.duplicate({port, afterBytes: 8});
	const client = await open();
	client.write('abc');
	const first = await accepted;
	t.is((await readBytes(first, 3)).toString(), 'abc');
	const second = once(server, 'connection') as Promise<[Socket]>;
	client.write('defghijk');
	const [copy] = await second;
	t.is((await readBytes(copy, 8)).toString(), 'abcdefgh');
	copy.end('no');
	t.is((await (await duplicate).answered).toString(), 'no');
	t.is((await readBytes(first, 8)).toString(), 'defghijk', 'the first goes on');
});

test('a healed proxy has no fault left, and resets what was cut with its sockets open', async t => {
	const {proxy, port, server, open} = await setUp(t);
	const cut = proxy.cut({port, direction: 'forward', afterBytes: 1, how: 'silent'});
	const client = await open();
	const noticed = closed(client);
	client.write('abc');
	await cut;
	void proxy.cut({port, direction: 'forward', afterBytes: 1, how: 'reset'});
	proxy.delay(60_000);
	proxy.stall();
	proxy.heal();
	await noticed;
	const second = once(server, 'connection') as Promise<[Socket]>;
	(await open()).end('abc');
	const [accepted] = await second;
	t.is((await readAll(accepted)).toString(), 'abc');
});
