import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type Config, loadConfig} from '../../src/config/load-config.ts';
import {temporaryDirectory} from '../helpers/host.ts';

function load(t: ExecutionContext, text: string): Config {
	const file = path.join(temporaryDirectory(t), 'sterna.toml');
	writeFileSync(file, text);
	return loadConfig({side: 'sender', file, env: {}});
}

/** The fault of a configuration, without the name of its file. */
function faultOf(t: ExecutionContext, text: string): string {
	const error = t.throws(() => load(t, text), {code: 'ERR_CONFIG'}, text);
	return error?.message.replace(/^.*sterna\.toml/, '') ?? '';
}

const etcd = (text: string): string => `[lease]\nstore = "etcd"\n${text}`;
const ENDPOINT = 'endpoints = ["http://127.0.0.1:2379"]';

test('without a word a person decides, and standbys get a fixed epoch of 25 ms', t => {
	const {lease, standby} = load(t, '');
	t.deepEqual(lease, {store: 'manual'});
	t.like(standby, {
		intervalMs: 25,
		maxLagMs: undefined,
		inFlight: 2,
		stagingBytes: 64 * 1024 ** 2,
		onStandbyLoss: 'continue',
		fence: undefined,
	});
});

test('with an objective the epoch is adapted, and a fixed one contradicts it', t => {
	t.is(load(t, '[standby]\nmax-lag = "50ms"').standby.intervalMs, undefined);
	t.is(load(t, '[standby]\ninterval = "50ms"').standby.intervalMs, 50);
	t.is(
		faultOf(t, '[standby]\nmax-lag = "50ms"\ninterval = "50ms"'),
		':3: standby.interval: is a fixed epoch, and max-lag, max-added-latency and max-slowdown adapt it: write one or the other',
	);
});

test('a wrong value of [standby] is named with what it must be', t => {
	const fault = (text: string): string => faultOf(t, `[standby]\n${text}`);
	t.is(fault('interval = "1ms"'), ':2: standby.interval: must be 5ms or more');
	t.is(fault('max-slowdown = "150%"'), ':2: standby.max-slowdown: "150%" is not a percentage above 0% and below 100%, such as 15%');
	t.is(fault('in-flight = 0'), ':2: standby.in-flight: must be 1 or more');
	t.is(fault('staging = "4KiB"'), ':2: standby.staging: must be 1MiB or more');
	t.is(fault('staging = "1GiB"'), ':1: standby.staging-limit: must have room for one guest: standby.in-flight times standby.staging');
	t.is(fault('fence = []'), ':2: standby.fence: must name a program');
	t.regex(fault('on-standby-loss = "panic"'), /^:2: standby\.on-standby-loss: .*"continue".*"pause"/);
});

test('etcd needs an endpoint, and beyond loopback one with TLS', t => {
	t.is(faultOf(t, etcd('')), ':1: lease.endpoints is missing');
	t.is(faultOf(t, etcd('endpoints = []')), ':3: lease.endpoints: must name an endpoint');
	for (const url of ['etcd-1:2379', 'http://127.0.0.1:2379/v3', 'ftp://127.0.0.1', 'http://user:secret@127.0.0.1:2379'])
		t.is(
			faultOf(t, etcd(`endpoints = ["${url}"]`)),
			':3: lease.endpoints.0: must be an address such as "https://etcd-1.example:2379"',
			url,
		);
	for (const url of ['http://etcd-1.example:2379', 'http://192.0.2.8:2379', 'http://127.0.0.1.example:2379'])
		t.is(
			faultOf(t, etcd(`endpoints = ["http://127.0.0.1:2379", "${url}"]`)),
			':3: lease.endpoints.1: must begin with https: beyond loopback nothing is said without TLS',
			url,
		);
	for (const url of ['http://127.0.0.9:2379', 'http://[::1]:2379', 'http://localhost:2379', 'https://192.0.2.8:2379'])
		t.like(load(t, etcd(`endpoints = ["${url}"]`)).lease, {store: 'etcd', endpoints: [url], ttlMs: 5000, prefix: 'sterna/'});
});

test('a wrong value of [lease] is named with what it must be, and files that go together come together', t => {
	const fault = (text: string): string => faultOf(t, etcd(`${ENDPOINT}\n${text}`));
	t.is(fault('ttl = "1s"'), ':4: lease.ttl: must be 2s or more');
	t.is(fault('ttl = "2m"'), ':4: lease.ttl: must be 1m or less');
	t.is(fault('certificate = "/a.pem"'), ':4: lease.certificate: goes with lease.key');
	t.is(fault('key = "/a.key"'), ':4: lease.key: goes with lease.certificate');
	t.is(fault('user = "sterna"'), ':4: lease.user: goes with lease.password-file');
	t.is(fault('password-file = "/a"'), ':4: lease.password-file: goes with lease.user');
	t.is(fault('endpoint = ""'), ':4: lease.endpoint is not a known key: did you mean endpoints?');
	t.is(faultOf(t, `[lease]\nstore = "manual"\n${ENDPOINT}`), ':3: lease.endpoints: is for store = "etcd" alone');
	t.regex(faultOf(t, `[lease]\n${ENDPOINT}`), /^:1: lease\.store: .*"manual".*"etcd"/);
});
