import test from 'ava';
import type {ForecastReply} from '@sterna/protocol/control';
import {jsonLines} from '../helpers/cli.ts';
import {result} from '../helpers/frames.ts';
import {type Script, ScriptedHost} from '../helpers/scripted-daemon.ts';

const REPLY: ForecastReply = {
	domain: 'dom1',
	host: 'host-b',
	convergence: 'will-not-converge',
	likelihood: 0.02,
	totalLowMs: 8000,
	totalMs: 9000,
	totalHighMs: 10_000,
	downtimeLowMs: 700,
	downtimeMs: 800,
	downtimeHighMs: 950,
	binding: 'bandwidth',
	because: 'the guest writes 200 MB/s',
	remedies: ['--bandwidth 2GB/s', 'throttle the guest'],
	sampledMs: 5000,
	memoryBytes: 2 ** 30,
	dirtyBytesPerSecond: 2e8,
	workingSetBytes: 2 ** 28,
	bandwidthBytesPerSecond: 1e8,
	roundTripMs: 0.3,
	assumptions: ['the guest goes on as it was'],
};

const daemon = (reply: ForecastReply): Script => ({
	forecast: async () => Promise.resolve({kind: 'forecast', body: reply}),
	start: async () => Promise.resolve({kind: 'result', body: result()}),
});

test('forecast asks with the limits of a migration, and shows verdict, ranges, what helps and what is assumed', async t => {
	await using host = await ScriptedHost.listen({sender: daemon(REPLY)});
	const args = ['--sample', '2s', '--max-downtime', '50ms', '--bandwidth', '100MB/s', '--channels', '2'];
	const {status, stdout} = await host.ctl('forecast', 'dom1', 'host-b', ...args);
	t.is(status, 0);
	t.regex(stdout, /^dom1 to host-b: will not converge, likelihood 2 %$/m);
	t.regex(stdout, /^total +8\.00 s to 10\.0 s, most likely 9\.00 s$|^total +8 s to 10 s, most likely 9 s$/m);
	t.regex(stdout, /^try +--bandwidth 2GB\/s$/m);
	t.regex(stdout, /^assuming +the guest goes on as it was$/m);
	const [asked] = host.sender.bodies('forecast');
	t.like(asked, {domain: 'dom1', host: 'host-b', sampleMs: 2000, limits: {maxDowntimeMs: 50}});
	t.like(asked?.transfer, {bandwidthBytesPerSecond: 1e8, channels: 2});
	t.deepEqual(jsonLines((await host.ctl('forecast', 'dom1', 'host-b', '--json')).stdout), [{forecast: REPLY}]);
});

test('start --forecast=refuse begins nothing that will not converge, and says what would help', async t => {
	await using host = await ScriptedHost.listen({sender: daemon(REPLY)});
	const {status, stderr} = await host.ctl('start', 'dom1', 'host-b', '--forecast=refuse');
	t.is(status, 4);
	t.regex(stderr, /ERR_WILL_NOT_CONVERGE/);
	t.regex(stderr, /migrate-ctl start dom1 host-b --bandwidth 2GB\/s/);
	t.deepEqual(host.sender.bodies('start'), []);
});

test('start --forecast shows the forecast and goes on, and so does refuse where it may converge', async t => {
	await using host = await ScriptedHost.listen({sender: daemon(REPLY)});
	const warned = await host.ctl('start', 'dom1', 'host-b', '--forecast');
	t.is(warned.status, 0);
	t.regex(warned.stderr, /will not converge/);
	await using other = await ScriptedHost.listen({sender: daemon({...REPLY, convergence: 'may-converge', likelihood: 0.5})});
	t.is((await other.ctl('start', 'dom1', 'host-b', '--forecast=refuse', '--json')).status, 0);
	t.is(other.sender.bodies('start').length, 1);
});
