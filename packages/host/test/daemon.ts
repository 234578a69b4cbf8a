import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {temporaryDirectory} from './helpers/host.ts';

const DAEMON = fileURLToPath(new URL('helpers/daemon.ts', import.meta.url));

type Line = Readonly<Record<string, unknown>> & {readonly msg?: unknown};

type Run = {
	readonly child: ChildProcess;
	/** Resolves with the first log line of this message. */
	readonly line: (message: string) => Promise<Line>;
	readonly exit: Promise<{readonly code: unknown; readonly stderr: string}>;
};

function start(t: ExecutionContext, behaviour: string, root: string, flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Run {
	const dirs = ['--state-dir', path.join(root, 'state'), '--run-dir', path.join(root, 'run')];
	const child = spawn(process.execPath, [DAEMON, behaviour, ...dirs, ...flags], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {PATH: process.env['PATH'], ...env},
	});
	t.teardown(() => child.kill('SIGKILL'));
	const lines: Line[] = [];
	const waiting = new Set<() => void>();
	let stderr = '';
	const ended = once(child, 'close');
	createInterface({input: child.stderr}).on('line', text => {
		stderr += `${text}\n`;
		if (text.startsWith('{')) lines.push(JSON.parse(text) as Line);
		for (const check of waiting) check();
	});
	return {
		child,
		exit: ended.then(([code]: unknown[]) => ({code, stderr})),
		line: async message =>
			new Promise((resolve, reject) => {
				const check = (): void => {
					const found = lines.find(({msg}) => msg === message);
					if (found === undefined) return;
					waiting.delete(check);
					resolve(found);
				};
				waiting.add(check);
				ended.then(() => reject(new Error(`ended without "${message}":\n${stderr}`)), reject);
				check();
			}),
	};
}

test('a daemon starts, is told to stop, ends what it does and exits with 0', async t => {
	const root = temporaryDirectory(t);
	const daemon = start(t, 'fine', root, ['--host-name', 'host-x']);
	await daemon.line('ready');
	t.like(await daemon.line('started'), {host: 'host-x', software: 'sterna-sender 9.9.9', guests: path.join(root, 'run/guests')});
	t.true(existsSync(path.join(root, 'state/sterna-sender.lock')));
	daemon.child.kill('SIGTERM');
	const {code, stderr} = await daemon.exit;
	t.is(code, 0, stderr);
	t.regex(stderr, /everything ended/);
	t.false(existsSync(path.join(root, 'state/sterna-sender.lock')));
});

test('a second signal ends a daemon that does not stop', async t => {
	const daemon = start(t, 'never-stops', temporaryDirectory(t));
	await daemon.line('ready');
	daemon.child.kill('SIGINT');
	await daemon.line('stopping');
	daemon.child.kill('SIGINT');
	t.is((await daemon.exit).code, 1);
});

test('a second daemon on the same state directory is refused', async t => {
	const root = temporaryDirectory(t);
	const first = start(t, 'fine', root);
	await first.line('ready');
	const {code, stderr} = await start(t, 'fine', root).exit;
	t.is(code, 2);
	t.regex(stderr, new RegExp(`ERR_CONFIG: another sterna-sender \\(process ${first.child.pid}\\) uses ${root}/state already`));
});

test('a daemon that was killed leaves nothing that stops the next one', async t => {
	const root = temporaryDirectory(t);
	const first = start(t, 'fine', root);
	await first.line('ready');
	first.child.kill('SIGKILL');
	await first.exit;
	const second = start(t, 'fine', root);
	await second.line('ready');
	second.child.kill('SIGTERM');
	t.is((await second.exit).code, 0);
});

test('a daemon that cannot start says why and exits with the status of the error', async t => {
	const {code, stderr} = await start(t, 'fails', temporaryDirectory(t)).exit;
	t.is(code, 5);
	t.regex(stderr, /sterna-sender 9\.9\.9: sender: ERR_HOST_UNREACHABLE: there is no moon/);
});

test('an error that nobody caught is logged and ends the daemon with 70', async t => {
	const daemon = start(t, 'throws-later', temporaryDirectory(t));
	t.like(await daemon.line('unexpected error: the daemon ends'), {level: 'fatal', err: {message: 'a bug'}});
	t.is((await daemon.exit).code, 70);
});

test('a wrong configuration and a wrong flag are exit status 2', async t => {
	const root = temporaryDirectory(t);
	const file = path.join(root, 'sterna.toml');
	writeFileSync(file, 'nmae = "x"');
	const wrongFile = await start(t, 'fine', root, [], {STERNA_CONFIG: file}).exit;
	t.is(wrongFile.code, 2);
	t.regex(wrongFile.stderr, /sterna\.toml:1: nmae is not a known key: did you mean name\?/);
	const wrongFlag = await start(t, 'fine', root, ['--tracker', 'magic']).exit;
	t.is(wrongFlag.code, 2);
	t.regex(wrongFlag.stderr, /Allowed choices are auto, pagemap-scan, compare/);
});

test('a corrupt record of a domain is logged and does not stop the daemon', async t => {
	const root = temporaryDirectory(t);
	const {mkdirSync} = await import('node:fs');
	mkdirSync(path.join(root, 'state/domains/dom1'), {recursive: true});
	writeFileSync(path.join(root, 'state/domains/dom1/domain.json'), '{');
	const daemon = start(t, 'fine', root);
	await daemon.line('ready');
	t.like(await daemon.line('the record of a domain cannot be read: it is left as it is and the domain is not managed'), {
		level: 'error',
		domain: 'dom1',
	});
	daemon.child.kill('SIGTERM');
	t.is((await daemon.exit).code, 0);
});

test('systemd is told when it asks, and its absence does not matter', async t => {
	const root = temporaryDirectory(t);
	const daemon = start(t, 'fine', root, [], {NOTIFY_SOCKET: path.join(root, 'nobody')});
	await daemon.line('ready');
	daemon.child.kill('SIGTERM');
	t.is((await daemon.exit).code, 0);
});
