import {randomUUID} from 'node:crypto';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createLogger, Directories, type DomainRecord, loadConfig, RecordKeeper} from '@sterna/host';
import {parseRecordLine, type RecordLine} from '@sterna/host/record';
import test, {type ExecutionContext} from 'ava';
import {operationBegins} from '../../src/recording/begin-facts.ts';
import {PeerRecords} from '../../src/recording/peer-records.ts';
import {recordSettled} from '../../src/recording/record-settled.ts';
import {Recordings} from '../../src/recording/recordings.ts';

const SOFTWARE = 'sterna-sender test';

type Daemon = {
	readonly services: Parameters<typeof recordSettled>[0];
	readonly keeper: RecordKeeper;
	readonly stop: () => void;
};

/** A host, whose daemons come one after another. */
async function host(t: ExecutionContext): Promise<{readonly state: string; readonly start: () => Promise<Daemon>}> {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-settled-'));
	t.teardown(() => rmSync(directory, {recursive: true, force: true}));
	const file = path.join(directory, 'sterna.toml');
	const state = path.join(directory, 'state');
	writeFileSync(file, `name = "host-a"\n[paths]\nstate = "${state}"\nrun = "${directory}/run"\n`);
	const config = loadConfig({side: 'sender', file});
	const directories = new Directories(config.paths, 'sender');
	directories.create();
	const log = await createLogger({name: 'test', host: 'host-a', level: 'trace', file: path.join(directory, 'log')});
	return {
		state,
		async start() {
			const ending = new AbortController();
			const keeper = new RecordKeeper({directories, config, log, side: 'sender'});
			const connect = async (): Promise<never> => Promise.reject(new Error('the other host is not there'));
			const peers = new PeerRecords({keeper, connect, stopping: ending.signal, log});
			const stop = (): void => {
				ending.abort(new Error('the daemon ends'));
				keeper[Symbol.dispose]();
			};
			t.teardown(stop);
			return {services: {config, software: SOFTWARE, recordings: new Recordings({keeper, peers})}, keeper, stop};
		},
	};
}

/** What a daemon finds of an attempt that an earlier one began. */
function leftJournal(): Parameters<typeof recordSettled>[1] {
	const record: DomainRecord = {
		version: 1,
		definition: {kind: 'image', name: 'dom1', uuid: randomUUID(), memoryBytes: 4096, pfnLimit: 1, guestType: 'hvm'},
		handle: {kind: 'files', directory: 'image'},
		state: 'running',
		incarnation: 7,
		createdAt: new Date().toISOString(),
	};
	return {migrationId: randomUUID(), incarnation: 7, record};
}

function linesOf(state: string, id: string): RecordLine[] {
	const texts = readFileSync(path.join(state, 'records', `${id}.sender.jsonl`), 'utf8')
		.trimEnd()
		.split('\n');
	return texts.map(text => parseRecordLine(text)).filter(line => line !== undefined);
}

/** What the daemon that is to die has recorded. */
async function recordBeginning({services, keeper}: Daemon, journal: ReturnType<typeof leftJournal>): Promise<void> {
	const {migrationId: id} = journal;
	services.recordings
		.open(operationBegins(services, {id, domain: 'dom1', direction: 'outgoing', peer: 'host-b'}, journal))
		?.entered('precopy', 'the pages go');
	await keeper.findExactly(id); // What was written can be read then.
}

test('what an earlier daemon left and this one gives back ends as failed, behind the lines of the earlier one', async t => {
	const {state, start} = await host(t);
	const journal = leftJournal();
	const earlier = await start();
	await recordBeginning(earlier, journal);
	const [{startedAtMs} = {startedAtMs: Number.NaN}] = earlier.keeper.history.list({limit: 1, name: ''});
	earlier.stop();

	const {services, keeper} = await start();
	recordSettled(services, journal, 'host-b', 'given-back');
	await services.recordings.idle();
	const lines = linesOf(state, journal.migrationId);
	t.deepEqual(
		lines.map(({kind}) => kind),
		['begin', 'phase', 'begin', 'note', 'error', 'end'],
	);
	t.like(lines[2], {kind: 'begin', id: journal.migrationId, direction: 'outgoing', peer: 'host-b', incarnation: 7, software: SOFTWARE});
	t.like(lines.at(-1), {
		kind: 'end',
		outcome: 'failed',
		runsOn: 'host-a',
		error: {code: 'ERR_DAEMON_UNREACHABLE', side: 'sender', runsOn: 'host-a', next: 'migrate-ctl start dom1 host-b'},
	});
	const [first, last] = [lines[0], lines.at(-1)];
	if (first === undefined || last?.kind !== 'end') throw new TypeError('not recorded from its beginning to its end');
	t.true(last.totalMs >= (lines[1]?.atMs ?? Infinity) - first.atMs, 'its time is from its first beginning on');
	const [entry] = keeper.history.list({limit: 0, name: ''});
	t.like(entry, {id: journal.migrationId, outcome: 'failed', runsOn: 'host-a', errorCode: 'ERR_DAEMON_UNREACHABLE', startedAtMs});
	// The receiver's side of it is asked for, as of any other.
	t.deepEqual(keeper.history.awaitingPeer(), [{id: journal.migrationId, peer: 'host-b'}]);
});

test('what turns out to have been handed over ends as completed, on the other host, also where the earlier daemon recorded nothing', async t => {
	const {state, start} = await host(t);
	const journal = leftJournal();
	const {services, keeper} = await start();
	recordSettled(services, journal, 'host-b', 'handed-over');
	await services.recordings.idle();
	const lines = linesOf(state, journal.migrationId);
	t.deepEqual(
		lines.map(({kind}) => kind),
		['begin', 'note', 'end'],
	);
	t.like(lines.at(-1), {outcome: 'completed', runsOn: 'host-b', error: undefined});
	t.like(keeper.history.list({limit: 0, name: ''})[0], {outcome: 'completed', runsOn: 'host-b', errorCode: ''});
});

test('a save that an earlier daemon left is recorded as one, and no other host is asked for its side', async t => {
	const {state, start} = await host(t);
	const journal = leftJournal();
	const {services, keeper} = await start();
	recordSettled(services, journal, '', 'given-back');
	await services.recordings.idle();
	t.like(linesOf(state, journal.migrationId)[0], {kind: 'begin', direction: 'save', peer: ''});
	t.deepEqual(keeper.history.awaitingPeer(), []);
});

test('what goes on, or is not decided, is recorded by whoever ends it', async t => {
	const {state, start} = await host(t);
	const {services, keeper} = await start();
	for (const end of ['transferring', 'undecided'] as const) recordSettled(services, leftJournal(), 'host-b', end);
	await services.recordings.idle();
	t.deepEqual(keeper.history.list({limit: 0, name: ''}), []);
	t.false(existsSync(path.join(state, 'records')));
});
