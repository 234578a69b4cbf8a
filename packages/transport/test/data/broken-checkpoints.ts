import fs from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {type DecodedRecord, LibxlRecordType, PAGE_SIZE_BYTES, StreamDecoder} from '@sterna/protocol';
import {DataWorkerPool, openPageChecker, openReceiveLink, openSendChannels, PageHashes, recoverCheckpointStore} from '../../src/index.ts';
import {CheckpointSource, SeededGuest, Standby} from '../helpers/checkpoints.ts';
import {connectToLink} from '../helpers/connections.ts';
import {EventLog} from '../helpers/events.ts';
import {streamStart} from '../helpers/stream.ts';
import {TemporaryDirectory} from '../helpers/temporary-directory.ts';

const PAGES = 64;
const SEED = 5;
const KEY = 77;
const EPOCHS = 4;
const RANDOM_CUTS = 40;

const pool = new DataWorkerPool();
test.after.always(async () => pool.close());

/** A stream of some checkpoints, the offsets behind its records, and behind its checkpoints. */
type Recorded = {readonly bytes: Buffer; readonly records: readonly number[]; readonly checkpoints: readonly number[]};

async function recordStream(file: string): Promise<Recorded> {
	using guest = new SeededGuest({pages: PAGES, seed: SEED});
	using source = new CheckpointSource(guest);
	{
		await using sender = openSendChannels(pool, {
			connections: [{fd: fs.openSync(file, 'w')}],
			kind: 'file',
			memory: guest.memory,
			pageTypes: undefined,
			windowBytes: undefined,
			teeFd: undefined,
			pageHashes: new PageHashes({pageLimit: PAGES, key: KEY}),
		});
		await sender.primary.writeBytes(streamStart());
		await source.sendAll(sender);
		for (let epoch = 1; epoch < EPOCHS; epoch++) await source.sendEpoch(sender);
		await sender.primary.sync();
	}

	const bytes = fs.readFileSync(file);
	return {bytes, ...offsetsIn(bytes)};
}

function offsetsIn(bytes: Uint8Array): Omit<Recorded, 'bytes'> {
	const records: number[] = [];
	const checkpoints: number[] = [];
	const decoder = new StreamDecoder(
		{begins: 'libxl', mode: 'checkpointed', strict: false, sternaRecords: true},
		{
			onHeader: () => undefined,
			onPageData: ({offset, length}) => records.push(offset + 8 + length),
			onRecord({layer, type, offset, length}: DecodedRecord) {
				const end = offset + 8 + Math.ceil(length / 8) * 8;
				records.push(end);
				if (layer === 'libxl' && type === LibxlRecordType.CHECKPOINT_END) checkpoints.push(end);
			},
		},
	);
	let at = 0;
	while (at < bytes.length) {
		at += decoder.push(bytes.subarray(at));
		const pages = decoder.pageBytesWanted;
		decoder.pageBytesTaken(pages);
		at += pages;
	}

	return {records, checkpoints};
}

/** Gives a standby some bytes, recovers it, and holds it against the guest at the checkpoint that it says it has. */
async function receive(t: ExecutionContext, bytes: Uint8Array, wantedEpoch: number): Promise<EventLog> {
	using directory = new TemporaryDirectory('/dev/shm');
	using standby = new Standby(directory.path, {pages: PAGES});
	const {fd, peer} = await connectToLink();
	const log = new EventLog();
	const pageHashes = new PageHashes({pageLimit: PAGES, key: KEY});
	const link = openReceiveLink(pool, {
		fd,
		kind: 'socket',
		begins: 'libxl',
		mode: 'checkpointed',
		memory: standby.memory,
		pageTypes: undefined,
		populatedPagesLimit: PAGES,
		keepsHoles: true,
		backChannel: true,
		pageHashes,
		checkpoints: {file: standby.file, hasBase: false, disks: standby.disks},
		onEvent: log.onEvent,
	});
	peer.end(bytes);
	await log.outcome();
	await link.destroy();
	peer.destroy();
	const recovered = await recoverCheckpointStore({file: standby.file, memory: standby.memory, disks: standby.disks});
	t.is(recovered?.epoch ?? 0, wantedEpoch);
	await using checker = openPageChecker(pool, {memory: standby.memory, pageHashes});
	t.deepEqual([...(await checker.compare(Uint32Array.of(0, PAGES)))], [], 'the table says what the memory has');
	if (recovered === undefined) return log;
	using guest = SeededGuest.after(recovered.epoch - 1, {pages: PAGES, seed: SEED});
	t.deepEqual(standby.differencesFrom(guest), []);
	return log;
}

test('a stream that is cut anywhere leaves its last whole checkpoint, and before the first none', async t => {
	using directory = new TemporaryDirectory();
	const {bytes, records, checkpoints} = await recordStream(directory.file('stream'));
	t.is(checkpoints.length, EPOCHS);
	const random = Array.from({length: RANDOM_CUTS}, () => Math.floor(Math.random() * bytes.length));
	for (const cut of new Set([0, ...records, ...random])) {
		const whole = checkpoints.filter(end => end <= cut).length;
		const log = await receive(t, bytes.subarray(0, cut), whole);
		const outcome = await log.outcome();
		t.is(outcome.kind, whole === 0 ? 'failed' : 'broken-off', `cut at ${cut}`);
		if (outcome.kind !== 'end') t.is(outcome.error.code, 'ERR_CONNECTION_LOST', `cut at ${cut}`);
	}
});

test('a bit that is turned in a page or in the device state of a checkpoint is found before that is committed', async t => {
	using directory = new TemporaryDirectory();
	const {bytes, checkpoints} = await recordStream(directory.file('stream'));
	const second = checkpoints[1] ?? 0;
	// The device state is the last that stands in front of DIGEST (32 bytes) and CHECKPOINT_END (8).
	const inState = second - 40 - 100;
	const inPage = (checkpoints[0] ?? 0) + PAGE_SIZE_BYTES + 4000;
	for (const at of [inState, inPage]) {
		const turned = Buffer.from(bytes);
		turned[at] = (turned[at] ?? 0) ^ 4;
		const log = await receive(t, turned, 1);
		t.like(await log.outcome(), {kind: 'failed', error: {code: 'ERR_PROOF_MISMATCH'}});
	}
});
