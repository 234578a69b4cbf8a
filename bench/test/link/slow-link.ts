import test from 'ava';
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {type AddressInfo, connect, createServer} from 'node:net';
import {buffer} from 'node:stream/consumers';
import {DelayLine} from '../../src/link/delay-line.ts';
import {LinkProcess} from '../../src/link/link-process.ts';

test('bytes leave a link one after another at its rate, each after the delay', t => {
	const line = new DelayLine({bytesPerSecond: 1000, delayMs: 20});
	t.is(line.enter(100, 0), 120);
	t.is(line.enter(100, 0), 220);
	t.is(line.backlogMs(50), 150);
	t.is(line.backlogMs(500), 0);
	t.is(line.enter(100, 500), 620);
});

test('a link carries all bytes in both directions, also from where it was stalled', async t => {
	const sent = randomBytes(1_000_000);
	// Sends back what comes, until the end.
	const server = createServer({allowHalfOpen: true}, socket => socket.pipe(socket));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	await using link = await LinkProcess.start({
		bytesPerSecond: 50e6,
		delayMs: 5,
		listenHost: '127.0.0.9',
		targetHost: '127.0.0.1',
		ports: [port],
	});
	link.stall(port, {afterBytes: 100_000});
	const socket = connect({host: '127.0.0.9', port, allowHalfOpen: true});
	const received = buffer(socket);
	socket.end(sent);
	await once(socket, 'finish');
	link.resume();
	t.true((await received).equals(sent));
	server.close();
});
