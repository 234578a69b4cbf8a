import {randomFillSync} from 'node:crypto';
import fs from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {TestAuthority, type TlsFiles, writeTlsFiles} from '@sterna/test-certificates';
import {
	addressOf,
	closeDescriptor,
	Errno,
	IovecArray,
	setSocketOption,
	shutdownSocket,
	socketPair,
	TlsContext,
	TlsSession,
	type TlsSessionOptions,
} from '../../src/index.ts';

const directory = fs.mkdtempSync('/tmp/sterna-tls-');
test.after.always(() => fs.rmSync(directory, {recursive: true}));

const authority = TestAuthority.create();
const stranger = TestAuthority.create('another authority');

async function filesOf(name: string, {ca = authority, trusts = authority, notAfter}: FileOptions = {}): Promise<TlsFiles> {
	const issued = await (await ca).issue({name, addresses: ['127.0.0.1', '::1'], ...(notAfter === undefined ? {} : {notAfter})});
	return writeTlsFiles(fs.mkdtempSync(`${directory}/`), issued, (await trusts).certificate);
}

type FileOptions = {readonly ca?: Promise<TestAuthority>; readonly trusts?: Promise<TestAuthority>; readonly notAfter?: Date};
type Pair = {readonly client: TlsSession; readonly server: TlsSession; readonly clientFd: number; readonly serverFd: number};

/** Two sessions at the ends of one connection, before their handshake. */
async function openPair(
	t: ExecutionContext,
	settings: {client?: FileOptions; server?: FileOptions; peerName?: string} = {},
): Promise<Pair> {
	const [clientFd, serverFd] = socketPair();
	using clientContext = TlsContext.create(await filesOf('host-a', settings.client));
	using serverContext = TlsContext.create(await filesOf('host-b', settings.server));
	const client = clientContext.openSession(clientFd, {role: 'connect', peerName: settings.peerName ?? 'host-b'});
	const server = serverContext.openSession(serverFd, {role: 'accept'});
	t.teardown(() => {
		for (const session of [client, server]) session.free();
		for (const fd of [clientFd, serverFd]) closeDescriptor(fd);
	});
	return {client, server, clientFd, serverFd};
}

/** Lets both go on in turn until both are done, or one throws. */
function shakeHands({client, server}: Pick<Pair, 'client' | 'server'>): void {
	for (let turn = 0; turn < 20; turn++) {
		const states = [client.handshake(), server.handshake()];
		if (states.every(state => state === 'done')) return;
	}

	throw new Error('the handshake does not end');
}

type Bytes = {readonly vector: IovecArray; readonly bytes: Uint8Array<ArrayBuffer>};

/** Memory as entries of the given lengths. */
function entries(lengths: readonly number[]): Bytes {
	const bytes = new Uint8Array(
		new ArrayBuffer(
			Math.max(
				128,
				lengths.reduce((sum, length) => sum + length, 0),
			),
		),
	);
	const vector = new IovecArray(lengths.length);
	let at = 0;
	for (const [index, length] of lengths.entries()) {
		vector.set(index, addressOf(bytes) + at, length);
		at += length;
	}

	return {vector, bytes};
}

/** Moves everything, both ends in turn, and returns how often the writer had to wait. */
function pump(from: TlsSession, source: Bytes, to: TlsSession, target: Bytes): number {
	let [written, read, waits] = [0, 0, 0];
	let [writeFirst, readFirst] = [0, 0];
	for (let turn = 0; read < target.bytes.length; turn++) {
		if (turn > 1e6) throw new Error(`stuck at ${written} written, ${read} read`);
		if (writeFirst < source.vector.capacity) {
			const moved = from.writeVector(source.vector, writeFirst, source.vector.capacity - writeFirst);
			if (moved > 0) {
				written += moved;
				writeFirst = source.vector.consume(writeFirst, source.vector.capacity, moved);
			} else if (moved === -Errno.EAGAIN) waits += 1;
			else throw new Error(`write: ${moved} ${from.reason}`);
		}

		const got = to.readVector(target.vector, readFirst, target.vector.capacity - readFirst);
		if (got > 0) {
			read += got;
			readFirst = target.vector.consume(readFirst, target.vector.capacity, got);
		} else if (got !== -Errno.EAGAIN) throw new Error(`read: ${got} ${to.reason}`);
		// Nothing is read that was not reported as written: an acknowledgement of it would be one of bytes never sent.
		if (read > written) throw new Error(`${read} bytes read of ${written} written`);
	}

	return waits;
}

test('bytes go through unchanged both ways, whatever the entries they are in', async t => {
	const pair = await openPair(t);
	shakeHands(pair);
	for (const [from, to] of [[pair.client, pair.server] as const, [pair.server, pair.client] as const]) {
		for (const [sent, received] of [
			[[200], [200]],
			[
				[8208, 4096, 4096, 70_000, 1, 130_000, 4096],
				[100_000, 120_497],
			],
			[Array.from({length: 600}, () => 4096), [2_457_600]],
			[[2_457_600], Array.from({length: 600}, () => 4096)],
		] as const) {
			const source = entries(sent);
			const target = entries(received);
			t.is(source.bytes.length, target.bytes.length);
			randomFillSync(source.bytes);
			pump(from, source, to, target);
			t.is(Buffer.compare(source.bytes, target.bytes), 0);
			t.true(from.isFlushed);
		}
	}
});

test('a socket that takes little at a time loses nothing, and nothing arrives that was not reported as written', async t => {
	const pair = await openPair(t);
	shakeHands(pair);
	setSocketOption(pair.clientFd, 'sendBufferBytes', 4096);
	const source = entries(Array.from({length: 1000}, (_, index) => 1 + ((index * 7919) % 9000)));
	const target = entries([source.bytes.length]);
	randomFillSync(source.bytes);
	t.true(pump(pair.client, source, pair.server, target) > 0, 'it had to wait');
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
});

test('what waits to be written is written as it was, even where the next call asks for less', async t => {
	const pair = await openPair(t);
	shakeHands(pair);
	const source = entries([200_000, 200_000, 200_000, 200_000, 200_000, 200_000]);
	randomFillSync(source.bytes);
	const target = entries([source.bytes.length]);
	let written = 0;
	let first = 0;
	let read = 0;
	let readFirst = 0;
	while (read < target.bytes.length) {
		// Every other call asks for one byte alone.
		const length = source.vector.capacity > first ? source.vector.lengthAt(first) : 0;
		const address = length > 0 ? source.vector.addressAt(first) : 0;
		for (const asked of [length, 1]) {
			if (first === source.vector.capacity || source.vector.addressAt(first) !== address) break;
			source.vector.set(first, address, asked);
			const moved = pair.client.writeVector(source.vector, first, 1);
			source.vector.set(first, address, length);
			if (moved <= 0) continue;
			written += moved;
			first = source.vector.consume(first, source.vector.capacity, moved);
		}

		const got = pair.server.readVector(target.vector, readFirst, 1);
		if (got > 0) {
			read += got;
			readFirst = target.vector.consume(readFirst, 1, got);
		}
		if (read > written) t.fail(`${read} bytes read of ${written} written`);
	}

	t.is(Buffer.compare(source.bytes, target.bytes), 0);
});

test('the sending key is changed now and then, and the other end follows', async t => {
	const [clientFd, serverFd] = socketPair();
	const files = await filesOf('host-b');
	using context = TlsContext.create(files);
	const client = context.openSession(clientFd, {role: 'connect', peerName: 'host-b'});
	const server = context.openSession(serverFd, {role: 'accept'});
	t.teardown(() => {
		for (const session of [client, server]) session.free();
		for (const fd of [clientFd, serverFd]) closeDescriptor(fd);
	});
	shakeHands({client, server});
	const options: TlsSessionOptions = {keyUpdateRecords: 3};
	const source = entries([5_000_000]);
	const target = entries([5_000_000]);
	randomFillSync(source.bytes);
	pump(new TlsSession(client.address, options), source, server, target);
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
});

test('a good-bye is the end, and the other direction goes on; a cut is a lost connection', async t => {
	const pair = await openPair(t);
	shakeHands(pair);
	pair.client.endWriting();
	const target = entries([200]);
	t.is(pair.server.readVector(target.vector, 0, 1), 0);
	t.is(pair.server.readVector(target.vector, 0, 1), 0);
	const source = entries([200]);
	randomFillSync(source.bytes);
	pump(pair.server, source, pair.client, target);
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
	shutdownSocket(pair.serverFd, 'writing');
	t.is(pair.client.readVector(entries([200]).vector, 0, 1), -Errno.ECONNRESET);
});

test('bytes that were changed on the way are refused, with the reason', async t => {
	const pair = await openPair(t);
	shakeHands(pair);
	// A record of application data that no key has made.
	fs.writeSync(pair.serverFd, Buffer.concat([Buffer.from([23, 3, 3, 0, 40]), Buffer.alloc(40, 7)]));
	t.is(pair.client.readVector(entries([200]).vector, 0, 1), -Errno.EPROTO);
	t.regex(pair.client.reason, /bad record mac|decryption failed/);
	// The other direction has failed for the same reason.
	const {reason} = pair.client;
	t.is(pair.client.writeVector(entries([200]).vector, 0, 1), -Errno.EPROTO);
	t.is(pair.client.reason, reason);
});

test('a certificate must hold for the name or address that was called', async t => {
	for (const peerName of ['host-b', '127.0.0.1', '::1']) {
		const pair = await openPair(t, {peerName});
		shakeHands(pair);
	}

	for (const [peerName, why] of [
		['host-c', /hostname mismatch/i],
		['127.0.0.2', /IP address mismatch/i],
	] as const) {
		const pair = await openPair(t, {peerName});
		const error = t.throws(() => shakeHands(pair), {name: 'TlsError'});
		t.regex(error?.message ?? '', why);
	}
});

test('certificates of an authority that is not known, or that have expired, are refused by either end', async t => {
	const expired = new Date('2021-01-01');
	for (const [settings, why] of [
		[{server: {ca: stranger}}, /certificate verify failed: unable to get local issuer certificate/],
		[{server: {notAfter: expired}}, /certificate verify failed: certificate has expired/],
		[{client: {ca: stranger}}, /certificate verify failed: unable to get local issuer certificate/],
		[{client: {notAfter: expired}}, /certificate verify failed: certificate has expired/],
	] as const) {
		const pair = await openPair(t, settings);
		t.throws(() => shakeHands(pair), {name: 'TlsError', message: why});
		// Who was refused hears so.
		const refused = 'client' in settings ? pair.client : pair.server;
		if (refused === pair.client) {
			t.is(refused.readVector(entries([200]).vector, 0, 1), -Errno.EPROTO);
			t.regex(refused.reason, /alert/);
		} else t.throws(() => refused.handshake(), {name: 'TlsError', message: /alert/});
	}
});

test('files that cannot be used are named', async t => {
	const files = await filesOf('host-a');
	const other = await filesOf('host-b');
	for (const [changed, why] of [
		[{certificate: '/nonexistent.pem'}, /the certificate \/nonexistent.pem cannot be used: /],
		[{key: files.certificate}, /the key .*certificate.pem cannot be used/],
		[{key: other.key}, /the key .*key.pem (cannot be used: key values mismatch|is not that of)/],
		[{ca: files.key}, /the authorities of .*key.pem cannot be used/],
	] as const) {
		t.throws(() => TlsContext.create({...files, ...changed}), {name: 'TlsError', message: why});
	}
});
