import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import test from 'ava';
import {requestTimeSlice, SHORTEST_TIME_SLICE_NS, timeSliceOf} from '../src/index.ts';
import {startBlocked} from './helpers/blocked-process.ts';

/** Linux 6.12 and later have slices of their own for each thread. */
const [major = 0, minor = 0] = readFileSync('/proc/sys/kernel/osrelease', 'latin1').split('.').map(Number);
const hasSlices = major > 6 || (major === 6 && minor >= 12);

test('a thread gets the time slice that is asked for, and the usual one again', async t => {
	const {child, pid} = await startBlocked('cat', []);
	t.true(requestTimeSlice(pid, 0));
	const usual = timeSliceOf(pid);
	t.true(requestTimeSlice(pid, SHORTEST_TIME_SLICE_NS));
	t.is(timeSliceOf(pid), hasSlices ? SHORTEST_TIME_SLICE_NS : 0);
	t.true(requestTimeSlice(pid, 0));
	t.is(timeSliceOf(pid), usual);
	child.stdin.end();
	await once(child, 'exit');
	t.throws(() => requestTimeSlice(pid, SHORTEST_TIME_SLICE_NS), {name: 'SystemError', code: 'ESRCH'});
	t.throws(() => timeSliceOf(pid), {name: 'SystemError', code: 'ESRCH'});
});

test('what a thread makes has its time slice, or not, as is asked', async t => {
	t.true(requestTimeSlice(0, 0));
	const usual = timeSliceOf(0);
	t.teardown(() => requestTimeSlice(0, 0));
	for (const isInherited of [true, false]) {
		t.true(requestTimeSlice(0, SHORTEST_TIME_SLICE_NS, {isInherited}));
		const {child, pid} = await startBlocked('cat', []);
		t.is(timeSliceOf(pid), isInherited ? timeSliceOf(0) : usual);
		child.stdin.end();
		await once(child, 'exit');
	}
});
