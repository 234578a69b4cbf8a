import {once} from 'node:events';
import fs from 'node:fs';
import {connect, createServer, type Socket} from 'node:net';
import {Buffer} from 'node:buffer';
import test from 'ava';
import {
	addressOf,
	closeDescriptor,
	duplicateDescriptor,
	Errno,
	getSocketOption,
	peekByte,
	readMemory,
	setNonBlocking,
	peerProcess,
	setSocketOption,
	shutdownSocket,
	socketPair,
} from '../src/index.ts';

test('a shut down socket reads as ended', t => {
	const [a, b] = socketPair();
	const byte = Buffer.alloc(1);
	t.is(readMemory(a, addressOf(byte), 1), -Errno.EAGAIN);
	shutdownSocket(a, 'both');
	t.is(readMemory(a, addressOf(byte), 1), 0);
	closeDescriptor(a);
	closeDescriptor(b);
});

test('a duplicate outlives the original and shares its mode', t => {
	const [a, b] = socketPair();
	const copy = duplicateDescriptor(a);
	closeDescriptor(a);
	const byte = Buffer.alloc(1);
	t.is(readMemory(copy, addressOf(byte), 1), -Errno.EAGAIN);
	setNonBlocking(copy, false);
	closeDescriptor(b);
	t.is(readMemory(copy, addressOf(byte), 1), 0);
	closeDescriptor(copy);
});

test('options of a TCP socket are set and read', async t => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new TypeError('no port');
	const accepted = once(server, 'connection');
	const client = connect(address.port, '127.0.0.1');
	await once(client, 'connect');
	const [peer] = (await accepted) as [Socket];
	const {fd} = Reflect.get(client, '_handle') as {fd: number};
	setSocketOption(fd, 'tcpNoDelay', 1);
	t.not(getSocketOption(fd, 'tcpNoDelay'), 0);
	setSocketOption(fd, 'tcpUserTimeoutMs', 1234);
	t.is(getSocketOption(fd, 'tcpUserTimeoutMs'), 1234);
	setSocketOption(fd, 'sendBufferBytes', 20_000);
	t.is(getSocketOption(fd, 'sendBufferBytes'), 40_000);
	setSocketOption(fd, 'receiveBufferBytes', 20_000);
	t.is(getSocketOption(fd, 'receiveBufferBytes'), 40_000);
	t.is(getSocketOption(fd, 'pendingError'), 0);
	client.destroy();
	peer.destroy();
	server.close();
	await once(server, 'close');
});

test('an option that the socket does not have is an error', t => {
	const [a, b] = socketPair();
	t.throws(() => setSocketOption(a, 'tcpUserTimeoutMs', 1), {name: 'SystemError', code: 'ENOTSUP'});
	closeDescriptor(a);
	closeDescriptor(b);
});

test('the first byte can be seen without being taken', t => {
	const [one, other] = socketPair();
	t.is(peekByte(one), -Errno.EAGAIN);
	fs.writeSync(other, Buffer.from([0x96, 1]));
	for (let times = 0; times < 2; times++) t.is(peekByte(one), 0x96);
	const taken = Buffer.alloc(2);
	t.is(fs.readSync(one, taken), 2);
	closeDescriptor(other);
	t.is(peekByte(one), undefined);
	closeDescriptor(one);
});

test('a Unix socket tells whose it is at the other end', t => {
	const [a, b] = socketPair();
	t.is(peerProcess(a), process.pid);
	closeDescriptor(a);
	closeDescriptor(b);
	t.throws(() => peerProcess(a), {name: 'SystemError'});
});
