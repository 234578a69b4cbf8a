import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type HookOptions, runHook} from '../src/hooks.ts';
import {createLogger} from '../src/log.ts';
import {temporaryDirectory} from './helpers/host.ts';

async function hook(
	t: ExecutionContext,
	script: string,
	overrides: Partial<HookOptions> = {},
): Promise<{readonly run: Promise<void>; readonly logged: () => string}> {
	const file = path.join(temporaryDirectory(t), 'log');
	const log = await createLogger({name: 'test', host: 'host-a', level: 'info', file});
	const options: HookOptions = {
		name: 'before-go',
		argv: ['/bin/sh', '-c', script, 'hook'],
		timeoutMs: 20_000,
		input: {domain: 'dom1', pages: 3},
		side: 'sender',
		phase: 'stop-and-copy',
		log,
		...overrides,
	};
	return {run: runHook(options), logged: () => readFileSync(file, 'utf8')};
}

test('a hook gets its input as one line of JSON, and its output is logged', async t => {
	const {run, logged} = await hook(t, 'cat; echo to the log >&2');
	await run;
	t.like(JSON.parse(logged()), {hook: 'before-go', exitCode: 0, stdout: '{"domain":"dom1","pages":3}\n', stderr: 'to the log\n'});
});

test('a hook may ignore its input', async t => {
	const {run} = await hook(t, 'exec <&-; exit 0', {input: {text: 'x'.repeat(1024 * 1024)}});
	await t.notThrowsAsync(run);
});

test('a hook that fails is ERR_HOOK with its exit status and last words', async t => {
	const {run} = await hook(t, 'echo first >&2; echo the disk is not mirrored >&2; exit 3');
	const error = await t.throwsAsync(run, {
		code: 'ERR_HOOK',
		message: 'the hook before-go (/bin/sh) exited with 3: the disk is not mirrored',
	});
	t.like(error, {fault: {side: 'sender', phase: 'stop-and-copy'}});
});

test('a hook that is killed, or cannot be started, is ERR_HOOK', async t => {
	await t.throwsAsync((await hook(t, 'kill -TERM $$')).run, {code: 'ERR_HOOK', message: /was killed by SIGTERM/});
	await t.throwsAsync((await hook(t, '', {argv: ['/no/such/program']})).run, {code: 'ERR_HOOK', message: /cannot be started/});
});

test('a hook that takes too long is killed with everything it started', async t => {
	const directory = temporaryDirectory(t);
	const pidFile = path.join(directory, 'pid');
	const {run} = await hook(t, `sleep 300 & echo $! > ${pidFile}; wait`, {timeoutMs: 500});
	await t.throwsAsync(run, {code: 'ERR_HOOK', message: /took more than 500 ms/});
	t.true(existsSync(pidFile));
	const pid = Number(readFileSync(pidFile, 'utf8'));
	// Killed, and gone or about to be reaped by init.
	while (isRunning(pid)) await new Promise(resolve => setTimeout(resolve, 5));
	t.pass();
});

test('a hook is killed when its operation is aborted', async t => {
	const controller = new AbortController();
	const {run} = await hook(t, 'sleep 300', {signal: controller.signal});
	controller.abort(new Error('aborted by the operator'));
	await t.throwsAsync(run, {message: 'aborted by the operator'});
});

test('output is bounded, and a hook that writes much does not block', async t => {
	const {run, logged} = await hook(t, 'head -c 3000000 /dev/zero | tr "\\0" x');
	await run;
	const {stdout} = JSON.parse(logged()) as {readonly stdout: string};
	t.is(stdout, 'x'.repeat(16 * 1024));
});

test('what a hook leaves running does not hold it up', async t => {
	const pidFile = path.join(temporaryDirectory(t), 'pid');
	const {run} = await hook(t, `sleep 300 & echo $! > ${pidFile}`);
	await run;
	const pid = Number(readFileSync(pidFile, 'utf8'));
	t.true(isRunning(pid));
	process.kill(pid, 'SIGKILL');
});

function isRunning(pid: number): boolean {
	try {
		// Field 3 of stat: Z is a zombie, which nobody has reaped yet.
		return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return false;
	}
}
