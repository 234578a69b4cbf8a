import {readFileSync} from 'node:fs';
import {connect} from 'node:net';
import test from 'ava';
import type {DiskExtent} from '../../../../../src/index.ts';
import {connectTo, startDiskServer} from '../../../../helpers/qemu/disk-server.ts';
import {Ask, NbdClient} from '../../../../helpers/qemu/nbd-client.ts';
import {until} from '../../../../helpers/workshop.ts';

const MIB = 2 ** 20;

/** Writes extents to a copy of the disk; resolves with how many bytes they had. */
async function apply(extents: AsyncIterable<DiskExtent>, copy: Buffer): Promise<number> {
	let count = 0;
	for await (const {offset, bytes} of extents) {
		copy.set(bytes, offset);
		count += bytes.byteLength;
	}

	return count;
}

test('a copy and the epochs behind it are the disk at each cut, while it is written', async t => {
	const server = await startDiskServer(t, {sizes: [32 * MIB]});
	const [file = ''] = server.images;
	using guest = await NbdClient.open(server.nbd, 'd0');
	const daemon = await connectTo(t, server);
	t.is(daemon.sizeBytes, 32 * MIB);
	const copy = Buffer.alloc(32 * MIB);
	for (let at = 0; at < 20; at++) t.is(await guest.write(at * MIB, Buffer.alloc(MIB, at + 1)), 0);
	let writes = 0;
	for await (const {offset, bytes} of daemon.copy()) {
		copy.set(bytes, offset);
		writes += 1;
		t.is(await guest.write(((writes * 7) % 30) * MIB + 512, Buffer.alloc(5000, writes)), 0);
	}

	for (let epoch = 0; epoch < 20; epoch++) {
		for (let at = 0; at < 20; at++) await guest.write(((at * 37 + epoch) % 31) * MIB + at * 512, Buffer.alloc(20_000, epoch + at));
		const extents = await daemon.cut();
		const then = readFileSync(file);
		for (let at = 0; at < 5; at++) await guest.write(at * MIB, Buffer.alloc(4096, 99));
		await apply(extents, copy);
		t.true(copy.equals(then));
	}
});

test('holes are left out of a copy', async t => {
	const server = await startDiskServer(t, {sizes: [1024 * MIB]});
	using guest = await NbdClient.open(server.nbd, 'd0');
	await guest.write(900 * MIB, Buffer.alloc(MIB, 1));
	const daemon = await connectTo(t, server);
	const copy = Buffer.alloc(1024 * MIB);
	t.true((await apply(daemon.copy(), copy)) < 2 * MIB);
	t.is(copy[900 * MIB], 1);
	// Asked again before the first cut, it has what came since.
	await guest.write(5 * MIB, Buffer.alloc(8192, 2));
	t.is(await apply(daemon.copy(), copy), 8192);
	t.is(await apply(await daemon.cut(), copy), 0);
});

test('a full log holds writes back until the next cut, and says so', async t => {
	const server = await startDiskServer(t, {sizes: [64 * MIB], limit: 4 * MIB});
	using guest = await NbdClient.open(server.nbd, 'd0');
	const daemon = await connectTo(t, server);
	const copy = Buffer.alloc(64 * MIB);
	await apply(daemon.copy(), copy);
	await apply(await daemon.cut(), copy);
	for (let at = 0; at < 16; at++) guest.request(Ask.write, at * MIB, MIB, {data: Buffer.alloc(MIB, at + 1)});
	for (let at = 0; at < 4; at++) await guest.reply();
	await until(() => daemon.loggedBytes >= 4 * MIB);
	const held = guest.reply();
	// The fifth is not answered: what the server is asked behind it is.
	t.is((await daemon.ask({ask: 'stat'})).loggedBytes, 4 * MIB);
	t.is(await Promise.race([held.then(() => 'answered'), daemon.ask({ask: 'stat'}).then(() => 'held')]), 'held');
	await apply(await daemon.cut(), copy);
	await held;
	for (let at = 5; at < 8; at++) await guest.reply();
	await until(() => daemon.loggedBytes >= 4 * MIB);
	// The guest is about to be stopped, which waits for all of its writes.
	daemon.letPass(true);
	for (let at = 8; at < 16; at++) await guest.reply();
	const then = readFileSync(server.images[0] ?? '');
	await apply(await daemon.cut(), copy);
	t.true(copy.equals(then));
	t.is(daemon.loggedBytes, 0);
});

test('a guest that writes faster than the copy is read is held back, and the copy ends', async t => {
	const server = await startDiskServer(t, {sizes: [16 * MIB], limit: 4 * MIB});
	using guest = await NbdClient.open(server.nbd, 'd0');
	const daemon = await connectTo(t, server);
	const copy = Buffer.alloc(16 * MIB);
	const stop = new AbortController();
	const writing = (async () => {
		for (let at = 0; !stop.signal.aborted; at++) await guest.write((at % 16) * MIB, Buffer.alloc(MIB, at));
	})();
	await apply(daemon.copy(), copy);
	stop.abort();
	daemon.letPass(true);
	await writing;
	const then = readFileSync(server.images[0] ?? '');
	await apply(await daemon.cut(), copy);
	t.true(copy.equals(then));
});

test('an epoch that is not read is let go of with the next question, and so is a copy, which ends the log', async t => {
	const server = await startDiskServer(t, {sizes: [64 * MIB]});
	using guest = await NbdClient.open(server.nbd, 'd0');
	const daemon = await connectTo(t, server);
	for (let at = 0; at < 40; at++) await guest.write(at * MIB, Buffer.alloc(MIB, 1));
	for await (const {bytes} of daemon.copy()) {
		t.true(bytes.byteLength > 0);
		break;
	}

	await t.throwsAsync(daemon.cut(), {code: 'ERR_DOMAIN_STATE'});
	const aborting = new AbortController();
	await t.throwsAsync(
		async () => {
			for await (const _ of daemon.copy(aborting.signal)) aborting.abort(new Error('that will do'));
		},
		{message: 'that will do'},
	);
	await apply(daemon.copy(), Buffer.alloc(64 * MIB));
	for (let at = 0; at < 40; at++) await guest.write(at * MIB, Buffer.alloc(MIB, 2));
	const unread = await daemon.cut();
	await guest.write(0, Buffer.alloc(512, 3));
	t.is(await apply(await daemon.cut(), Buffer.alloc(64 * MIB)), 4096);
	t.truthy(unread);
	await daemon.ask({ask: 'stop'});
	await guest.write(0, Buffer.alloc(512, 3));
	t.is((await daemon.ask({ask: 'stat'})).loggedBytes, 0);
});

test('a daemon that dies takes its log with it, and the writes that waited are made', async t => {
	const server = await startDiskServer(t, {sizes: [64 * MIB], limit: 4 * MIB});
	using guest = await NbdClient.open(server.nbd, 'd0');
	const first = await connectTo(t, server);
	await apply(first.copy(), Buffer.alloc(64 * MIB));
	await apply(await first.cut(), Buffer.alloc(64 * MIB));
	const second = await connectTo(t, server);
	await t.throwsAsync(apply(second.copy(), Buffer.alloc(64 * MIB)), {code: 'ERR_DOMAIN_BUSY'});
	for (let at = 0; at < 10; at++) guest.request(Ask.write, at * MIB, MIB, {data: Buffer.alloc(MIB, at + 1)});
	for (let at = 0; at < 4; at++) await guest.reply();
	first[Symbol.dispose]();
	for (let at = 4; at < 10; at++) await guest.reply();
	const copy = Buffer.alloc(64 * MIB);
	await apply(second.copy(), copy);
	t.true(copy.equals(readFileSync(server.images[0] ?? '')));
});

test('a server that ends fails what is asked of it', async t => {
	const server = await startDiskServer(t);
	const guest = await NbdClient.open(server.nbd, 'd0');
	const daemon = await connectTo(t, server);
	await apply(daemon.copy(), Buffer.alloc(4 * MIB));
	guest[Symbol.dispose]();
	await t.throwsAsync(
		async () => {
			for (;;) await daemon.ask({ask: 'stat'});
		},
		{code: 'ERR_GUEST_EXITED'},
	);
	await t.throwsAsync(connectTo(t, server), {code: 'ERR_GUEST_EXITED'});
});

test('what is no question of a daemon ends that connection alone', async t => {
	const server = await startDiskServer(t);
	const daemon = await connectTo(t, server);
	for (const bytes of ['rm -rf /\n', '{"ask":"open"}\n', 'x'.repeat(5000)]) {
		const socket = connect(server.control);
		socket.on('error', () => undefined);
		socket.resume().write(bytes);
		await new Promise(resolve => {
			socket.on('close', resolve);
		});
	}

	await t.throwsAsync(connectTo(t, server, 'd7'), {code: 'ERR_USAGE'});
	t.is((await daemon.ask({ask: 'stat'})).sizeBytes, 4 * MIB);
});

test('a disk is emptied', async t => {
	const server = await startDiskServer(t);
	const daemon = await connectTo(t, server);
	await daemon.ask({ask: 'empty'});
	const now = readFileSync(server.images[0] ?? '');
	t.is(now.length, 4 * MIB);
	t.true(now.every(byte => byte === 0));
});
