import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {isProcessAlive, isProcessStopped, killProcess, startTicksOf, waitForExit} from '../src/process-identity.ts';

test('a process is known by its pid and start time, and killed by both', async t => {
	const child = spawn('sleep', ['60']);
	t.teardown(() => child.kill('SIGKILL'));
	await once(child, 'spawn');
	const pid = child.pid ?? 0;
	const startTicks = startTicksOf(pid) ?? '';
	t.regex(startTicks, /^\d+$/);
	t.true(isProcessAlive({pid, startTicks}));
	t.false(isProcessAlive({pid, startTicks: '1'}), 'another process that had this pid');
	t.true(await killProcess({pid, startTicks: '1'}, 10), 'is gone already');
	t.true(isProcessAlive({pid, startTicks}), 'and this one is not killed for it');
	t.false(await waitForExit({pid, startTicks}, 10));
	const exited = once(child, 'exit');
	t.true(await killProcess({pid, startTicks}, 5000));
	t.false(isProcessAlive({pid, startTicks}));
	await exited;
	t.is(startTicksOf(pid), undefined);
});

test('a process stands still when each of its threads does', async t => {
	// The first thread waits, the other one never rests.
	const child = spawn(process.execPath, [
		'-e',
		"new (require('node:worker_threads').Worker)(\"process.stdout.write('up'); setImmediate(() => { for (;;); })\", {eval: true})",
	]);
	t.teardown(() => child.kill('SIGKILL'));
	await once(child.stdout, 'data');
	const identity = {pid: child.pid ?? 0, startTicks: startTicksOf(child.pid ?? 0) ?? ''};
	t.false(isProcessStopped(identity));
	child.kill('SIGSTOP');
	while (!isProcessStopped(identity)) await sleep(1);
	t.false(isProcessStopped({...identity, startTicks: '1'}));
	child.kill('SIGCONT');
	while (isProcessStopped(identity)) await sleep(1);
	child.kill('SIGKILL');
	await once(child, 'exit');
	t.false(isProcessStopped(identity), 'one that has ended');
});
