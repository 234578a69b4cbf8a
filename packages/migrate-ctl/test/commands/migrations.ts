import test from 'ava';
import {join} from 'node:path';
import {faultToMessage, type MigrationStatus} from '@sterna/protocol/control';
import {jsonLines, migrateCtl} from '../helpers/cli.ts';
import {domain, MIGRATION, result, status} from '../helpers/frames.ts';
import {fault, type Script, ScriptedHost, untilGone} from '../helpers/scripted-daemon.ts';

/** A daemon that knows these migrations, by id alone, and these domains. */
function knowing(migrations: readonly MigrationStatus[]): Script {
	return {
		async status({id}) {
			const known = id === '' ? migrations : migrations.filter(migration => migration.id === id);
			if (id !== '' && known.length === 0) throw fault('ERR_MIGRATION_UNKNOWN', `no migration ${id}`);
			return {kind: 'status', body: {migrations: known}};
		},
		domainList: async () => ({kind: 'domainList', body: {host: 'host-a', domains: [domain()]}}),
		async command({id}) {
			const known = migrations.find(migration => migration.id === id || migration.domain === id);
			if (known === undefined) throw fault('ERR_MIGRATION_UNKNOWN', `no migration ${id}`);
			return {kind: 'migration', body: known};
		},
		async watch({id}, reply) {
			const known = migrations.find(migration => migration.id === id);
			if (known === undefined) throw fault('ERR_MIGRATION_UNKNOWN', `no migration ${id}`);
			for (const frame of MIGRATION) await reply.send({kind: 'migration', body: {...frame, id}});
			return {kind: 'result', body: result({id, domain: known.domain})};
		},
	};
}

const OUTGOING = status({id: 'm-out', startedAtMs: 2000});
const INCOMING = status({id: 'm-in', domain: 'dom2', direction: 'incoming', peer: 'host-c', startedAtMs: 1000});

test('list shows the migrations of both daemons, oldest first', async t => {
	await using host = await ScriptedHost.listen({sender: knowing([OUTGOING]), receiver: knowing([INCOMING])});
	const {status: exitStatus, stdout, stderr} = await host.ctl('list');
	t.is(exitStatus, 0);
	t.is(stderr, '');
	t.deepEqual(
		stdout
			.trimEnd()
			.split('\n')
			.map(line => line.split(/ {2,}/)[0]),
		['ID', 'm-in', 'm-out'],
	);
	const json = await host.ctl('list', '--json');
	t.like(jsonLines(json.stdout)[0], {migrations: {length: 2, 0: {id: 'm-in', direction: 'incoming'}}, silent: {length: 0}});
});

test('list without one of the daemons shows what the other knows, and warns', async t => {
	await using host = await ScriptedHost.listen({receiver: knowing([INCOMING])});
	const {status: exitStatus, stdout, stderr} = await host.ctl('list');
	t.is(exitStatus, 0);
	t.true(stdout.includes('m-in'));
	t.regex(stderr, /^warning: sterna-sender does not answer/);
	const json = await host.ctl('list', '--json');
	t.like(jsonLines(json.stdout)[0], {silent: {length: 1, 0: {role: 'sender', error: {code: 'ERR_DAEMON_UNREACHABLE'}}}});
});

test('without any daemon list and status fail with status 4', async t => {
	await using host = await ScriptedHost.listen({});
	for (const command of ['list', 'status']) {
		const {status: exitStatus, stderr} = await host.ctl(command);
		t.is(exitStatus, 4, command);
		t.regex(stderr, /^error ERR_DAEMON_UNREACHABLE/);
	}
});

test('status shows the daemons, the domains and the migrations of the host', async t => {
	await using host = await ScriptedHost.listen({sender: knowing([OUTGOING])});
	const plain = await host.ctl('status');
	t.is(plain.status, 0);
	t.regex(plain.stdout, /^host host-a$/m);
	t.regex(plain.stdout, /^sterna-sender +answers +sterna-sender 0\.1\.0$/m);
	t.regex(plain.stdout, /^sterna-receiver +silent +the daemon at .* does not answer$/m);
	t.regex(plain.stdout, /^dom1 +running +workload +512 MiB +4242/m);
	t.regex(plain.stdout, /^m-out +dom1 +outgoing +host-b/m);
	const json = await host.ctl('status', '--json');
	t.like(jsonLines(json.stdout)[0], {
		host: 'host-a',
		daemons: {
			length: 2,
			0: {role: 'sender', answers: true},
			1: {role: 'receiver', answers: false, error: {code: 'ERR_DAEMON_UNREACHABLE'}},
		},
		domains: {length: 1, 0: {name: 'dom1', pid: 4242, detail: {steps: 120_000}}},
		migrations: {length: 1, 0: {id: 'm-out'}},
	});
});

test('status of a host whose sender is silent has no domains to show', async t => {
	await using host = await ScriptedHost.listen({receiver: {status: async () => ({kind: 'status', body: {migrations: [INCOMING]}})}});
	const {status: exitStatus, stdout} = await host.ctl('status');
	t.is(exitStatus, 0);
	t.notRegex(stdout, /domains/);
	t.like(jsonLines((await host.ctl('status', '--json')).stdout)[0], {domains: null, migrations: {length: 1}});
});

test('status finds a migration at either daemon, by its id or by the name of its domain', async t => {
	await using host = await ScriptedHost.listen({
		sender: knowing([status({id: 'm-old', startedAtMs: 1}), OUTGOING]),
		receiver: knowing([INCOMING]),
	});
	for (const [name, found] of [
		['m-old', 'm-old'],
		['dom1', 'm-out'],
		['m-in', 'm-in'],
		['dom2', 'm-in'],
	] as const) {
		const {stdout} = await host.ctl('status', name, '--json');
		t.like(jsonLines(stdout)[0], {migration: {id: found}}, name);
	}

	const unknown = await host.ctl('status', 'nothing');
	t.is(unknown.status, 4);
	t.regex(unknown.stderr, /^error ERR_MIGRATION_UNKNOWN/);
});

test('status of a migration that failed ends with its error', async t => {
	const error = faultToMessage(fault('ERR_CONNECTION_LOST', 'cut', {phase: 'precopy', runsOn: {kind: 'host', host: 'host-a'}}));
	const failed = status({phase: 'failed', result: result({outcome: 'failed', runsOn: 'host-a', error})});
	await using host = await ScriptedHost.listen({sender: knowing([failed])});
	const {status: exitStatus, stdout} = await host.ctl('status', 'dom1');
	t.is(exitStatus, 0);
	t.regex(stdout, /^runs on +host-a\nerror ERR_CONNECTION_LOST: cut\n/m);
});

test('abort goes to the daemon that knows the migration', async t => {
	await using host = await ScriptedHost.listen({sender: knowing([OUTGOING]), receiver: knowing([INCOMING])});
	t.is((await host.ctl('abort', 'm-out')).status, 0);
	t.deepEqual(host.sender.bodies('command'), [{id: 'm-out', action: 'abort'}]);
	t.deepEqual(host.receiver.requests, []);
	t.is((await host.ctl('abort', 'dom2')).status, 0);
	t.deepEqual(host.receiver.bodies('command'), [{id: 'dom2', action: 'abort'}]);
	const unknown = await host.ctl('abort', 'm-9', '--json');
	t.is(unknown.status, 4);
	t.like(jsonLines(unknown.stdout)[0], {error: {code: 'ERR_MIGRATION_UNKNOWN'}});
});

test('stop-and-copy goes to the sender', async t => {
	await using host = await ScriptedHost.listen({sender: knowing([OUTGOING])});
	const {status: exitStatus, stdout} = await host.ctl('stop-and-copy', 'dom1');
	t.is(exitStatus, 0);
	t.true(stdout.includes('m-out'));
	t.deepEqual(host.sender.bodies('command'), [{id: 'dom1', action: 'stop-and-copy'}]);
});

test('watch follows a migration, outgoing or incoming, to its end and has its exit status', async t => {
	await using host = await ScriptedHost.listen({sender: knowing([OUTGOING]), receiver: knowing([INCOMING])});
	const outgoing = await host.ctl('watch', 'dom1');
	t.is(outgoing.status, 0);
	t.regex(outgoing.stdout, /^dom1 is on host-b/m);
	const incoming = await host.ctl('watch', 'm-in', '--json');
	t.like(jsonLines(incoming.stdout).at(-1), {result: {id: 'm-in', domain: 'dom2'}});
});

/** A receiver that tells of a migration when it is asked, and not by itself. */
function asked(...answers: readonly MigrationStatus[]): Script {
	const left = [...answers];
	return {status: async () => ({kind: 'status', body: {migrations: [(left.length > 1 ? left.shift() : left[0]) ?? INCOMING]}})};
}

test('watch asks again and again where a daemon does not tell by itself', async t => {
	await using host = await ScriptedHost.listen({
		receiver: asked(INCOMING, INCOMING, {...INCOMING, pagesSent: 131_072}, {...INCOMING, phase: 'completed'}),
	});
	const {status: exitStatus, stdout} = await host.ctl('watch', 'm-in');
	t.is(exitStatus, 0);
	t.regex(stdout, /^140 ms .* dom2 <- host-c: precopy; received 257 MiB in 65,536 pages/m);
	t.regex(stdout, /^dom2 is on host-a/m);
});

test('an incoming migration that fails is told of with its reason, and where the guest runs on', async t => {
	await using host = await ScriptedHost.listen({
		receiver: asked(INCOMING, {...INCOMING, phase: 'failed', reason: 'the connection was cut'}),
	});
	const {status: exitStatus, stdout} = await host.ctl('watch', 'm-in', '--json');
	t.is(exitStatus, 5);
	t.like(jsonLines(stdout).at(-1), {
		result: {outcome: 'failed', runsOn: 'host-c', error: {message: 'the connection was cut', side: 'receiver', runsOn: 'host-c'}},
	});
});

test('Ctrl-C in watch leaves without an abort', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			...knowing([OUTGOING]),
			async watch(_body, reply) {
				await reply.send({kind: 'migration', body: OUTGOING});
				return untilGone(reply);
			},
		},
	});
	await using cli = host.spawnCtl('watch', 'm-out');
	await cli.prints('precopy');
	cli.process.kill('SIGINT');
	t.is((await cli.finished).status, 130);
	t.deepEqual(host.sender.bodies('command'), []);
});

test('--socket asks the daemon that listens there, whatever it is', async t => {
	await using host = await ScriptedHost.listen({receiver: knowing([INCOMING])});
	const {status: exitStatus, stdout, stderr} = await migrateCtl(['--socket', join(host.runDir, 'receiver.sock'), 'list']);
	t.is(exitStatus, 0);
	t.is(stderr, '');
	t.true(stdout.includes('m-in'));
});
