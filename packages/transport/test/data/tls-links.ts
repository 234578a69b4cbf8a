import {once} from 'node:events';
import net from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {type DataSocket, DataWorkerPool, openReceiveLink, openSendLink, type ReceiveLink, type SendLink} from '../../src/index.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {streamEnd, streamStart} from '../helpers/stream.ts';
import {connectTlsLinks} from '../helpers/tls.ts';

const BATCH_PAGES = 1024;
const WINDOW_BYTES = 8 * 1024 * 1024;

const pool = new DataWorkerPool({maxWorkers: 2});
test.after.always(async () => pool.close());

/** Sees what a sender's end writes to the receiver's, and passes on what it returns. */
type Meddle = (chunk: Buffer, link: {readonly from: net.Socket; readonly to: net.Socket}) => Buffer[];

/** A relay to a port, which `meddle` may do as it likes in the direction of the stream. Closed with the test. */
async function relay(t: ExecutionContext, port: number, meddle: Meddle): Promise<number> {
	const server = net.createServer({noDelay: true}, from => {
		const to = net.connect({port, host: '127.0.0.1', noDelay: true});
		from.on('error', () => to.destroy());
		to.on('error', () => from.destroy());
		from.on('data', (chunk: Buffer) => {
			for (const piece of meddle(chunk, {from, to})) to.write(piece);
			if (to.writableNeedDrain) {
				from.pause();
				to.once('drain', () => from.resume());
			}
		});
		from.on('close', () => to.destroy());
		to.on('close', () => from.destroy());
		to.pipe(from);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => server.close());
	return (server.address() as net.AddressInfo).port;
}

type Both = {
	readonly sender: SendLink;
	readonly receiver: ReceiveLink;
	readonly log: EventLog;
	readonly source: TestMemory;
	readonly target: TestMemory;
};

function openBoth(t: ExecutionContext, [own, peer]: readonly [DataSocket, DataSocket], pages: number): Both {
	const source = new TestMemory(pages);
	const target = new TestMemory(pages);
	source.fillRandom();
	const log = new EventLog();
	const common = {kind: 'socket', pageTypes: undefined} as const;
	const sender = openSendLink(pool, {...common, ...own, memory: source, windowBytes: WINDOW_BYTES, teeFd: undefined});
	const receiver = openReceiveLink(pool, {
		...common,
		...peer,
		begins: 'libxl',
		mode: 'plain',
		memory: target,
		populatedPagesLimit: pages,
		backChannel: true,
		onEvent: log.onEvent,
	});
	t.teardown(async () => {
		await Promise.all([sender.destroy(), receiver.destroy()]);
		source[Symbol.dispose]();
		target[Symbol.dispose]();
	});
	return {sender, receiver, log, source, target};
}

async function sendAll(sender: SendLink, pages: number): Promise<number> {
	await sender.writeBytes(streamStart());
	for (let pfn = 0; pfn < pages; pfn += BATCH_PAGES) await sender.writePages(Uint32Array.of(pfn, Math.min(BATCH_PAGES, pages - pfn)));
	return sender.writeBytes(streamEnd());
}

test('records that arrive in pieces of any size are put together', async t => {
	const pages = 3000;
	let seed = 1;
	const cut: Meddle = chunk => {
		const pieces: Buffer[] = [];
		for (let at = 0; at < chunk.length;) {
			seed = (seed * 48_271) % 0x7fff_ffff;
			// Some cuts fall into a record's header, most into its body.
			const length = seed % 5 === 0 ? 1 + (seed % 7) : 1 + (seed % 40_000);
			pieces.push(chunk.subarray(at, at + length));
			at += length;
		}

		return pieces;
	};
	const sockets = await connectTlsLinks(pool, async port => relay(t, port, cut));
	const {sender, source, target} = openBoth(t, sockets, pages);
	await sender.applied(await sendAll(sender, pages));
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
});

test('a connection that is cut in the middle of the flow is lost, for both ends', async t => {
	const pages = 8 * BATCH_PAGES;
	let passed = 0;
	const cut: Meddle = (chunk, {from, to}) => {
		passed += chunk.length;
		if (passed <= 10_000_000) return [chunk];
		from.destroy();
		to.destroy();
		return [];
	};
	const {sender, log} = openBoth(t, await connectTlsLinks(pool, async port => relay(t, port, cut)), pages);
	await t.throwsAsync(
		sendAll(sender, pages).then(async end => sender.applied(end)),
		{name: 'LinkError', code: 'ERR_CONNECTION_LOST'},
	);
	t.is((await log.first('failed')).error.code, 'ERR_CONNECTION_LOST');
});

test('a byte that is changed on the way is found before any of it is applied', async t => {
	const pages = 2 * BATCH_PAGES;
	let passed = 0;
	const spoil: Meddle = chunk => {
		const before = passed;
		passed += chunk.length;
		// The first MiB in the middle of the pages.
		if (before <= 1_000_000 && passed > 1_000_000) chunk[1_000_000 - before] = (chunk[1_000_000 - before] ?? 0) ^ 1;
		return [chunk];
	};
	const {sender, receiver, log, source, target} = openBoth(t, await connectTlsLinks(pool, async port => relay(t, port, spoil)), pages);
	const sending = Promise.allSettled([sendAll(sender, pages)]);
	const {error} = await log.first('failed');
	t.is(error.code, 'ERR_TLS');
	t.regex(error.message, /bad record mac|record/);
	await receiver.destroy();
	await sending;
	for (let pfn = 0; pfn < pages; pfn++) {
		const page = target.page(pfn);
		if (Buffer.compare(page, source.page(pfn)) === 0) continue;
		// What is not there whole is there in part: no byte is one that was not sent.
		for (const [index, byte] of page.entries()) if (byte !== 0 && byte !== source.page(pfn)[index]) t.fail(`page ${pfn}, byte ${index}`);
	}
});

test('a sender that ends its link in good order is no cut, and no end of the stream either', async t => {
	const {sender, log} = openBoth(t, await connectTlsLinks(pool), 64);
	await sender.applied(await sender.writeBytes(streamStart()));
	await sender.destroy();
	const {error} = await log.first('failed');
	t.is(error.code, 'ERR_CONNECTION_LOST');
	t.regex(error.message, /closed the data connection before the end of the stream/);
});

test('a link that is held back by its peer is aborted at once', async t => {
	const pages = 8 * BATCH_PAGES;
	const [own, peer] = await connectTlsLinks(pool);
	using source = new TestMemory(pages);
	source.fillRandom();
	const sender = openSendLink(pool, {...own, kind: 'socket', memory: source, pageTypes: undefined, windowBytes: 1e9, teeFd: undefined});
	const sending = sendAll(sender, pages);
	const reason = new Error('aborted');
	await sender.destroy(reason);
	await t.throwsAsync(sending, {is: reason});
	using target = new TestMemory(pages);
	const log = new EventLog();
	await using _receiver = openReceiveLink(pool, {
		...peer,
		kind: 'socket',
		begins: 'libxl',
		mode: 'plain',
		memory: target,
		pageTypes: undefined,
		populatedPagesLimit: pages,
		backChannel: true,
		onEvent: log.onEvent,
	});
	t.is((await log.first('failed')).error.code, 'ERR_CONNECTION_LOST');
});
