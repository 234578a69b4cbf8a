import {faultToMessage} from '@sterna/protocol/control';
import test from 'ava';
import {jsonLines} from '../helpers/cli.ts';
import {status} from '../helpers/frames.ts';
import {protection, standby} from '../helpers/protections.ts';
import {fault, type Script, ScriptedHost, untilGone} from '../helpers/scripted-daemon.ts';

const STARTING = protection({
	phase: 'starting',
	epoch: 0,
	committedEpoch: 0,
	lastCheckpoints: [],
	precopy: status(),
	checkpointsPerSecond: undefined,
});

const PROTECTING: Script = {
	async protect({detach}, reply) {
		reply.event({kind: 'protection', body: STARTING});
		if (detach) return {kind: 'protection', body: STARTING};
		reply.event({kind: 'protection', body: protection()});
		return {kind: 'protection', body: protection({phase: 'ended', reason: 'unprotect'})};
	},
};

test('protect sends what was asked for and nothing else, and tells of each phase until the end', async t => {
	await using host = await ScriptedHost.listen({sender: PROTECTING});
	const {status: exitStatus, stdout, stderr} = await host.ctl('protect', 'dom1', 'host-b', '--interval', '25ms', '--staging', '32MiB');
	t.is(exitStatus, 0, stderr);
	t.deepEqual(host.sender.bodies('protect'), [
		{
			domain: 'dom1',
			host: 'host-b',
			detach: false,
			stream: 'sterna',
			tee: '',
			checkpoints: {intervalMs: 25, stagingBytes: 32 * 2 ** 20, onStandbyLoss: ''},
			unsafeOutput: false,
		},
	]);
	const lines = stdout.trimEnd().split('\n');
	t.is(lines.length, 3);
	t.regex(lines[0] ?? '', /dom1 (→|->) host-b: starting; /);
	t.regex(lines[1] ?? '', /protected; checkpoint 1,204, 1 on the way; 39\.9 a second, every 25 ms, pause 1\.7 ms/);
	t.regex(lines[2] ?? '', /ended; .*unprotect/);
});

test('protect with objectives names them, and not an interval', async t => {
	await using host = await ScriptedHost.listen({sender: PROTECTING});
	const asked = ['--max-lag', '100ms', '--max-added-latency', '20ms', '--max-slowdown', '15%', '--on-standby-loss', 'pause'];
	const objectives = await host.ctl('protect', 'dom1', 'host-b', ...asked, '--detach');
	t.is(objectives.status, 0, objectives.stderr);
	t.regex(objectives.stdout, /^dom1 is protected on host-b \(p-51c2\)/);
	t.like(host.sender.bodies('protect')[0]?.checkpoints, {
		maxLagMs: 100,
		maxAddedLatencyMs: 20,
		maxSlowdownPercent: 15,
		onStandbyLoss: 'pause',
	});
	const both = await host.ctl('protect', 'dom1', 'host-b', '--interval', '25ms', '--max-lag', '1s');
	t.is(both.status, 2);
	t.regex(both.stderr, /fixed one/);
	const share = await host.ctl('protect', 'dom1', 'host-b', '--max-slowdown', '150%');
	t.is(share.status, 2);
	t.is(host.sender.requests.length, 1);
});

test('what ends the precopy ahead of the first checkpoint, and how it goes, is asked for as of a migration', async t => {
	await using host = await ScriptedHost.listen({sender: PROTECTING});
	const limits = [
		'--max-iterations',
		'3',
		'--dirty-threshold',
		'100',
		'--max-downtime',
		'50ms',
		'--deadline',
		'1m',
		'--on-deadline',
		'abort',
	];
	const transfer = ['--bandwidth', '200MB/s', '--compression', 'lz4', '--proof', 'wire'];
	const {status: exitStatus, stderr} = await host.ctl('protect', 'dom1', 'host-b', ...limits, ...transfer, '--detach');
	t.is(exitStatus, 0, stderr);
	t.like(host.sender.bodies('protect')[0], {
		limits: {maxIterations: 3, dirtyThresholdPages: 100, maxDowntimeMs: 50, deadlineMs: 60_000, onDeadline: 'abort'},
		transfer: {compression: 'lz4', bandwidthBytesPerSecond: 200e6, proof: 'wire'},
	});
});

test('leaving does not end a protection, and says so', async t => {
	const left = Promise.withResolvers<void>();
	await using host = await ScriptedHost.listen({
		sender: {
			async protect(_body, reply) {
				reply.event({kind: 'protection', body: protection()});
				await untilGone(reply).finally(left.resolve);
				throw new TypeError('nobody comes here');
			},
		},
	});
	const cli = host.spawnCtl('protect', 'dom1', 'host-b');
	await cli.prints('protected');
	cli.process.kill('SIGINT');
	const finished = await cli.finished;
	await left.promise;
	t.is(finished.status, 130);
	t.regex(finished.stdout, /the protection goes on; look at it with: migrate-ctl status dom1/);
	t.deepEqual(
		host.sender.requests.map(({kind}) => kind),
		['protect'],
	);
});

test('a protection that fails gives its error and the exit status of that', async t => {
	const error = faultToMessage(
		fault('ERR_STANDBY_LOST', 'host-b does not acknowledge', {phase: 'checkpoint', runsOn: {kind: 'host', host: 'host-a'}}),
	);
	await using host = await ScriptedHost.listen({
		sender: {
			protect: async () => ({kind: 'protection', body: protection({phase: 'failed', error})}),
		},
	});
	const plain = await host.ctl('protect', 'dom1', 'host-b');
	t.is(plain.status, 6);
	t.regex(plain.stderr, /^error ERR_STANDBY_LOST: host-b does not acknowledge$/m);
	t.regex(plain.stderr, /the guest runs on host-a/);
	const json = await host.ctl('protect', 'dom1', 'host-b', '--json');
	t.is(json.status, 6);
	t.like(jsonLines(json.stdout).at(-1), {protection: {phase: 'failed', error: {code: 'ERR_STANDBY_LOST', runsOn: 'host-a'}}});
	t.is(json.stderr, '');
});

test('unprotect is told to the sender, with what a person answers for', async t => {
	await using host = await ScriptedHost.listen({
		sender: {unprotect: async () => ({kind: 'protection', body: protection({phase: 'ended'})})},
	});
	const ended = await host.ctl('unprotect', 'dom1');
	t.is(ended.stdout, 'dom1 runs on host-a, and has no standby any more\n');
	await host.ctl('unprotect', 'dom1', '--force', '--json');
	t.deepEqual(host.sender.bodies('unprotect'), [
		{domain: 'dom1', force: false},
		{domain: 'dom1', force: true},
	]);
});

test('failover asks the host of the standby first, and the source where there is none', async t => {
	const reply = {domain: 'dom1', id: 'p-51c2', planned: false, epoch: 1204, incarnation: 4, decidedToRunningMs: 7.5, runsOn: 'host-b'};
	await using there = await ScriptedHost.listen({
		sender: {},
		receiver: {failover: async () => ({kind: 'failedOver', body: {...reply, because: 'source-is-dead'}})},
	});
	const forced = await there.ctl('failover', 'dom1', '--source-is-dead');
	t.is(
		forced.stdout,
		'dom1 runs on host-b, from checkpoint 1,204 on: you said that the source is dead; it ran 7.5 ms after that was decided\n',
	);
	t.deepEqual(there.receiver.bodies('failover'), [{domain: 'dom1', planned: false, sourceIsDead: true}]);
	t.is(there.sender.requests.length, 0);

	await using here = await ScriptedHost.listen({
		sender: {failover: async () => ({kind: 'failedOver', body: {...reply, planned: true, because: 'planned'}})},
		receiver: {
			failover: async () => {
				throw fault('ERR_PROTECTION_UNKNOWN', 'no standby of dom1 here');
			},
		},
	});
	const planned = await here.ctl('failover', 'dom1', '--planned', '--json');
	t.deepEqual(jsonLines(planned.stdout), [{failover: {...reply, planned: true, because: 'planned'}}]);
	const contradiction = await here.ctl('failover', 'dom1', '--planned', '--source-is-dead');
	t.is(contradiction.status, 2);
});

test('status shows how far a standby is behind, on both hosts', async t => {
	const known: Script = {
		protections: async ({domain}) => ({
			kind: 'protections',
			body: {protections: domain === '' || domain === 'dom1' ? [protection()] : [], host: 'host-a'},
		}),
		domainList: async () => ({kind: 'domainList', body: {domains: [], host: 'host-a'}}),
		status: async () => ({kind: 'status', body: {migrations: []}}),
	};
	await using host = await ScriptedHost.listen({
		sender: known,
		receiver: {
			...known,
			protections: async () => ({kind: 'protections', body: {protections: [standby({domain: 'dom2'})], host: 'host-a'}}),
		},
	});
	const all = await host.ctl('status');
	t.regex(all.stdout, /^dom1 +source +host-b +protected +1,204 +39\.9 +1\.7 ms +9\.5 ms +6\.8 % +etcd$/m);
	t.regex(all.stdout, /^dom2 +standby +host-a +protected +1,204 +- +- +- +- +manual$/m);
	const one = await host.ctl('status', 'dom1');
	t.regex(one.stdout, /^standby at +checkpoint 1,204, 1 on the way$/m);
	t.regex(one.stdout, /^lag +acknowledged after 9\.5 ms, 1 in flight, output 24 ms later, 12 outputs \(2 KiB\) held$/m);
	t.regex(one.stdout, /^lease +etcd, 4\.2 s left$/m);
	t.regex(one.stdout, /^ +1,204 +640 +0011223344556677 +2026-05-01T00:00:31/m);
	const json = await host.ctl('status', 'dom1', '--json');
	t.like(jsonLines(json.stdout)[0], {
		protection: {domain: 'dom1', committedEpoch: 1204, alarm: null, diskBytesPerSecond: null, precopy: null},
	});
});

test('an alarm is shown with the phase', async t => {
	const alarm = 'a lag of 100 ms and a slowdown of 15 % cannot both be kept';
	await using host = await ScriptedHost.listen({
		sender: {protect: async () => ({kind: 'protection', body: protection({alarm, phase: 'ended', bindingObjective: 'max-lag'})})},
	});
	const {stdout} = await host.ctl('protect', 'dom1', 'host-b', '--max-lag', '100ms');
	t.true(stdout.includes(alarm));
});
