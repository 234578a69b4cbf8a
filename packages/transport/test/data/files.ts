import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import test from 'ava';
import {DataWorkerPool, openReceiveLink, openSendLink, type ReceiveLink, type SendLink} from '../../src/index.ts';
import {connectToLink, readExactly, readToEnd, whatIs} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {checkpointEnd, streamEnd, streamStart} from '../helpers/stream.ts';
import {TemporaryDirectory} from '../helpers/temporary-directory.ts';

const PAGES = 3000;
const BATCH_PAGES = 1024;
const PAGE_BYTES = 4096;

const pool = new DataWorkerPool();
const source = new TestMemory(PAGES);
source.fillRandom();
test.after.always(async () => {
	await pool.close();
	source[Symbol.dispose]();
});

function openFile(path: string, memory = source, teeFd?: number): SendLink {
	const fd = fs.openSync(path, 'w');
	return openSendLink(pool, {fd, kind: 'file', memory, pageTypes: undefined, windowBytes: undefined, teeFd});
}

async function sendStream(link: SendLink): Promise<number> {
	await link.writeBytes(streamStart('xl'));
	const batches: Promise<number>[] = [];
	for (let pfn = 0; pfn < PAGES; pfn += BATCH_PAGES) batches.push(link.writePages(Uint32Array.of(pfn, Math.min(BATCH_PAGES, PAGES - pfn))));
	await Promise.all(batches);
	return link.writeBytes(streamEnd());
}

function restore(path: string, target: TestMemory, log: EventLog, settings: {limit?: number} = {}): ReceiveLink {
	return openReceiveLink(pool, {
		fd: fs.openSync(path, 'r'),
		kind: 'file',
		begins: 'xl',
		mode: 'any',
		memory: target,
		pageTypes: undefined,
		populatedPagesLimit: settings.limit ?? PAGES,
		backChannel: false,
		onEvent: log.onEvent,
	});
}

test('a guest saved to a file is restored from it', async t => {
	using directory = new TemporaryDirectory();
	using target = new TestMemory(PAGES);
	const path = directory.file('guest.xl');
	{
		await using link = openFile(path);
		const end = await sendStream(link);
		await link.applied(end);
		await link.sync();
		t.is(fs.statSync(path).size, end);
		t.deepEqual(link.progress, {writtenBytes: end, creditedBytes: end, appliedBytes: end, zeroPages: 0, savedBytes: 0});
	}

	const log = new EventLog();
	await using receiver = restore(path, target, log);
	t.deepEqual(await log.outcome(), {kind: 'end', bytesReceived: fs.statSync(path).size});
	t.like(await log.first('headers'), {xlConfig: '{"name": "test"}'});
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
	await receiver.destroy();
});

test('what follows the end of a stream in a file is not read', async t => {
	using directory = new TemporaryDirectory();
	using target = new TestMemory(PAGES);
	const path = directory.file('guest.xl');
	await using link = openFile(path);
	const end = await sendStream(link);
	fs.appendFileSync(path, 'domain is yours, you are cleared to unpause\0');
	const log = new EventLog();
	await using receiver = restore(path, target, log);
	t.deepEqual(await log.outcome(), {kind: 'end', bytesReceived: end});
	await receiver.destroy();
});

test('a tee holds byte for byte what was sent, while the guest goes on writing', async t => {
	using directory = new TemporaryDirectory();
	using changing = new TestMemory(PAGES);
	changing.fillRandom();
	const path = directory.file('copy');
	const {fd, peer} = await connectToLink();
	const teeFd = fs.openSync(path, 'w');
	await using link = openSendLink(pool, {fd, kind: 'socket', memory: changing, pageTypes: undefined, windowBytes: undefined, teeFd});
	const sent = sendStream(link);
	let step = 0;
	const writer = setInterval(() => {
		step += 1;
		changing.bytes.fill(step & 0xff, 0, 1024 * 1024);
	}, 1);
	const reading = readToEnd(peer);
	const end = await sent;
	clearInterval(writer);
	await link.sync();
	await link.destroy();
	const received = await reading;
	t.is(received.length, end);
	t.is(Buffer.compare(received, fs.readFileSync(path)), 0);
});

test('a file that finds no space ends the link with that reason, and so does a tee', async t => {
	{
		await using link = openFile('/dev/full');
		await t.throwsAsync(sendStream(link), {name: 'LinkError', code: 'ERR_DISK_FULL'});
		t.like(await link.closed, {code: 'ERR_DISK_FULL'});
		await t.throwsAsync(link.sync(), {code: 'ERR_DISK_FULL'});
	}

	using directory = new TemporaryDirectory();
	await using teed = openFile(directory.file('guest.xl'), source, fs.openSync('/dev/full', 'w'));
	await t.throwsAsync(sendStream(teed), {name: 'LinkError', code: 'ERR_DISK_FULL', message: /copy of the stream/});
});

test('a file that cannot be written is an error of the file', async t => {
	const fd = fs.openSync('/dev/null', 'r');
	await using link = openSendLink(pool, {fd, kind: 'file', memory: source, pageTypes: undefined, windowBytes: undefined, teeFd: undefined});
	await t.throwsAsync(link.writeBytes(Uint8Array.of(1)), {name: 'LinkError', code: 'ERR_FILE', message: /EBADF/});
});

test('a pipe that nobody reads is given up without a hang', async t => {
	using directory = new TemporaryDirectory();
	const path = directory.file('pipe');
	execFileSync('mkfifo', [path]);
	// Open for reading as well, so that opening does not wait for a reader.
	const fd = fs.openSync(path, 'r+');
	await using link = openSendLink(pool, {fd, kind: 'file', memory: source, pageTypes: undefined, windowBytes: undefined, teeFd: undefined});
	const pending = link.writePages(Uint32Array.of(0, BATCH_PAGES));
	await link.destroy();
	await t.throwsAsync(pending, {code: 'ERR_CONNECTION_LOST'});
});

test('a tee into a pipe is refused, and the descriptors are closed all the same', async t => {
	using directory = new TemporaryDirectory();
	const path = directory.file('pipe');
	execFileSync('mkfifo', [path]);
	const {fd, peer} = await connectToLink();
	const teeFd = fs.openSync(path, 'r+');
	const named = [whatIs(fd), whatIs(teeFd)];
	t.throws(() => openSendLink(pool, {fd, kind: 'socket', memory: source, pageTypes: undefined, windowBytes: 1, teeFd}), {code: 'ERR_FILE'});
	t.not(whatIs(fd), named[0]);
	t.not(whatIs(teeFd), named[1]);
	peer.destroy();
});

test('a file link gives way to a socket link of the same worker', async t => {
	using directory = new TemporaryDirectory();
	await using ownPool = new DataWorkerPool({maxWorkers: 1});
	const {fd, peer} = await connectToLink();
	const file = openSendLink(ownPool, {
		fd: fs.openSync(directory.file('guest.xl'), 'w'),
		kind: 'file',
		memory: source,
		pageTypes: undefined,
		windowBytes: undefined,
		teeFd: undefined,
	});
	const socket = openSendLink(ownPool, {
		fd,
		kind: 'socket',
		memory: source,
		pageTypes: undefined,
		windowBytes: undefined,
		teeFd: undefined,
	});
	await using _file = file;
	await using _socket = socket;
	const saved = Promise.all(Array.from({length: 20}, async () => sendStream(file)));
	const end = await socket.writeBytes(Uint8Array.of(1, 2, 3));
	t.is(end, 3);
	t.true(file.progress.writtenBytes < 20 * source.bytes.length);
	t.deepEqual([...(await readExactly(peer, 3))], [1, 2, 3]);
	await saved;
	peer.destroy();
});

test('a file cut at any byte is truncated, and never the end of a stream', async t => {
	using directory = new TemporaryDirectory();
	using small = new TestMemory(4);
	small.fillRandom();
	const whole = directory.file('whole');
	{
		await using link = openFile(whole, small);
		await link.writeBytes(streamStart('xl'));
		await link.writePages(Uint32Array.of(0, 4));
		await link.writeBytes(streamEnd());
	}

	const bytes = fs.readFileSync(whole);
	// Every byte of headers, list and tail; pages at some places.
	const pagesStart = streamStart('xl').length + 16 + 4 * 8;
	const pagesEnd = pagesStart + 4 * PAGE_BYTES;
	const cuts = Array.from({length: bytes.length}, (_, cut) => cut).filter(cut => cut < pagesStart || cut >= pagesEnd || cut % 1000 === 0);
	const path = directory.file('cut');
	for (const cut of cuts) {
		fs.writeFileSync(path, bytes.subarray(0, cut));
		using target = new TestMemory(4);
		const log = new EventLog();
		await using receiver = restore(path, target, log, {limit: 4});
		const outcome = await log.outcome();
		t.like(outcome, {kind: 'failed', error: {code: 'ERR_STREAM_TRUNCATED'}}, `cut at ${cut}`);
		await receiver.destroy();
	}
});

test('a checkpointed file that breaks off leaves the last whole checkpoint in memory', async t => {
	using directory = new TemporaryDirectory();
	using guest = new TestMemory(64);
	const path = directory.file('remus');
	const states: Buffer[] = [];
	const ends: number[] = [];
	{
		await using link = openFile(path, guest);
		await link.writeBytes(streamStart('xl'));
		for (let checkpoint = 0; checkpoint < 4; checkpoint++) {
			// Each checkpoint rewrites other pages; the last of them are rewritten by all.
			guest.fillRandom();
			const first = checkpoint === 0 ? 0 : checkpoint * 10;
			const pages = checkpoint === 0 ? 64 : 20;
			const before = states.at(-1) ?? Buffer.alloc(64 * PAGE_BYTES);
			const state = Buffer.from(before);
			guest.bytes.subarray(first * PAGE_BYTES, (first + pages) * PAGE_BYTES).forEach((byte, index) => {
				state[first * PAGE_BYTES + index] = byte;
			});
			states.push(state);
			await link.writePages(Uint32Array.of(first, pages));
			ends.push(await link.writeBytes(checkpointEnd()));
		}
	}

	const bytes = fs.readFileSync(path);
	for (const whole of [0, 1, 2, 3, 4]) {
		const begin = whole === 0 ? streamStart('xl').length : (ends[whole - 1] ?? 0);
		// Behind the checkpoint; inside of the next one's list, its pages, its state; one byte before it is whole.
		const places = whole === 4 ? [begin] : [begin, begin + 20, begin + 30_000, (ends[whole] ?? 0) - 30, (ends[whole] ?? 0) - 1];
		for (const cut of places) {
			const cutPath = directory.file('cut');
			fs.writeFileSync(cutPath, bytes.subarray(0, cut));
			using target = new TestMemory(64);
			const log = new EventLog();
			await using receiver = restore(cutPath, target, log, {limit: 64});
			const outcome = await log.outcome();
			t.is(log.events.filter(event => event.kind === 'checkpoint').length, whole);
			if (whole === 0) t.like(outcome, {kind: 'failed', error: {code: 'ERR_STREAM_TRUNCATED'}}, `cut at ${cut}`);
			else {
				t.like(outcome, {kind: 'broken-off', wholeCheckpoints: whole, error: {code: 'ERR_STREAM_TRUNCATED'}}, `cut at ${cut}`);
				t.is(Buffer.compare(target.bytes, states[whole - 1] as Buffer), 0, `cut at ${cut}`);
			}

			await receiver.destroy();
		}
	}
});
