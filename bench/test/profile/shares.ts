import test from 'ava';
import {parseCalls, renderCalls} from '../../src/profile/system-calls.ts';
import {addUse, renderUse, type ThreadUse, threadUse} from '../../src/profile/thread-share.ts';

const at = (atMs: number, user: number, system: number): Parameters<typeof threadUse>[0][number] => ({
	atMs,
	value: new Map([
		[1, {name: 'main', user: 0, system: 0, queued: 0}],
		[2, {name: 'data', user, system, queued: 0}],
	]),
});

test('what a thread used is the difference of the samples around the time; idle ones are left out', t => {
	const samples = [at(0, 1, 1), at(10, 1, 2), at(20, 2, 4), at(30, 3, 9)];
	t.deepEqual(threadUse(samples, 12, 19), [{tid: 2, name: 'data', user: 1, system: 2, queued: 0}]);
	t.deepEqual(threadUse([], 12, 19), []);
});

test('shares of several migrations are summed up, and what is left is being blocked', t => {
	const sum = new Map<number, ThreadUse>();
	const use = {tid: 2, name: 'data', user: 0.1, system: 0.3, queued: 0.1};
	addUse(sum, [use]);
	addUse(sum, [use]);
	t.regex(renderUse('sterna-sender', sum.values(), 2), /data \(2\) +10\.0 % +30\.0 % +10\.0 % +50\.0 %/);
});

test('the time in system calls is counted by thread, within the time that is asked for, interrupted calls included', t => {
	const text = [
		'7 10.000000 writev(12, ..., 3) = 1048576 <0.400000>',
		'7 10.500000 poll([...], 2, -1 <unfinished ...>',
		'8 10.600000 futex(0x1, FUTEX_WAIT, 0, NULL) = 0 <0.100000>',
		'7 11.000000 <... poll resumed>) = 1 <0.500000>',
		'7 99.000000 writev(12, ..., 3) = 1048576 <0.400000>',
		'strace: Process 7 detached',
	].join('\n');
	const times = parseCalls(text, 10_200, 12_000);
	t.deepEqual([...times.keys()], [7, 8]);
	const rounded = [...(times.get(7) ?? [])].map(([call, seconds]) => [call, Math.round(seconds * 1000)]);
	t.deepEqual(rounded, [
		['writev', 200],
		['poll', 500],
	]);
	t.is(renderCalls(times.get(7) ?? new Map(), 1), 'poll 50.0 %, writev 20.0 %, between calls 30.0 %');
});
