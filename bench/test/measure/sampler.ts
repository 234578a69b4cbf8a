import test from 'ava';
import {anonymousBytesOf, availableBytes} from '../../src/measure/anonymous-memory.ts';
import {cpuSecondsOf} from '../../src/measure/cpu-time.ts';
import {growthBetween, Sampler, valueAt} from '../../src/measure/sampler.ts';
import {threadTimesOf} from '../../src/measure/thread-times.ts';

const SAMPLES = [
	{atMs: 100, value: 1},
	{atMs: 110, value: 2},
	{atMs: 120, value: 6},
];

test('a value between two samples lies on the line between them', t => {
	t.is(valueAt(SAMPLES, 105), 1.5);
	t.is(valueAt(SAMPLES, 110), 2);
	t.is(valueAt(SAMPLES, 115), 4);
	t.is(growthBetween(SAMPLES, 105, 115), 2.5);
});

test('a value outside of all samples is the nearest one, and none at all is a fault', t => {
	t.is(valueAt(SAMPLES, -Infinity), 1);
	t.is(valueAt(SAMPLES, Infinity), 6);
	t.throws(() => valueAt([], 1), {instanceOf: TypeError});
});

test('a sampler looks at the beginning and at the end, whatever lies between', t => {
	let value = 7;
	const sampler = new Sampler(() => value, {intervalMs: 60_000});
	value = 9;
	sampler[Symbol.dispose]();
	t.deepEqual(
		sampler.samples.map(sample => sample.value),
		[7, 9],
	);
});

test('the kernel tells the CPU time, the threads and the memory of this process', t => {
	const {user, system} = process.cpuUsage();
	const seconds = cpuSecondsOf(process.pid);
	t.true(Math.abs(seconds - (user + system) / 1e6) < 0.5);
	const threads = [...threadTimesOf(process.pid).values()];
	t.true(threads.length > 1);
	t.true(threads.reduce((sum, thread) => sum + thread.user + thread.system, 0) <= seconds + 0.5);
	const before = anonymousBytesOf(process.pid);
	const ballast = Buffer.alloc(64 * 1024 * 1024, 1);
	t.true(anonymousBytesOf(process.pid) - before > ballast.length / 2);
	t.true(availableBytes() > ballast.length);
});
