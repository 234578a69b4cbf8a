import test from 'ava';
import {resolve} from 'node:path';
import {faultToMessage, type MigrationStatus} from '@sterna/protocol/control';
import {jsonLines} from '../helpers/cli.ts';
import {domain, MIGRATION, result, status} from '../helpers/frames.ts';
import {fault, type Script, ScriptedHost, untilGone} from '../helpers/scripted-daemon.ts';

const tell =
	(frames: readonly MigrationStatus[], end: ReturnType<typeof result>): NonNullable<Script['start']> =>
	async (_body, reply) => {
		for (const body of frames) await reply.send({kind: 'migration', body});
		return {kind: 'result', body: end};
	};

/** A start that goes on until it is aborted, in `phase`. */
function untilAborted(phase: MigrationStatus['phase'] = 'precopy'): Script {
	const {promise: aborted, resolve: abort} = Promise.withResolvers<void>();
	return {
		async start(_body, reply) {
			await reply.send({kind: 'migration', body: status({phase})});
			await aborted;
			return {
				kind: 'result',
				body: result({
					outcome: 'aborted',
					runsOn: 'host-a',
					error: faultToMessage(fault('ERR_ABORTED_BY_OPERATOR', 'aborted', {phase: 'precopy', runsOn: {kind: 'host', host: 'host-a'}})),
				}),
			};
		},
		async command(body) {
			if (body.action === 'abort') abort();
			return {kind: 'migration', body: status({id: body.id})};
		},
	};
}

test('start asks the sender, shows each phase and ends with status 0', async t => {
	await using host = await ScriptedHost.listen({sender: {start: tell(MIGRATION, result())}});
	const {status: exitStatus, stdout, stderr} = await host.ctl('start', 'dom1', 'host-b');
	t.is(stderr, '');
	t.is(exitStatus, 0);
	t.deepEqual(host.sender.bodies('start'), [{domain: 'dom1', host: 'host-b', detach: false, stream: 'sterna', tee: '', paused: false}]);
	for (const phase of ['prepare', 'iteration 2 is over', 'stop-and-copy', 'handover']) t.true(stdout.includes(phase), phase);
	t.regex(stdout, /^dom1 is on host-b: 354 ms, downtime 8\.21 ms/m);
});

test('start passes on its limits, the kind of stream and the whole path of the tee', async t => {
	await using host = await ScriptedHost.listen({sender: {start: tell([], result())}});
	const options = [
		'--stream',
		'xen',
		'--tee',
		'dom1.xl',
		'--max-iterations',
		'7',
		'--dirty-threshold',
		'50',
		'--max-downtime',
		'50ms',
		'--paused',
		'--channels',
		'2',
		'--compression',
		'lz4',
		'--delta-cache',
		'1MiB',
		'--bandwidth',
		'200MB/s',
		'--downtime-budget',
		'100ms',
	];
	t.is((await host.ctl('start', 'dom1', 'host-b', ...options)).status, 0);
	t.deepEqual(host.sender.bodies('start'), [
		{
			domain: 'dom1',
			host: 'host-b',
			detach: false,
			stream: 'xen',
			tee: resolve('dom1.xl'),
			limits: {maxIterations: 7, dirtyThresholdPages: 50, maxDowntimeMs: 50},
			paused: true,
			transfer: {channels: 2, compression: 'lz4', deltaCacheBytes: 2 ** 20, bandwidthBytesPerSecond: 2e8, downtimeBudgetMs: 100},
		},
	]);
});

test('start --json prints the events and ends with the result', async t => {
	await using host = await ScriptedHost.listen({sender: {start: tell(MIGRATION, result())}});
	const {status: exitStatus, stdout, stderr} = await host.ctl('start', 'dom1', 'host-b', '--json');
	t.is(exitStatus, 0);
	t.is(stderr, '');
	const lines = jsonLines(stdout);
	t.like(lines[0], {migration: {id: 'm-7f3a', phase: 'queued', progress: 0, expectedDowntimeMs: null}});
	t.like(lines.at(-1), {result: {outcome: 'completed', runsOn: 'host-b', error: null}});
});

test('a migration that fails is told of in one block, with the exit status of its error', async t => {
	const error = fault('ERR_CONNECTION_LOST', 'the data connection to host-b was cut', {
		phase: 'stop-and-copy',
		runsOn: {kind: 'host', host: 'host-a'},
		next: 'migrate-ctl start dom1 host-b',
		causes: ['read ECONNRESET'],
	});
	const end = result({outcome: 'failed', runsOn: 'host-a', error: faultToMessage(error)});
	await using host = await ScriptedHost.listen({sender: {start: tell(MIGRATION, end)}});
	const {status: exitStatus, stdout, stderr} = await host.ctl('start', 'dom1', 'host-b');
	t.is(exitStatus, 6);
	t.regex(stdout, /^dom1: failed; it runs on host-a: 354 ms/m);
	t.deepEqual(stderr.trimEnd().split('\n'), [
		'error ERR_CONNECTION_LOST: the data connection to host-b was cut',
		'  phase: stop-and-copy',
		'  side: sender',
		'  the guest runs on host-a',
		'  cause: sender: read ECONNRESET',
		'  next: migrate-ctl start dom1 host-b',
	]);
});

test('a migration that is refused has its error and nothing else; in JSON it is the result all the same', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			async start() {
				throw fault('ERR_DOMAIN_UNKNOWN', 'there is no domain dom9 on host-a', {next: 'migrate-ctl domain list'});
			},
		},
	});
	const plain = await host.ctl('start', 'dom9', 'host-b');
	t.is(plain.status, 4);
	t.is(plain.stdout, '');
	t.regex(plain.stderr, /^error ERR_DOMAIN_UNKNOWN: there is no domain dom9 on host-a\n/);
	const json = await host.ctl('start', 'dom9', 'host-b', '--json');
	t.is(json.status, 4);
	t.is(json.stderr, '');
	t.like(jsonLines(json.stdout), {
		length: 1,
		0: {
			result: {
				id: null,
				domain: 'dom9',
				outcome: 'failed',
				runsOn: '?',
				error: {code: 'ERR_DOMAIN_UNKNOWN', next: 'migrate-ctl domain list'},
			},
		},
	});
});

test('a refusal says where the guest is, when this host knows', async t => {
	const refused = fault('ERR_HOST_UNKNOWN', 'there is no host host-z in the configuration', {next: 'migrate-ctl hosts'});
	await using host = await ScriptedHost.listen({
		sender: {
			start: async () => Promise.reject(refused),
			domainList: async () => ({kind: 'domainList', body: {host: 'host-a', domains: [domain(), domain({name: 'xen', state: 'image'})]}}),
		},
	});
	t.regex((await host.ctl('start', 'dom1', 'host-z')).stderr, /^ {2}the guest runs on host-a$/m);
	t.regex((await host.ctl('start', 'xen', 'host-z', '--detach')).stderr, /^ {2}the guest runs nowhere$/m);
	t.regex((await host.ctl('start', 'dom9', 'host-z')).stderr, /^ {2}the guest runs where it did: nothing was changed$/m);
});

test('an outcome that is not known yet has a status of its own', async t => {
	const error = fault('ERR_UNDECIDED', 'host-b has not said whether it runs dom1', {phase: 'handover'});
	await using host = await ScriptedHost.listen({
		sender: {
			start: tell(MIGRATION, result({outcome: 'undecided', runsOn: '?', error: faultToMessage(error)})),
		},
	});
	const {status: exitStatus, stdout, stderr} = await host.ctl('start', 'dom1', 'host-b');
	t.is(exitStatus, 9);
	t.regex(stdout, /undecided which host runs it/);
	t.regex(stderr, /where the guest runs is not known yet/);
});

test('start --detach prints the id and leaves', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			start: async () => ({kind: 'migration', body: status({phase: 'queued'})}),
		},
	});
	const {status: exitStatus, stdout} = await host.ctl('start', 'dom1', 'host-b', '--detach');
	t.is(exitStatus, 0);
	t.regex(stdout, /^migration m-7f3a of dom1 to host-b has begun; .*migrate-ctl watch m-7f3a\n$/);
	t.true(host.sender.bodies('start')[0]?.detach);
});

test('Ctrl-C asks the daemon to abort and waits for the end', async t => {
	await using host = await ScriptedHost.listen({sender: untilAborted()});
	await using cli = host.spawnCtl('start', 'dom1', 'host-b');
	await cli.prints('precopy');
	cli.process.kill('SIGINT');
	const {status: exitStatus, stdout, stderr} = await cli.finished;
	t.is(exitStatus, 3);
	t.deepEqual(host.sender.bodies('command'), [{id: 'm-7f3a', action: 'abort'}]);
	t.regex(stdout, /^dom1: aborted; it runs on host-a/m);
	t.regex(stderr, /^error ERR_ABORTED_BY_OPERATOR/);
});

test('a second Ctrl-C leaves, and says how to look at what goes on', async t => {
	const {promise: released, resolve: release} = Promise.withResolvers<void>();
	await using host = await ScriptedHost.listen({
		sender: {
			...untilAborted('handover'),
			// An abort that takes its time.
			async command(body) {
				await released;
				return {kind: 'migration', body: status({id: body.id})};
			},
			async start(_body, reply) {
				await reply.send({kind: 'migration', body: status({phase: 'handover'})});
				await released;
				return {kind: 'result', body: result()};
			},
		},
	});
	await using cli = host.spawnCtl('start', 'dom1', 'host-b');
	await cli.prints('handover');
	cli.process.kill('SIGINT');
	await cli.prints('Ctrl-C again');
	cli.process.kill('SIGINT');
	const {status: exitStatus, stdout} = await cli.finished;
	release();
	t.is(exitStatus, 130);
	t.regex(stdout, /left while dom1 is in handover; look at it with: migrate-ctl status m-7f3a\n$/);
});

test('SIGTERM leaves at once and aborts nothing', async t => {
	const {promise: released, resolve: release} = Promise.withResolvers<void>();
	await using host = await ScriptedHost.listen({
		sender: {
			async start(_body, reply) {
				await reply.send({kind: 'migration', body: status()});
				await released;
				return {kind: 'result', body: result()};
			},
		},
	});
	await using cli = host.spawnCtl('start', 'dom1', 'host-b');
	await cli.prints('precopy');
	cli.process.kill('SIGTERM');
	t.is((await cli.finished).status, 143);
	release();
	t.deepEqual(host.sender.bodies('command'), []);
});

test('an abort that comes too late says so, and the migration is waited for', async t => {
	const {promise: refused, resolve: refuse} = Promise.withResolvers<void>();
	await using host = await ScriptedHost.listen({
		sender: {
			async command() {
				setImmediate(refuse);
				throw fault('ERR_DOMAIN_STATE', 'the guest runs on host-b already');
			},
			async start(_body, reply) {
				await reply.send({kind: 'migration', body: status({phase: 'handover'})});
				await refused;
				return {kind: 'result', body: result()};
			},
		},
	});
	await using cli = host.spawnCtl('start', 'dom1', 'host-b');
	await cli.prints('handover');
	cli.process.kill('SIGINT');
	const {status: exitStatus, stdout} = await cli.finished;
	t.is(exitStatus, 0);
	t.regex(stdout, /the abort was not taken: the guest runs on host-b already/);
});

/** A start whose daemon goes away in `phase`: exit status and last line of `start --json`. */
async function losingTheDaemonIn(
	phase: MigrationStatus['phase'],
): Promise<{exitStatus: number | null; line: Record<string, unknown> | undefined}> {
	await using host = await ScriptedHost.listen({
		sender: {
			async start(_body, reply) {
				await reply.send({kind: 'migration', body: status({phase})});
				return untilGone(reply);
			},
		},
	});
	await using cli = host.spawnCtl('start', 'dom1', 'host-b', '--json');
	await cli.prints(phase);
	await host.sender[Symbol.asyncDispose]();
	const {status: exitStatus, stdout} = await cli.finished;
	return {exitStatus, line: jsonLines(stdout).at(-1)};
}

test('a daemon that goes away in precopy leaves the guest running here', async t => {
	const {exitStatus, line} = await losingTheDaemonIn('precopy');
	t.is(exitStatus, 4);
	t.like(line, {
		result: {outcome: 'failed', runsOn: 'host-a', error: {code: 'ERR_DAEMON_UNREACHABLE', phase: 'precopy', side: 'sender'}},
	});
});

test('a daemon that goes away in stop-and-copy leaves the guest here, paused until it is back', async t => {
	const {exitStatus, line} = await losingTheDaemonIn('stop-and-copy');
	t.is(exitStatus, 4);
	t.like(line, {result: {outcome: 'failed', runsOn: 'host-a', error: {code: 'ERR_DAEMON_UNREACHABLE', phase: 'stop-and-copy'}}});
});

test('a daemon that goes away in the handover leaves it undecided', async t => {
	const {exitStatus, line} = await losingTheDaemonIn('handover');
	t.is(exitStatus, 9);
	t.like(line, {result: {outcome: 'undecided', runsOn: '?', error: {code: 'ERR_UNDECIDED', phase: 'handover', side: 'sender'}}});
});

test('without a daemon start says so with status 4', async t => {
	await using host = await ScriptedHost.listen({});
	const {status: exitStatus, stdout, stderr} = await host.ctl('start', 'dom1', 'host-b');
	t.is(exitStatus, 4);
	t.is(stdout, '');
	t.regex(stderr, /^error ERR_DAEMON_UNREACHABLE: the daemon at .*sender\.sock does not answer\n/);
	const json = await host.ctl('start', 'dom1', 'host-b', '--json');
	t.is(json.status, 4);
	t.like(jsonLines(json.stdout), {
		length: 1,
		0: {result: {id: null, domain: 'dom1', outcome: 'failed', error: {code: 'ERR_DAEMON_UNREACHABLE'}}},
	});
});
