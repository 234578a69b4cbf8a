import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {encodePreamble, type Preamble} from '@sterna/protocol';
import {closeDescriptor, getSocketOption} from '@sterna/system';
import {closeDataSocket, connectData, DataListener, type DataListenerOptions, type RefusedConnection} from '../../src/index.ts';
import {readToEnd} from '../helpers/connections.ts';

const PREAMBLE: Preamble = {
	token: Uint8Array.from({length: 32}, (_, index) => index),
	migrationId: '01234567-89ab-4def-8123-456789abcdef',
	channelIndex: 0,
	channelCount: 1,
	link: 0,
};
const {token, migrationId} = PREAMBLE;

type Opened = {readonly listener: DataListener; readonly refused: RefusedConnection[]};

async function open(t: ExecutionContext, options: Partial<DataListenerOptions> = {}): Promise<Opened> {
	const refused: RefusedConnection[] = [];
	const listener = await DataListener.open({host: '127.0.0.1', port: 0, onRefused: one => refused.push(one), ...options});
	t.teardown(async () => listener.close());
	return {listener, refused};
}

/** Connects without any manners, writes, and waits for the other side to hang up. */
async function knock(listener: DataListener, bytes: Uint8Array): Promise<Buffer> {
	const socket = net.connect({port: listener.port, host: '127.0.0.1'});
	socket.on('error', () => {});
	socket.write(bytes);
	return readToEnd(socket).catch(() => Buffer.alloc(0));
}

test('a connection that shows the token becomes a descriptor on both sides, with the options of a data connection', async t => {
	for (const host of ['127.0.0.1', '::1']) {
		const {listener, refused} = await open(t, {host, userTimeoutMs: 3000});
		const expected = listener.expect({token, migrationId});
		const {fd: own} = await connectData({host, port: listener.port, preamble: PREAMBLE, userTimeoutMs: 4000});
		const {fd, initialBytes} = await expected;
		t.is(initialBytes.length, 0);
		for (const descriptor of [own, fd]) {
			t.is(getSocketOption(descriptor, 'tcpNoDelay'), 1);
		}

		t.is(getSocketOption(own, 'tcpUserTimeoutMs'), 4000);
		t.is(getSocketOption(fd, 'tcpUserTimeoutMs'), 3000);

		// The connection is the descriptors' alone: bytes written to one come out of the other.
		fs.writeSync(own, 'hello');
		const bytes = Buffer.alloc(5);
		let got = 0;
		while (got < 5) {
			try {
				got += fs.readSync(fd, bytes, got, 5 - got, null);
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
				await new Promise(setImmediate);
			}
		}

		t.is(bytes.toString(), 'hello');
		closeDescriptor(own);
		closeDescriptor(fd);
		t.deepEqual(refused, []);
	}
});

test('stream bytes that come with the preamble are handed on, and no byte is lost', async t => {
	const {listener} = await open(t);
	const expected = listener.expect({token, migrationId});
	const stream = Buffer.alloc(300_000, 'stream ');
	const socket = net.connect({port: listener.port, host: '127.0.0.1'});
	socket.end(Buffer.concat([encodePreamble(PREAMBLE), stream]));
	const {fd, initialBytes} = await expected;
	const rest = await readToEnd(new net.Socket({fd, readable: true, writable: true}).pause());
	t.is(Buffer.compare(Buffer.concat([initialBytes, rest]), stream), 0);
	socket.destroy();
});

test('each channel of a migration finds its own expectation', async t => {
	const {listener} = await open(t);
	const both = [1, 0].map(async channelIndex => listener.expect({token, migrationId, channelIndex, channelCount: 2}));
	const own: number[] = [];
	for (const channelIndex of [0, 1]) {
		own.push((await connectData({host: '127.0.0.1', port: listener.port, preamble: {...PREAMBLE, channelIndex, channelCount: 2}})).fd);
	}

	const accepted = await Promise.all(both);
	t.is(new Set(accepted.map(({fd}) => fd)).size, 2);
	for (const fd of [...own, ...accepted.map(connection => connection.fd)]) closeDescriptor(fd);
});

const otherToken = Uint8Array.from(token, byte => byte ^ 1);
const STRANGERS: [title: string, bytes: Uint8Array, because: RegExp][] = [
	['another token', encodePreamble({...PREAMBLE, token: otherToken}), /not expected/],
	['another migration', encodePreamble({...PREAMBLE, migrationId: migrationId.replace('0', 'f')}), /not expected/],
	['another link', encodePreamble({...PREAMBLE, link: 1}), /not expected/],
	['another channel', encodePreamble({...PREAMBLE, channelIndex: 1, channelCount: 2}), /not expected/],
	['another protocol', Buffer.from(`GET / HTTP/1.1\r\nHost: host-b\r\n${'X'.repeat(80)}\r\n\r\n`), /magic/],
];

for (const [title, bytes, because] of STRANGERS) {
	test(`a connection that shows ${title} is closed without an answer, and the right one still gets in`, async t => {
		const {listener, refused} = await open(t);
		const expected = listener.expect({token, migrationId});
		t.is((await knock(listener, bytes)).length, 0);
		t.is(refused.length, 1);
		t.regex(refused[0]?.because ?? '', because);
		closeDataSocket(await connectData({host: '127.0.0.1', port: listener.port, preamble: PREAMBLE}));
		closeDescriptor((await expected).fd);
	});
}

test('a token is good for one connection', async t => {
	const {listener, refused} = await open(t);
	const expected = listener.expect({token, migrationId});
	const {fd: own} = await connectData({host: '127.0.0.1', port: listener.port, preamble: PREAMBLE});
	const {fd} = await expected;
	t.is((await knock(listener, encodePreamble(PREAMBLE))).length, 0);
	t.regex(refused[0]?.because ?? '', /not expected/);
	closeDescriptor(own);
	closeDescriptor(fd);
});

test('a connection that says nothing, or half a preamble, is closed after the deadline', async t => {
	const {listener, refused} = await open(t, {preambleTimeoutMs: 50});
	await Promise.all([knock(listener, new Uint8Array(0)), knock(listener, encodePreamble(PREAMBLE).subarray(0, 79))]);
	t.is(refused.length, 2);
	t.true(refused.every(({because}) => because === 'no preamble for 50 ms'));
});

test('a connection that ends inside of its preamble is refused', async t => {
	const {listener, refused} = await open(t);
	const socket = net.connect({port: listener.port, host: '127.0.0.1'});
	socket.end(encodePreamble(PREAMBLE).subarray(0, 30));
	await readToEnd(socket);
	t.is(refused.length, 1);
});

test('no more connections than the limit wait for their preamble', async t => {
	const {listener, refused} = await open(t, {maxHalfOpen: 2});
	const silent = [0, 1].map(() => net.connect({port: listener.port, host: '127.0.0.1'}));
	await Promise.all(silent.map(async socket => once(socket, 'connect')));
	await knock(listener, new Uint8Array(0));
	t.regex(refused[0]?.because ?? '', /2 connections/);
	for (const socket of silent) socket.destroy();
});

test('waiting ends with its signal, and with the listener', async t => {
	const {listener} = await open(t);
	const reason = new Error('given up');
	const controller = new AbortController();
	const aborted = listener.expect({token, migrationId, signal: controller.signal});
	controller.abort(reason);
	await t.throwsAsync(aborted, {is: reason});
	await t.throwsAsync(listener.expect({token, migrationId, signal: controller.signal}), {is: reason});
	const waiting = listener.expect({token, migrationId});
	await Promise.all([listener.close(), listener.close()]);
	await t.throwsAsync(waiting, {name: 'LinkError', code: 'ERR_DAEMON_STOPPING'});
});

test('a host that refuses, and one that never answers, is unreachable', async t => {
	const {listener} = await open(t);
	const {port} = listener;
	await listener.close();
	await t.throwsAsync(connectData({host: '127.0.0.1', port, preamble: PREAMBLE}), {
		name: 'LinkError',
		code: 'ERR_HOST_UNREACHABLE',
		message: /ECONNREFUSED/,
	});
	const reason = new Error('given up');
	await t.throwsAsync(connectData({host: '127.0.0.1', port, preamble: PREAMBLE, signal: AbortSignal.abort(reason)}), {is: reason});
});
