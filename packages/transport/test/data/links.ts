import test, {type ExecutionContext} from 'ava';
import {type DataSocket, DataWorkerPool, openReceiveLink, openSendLink, type SendLink} from '../../src/index.ts';
import {connectLinks} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {TestMemory} from '../helpers/guest-memory.ts';
import {streamEnd, streamStart} from '../helpers/stream.ts';
import {connectTlsLinks} from '../helpers/tls.ts';

const BATCH_PAGES = 1024;
const WINDOW_BYTES = 8 * 1024 * 1024;

const pool = new DataWorkerPool();
test.after.always(async () => pool.close());

type Connect = () => Promise<[DataSocket, DataSocket]>;

/** What carries the bytes. */
const CARRIERS: Readonly<Record<string, Connect>> = {
	plain: async () => {
		const [own, peer] = await connectLinks();
		return [
			{fd: own, tlsSession: undefined},
			{fd: peer, tlsSession: undefined},
		];
	},
	TLS: async () => connectTlsLinks(pool),
};

/** A test of what holds over every carrier. */
function overEach(title: string, run: (t: ExecutionContext, connect: Connect) => Promise<void>): void {
	for (const [carrier, connect] of Object.entries(CARRIERS)) test(`${carrier}: ${title}`, async t => run(t, connect));
}

type Both = {
	readonly sender: SendLink;
	readonly log: EventLog;
	readonly source: TestMemory;
	readonly target: TestMemory;
	markPopulated(pfn: number, pageCount: number): void;
} & AsyncDisposable;

type Settings = {
	readonly pages: number;
	readonly windowBytes?: number;
	readonly sourceTypes?: Uint8Array<SharedArrayBuffer>;
	readonly targetTypes?: Uint8Array<SharedArrayBuffer>;
};

/** Two links at the ends of one connection, with memory of their own. */
async function openBoth(
	connect: Connect,
	{pages, windowBytes = WINDOW_BYTES, sourceTypes, targetTypes}: Settings,
	workers = pool,
): Promise<Both> {
	const [own, peer] = await connect();
	const source = new TestMemory(pages);
	const target = new TestMemory(pages);
	source.fillRandom();
	const log = new EventLog();
	const sender = openSendLink(workers, {...own, kind: 'socket', memory: source, pageTypes: sourceTypes, windowBytes, teeFd: undefined});
	const receiver = openReceiveLink(workers, {
		...peer,
		kind: 'socket',
		begins: 'libxl',
		mode: 'plain',
		memory: target,
		pageTypes: targetTypes,
		populatedPagesLimit: pages,
		backChannel: true,
		onEvent: log.onEvent,
	});
	return {
		sender,
		log,
		source,
		target,
		markPopulated: (pfn, pageCount) => receiver.markPopulated(pfn, pageCount),
		async [Symbol.asyncDispose]() {
			await Promise.all([sender.destroy(), receiver.destroy()]);
			source[Symbol.dispose]();
			target[Symbol.dispose]();
		},
	};
}

async function sendAllPages(sender: SendLink, pages: number): Promise<void> {
	for (let pfn = 0; pfn < pages; pfn += BATCH_PAGES) await sender.writePages(Uint32Array.of(pfn, Math.min(BATCH_PAGES, pages - pfn)));
}

overEach('all of a guest arrives, records in stream order, and everything is acknowledged as applied', async (t, connect) => {
	const pages = 4000;
	await using both = await openBoth(connect, {pages});
	const {sender, log, source, target} = both;
	await sender.writeBytes(streamStart());
	await sendAllPages(sender, pages);
	const end = await sender.writeBytes(streamEnd(new Uint8Array(100_000).fill(7)));
	await sender.applied(end);

	t.is(Buffer.compare(source.bytes, target.bytes), 0);
	t.deepEqual(sender.progress, {writtenBytes: end, creditedBytes: end, appliedBytes: end, zeroPages: 0, savedBytes: 0});
	t.deepEqual(await log.first('end'), {kind: 'end', bytesReceived: end});
	t.deepEqual(log.records, ['libxl:1', 'libxc:16', 'libxc:8', 'libxc:9', 'libxc:0', 'libxl:3', 'libxl:0']);
	t.deepEqual(await log.first('headers'), {kind: 'headers', guestType: 'hvm', version: 3, xenVersion: [4, 17], xlConfig: undefined});
	const state = log.events.find(event => event.kind === 'record' && event.layer === 'libxl' && event.type === 3);
	t.true(state?.kind === 'record' && state.body.length === 100_008 && state.body.at(-1) === 7);
	// Pages are reported before the record behind them.
	const pagesSeen = log.events.findIndex(event => event.kind === 'progress' && event.pagesReceived === pages);
	t.true(pagesSeen >= 0 && pagesSeen < log.events.findIndex(event => event.kind === 'record' && event.type === 8));
});

overEach('pages that lie nowhere together take more iovecs than one call has, and arrive all the same', async (t, connect) => {
	const pages = 8 * BATCH_PAGES;
	await using both = await openBoth(connect, {pages});
	const {sender, source, target} = both;
	await sender.writeBytes(streamStart());
	for (let pfn = 0; pfn < pages; pfn += 2 * BATCH_PAGES) {
		// Odd pages, backwards.
		const runs = Array.from({length: BATCH_PAGES}, (_, index) => [pfn + 2 * BATCH_PAGES - 1 - 2 * index, 1]).flat();
		await sender.writePages(Uint32Array.from(runs));
	}

	await sender.applied(await sender.writeBytes(streamEnd()));
	for (let pfn = 0; pfn < pages; pfn++) {
		const wanted = pfn % 2 === 1 ? source.page(pfn) : new Uint8Array(4096);
		if (Buffer.compare(target.page(pfn), wanted) !== 0) t.fail(`page ${pfn} is wrong`);
	}

	t.pass();
});

overEach('a page listed twice in one record is what it was last, and a page sent again is overwritten', async (t, connect) => {
	await using both = await openBoth(connect, {pages: 16});
	const {sender, source, target} = both;
	await sender.writeBytes(streamStart());
	await sender.applied(await sender.writePages(Uint32Array.of(3, 2, 3, 2, 4, 1)));
	t.deepEqual(target.bytes.slice(3 * 4096, 5 * 4096), source.bytes.slice(3 * 4096, 5 * 4096));
	source.page(4).fill(9);
	await sender.applied(await sender.writePages(Uint32Array.of(4, 1)));
	t.deepEqual(target.page(4), source.page(4));
});

overEach('pages go by their types: only those with data are sent, and the target learns every type', async (t, connect) => {
	const types = (): Uint8Array<SharedArrayBuffer> => new Uint8Array(new SharedArrayBuffer(64));
	const sourceTypes = types();
	const targetTypes = types().fill(0xff);
	sourceTypes.set([0xf, 0, 0, 0xf, 0xf, 0xd, 0, 0xe], 8);
	await using both = await openBoth(connect, {pages: 64, sourceTypes, targetTypes});
	const {sender, source, target} = both;
	const start = await sender.writeBytes(streamStart());
	t.is((await sender.writePages(Uint32Array.of(8, 8))) - start, 16 + 8 * 8 + 3 * 4096);
	await sender.writePages(Uint32Array.of(11, 2));
	await sender.applied(await sender.writePages(Uint32Array.of(8, 1)));
	t.deepEqual(targetTypes.slice(8, 16), sourceTypes.slice(8, 16));
	t.is(targetTypes[0], 0xff);
	for (const pfn of [9, 10, 14]) t.deepEqual(target.page(pfn), source.page(pfn));
	for (const pfn of [8, 11, 12, 13, 15]) t.deepEqual(target.page(pfn), new Uint8Array(4096));
});

overEach('a window smaller than a batch and than the low water mark holds nothing up', async (t, connect) => {
	const pages = BATCH_PAGES;
	await using both = await openBoth(connect, {pages, windowBytes: 300_000});
	const {sender, source, target} = both;
	both.markPopulated(0, pages);
	await sender.writeBytes(streamStart());
	await sendAllPages(sender, pages);
	await sender.applied(await sender.writeBytes(streamEnd()));
	t.is(Buffer.compare(source.bytes, target.bytes), 0);
});

overEach('several links share one worker, and each moves its own guest', async (t, connect) => {
	const pages = 2500;
	await using ownPool = new DataWorkerPool({maxWorkers: 1});
	await using stack = new AsyncDisposableStack();
	const all: Both[] = [];
	for (let index = 0; index < 6; index++) all.push(stack.use(await openBoth(connect, {pages}, ownPool)));
	t.is(ownPool.size, 1);
	await Promise.all(
		all.map(async ({sender}) => {
			await sender.writeBytes(streamStart());
			await sendAllPages(sender, pages);
			await sender.applied(await sender.writeBytes(streamEnd()));
		}),
	);
	for (const {source, target} of all) t.is(Buffer.compare(source.bytes, target.bytes), 0);
});

overEach('a receiver that fails tells the sender why, in the middle of the flow', async (t, connect) => {
	const pages = 4 * BATCH_PAGES;
	const [own, peer] = await connect();
	using source = new TestMemory(pages);
	using target = new TestMemory(pages);
	const log = new EventLog();
	await using sender = openSendLink(pool, {
		...own,
		kind: 'socket',
		memory: source,
		pageTypes: undefined,
		windowBytes: WINDOW_BYTES,
		teeFd: undefined,
	});
	// Half of the pages are more than this guest may have.
	await using receiver = openReceiveLink(pool, {
		...peer,
		kind: 'socket',
		begins: 'libxl',
		mode: 'plain',
		memory: target,
		pageTypes: undefined,
		populatedPagesLimit: pages / 2,
		backChannel: true,
		onEvent: log.onEvent,
	});
	await sender.writeBytes(streamStart());
	const sending = Promise.allSettled(
		Array.from({length: 4}, async (_, batch) => sender.writePages(Uint32Array.of(batch * BATCH_PAGES, BATCH_PAGES))),
	);
	const {error} = await log.first('failed');
	t.is(error.code, 'ERR_STREAM');
	t.regex(error.message, /page 0x800 .* no more than 2048 pages/);
	await receiver.fail(error);
	const closed = await sender.closed;
	t.like(closed, {name: 'OperationError', code: 'ERR_STREAM', message: error.message});
	await sending;
	await t.throwsAsync(sender.writePages(Uint32Array.of(0, 1)), {any: true, is: closed});
	await t.throwsAsync(sender.applied(1e12), {any: true, is: closed});
});
