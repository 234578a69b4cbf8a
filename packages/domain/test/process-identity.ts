import {spawn} from 'node:child_process';
import {once} from 'node:events';
import test from 'ava';
import {isProcessAlive, killProcess, startTicksOf, waitForExit} from '../src/process-identity.ts';

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
