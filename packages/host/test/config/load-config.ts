import {writeFileSync} from 'node:fs';
import {hostname, totalmem} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {QemuNetworkSettings} from '@sterna/domain';
import {OperationError} from '@sterna/protocol';
import {type Config, loadConfig, type LoadConfigOptions} from '../../src/config/load-config.ts';
import {temporaryDirectory} from '../helpers/host.ts';

const WHOLE = `
name = "host-a"

[paths]
state = "/srv/sterna/state"
run = "/srv/sterna/run"

[sender]
socket = "/srv/a.sock"
max-concurrent = 2
tracker = "compare"

[receiver]
socket = "/srv/b.sock"
socket-group = "0"
listen-address = "127.0.0.2"
control-port = 1000
data-port = 0
memory-limit = "8GiB"

[hosts.host-b]
address = "192.0.2.7"
control-port = 7000
tls-name = "host-b.example"
[hosts.host-c]
address = "host-c.example"

[tls]
certificate = "/etc/sterna/host-a.pem"
key = "/etc/sterna/host-a.key"
ca = "/etc/sterna/ca.pem"
data = false

[policy]
max-iterations = 30
dirty-threshold = 256
max-downtime = "50ms"
deadline = "2m"
use = ["deadline", "mine"]
modules.mine = "/etc/sterna/mine.mjs"

[data]
window-bytes = "32MiB"
workers = 2
channels = 4
compression = "zstd"
delta-cache = "64MiB"
bandwidth = "500MB/s"
downtime-budget = "250ms"

[migration]
proof = "audit"
reconnect-timeout = "5s"

[peer]
heartbeat-interval = "500ms"
silence-timeout = "3s"

[history]
keep = "7d"
max-records = 5

[hooks]
before-go = ["/usr/local/bin/fence", "--quick"]
timeout = "2s"

[lease]
store = "etcd"
endpoints = ["https://etcd-1.example:2379", "https://192.0.2.8:2379/"]
ttl = "3s"
prefix = "a/"
ca = "/etc/sterna/etcd-ca.pem"
certificate = "/etc/sterna/etcd.pem"
key = "/etc/sterna/etcd.key"
user = "sterna"
password-file = "/etc/sterna/etcd.password"

[standby]
max-lag = "100ms"
max-added-latency = "20ms"
max-slowdown = "15%"
in-flight = 3
staging = "16MiB"
staging-limit = "64MiB"
on-standby-loss = "pause"
fence = ["/usr/local/bin/power-off", "--now"]
fence-timeout = "1m"

[guests]
address = "0.0.0.0"

[qemu]
paths = ["/srv/images", "/usr/share/seabios"]
devices = ["virtio-net-pci", "virtio-blk-pci"]
binaries = {qemu-system-x86_64 = "/opt/qemu/bin/qemu-system-x86_64"}
[qemu.networks.lan]
kind = "bridge"
bridge = "br0"
helper = "/usr/lib/qemu/qemu-bridge-helper"
[qemu.networks.lab]
kind = "multicast"
address = "239.1.2.3:7100"
local-address = "127.0.0.1"

[metrics]
sender = "127.0.0.1:7450"
receiver = "[::1]:7451"

[log]
level = "debug"
`;

function load(t: ExecutionContext, text: string, options: Partial<LoadConfigOptions> = {}): Config {
	const file = path.join(temporaryDirectory(t), 'sterna.toml');
	writeFileSync(file, text);
	return loadConfig({side: 'sender', file, env: {}, ...options});
}

/** The fault of a configuration, without the name of its file. */
function faultOf(t: ExecutionContext, text: string): string {
	const error = t.throws(() => load(t, text), {instanceOf: OperationError, code: 'ERR_CONFIG'}, text);
	return error?.message.replace(/^.*sterna\.toml/, '') ?? '';
}

test('every key is taken over', t => {
	const {file, ...config} = load(t, WHOLE, {side: 'receiver'});
	t.true(file?.endsWith('sterna.toml'));
	t.deepEqual(config, {
		hostName: 'host-a',
		paths: {state: '/srv/sterna/state', run: '/srv/sterna/run'},
		sender: {socket: '/srv/a.sock', socketGroup: undefined, maxConcurrent: 2, tracker: 'compare'},
		receiver: {
			socket: '/srv/b.sock',
			socketGroup: 0,
			listenAddress: '127.0.0.2',
			controlPort: 1000,
			dataPort: 0,
			memoryLimitBytes: 8 * 1024 ** 3,
		},
		hosts: new Map([
			['host-b', {name: 'host-b', address: '192.0.2.7', controlPort: 7000, tlsName: 'host-b.example'}],
			['host-c', {name: 'host-c', address: 'host-c.example', controlPort: 7440, tlsName: 'host-c.example'}],
		]),
		tls: {certificate: '/etc/sterna/host-a.pem', key: '/etc/sterna/host-a.key', ca: '/etc/sterna/ca.pem', data: false},
		policy: {
			maxIterations: 30,
			dirtyThresholdPages: 256,
			maxDowntimeMs: 50,
			deadlineMs: 120_000,
			onDeadline: 'stop-and-copy',
			onStall: 'advise',
			use: ['deadline', 'mine'],
			modules: new Map([['mine', '/etc/sterna/mine.mjs']]),
			moduleTimeoutMs: 1000,
		},
		data: {
			windowBytes: 32 * 1024 ** 2,
			workers: 2,
			channels: 4,
			compression: 'zstd',
			deltaCacheBytes: 64 * 1024 ** 2,
			bandwidthBytesPerSecond: 5e8,
			downtimeBudgetMs: 250,
		},
		migration: {proof: 'audit', reconnectMs: 5000},
		peer: {heartbeatIntervalMs: 500, silenceTimeoutMs: 3000},
		history: {keepMs: 7 * 86_400_000, maxRecords: 5},
		hooks: {beforeGo: ['/usr/local/bin/fence', '--quick'], timeoutMs: 2000},
		lease: {
			store: 'etcd',
			endpoints: ['https://etcd-1.example:2379', 'https://192.0.2.8:2379'],
			ttlMs: 3000,
			prefix: 'a/',
			tls: {ca: '/etc/sterna/etcd-ca.pem', client: {certificate: '/etc/sterna/etcd.pem', key: '/etc/sterna/etcd.key'}},
			login: {user: 'sterna', passwordFile: '/etc/sterna/etcd.password'},
		},
		standby: {
			intervalMs: undefined,
			maxLagMs: 100,
			maxAddedLatencyMs: 20,
			maxSlowdownPercent: 15,
			inFlight: 3,
			stagingBytes: 16 * 1024 ** 2,
			stagingLimitBytes: 64 * 1024 ** 2,
			onStandbyLoss: 'pause',
			fence: ['/usr/local/bin/power-off', '--now'],
			fenceTimeoutMs: 60_000,
		},
		guests: {address: '0.0.0.0'},
		metrics: {sender: {host: '127.0.0.1', port: 7450}, receiver: {host: '::1', port: 7451}},
		qemu: {
			binaries: new Map([['qemu-system-x86_64', '/opt/qemu/bin/qemu-system-x86_64']]),
			paths: ['/srv/images', '/usr/share/seabios'],
			devices: new Set(['virtio-net-pci', 'virtio-blk-pci']),
			networks: new Map<string, QemuNetworkSettings>([
				['lan', {kind: 'bridge', bridge: 'br0', helper: '/usr/lib/qemu/qemu-bridge-helper'}],
				['lab', {kind: 'multicast', address: '239.1.2.3', port: 7100, localAddress: '127.0.0.1'}],
			]),
		},
		log: {level: 'debug'},
	});
});

test('without a file the defaults do for one machine', t => {
	const config = loadConfig({side: 'sender', env: {}, systemFile: path.join(temporaryDirectory(t), 'none.toml')});
	t.is(config.file, undefined);
	t.is(config.hostName, hostname());
	t.is(config.sender.socket, path.join(config.paths.run, 'sender.sock'));
	t.is(config.receiver.memoryLimitBytes, totalmem());
	t.is(config.receiver.listenAddress, '127.0.0.1');
	t.deepEqual(config.policy, {
		maxIterations: 5,
		dirtyThresholdPages: 50,
		maxDowntimeMs: undefined,
		deadlineMs: undefined,
		onDeadline: 'stop-and-copy',
		onStall: 'advise',
		use: undefined,
		modules: new Map(),
		moduleTimeoutMs: 1000,
	});
	t.deepEqual(config.peer, {heartbeatIntervalMs: 2000, silenceTimeoutMs: 10_000});
});

test('flags count more than the file, the file more than defaults', t => {
	const config = load(t, WHOLE, {
		overrides: {
			hostName: 'other',
			stateDir: '/x/state',
			runDir: '/x/run',
			logLevel: 'error',
			tracker: 'auto',
			controlPort: 5,
			memoryLimitBytes: 4096,
		},
	});
	t.is(config.hostName, 'other');
	t.deepEqual(config.paths, {state: '/x/state', run: '/x/run'});
	// A run directory by flag is that of another host: the file's socket is not meant.
	t.is(config.sender.socket, '/x/run/sender.sock');
	t.is(config.log.level, 'error');
	t.is(config.sender.tracker, 'auto');
	t.is(config.receiver.controlPort, 5);
	t.is(config.receiver.memoryLimitBytes, 4096);
	t.is(config.receiver.dataPort, 0);
});

test('a socket by flag is that of the side that asks', t => {
	const config = load(t, WHOLE, {side: 'receiver', overrides: {socket: '/y.sock'}});
	t.is(config.receiver.socket, '/y.sock');
	t.is(config.sender.socket, '/srv/a.sock');
});

test('$STERNA_CONFIG names a file, --config another one before it', t => {
	const file = path.join(temporaryDirectory(t), 'env.toml');
	writeFileSync(file, 'name = "from-env"');
	const env = {STERNA_CONFIG: file};
	t.is(loadConfig({side: 'sender', env}).hostName, 'from-env');
	t.is(load(t, 'name = "from-flag"', {env}).hostName, 'from-flag');
});

test('the file of the system is read when nothing else is named', t => {
	const systemFile = path.join(temporaryDirectory(t), 'sterna.toml');
	writeFileSync(systemFile, 'name = "from-system"');
	t.is(loadConfig({side: 'sender', env: {}, systemFile}).hostName, 'from-system');
});

test('a file that was named must be there', t => {
	const file = path.join(temporaryDirectory(t), 'none.toml');
	t.throws(() => loadConfig({side: 'sender', file, env: {}}), {code: 'ERR_CONFIG', message: /none\.toml cannot be read/});
	t.throws(() => loadConfig({side: 'sender', env: {STERNA_CONFIG: file}}), {code: 'ERR_CONFIG'});
});

test('text that is no TOML is named with line and column', t => {
	t.is(faultOf(t, 'name = "a"\nsender = ['), ':2:10: unfinished array');
});

test('an unknown key is named with its line, and with the one that was probably meant', t => {
	t.is(
		faultOf(t, 'name = "a"\n\n[policy]\nmax-iteration = 3'),
		':4: policy.max-iteration is not a known key: did you mean max-iterations?',
	);
	t.is(faultOf(t, '[polices]\nmax-iterations = 3'), ':1: polices is not a known key: did you mean policy?');
	t.is(faultOf(t, '[metrics]\nsender = "localhost:1"'), ':2: metrics.sender: must be an IP address and a port, such as "127.0.0.1:7450"');
	t.is(
		faultOf(t, '[hosts.b]\naddress = "x"\nport = 3'),
		':3: hosts.b.port is not a known key; known here are address, control-port, tls-name',
	);
});

test('TLS is configured whole or not at all', t => {
	t.is(load(t, '').tls, undefined);
	t.is(faultOf(t, '[tls]\ncertificate = "/a.pem"\nca = "/ca.pem"'), ':1: tls.key is missing');
	t.is(faultOf(t, '[tls]\ncertificate = "a.pem"'), ':2: tls.certificate: must be an absolute path');
});

test('a wrong value is named with its key, its line and what it must be', t => {
	t.is(faultOf(t, '[receiver]\ncontrol-port = 70000'), ':2: receiver.control-port: must be 65535 or less');
	t.is(
		faultOf(t, '[receiver]\nmemory-limit = "8G"'),
		':2: receiver.memory-limit: "8G" has the unknown unit G: write GiB (powers of 1024) or GB (powers of 1000)',
	);
	t.is(faultOf(t, '[policy]\n# so\nmax-downtime = "50"'), ':3: policy.max-downtime: "50" has no unit: write 50ms, 1.5s or 2m');
	t.is(faultOf(t, '[paths]\nrun = "run"'), ':2: paths.run: must be an absolute path');
	t.is(faultOf(t, '[hosts.b]\ncontrol-port = 3'), ':1: hosts.b.address is missing');
	t.is(faultOf(t, '[hosts]\nb = {address = "x", control-port = 0}'), ':2: hosts.b.control-port: must be 1 or more');
	t.is(faultOf(t, '[data]\nwindow-bytes = 1'), ':2: data.window-bytes: must be 1MiB or more');
	t.regex(faultOf(t, '[sender]\ntracker = "magic"'), /^:2: sender\.tracker: .*"compare"/);
	t.regex(faultOf(t, 'name = "../x"'), /^:1: name: must be 1 to 63 letters/);
	t.is(faultOf(t, '[hooks]\nbefore-go = []'), ':2: hooks.before-go: must name a program');
	t.is(faultOf(t, '[peer]\nheartbeat-interval = "10ms"'), ':2: peer.heartbeat-interval: must be 50ms or more');
	t.is(
		faultOf(t, '[peer]\nheartbeat-interval = "2s"\nsilence-timeout = "3s"'),
		':3: peer.silence-timeout: must be twice peer.heartbeat-interval or more',
	);
});

test('without a word on QEMU, guests are made of images in the state directory, and of devices that stay within the guest', t => {
	const {qemu, paths} = load(t, '');
	t.deepEqual(qemu.binaries, new Map([['qemu-system-x86_64', '/usr/bin/qemu-system-x86_64']]));
	t.deepEqual(qemu.paths, [path.join(paths.state, 'images')]);
	t.is(qemu.networks.size, 0);
	t.true(qemu.devices.has('virtio-net-pci') && qemu.devices.has('virtio-blk-device') && qemu.devices.has('virtio-rng-pci'));
	for (const model of qemu.devices) t.notRegex(model, /vfio|vhost|usb-host|nvdimm|dimm|virtio-mem|pmem|ivshmem|loader|9p|-fs/, model);
});

test('a wrong network of QEMU guests is named with what it must be', t => {
	const network = (text: string): string => faultOf(t, `[qemu.networks.lan]\n${text}`);
	t.is(network('kind = "bridge"'), ':1: qemu.networks.lan.bridge is missing');
	t.is(network('kind = "bridge"\nbridge = "br0,helper=/bin/sh"'), ':3: qemu.networks.lan.bridge: must be the name of a network interface');
	t.is(network('kind = "bridge"\nbridge = "br0"\nhelper = "qemu-bridge-helper"'), ':4: qemu.networks.lan.helper: must be an absolute path');
	t.is(
		network('kind = "multicast"\naddress = "10.0.0.1:7100"'),
		':3: qemu.networks.lan.address: must be an IPv4 multicast address and a port, such as "239.1.2.3:7100"',
	);
	t.regex(network('kind = "multicast"\naddress = "239.1.2.3:70000"'), /multicast address and a port/);
	t.is(
		network('kind = "multicast"\naddress = "239.1.2.3:7100"\nlocal-addr = "127.0.0.1"'),
		':4: qemu.networks.lan.local-addr is not a known key: did you mean local-address?',
	);
	t.regex(network('kind = "user"'), /^:2: qemu\.networks\.lan\.kind: .*"bridge".*"multicast"/);
});

test('a group that does not exist is a fault of the side that listens', t => {
	const text = '[sender]\nsocket-group = "no-such-group"';
	t.regex(faultOf(t, text), /sender\.socket-group: there is no group no-such-group/);
	t.is(load(t, text, {side: 'migrate-ctl'}).sender.socketGroup, undefined);
});
