import test, {type ExecutionContext} from 'ava';
import {type CompressionOptions, DataWorkerPool, readCheckpointStore} from '../../src/index.ts';
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
	const standby = new Standby(directory, guest, limits);
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
