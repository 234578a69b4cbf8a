import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import ava from 'ava';
import {Errno, StoppedThread} from '../src/index.ts';
import {callOf, startBlocked} from './helpers/blocked-process.ts';
import {callAddressOf} from './helpers/call-address.ts';

// Elsewhere no calls are made in other processes.
const test = process.arch === 'x64' ? ava : ava.skip;

// Numbers of x86-64.
const SYS_CLOSE = 3;
const SYS_IOCTL = 16;
const SYS_GETPID = 39;
const SYS_GETPPID = 110;
const FIONBIO = 0x5421;

const stop = (pid: number): StoppedThread => StoppedThread.stop(pid, {callAddress: callAddressOf(pid), timeoutMs: 5000});

const stateOf = (pid: number): string => /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '';

test('calls are made in a process that is blocked, and it goes on with the call that it was blocked in', async t => {
	const {child, pid, inCall} = await startBlocked('cat', []);
	{
		using thread = stop(pid);
		t.is(thread.call(SYS_GETPID, []), pid);
		t.is(thread.call(SYS_GETPPID, []), process.pid);
		t.is(thread.call(SYS_CLOSE, [1_000_000]), -Errno.EBADF);
	}

	while (callOf(pid) === 'running') await sleep(1); // On its way back into it.
	t.is(callOf(pid), inCall, 'the same call, arguments, stack and instruction');
	child.stdin.end('heard');
	t.is(String(await once(child.stdout, 'data')), 'heard');
	t.deepEqual(await once(child, 'exit'), [0, null]);
});

test('a call that waits for a time goes on waiting', async t => {
	const child = spawn('sleep', ['0.3'], {stdio: 'ignore'});
	const pid = child.pid ?? 0;
	while (!callOf(pid).startsWith('230 ')) await sleep(1); // clock_nanosleep
	{
		using thread = stop(pid);
		t.is(thread.call(SYS_GETPID, []), pid);
	}

	t.deepEqual(await once(child, 'exit'), [0, null]);
});

test('an argument is passed in memory of the process, which gets that memory back', async t => {
	const {child, pid} = await startBlocked('cat', []);
	const flags = (): number => Number.parseInt(/^flags:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/0`, 'latin1'))?.[1] ?? '', 8);
	{
		using thread = stop(pid);
		t.is(thread.call(SYS_IOCTL, [0, FIONBIO], Int32Array.of(1)), 0);
		t.is(flags() & 0o4000, 0o4000, 'O_NONBLOCK');
		t.is(thread.call(SYS_IOCTL, [0, FIONBIO], Int32Array.of(0)), 0);
		t.is(flags() & 0o4000, 0);
		t.throws(() => thread.call(SYS_IOCTL, [0, FIONBIO], new Uint8Array(65)), {instanceOf: RangeError});
	}

	child.stdin.end();
	t.deepEqual(await once(child, 'exit'), [0, null]);
});

test('a signal that comes while calls are made is delivered when the process runs on', async t => {
	const {child, pid} = await startBlocked('sh', ['-c', 'trap "exit 7" USR1; read line; exit 1']);
	{
		using thread = stop(pid);
		process.kill(pid, 'SIGUSR1');
		t.is(thread.call(SYS_GETPID, []), pid);
		t.is(thread.call(SYS_GETPID, []), pid);
	}

	t.deepEqual(await once(child, 'exit'), [7, null]);
});

test('a process that was stopped by a signal stays stopped', async t => {
	const {child, pid} = await startBlocked('cat', []);
	process.kill(pid, 'SIGSTOP');
	while (stateOf(pid) !== 'T') await sleep(1);
	{
		using thread = stop(pid);
		t.is(thread.call(SYS_GETPID, []), pid);
	}

	while (stateOf(pid) === 't' || stateOf(pid) === 'R') await sleep(1);
	t.is(stateOf(pid), 'T');
	process.kill(pid, 'SIGCONT');
	child.stdin.end();
	t.deepEqual(await once(child, 'exit'), [0, null]);
});

test('a process that is killed while calls are made is gone', async t => {
	// A grandchild: Node itself waits for its children.
	const {child, pid: shell} = await startBlocked('sh', ['-c', 'sleep 100 & echo $!; read line']);
	const pid = Number(String(await once(child.stdout, 'data')));
	{
		using thread = stop(pid);
		process.kill(pid, 'SIGKILL');
		t.throws(() => thread.call(SYS_GETPID, []), {name: 'SystemError', code: 'ESRCH'});
	}

	t.is(stateOf(shell), 'S');
	child.stdin.end();
	await once(child, 'exit');
});

test('a thread is stopped by one at a time', async t => {
	const {child, pid} = await startBlocked('cat', []);
	{
		using thread = stop(pid);
		t.throws(() => stop(pid), {name: 'SystemError', code: 'EPERM'});
		t.is(thread.call(SYS_GETPID, []), pid);
	}

	child.stdin.end();
	t.deepEqual(await once(child, 'exit'), [0, null]);
});
