import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {jsonLines} from '../../helpers/cli.ts';
import {domain} from '../../helpers/frames.ts';
import {fault, ScriptedHost, untilGone} from '../../helpers/scripted-daemon.ts';

const MIB = 1024 * 1024;

test('domain create sends the definition of the guest that was asked for', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			domainCreate: async () => ({kind: 'domain', body: {domain: domain()}}),
		},
	});
	const options = [
		'--memory',
		'64MiB',
		'--pattern',
		'random',
		'--rate',
		'200MB/s',
		'--touched',
		'32MiB',
		'--content',
		'text',
		'--seed',
		'7',
		'--line-interval',
		'20ms',
		'--udp-port',
		'7000',
		'--paused',
	];
	const {status, stdout} = await host.ctl('domain', 'create', 'dom1', ...options);
	t.is(status, 0);
	t.regex(stdout, /^dom1 +running/m);
	const [body] = host.sender.bodies('domainCreate');
	t.true(body?.paused);
	t.deepEqual(JSON.parse(body?.definitionJson ?? ''), {
		kind: 'workload',
		name: 'dom1',
		memoryBytes: 64 * MIB,
		pfnLimit: 16_384,
		program: {seed: 7, pattern: 'random', content: 'text', lineIntervalMs: 20, rateBytesPerSecond: 200_000_000, touchedBytes: 32 * MIB},
		udpPort: 7000,
	});
});

test('domain create refuses what makes no sense before it asks anybody', async t => {
	await using host = await ScriptedHost.listen({});
	for (const [options, complaint] of [
		[['--memory', '512M'], /512MiB|MiB/],
		[['--memory', '1000'], /multiple of 4KiB/],
		[['--rate', 'fast'], /rate/],
		[['--pattern', 'zigzag'], /hot-set/],
		[['--seed', '-1'], /whole number/],
		[['--pattern', 'random', '--hot', '4MiB'], /--hot is for --pattern hot-set/],
		[['--udp-port', '0'], /port, 1 to 65535/],
		[['--udp-port', '65536'], /port, 1 to 65535/],
		[['--wings', '2'], /unknown option '--wings'/],
	] as const) {
		const {status, stdout, stderr} = await host.ctl('domain', 'create', 'dom1', ...options);
		t.is(status, 2, options.join(' '));
		t.is(stdout, '');
		t.regex(stderr, /^error ERR_USAGE: /);
		t.regex(stderr, complaint);
	}
});

test('domain create --qemu sends the definition that the file is of', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			domainCreate: async () => ({kind: 'domain', body: {domain: domain({kind: 'qemu', name: 'vm1'})}}),
		},
	});
	const file = path.join(host.runDir, 'vm1.toml');
	writeFileSync(file, 'name = "vm1"\nmemory = "64MiB"\nmachine = "microvm"\n[[network]]\nnetwork = "lab"\n');
	const {status, stdout} = await host.ctl('domain', 'create', '--qemu', file, '--paused');
	t.is(status, 0);
	t.regex(stdout, /^vm1 +running +qemu/m);
	await host.ctl('domain', 'create', 'other', '--qemu', file);
	const [first, second] = host.sender.bodies('domainCreate');
	t.true(first?.paused);
	t.like(JSON.parse(first?.definitionJson ?? ''), {
		kind: 'qemu',
		name: 'vm1',
		memoryBytes: 64 * MIB,
		machine: 'microvm',
		networks: {length: 1},
	});
	t.like(JSON.parse(second?.definitionJson ?? ''), {name: 'other'});
});

test('domain create --qemu refuses a file that is wrong, or no guest, before it asks anybody', async t => {
	await using host = await ScriptedHost.listen({});
	const file = path.join(host.runDir, 'vm1.toml');
	writeFileSync(file, 'memory = "64MiB"\n');
	for (const [options, complaint, code] of [
		[['--qemu', file], /neither the command line nor .*vm1\.toml says the name/, 'ERR_USAGE'],
		[['vm1', '--qemu', file, '--rate', '1MB/s'], /--rate is for workload guests/, 'ERR_USAGE'],
		[['vm1', '--qemu', `${file}.not`], /the file of the guest .*vm1\.toml\.not cannot be read/, 'ERR_FILE'],
		[[], /missing required argument 'name'/, 'ERR_USAGE'],
	] as const) {
		const {status, stderr} = await host.ctl('domain', 'create', ...options);
		t.not(status, 0);
		t.true(stderr.startsWith(`error ${code}: `), stderr);
		t.regex(stderr, complaint);
	}

	writeFileSync(file, 'memory = "64MiB"\nmachin = "q35"\n');
	const {status, stderr} = await host.ctl('domain', 'create', 'vm1', '--qemu', file);
	t.is(status, 2);
	t.regex(stderr, /^error ERR_USAGE: .*vm1\.toml:2: machin is not a known key: did you mean machine\?/);
});

test('domain list and show print tables and JSON', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			domainList: async () => ({
				kind: 'domainList',
				body: {host: 'host-a', domains: [domain(), domain({name: 'xen', kind: 'image', state: 'image', pid: 0})]},
			}),
			domainCommand: async () => ({kind: 'domain', body: {domain: domain()}}),
		},
	});
	t.regex((await host.ctl('domain', 'list')).stdout, /^xen +image +image +512 MiB +- /m);
	t.like(jsonLines((await host.ctl('domain', 'list', '--json')).stdout)[0], {
		host: 'host-a',
		domains: {length: 2, 1: {name: 'xen', pid: null}},
	});
	t.regex((await host.ctl('domain', 'show', 'dom1')).stdout, /^selfCheck\.badPages +0$/m);
	t.like(jsonLines((await host.ctl('domain', 'show', 'dom1', '--json')).stdout)[0], {
		domain: {name: 'dom1', detail: {steps: 120_000}},
	});
});

test('destroy, pause and resume say what was done', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			domainCommand: async ({action}) => (action === 'destroy' ? {kind: 'done', body: {}} : {kind: 'domain', body: {domain: domain()}}),
		},
	});
	t.is((await host.ctl('domain', 'pause', 'dom1')).stdout, 'dom1 is paused\n');
	t.is((await host.ctl('domain', 'resume', 'dom1')).stdout, 'dom1 runs on\n');
	t.is((await host.ctl('domain', 'destroy', 'dom1')).stdout, 'dom1 is destroyed\n');
	t.deepEqual(
		host.sender.bodies('domainCommand').map(({action}) => action),
		['pause', 'resume', 'destroy'],
	);
});

test('domain check has status 8 when a page is wrong', async t => {
	const checks = [
		{pagesChecked: 131_072, badPages: 0, firstBad: ''},
		{pagesChecked: 131_072, badPages: 2, firstBad: 'pfn 77 is of generation 3, not 4'},
	];
	await using host = await ScriptedHost.listen({
		sender: {
			async domainCommand() {
				const body = checks.shift();
				if (body === undefined) throw fault('ERR_GUEST_EXITED', 'no more checks');
				return {kind: 'checked', body};
			},
		},
	});
	const good = await host.ctl('domain', 'check', 'dom1');
	t.is(good.status, 0);
	t.is(good.stdout, 'dom1: 131,072 pages checked, all as they must be\n');
	const bad = await host.ctl('domain', 'check', 'dom1');
	t.is(bad.status, 8);
	t.is(bad.stdout, 'dom1: 2 of 131,072 pages are wrong: pfn 77 is of generation 3, not 4\n');
});

test("domain output prints the guest's bytes as they are", async t => {
	const chunk = new Uint8Array(200_000).fill(0x78);
	chunk[199_999] = 0x0a;
	await using host = await ScriptedHost.listen({
		sender: {
			async domainOutput(_body, reply) {
				for (let count = 0; count < 10; count++) await reply.send({kind: 'output', body: {data: chunk}});
				return {kind: 'done', body: {}};
			},
		},
	});
	const {status, stdout} = await host.ctl('domain', 'output', 'dom1');
	t.is(status, 0);
	t.is(stdout.length, 2_000_000);
	t.is(stdout.split('\n').length, 11);
});

test('domain output --follow goes on until Ctrl-C', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			async domainOutput(_body, reply) {
				await reply.send({kind: 'output', body: {data: new TextEncoder().encode('line 1\n')}});
				return untilGone(reply);
			},
		},
	});
	await using cli = host.spawnCtl('domain', 'output', 'dom1', '-f');
	await cli.prints('line 1');
	cli.process.kill('SIGINT');
	const {status, stdout} = await cli.finished;
	t.is(status, 130);
	t.is(stdout, 'line 1\n');
	t.deepEqual(host.sender.bodies('domainOutput'), [{name: 'dom1', follow: true}]);
});

test('an unknown domain is an error with the next command', async t => {
	await using host = await ScriptedHost.listen({
		sender: {
			async domainCommand() {
				throw fault('ERR_DOMAIN_UNKNOWN', 'there is no domain dom9 on host-a', {next: 'migrate-ctl domain list'});
			},
		},
	});
	const {status, stderr} = await host.ctl('domain', 'show', 'dom9');
	t.is(status, 4);
	t.regex(stderr, /^error ERR_DOMAIN_UNKNOWN: there is no domain dom9 on host-a\n[^]* {2}next: migrate-ctl domain list\n$/);
});
