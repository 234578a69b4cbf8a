import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {jsonLines, migrateCtl} from '../helpers/cli.ts';
import {status} from '../helpers/frames.ts';
import {begun, completed, passes, type Recording} from '../helpers/recordings.ts';
import {fault, type Script, ScriptedHost} from '../helpers/scripted-daemon.ts';

/** A daemon that has this recording of dom1 and m-7f3a, and sends it in pieces that end anywhere. */
const having = (recording: Recording): Script => ({
	async record({id}, reply) {
		if (id !== 'dom1' && id !== 'm-7f3a') throw fault('ERR_MIGRATION_UNKNOWN', `no recording of ${id}`);
		const bytes = Buffer.from(recording.text);
		for (let at = 0; at < bytes.length; at += 1001) await reply.send({kind: 'recordPart', body: {data: bytes.subarray(at, at + 1001)}});
		return {kind: 'done', body: {}};
	},
	async status() {
		return {kind: 'status', body: {host: 'host-a', migrations: [status()], domains: []}};
	},
});

const KNOWING_NOTHING: Script = {
	async record({id}) {
		throw fault('ERR_MIGRATION_UNKNOWN', `no recording of ${id}`);
	},
};

async function folder(t: ExecutionContext): Promise<string> {
	const path = await mkdtemp(join(tmpdir(), 'sterna-report-'));
	t.teardown(async () => rm(path, {recursive: true, force: true}));
	return path;
}

test('report asks the daemon for a recording, and explains it', async t => {
	await using host = await ScriptedHost.listen({sender: having(completed())});
	const {status: exitStatus, stdout, stderr} = await host.ctl('report', 'dom1');
	t.is(exitStatus, 0, stderr);
	t.regex(stdout, /^dom1 moved from host-a to host-b in 3\.14 s, with a downtime of 38\.5 ms\ncompleted\n/);
	t.notRegex(stdout, /\u001B/);
	t.true(stdout.split('\n').every(line => line.length <= 80));
	t.deepEqual(host.sender.bodies('record'), [{id: 'dom1'}]);
});

test('a recording that only the receiver has is found there', async t => {
	await using host = await ScriptedHost.listen({sender: KNOWING_NOTHING, receiver: having(completed())});
	const {status: exitStatus, stdout} = await host.ctl('report', 'm-7f3a', '--json');
	t.is(exitStatus, 0);
	t.like(jsonLines(stdout)[0], {id: 'm-7f3a', ending: 'completed', runsOn: 'host-b', whatToDo: [], error: null});
});

test('a migration that is under way is told as that', async t => {
	const recording = begun();
	passes(recording, {dirty: [16_384]});
	await using host = await ScriptedHost.listen({sender: having(recording)});
	t.regex((await host.ctl('report', 'dom1')).stdout, /^dom1 is on its way from host-a to host-b: precopy\nunder-way\n/);
});

test('a file is read without a daemon, and written as a page', async t => {
	const path = await folder(t);
	const file = join(path, 'run.jsonl');
	await writeFile(file, completed().text);
	const page = join(path, 'run.html');
	const {status: exitStatus, stdout, stderr} = await migrateCtl(['--run-dir', path, 'report', file, '--html', page]);
	t.is(exitStatus, 0, stderr);
	t.regex(stdout, /^wrote .*run\.html: dom1 moved/);
	t.regex(await readFile(page, 'utf8'), /^<!doctype html>/);
});

test('what is no recording, or is not there, is refused with what it is', async t => {
	const path = await folder(t);
	const file = join(path, 'other.jsonl');
	await writeFile(file, '{"a":1}\n');
	for (const [name, says] of [
		[file, /is no recording of a migration/],
		[join(path, 'none.jsonl'), /cannot be read[^]*ENOENT/],
	] as const) {
		const {status: exitStatus, stderr} = await migrateCtl(['--run-dir', path, 'report', name]);
		t.is(exitStatus, 7);
		t.regex(stderr, /^error ERR_FILE: /);
		t.regex(stderr, says);
	}

	await writeFile(file, completed().text);
	const unwritable = await migrateCtl(['--run-dir', path, 'report', file, '--html', join(path, 'none', 'x.html'), '--json']);
	t.like(jsonLines(unwritable.stdout)[0], {error: {code: 'ERR_FILE', side: 'migrate-ctl'}});
});

test('a migration that no daemon knows is an error', async t => {
	await using host = await ScriptedHost.listen({sender: KNOWING_NOTHING, receiver: KNOWING_NOTHING});
	const {status: exitStatus, stderr} = await host.ctl('report', 'dom9');
	t.is(exitStatus, 4);
	t.regex(stderr, /^error ERR_MIGRATION_UNKNOWN/);
});
