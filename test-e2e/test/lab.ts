import test from 'ava';
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readFileSync, rmdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {Lab} from '../src/lab/lab.ts';
import {isRunning, type ProcessId, processIdOf} from '../src/lab/process-id.ts';

const LAB_CLI = path.join(import.meta.dirname, '../src/lab-cli.ts');
const OWNER = path.join(import.meta.dirname, 'helpers/lab-owner.ts');

test('a lab that is disposed of leaves no process and no directory', async t => {
	const lab = await Lab.start({hosts: ['host-a', 'host-b'], startDaemons: false});
	const stray = spawn('sleep', ['1000'], {detached: true, stdio: 'ignore', env: {...process.env, STERNA_LAB: lab.id}});
	const exited = once(stray, 'exit');
	t.true(existsSync(lab.host('host-b').directory));
	await lab[Symbol.asyncDispose]();
	t.false(existsSync(lab.directory));
	t.deepEqual(await exited, [null, 'SIGKILL']);
});

test('a lab whose owner is killed leaves no process and no directory', async t => {
	const owner = spawn(process.execPath, [OWNER], {stdio: ['ignore', 'pipe', 'inherit']});
	t.teardown(() => owner.kill('SIGKILL'));
	const [line] = (await once(owner.stdout, 'data')) as [Buffer];
	const {directory, pid} = JSON.parse(line.toString()) as {directory: string; pid: number};
	const stray: ProcessId | undefined = processIdOf(pid);
	t.true(existsSync(directory) && stray !== undefined);
	owner.kill('SIGKILL');
	while (existsSync(directory)) await sleep(10);
	t.false(stray !== undefined && isRunning(stray));
});

test('each host knows the others, at the address that the route names, and has its own settings', async t => {
	await using lab = await Lab.start({
		hosts: ['host-a', 'host-b'],
		startDaemons: false,
		settings: {'host-a': {receiver: {'memory-limit': '64MiB'}, hooks: {'before-go': ['true']}}},
		route: (from, to) => (from === 'host-a' && to === 'host-b' ? '127.0.0.9' : '127.0.0.1'),
	});
	const config = readFileSync(lab.host('host-a').files.config, 'utf8');
	t.true(config.includes('127.0.0.9') && config.includes(`control-port = ${lab.host('host-b').controlPort}`));
	t.true(config.includes('memory-limit = "64MiB"') && config.includes(`data-port = ${lab.host('host-a').dataPort}`));
	t.false(readFileSync(lab.host('host-b').files.config, 'utf8').includes('127.0.0.9'));
	t.throws(() => lab.host('host-c'), {message: /has no host-c, only host-a, host-b/});
});

test('a lab by hand: up, a command as an operator of a host, down', t => {
	const directory = mkdtempSync(path.join(tmpdir(), 'sterna-hand-'));
	rmdirSync(directory); // The name was the point.
	const lab = (...args: readonly string[]): {status: number | null; output: string} => {
		const {status, stdout, stderr} = spawnSync(process.execPath, [LAB_CLI, '--dir', directory, ...args], {
			encoding: 'utf8',
			timeout: 120_000,
		});
		return {status, output: stdout + stderr};
	};
	t.teardown(() => lab('down'));
	t.like(lab('status'), {status: 2});
	const up = lab('up', '--hosts', 'host-a,host-b,host-c');
	t.is(up.status, 0, up.output);
	const hosts = lab('ctl', 'host-c', 'hosts', '--probe', '--json');
	t.is(hosts.status, 0, hosts.output);
	t.regex(hosts.output, /host-a.*reachable|reachable.*host-a/s);
	const refused = lab('ctl', 'host-a', 'start', 'nobody', 'host-b');
	t.is(refused.status, 4, "the exit status is migrate-ctl's own");
	t.is(lab('up').status, 2);
	t.is(lab('down').status, 0);
	t.false(existsSync(directory));
});
