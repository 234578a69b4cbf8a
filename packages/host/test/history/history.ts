import test, {type ExecutionContext} from 'ava';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {History, type HistoryEnd} from '../../src/history/history.ts';
import {createLogger, type Logger} from '../../src/log.ts';

const FOREVER = {keepMs: 1e12, maxRecords: 1e6};
const NOBODY = (): boolean => false;

type Scene = {readonly file: string; readonly log: Logger; readonly logFile: string; readonly open: () => History};

async function startScene(t: ExecutionContext): Promise<Scene> {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-history-'));
	t.teardown(() => {
		rmSync(directory, {recursive: true});
	});
	const logFile = path.join(directory, 'log');
	const log = await createLogger({name: 'test', host: 'host-a', level: 'trace', file: logFile});
	const file = path.join(directory, 'history.sender.db');
	const open = (): History => {
		const history = new History({file, log});
		t.teardown(() => {
			history[Symbol.dispose]();
		});
		return history;
	};
	return {file, log, logFile, open};
}

function begin(history: History, number: number, domain = `dom${number % 2}`): string {
	const id = `id-${String(number).padStart(6, '0')}`;
	history.began({id, domain, direction: 'outgoing', peer: 'host-b', startedAtMs: number * 1000});
	return id;
}

const endOf = (id: string): HistoryEnd => ({
	id,
	outcome: 'failed',
	runsOn: 'host-a',
	totalMs: 12.5,
	downtimeMs: undefined,
	iterations: 3,
	bytesSent: 2 ** 40,
	because: 'x'.repeat(5000),
	errorCode: 'ERR_CONNECTION_LOST',
	errorMessage: 'y'.repeat(5000),
});

test('what was written is read back, newest first, also by a later daemon', async t => {
	const {open} = await startScene(t);
	const history = open();
	for (let number = 1; number <= 3; number++) begin(history, number);
	history.ended({...endOf('id-000002'), downtimeMs: 1.5});
	history[Symbol.dispose]();
	const [third, second, first, ...none] = open().list({limit: 0, name: ''});
	t.is(none.length, 0);
	t.deepEqual([third?.id, third?.outcome, third?.downtimeMs, first?.id], ['id-000003', '', undefined, 'id-000001']);
	t.like(second, {outcome: 'failed', runsOn: 'host-a', totalMs: 12.5, downtimeMs: 1.5, iterations: 3, bytesSent: 2 ** 40});
	// What a message takes.
	t.true((second?.errorMessage.length ?? 0) <= 400 && (second?.because.length ?? 0) <= 400);
});

test('entries are found by domain and by the beginning of an id, and never more than 500 of them', async t => {
	const {open} = await startScene(t);
	const history = open();
	for (let number = 0; number < 600; number++) begin(history, number);
	t.is(history.list({limit: 10_000, name: ''}).length, 500);
	t.is(history.list({limit: 0, name: ''}).length, 100);
	t.deepEqual(
		history.list({limit: 2, name: 'dom1'}).map(({id}) => id),
		['id-000599', 'id-000597'],
	);
	t.deepEqual(history.list({limit: 0, name: 'id-00000'}).map(({id}) => id).length, 10);
	t.is(history.list({limit: 0, name: `' OR 1=1 --`}).length, 0);
	t.is(history.list({limit: 0, name: 'id-%'}).length, 0);
});

test('a migration that is taken up by another daemon keeps its beginning', async t => {
	const {open} = await startScene(t);
	const history = open();
	const id = begin(history, 5);
	history.ended(endOf(id));
	history.began({id, domain: 'dom1', direction: 'outgoing', peer: 'host-b', startedAtMs: 99_000});
	t.like(history.list({limit: 0, name: ''})[0], {startedAtMs: 5000, outcome: ''});
	t.is(history.startedAtMs(id), 5000);
	t.is(history.startedAtMs('id-of-none'), undefined);
});

test('what is too old goes, and the oldest of too many, but not what is under way', async t => {
	const {open} = await startScene(t);
	const history = open();
	for (let number = 0; number < 10; number++) begin(history, number);
	t.deepEqual(history.prune(10_000, FOREVER, NOBODY), []);
	t.deepEqual(history.prune(10_000, {keepMs: 7500, maxRecords: 100}, id => id === 'id-000001').toSorted(), ['id-000000', 'id-000002']);
	t.deepEqual(history.prune(10_000, {keepMs: 1e9, maxRecords: 5}, NOBODY).toSorted(), ['id-000001', 'id-000003', 'id-000004']);
	t.is(history.list({limit: 0, name: ''}).length, 5);
});

test('whose recordings are still to be merged is remembered', async t => {
	const {open} = await startScene(t);
	const history = open();
	for (let number = 0; number < 3; number++) history.awaitsPeer(begin(history, number), number !== 1);
	history.awaitsPeer('id-000002', false);
	history[Symbol.dispose]();
	t.deepEqual(open().awaitingPeer(), [{id: 'id-000000', peer: 'host-b'}]);
});

test('two processes write at once, and every entry of both is there', async t => {
	const {file, open} = await startScene(t);
	const history = open();
	const module = path.join(import.meta.dirname, '../../src/history/history.ts');
	const script = `
		import {History} from ${JSON.stringify(module)};
		const log = {error: (facts, text) => { console.error(text, facts); process.exitCode = 1; }};
		const history = new History({file: ${JSON.stringify(file)}, log});
		for (let n = 0; n < 200; n++) history.began({id: 'other-' + n, domain: 'd', direction: 'outgoing', peer: '', startedAtMs: n});
		history[Symbol.dispose]();
	`;
	const other = spawn(process.execPath, ['--input-type=module', '-e', script], {stdio: ['ignore', 'ignore', 'inherit']});
	const exited = once(other, 'exit');
	for (let number = 0; number < 200; number++) begin(history, number);
	t.deepEqual(await exited, [0, null]);
	t.is(history.list({limit: 500, name: ''}).length, 400);
});

test('a damaged database is moved aside with a line in the log, and begun anew', async t => {
	const {file, logFile, open} = await startScene(t);
	writeFileSync(file, 'no database at all'.repeat(1000));
	const history = open();
	begin(history, 1);
	t.is(history.list({limit: 0, name: ''}).length, 1);
	t.true(readFileSync(`${file}.damaged`, 'utf8').startsWith('no database at all'));
	t.regex(readFileSync(logFile, 'utf8'), /damaged: it is moved aside/);
});

test('one whose pages were overwritten behind its header is damaged too', async t => {
	const {file, open} = await startScene(t);
	const before = open();
	for (let number = 0; number < 500; number++) begin(before, number);
	before[Symbol.dispose]();
	const fd = openSync(file, 'r+');
	writeSync(fd, Buffer.alloc(statSync(file).size - 4096, 0xa5), 0, undefined, 4096);
	closeSync(fd);
	const history = open();
	t.deepEqual(history.list({limit: 0, name: ''}), []);
	t.true(existsSync(`${file}.damaged`));
	begin(history, 1);
	t.is(history.list({limit: 0, name: ''}).length, 1);
});

test('one that a later software wrote is left as it is, and nothing is kept meanwhile', async t => {
	const {file, logFile, open} = await startScene(t);
	open()[Symbol.dispose]();
	const database = new DatabaseSync(file);
	database.exec('INSERT INTO schema_version VALUES (99)');
	database.close();
	const history = open();
	begin(history, 1);
	t.deepEqual(history.list({limit: 0, name: ''}), []);
	t.false(existsSync(`${file}.damaged`));
	t.regex(readFileSync(logFile, 'utf8'), /schema version 99/);
});

test('where there can be no database nothing is kept, and nothing thrown', async t => {
	const {file, log} = await startScene(t);
	writeFileSync(file, '');
	const history = new History({file: path.join(file, 'below-a-file.db'), log});
	t.notThrows(() => {
		history.ended(endOf(begin(history, 1)));
	});
	t.deepEqual(history.prune(0, FOREVER, NOBODY), []);
	history[Symbol.dispose]();
});
