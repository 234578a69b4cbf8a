import test from 'ava';
import type {MigrationStatus, ProtectionStatus} from '@sterna/protocol/control';
import {createLogger} from '../src/log.ts';
import {serveMetrics} from '../src/metrics/metrics-server.ts';

const log = await createLogger({name: 'test', host: 'host-a', level: 'error'});
const address = {host: '127.0.0.1', port: 0};

const PROTECTION: ProtectionStatus = {
	id: 'p-1',
	domain: 'dom1',
	role: 'source',
	peer: 'host-b',
	phase: 'protected',
	reason: '',
	sinceMs: 0,
	startedAtMs: 0,
	incarnation: 2,
	epoch: 11,
	committedEpoch: 10,
	ackLagMs: 12.5,
	slowdownPercent: 8,
	bindingObjective: 'interval',
	alarm: '',
	leaseStore: 'manual',
	lastCheckpoints: [],
};

const MIGRATION: MigrationStatus = {
	id: 'm-1',
	domain: 'dom2',
	direction: 'outgoing',
	peer: 'host-b',
	phase: 'precopy',
	iteration: 1,
	totalPages: 100,
	pagesSent: 50,
	bytesSent: 204_800,
	remainingPages: 50,
	elapsedMs: 10,
	bandwidthBytesPerSecond: 1e9,
	dirtyBytesPerSecond: 1e6,
	tracker: 'pagemap-scan',
	reason: '',
	startedAtMs: 0,
	iterations: [],
	waitsFor: 'needs ≤ 1 MiB dirty, now 4 MiB',
	neededPages: 256,
	progress: 0.25,
	etaLowMs: 1500,
	etaHighMs: 2500,
	convergence: 'will-not-converge',
};

test('what status shows is served in base units, and what is not known is left out', async t => {
	const protections = [PROTECTION];
	await using server = await serveMetrics({side: 'sender', address, migrations: () => [MIGRATION], protections: () => protections, log});
	const response = await fetch(`http://127.0.0.1:${server.port}/metrics`);
	t.is(response.status, 200);
	t.regex(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
	const text = await response.text();
	const labels = 'domain="dom1",role="source",peer="host-b"';
	t.true(text.includes(`sterna_protection_ack_lag_seconds{${labels},daemon="sender"} 0.0125\n`), text);
	t.true(text.includes(`sterna_protection_slowdown_ratio{${labels},daemon="sender"} 0.08\n`));
	t.true(text.includes(`sterna_protection_phase{${labels},phase="protected",daemon="sender"} 1\n`));
	t.false(text.includes('sterna_protection_pause_median_seconds{'));
	t.true(text.includes('sterna_migration_sent_bytes{id="m-1",domain="dom2",direction="outgoing",peer="host-b",daemon="sender"} 204800\n'));
	const migration = 'id="m-1",domain="dom2",direction="outgoing",peer="host-b",daemon="sender"';
	for (const figure of ['needed_pages 256', 'progress_ratio 0.25', 'eta_low_seconds 1.5', 'eta_high_seconds 2.5', 'converges 0'])
		t.true(text.includes(`sterna_migration_${figure.replace(' ', `{${migration}} `)}\n`), figure);
	t.false(text.includes('sterna_migration_transfer_paused{'));
	t.true(text.includes('sterna_migrations{direction="outgoing",phase="precopy",daemon="sender"} 1\n'));
	t.regex(text, /^process_resident_memory_bytes/m);

	protections.length = 0;
	const later = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
	t.false(later.includes('domain="dom1"'), 'a protection that is over is told of no more');
});

test('of a domain that was protected again the newest protection alone is told of, in whatever order they are', async t => {
	const over = {...PROTECTION, id: 'p-0', phase: 'ended', committedEpoch: 99} as const;
	const protections = [{...PROTECTION, startedAtMs: 1}, over];
	await using server = await serveMetrics({side: 'receiver', address, migrations: () => [], protections: () => protections, log});
	const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
	t.regex(text, /^sterna_protection_committed_epoch\{.*\} 10$/m);
	t.false(text.includes('phase="ended"'));
});

test('other paths and methods are not found, and an address in use is an error of the configuration', async t => {
	await using server = await serveMetrics({side: 'receiver', address, migrations: () => [], protections: () => [], log});
	t.is((await fetch(`http://127.0.0.1:${server.port}/`)).status, 404);
	t.is((await fetch(`http://127.0.0.1:${server.port}/metrics`, {method: 'POST'})).status, 404);
	const taken = {side: 'receiver', address: {...address, port: server.port}, migrations: () => [], protections: () => [], log} as const;
	await t.throwsAsync(serveMetrics(taken), {code: 'ERR_CONFIG', message: /^metrics cannot be served at 127\.0\.0\.1:\d+: /});
});
