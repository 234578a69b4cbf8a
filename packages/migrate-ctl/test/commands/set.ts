import test from 'ava';
import {jsonLines} from '../helpers/cli.ts';
import {status} from '../helpers/frames.ts';
import {fault, type Script, ScriptedHost} from '../helpers/scripted-daemon.ts';

const KNOWING: Script = {
	async set({id, bandwidthBytesPerSecond}) {
		if (id === '') return {kind: 'done', body: {}};
		if (id !== 'dom1') throw fault('ERR_MIGRATION_UNKNOWN', `no migration ${id}`);
		return {kind: 'migration', body: status({bandwidthLimitBytesPerSecond: bandwidthBytesPerSecond})};
	},
};

test('set sends what was named to the sender, and shows the migration', async t => {
	await using host = await ScriptedHost.listen({sender: KNOWING});
	const {status: exitStatus, stdout} = await host.ctl('set', 'dom1', 'bandwidth=200MB/s', 'max-downtime=80ms');
	t.is(exitStatus, 0);
	t.regex(stdout, /dom1/);
	t.deepEqual(host.sender.bodies('set'), [{id: 'dom1', bandwidthBytesPerSecond: 2e8, limits: {maxDowntimeMs: 80}}]);
	const json = await host.ctl('set', 'dom1', 'bandwidth=200MB/s', '--json');
	t.like(jsonLines(json.stdout)[0], {migration: {domain: 'dom1', bandwidthLimitBytesPerSecond: 2e8}});
});

test('set --daemon is of all migrations together', async t => {
	await using host = await ScriptedHost.listen({sender: KNOWING});
	const limited = await host.ctl('set', '--daemon', 'bandwidth=500MB/s');
	t.is(limited.status, 0, limited.stderr);
	t.is(limited.stdout, 'sterna-sender: bandwidth of at most 500 MB/s\n');
	const lifted = await host.ctl('set', '--daemon', 'bandwidth=none', '--json');
	t.deepEqual(jsonLines(lifted.stdout), [{daemon: {role: 'sender', bandwidthLimitBytesPerSecond: null}}]);
	t.deepEqual(host.sender.bodies('set'), [
		{id: '', bandwidthBytesPerSecond: 5e8},
		{id: '', bandwidthBytesPerSecond: 0},
	]);
});

test('set of a migration that nobody knows says so', async t => {
	await using host = await ScriptedHost.listen({sender: KNOWING});
	const unknown = await host.ctl('set', 'dom9', 'bandwidth=none');
	t.is(unknown.status, 4);
	t.regex(unknown.stderr, /^error ERR_MIGRATION_UNKNOWN/);
});

test('what cannot be set is a mistake of the command line, and asks nothing of the daemon', async t => {
	await using host = await ScriptedHost.listen({sender: KNOWING});
	for (const args of [
		['dom1', 'speed=1'],
		['dom1', 'bandwidth=fast'],
		['dom1'],
		[],
		['--daemon', 'max-downtime=1s'],
		['--daemon', 'dom1'],
	]) {
		const {status: exitStatus, stdout, stderr} = await host.ctl('set', ...args);
		t.is(exitStatus, 2, args.join(' '));
		t.is(stdout, '');
		t.regex(stderr, /^error ERR_USAGE: .*bandwidth/m, args.join(' '));
	}

	t.deepEqual(host.sender.requests, []);
});
