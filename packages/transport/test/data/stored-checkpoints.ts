import fs from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {type CompressionOptions, DataWorkerPool, PageHashes, readCheckpointStore, recoverCheckpointStore} from '../../src/index.ts';
import {CheckpointSource, CommitLog, SeededGuest, Standby} from '../helpers/checkpoints.ts';
import {connectTlsLinks} from '../helpers/tls.ts';
import {type LinkSettings, openProven, type ProvenLink, ProvenPair} from '../helpers/proven.ts';
import {streamStart} from '../helpers/stream.ts';
import {TemporaryDirectory} from '../helpers/temporary-directory.ts';

const PAGES = 2048;
const EPOCHS = 20;

const pool = new DataWorkerPool();
test.after.always(async () => pool.close());

type Protected = {
	readonly guest: SeededGuest;
	readonly source: CheckpointSource;
	readonly standby: Standby;
	readonly pair: ProvenPair;
	readonly directory: TemporaryDirectory;
} & Disposable;

function protect({seed = 1, ...limits}: {seed?: number; stateBytesLimit?: number; diskBytesLimit?: number} = {}): Protected {
	const directory = new TemporaryDirectory();
	const guest = new SeededGuest({pages: PAGES, seed});
	const standby = new Standby(directory.path, {pages: PAGES, ...limits});
	const source = new CheckpointSource(guest);
	const pair = new ProvenPair(PAGES);
	return {
		guest,
		source,
		standby,
		pair,
		directory,
		[Symbol.dispose]() {
			for (const owned of [guest, standby, source, pair, directory]) owned[Symbol.dispose]();
		},
	};
}

type Settings = LinkSettings & {readonly hasBase?: boolean};

async function openLink(
	{guest, standby, pair}: Protected,
	log: CommitLog,
	{send, receive, hasBase = false, ...settings}: Settings = {},
): Promise<ProvenLink> {
	const link = await openProven(pool, pair, {
		send: {memory: guest.memory, onCommitted: log.onCommitted, ...send},
		receive: {
			mode: 'checkpointed',
			memory: standby.memory,
			checkpoints: {file: standby.file, hasBase, disks: standby.disks},
			...receive,
		},
		...settings,
	});
	await link.sender.primary.writeBytes(streamStart());
	return link;
}

/** Protects a guest for some epochs and holds the standby against it at each. */
async function expectEpochs(t: ExecutionContext, settings: Settings = {}, isUnproven = false): Promise<void> {
	using own = protect();
	const {guest, source, standby, pair} = own;
	const log = new CommitLog();
	await using link = await openLink(own, log, settings);
	await source.sendAll(link.sender);
	for (let epoch = 1; epoch <= EPOCHS; epoch++) {
		await log.count(epoch, link.sender.closed);
		t.is(log.checkpoints.at(-1)?.epoch, epoch);
		t.deepEqual(standby.differencesFrom(guest), [], `epoch ${epoch}`);
		if (epoch < EPOCHS) await source.sendEpoch(link.sender);
	}

	const {committedEpoch, appliedEpoch, digest, checkpoints} = readCheckpointStore(standby.file);
	t.deepEqual([committedEpoch, appliedEpoch], [EPOCHS, EPOCHS]);
	t.deepEqual(
		checkpoints.map(({epoch, digest: said}) => ({epoch, digest: said})),
		log.checkpoints,
	);
	await link.log.count('checkpoint', EPOCHS);
	const told = link.log.events.filter(event => event.kind !== 'progress');
	t.deepEqual(
		told.map(event => (event.kind === 'record' ? `${event.layer}:${event.type}` : event.kind)),
		['libxl:1', 'headers', 'libxc:16', ...Array.from({length: EPOCHS}, () => 'checkpoint')],
	);
	t.is(pair.sent.digest, pair.received.digest);
	t.is(digest, log.checkpoints.at(-1)?.digest ?? 0n);
	t.is(digest === 0n, isUnproven);
}

const zstd = {mode: 'zstd', codecs: ['zstd']} satisfies CompressionOptions;

test('a standby is the guest at every committed checkpoint', async t => expectEpochs(t));
test('a standby is the guest at every checkpoint that comes compressed', async t => expectEpochs(t, {send: {compression: zstd}}));
test('a standby is the guest at every checkpoint that comes as differences', async t =>
	expectEpochs(t, {send: {compression: {...zstd, deltaCacheBytes: 16 * 1024 * 1024}}}));
test('a standby is the guest at every checkpoint of a stream of Xen’s', async t =>
	expectEpochs(t, {send: {digestRecords: false}, receive: {digestRecords: false}}));
test('a standby is the guest at every checkpoint without a proof', async t =>
	expectEpochs(t, {send: {pageHashes: undefined}, receive: {pageHashes: undefined}}, true));
test('a standby is the guest at every checkpoint over TLS', async t => expectEpochs(t, {connect: async () => connectTlsLinks(pool)}));

test('a link behind another one goes on from its last checkpoint, and what it began with is dropped', async t => {
	using own = protect({seed: 9});
	const {guest, source, standby, pair} = own;
	const log = new CommitLog();
	{
		await using link = await openLink(own, log);
		await source.sendAll(link.sender);
		await source.sendEpoch(link.sender);
		await log.count(2, link.sender.closed);
		// Never whole.
		guest.run();
		await link.sender.primary.writePages(Uint32Array.of(0, 900));
		await link.sender.primary.writeDiskExtent(0, 0, new Uint8Array(5000).fill(1));
	}

	t.deepEqual(await recoverCheckpointStore({file: standby.file, memory: standby.memory, disks: standby.disks}), {epoch: 2});
	using wanted = SeededGuest.after(1, {pages: PAGES, seed: 9});
	t.deepEqual(standby.differencesFrom(wanted), []);
	await using link = await openLink(own, log, {hasBase: true});
	await link.sender.primary.writePages(Uint32Array.of(0, 1024), {zeroPages: 'record'});
	await link.sender.primary.writePages(Uint32Array.of(1024, 1024), {zeroPages: 'record'});
	// Held back, although it is the first of its link.
	t.deepEqual(standby.differencesFrom(wanted), []);
	await source.sendAll(link.sender);
	await log.count(3, link.sender.closed);
	t.is(log.checkpoints.at(-1)?.epoch, 3);
	t.deepEqual(standby.differencesFrom(guest), []);
	await source.sendEpoch(link.sender);
	await log.count(4, link.sender.closed);
	t.deepEqual(standby.differencesFrom(guest), []);
	t.is(pair.sent.digest, pair.received.digest);
});

test('a receiver that says another digest than was sent ends the link', async t => {
	using own = protect();
	const {source} = own;
	const log = new CommitLog();
	await using link = await openLink(own, log, {
		send: {digestRecords: false},
		receive: {digestRecords: false, pageHashes: new PageHashes({pageLimit: PAGES, key: own.pair.sent.key + 1})},
	});
	await source.sendAll(link.sender);
	t.like(await link.sender.closed, {code: 'ERR_PROOF_MISMATCH'});
	t.deepEqual(log.checkpoints, []);
});

for (const [what, limits] of [
	['device state', {stateBytesLimit: 1000}],
	['writes to disks', {diskBytesLimit: 4096}],
] as const) {
	test(`more ${what} than the store has room for is refused, and the checkpoint before stays`, async t => {
		using own = protect({seed: 3, ...limits});
		const log = new CommitLog();
		await using link = await openLink(own, log);
		await own.source.sendAll(link.sender);
		for (let epoch = 0; epoch < 12; epoch++) void own.source.sendEpoch(link.sender).catch(() => undefined);
		t.like(await link.log.outcome(), {kind: 'failed', error: {code: 'ERR_MEMORY_INSUFFICIENT'}});
	});
}

test('a write beyond a disk, or to one that was not agreed on, is a wrong stream', async t => {
	for (const [disk, offset] of [
		[1, 0],
		[0, 64 * 1024 - 1],
	] as const) {
		using own = protect();
		await using link = await openLink(own, new CommitLog());
		await link.sender.primary.writeDiskExtent(disk, offset, new Uint8Array(2));
		t.like(await link.log.outcome(), {kind: 'failed', error: {code: 'ERR_STREAM'}});
	}
});

test('staged pages that lie idle are given back beyond their bound', async t => {
	using own = protect({seed: 4});
	const {guest, source, standby} = own;
	const log = new CommitLog();
	const checkpoints = {file: standby.file, hasBase: false, disks: standby.disks, idleBytesLimit: 1024 * 1024};
	await using link = await openLink(own, log, {receive: {checkpoints}});
	await source.sendAll(link.sender);
	for (let epoch = 2; epoch < 12; epoch++) {
		await source.sendEpoch(link.sender);
		await log.count(epoch, link.sender.closed);
		t.deepEqual(standby.differencesFrom(guest), []);
	}

	await link.log.count('checkpoint', 11);
	t.true(fs.statSync(standby.file).blocks * 512 <= 1024 * 1024);
});

test('a store is refused where a stream would do harm to it', async t => {
	using own = protect();
	const {source, standby} = own;
	const log = new CommitLog();
	{
		await using link = await openLink(own, log);
		await source.sendAll(link.sender);
		await log.count(1, link.sender.closed);
		await t.throwsAsync(openLink(own, log), {code: 'ERR_DOMAIN_BUSY'}, 'in use');
		await t.throwsAsync(recoverCheckpointStore({file: standby.file, memory: standby.memory, disks: standby.disks}), {
			code: 'ERR_DOMAIN_BUSY',
		});
	}

	await t.throwsAsync(openLink(own, log), {code: 'ERR_INTERNAL'}, 'without its base');
	fs.truncateSync(standby.file, 4096);
	t.throws(() => readCheckpointStore(standby.file), {code: 'ERR_FILE'});
});
