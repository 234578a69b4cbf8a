import test from 'ava';
import {bootTimeNs, BootTimer, PollEvent, PollSet} from '../src/index.ts';

const MS = 1_000_000n;

function isDue(timer: BootTimer, timeoutMs: number): boolean {
	const polled = new PollSet(1);
	polled.set(0, timer.fd, PollEvent.readable);
	return polled.wait(1, timeoutMs) === 1;
}

test('a timer is due at its time and not before', t => {
	using timer = new BootTimer();
	t.false(isDue(timer, 0), 'it is never due before it is set');
	const dueNs = bootTimeNs() + 20n * MS;
	timer.set(dueNs);
	t.true(isDue(timer, 60_000));
	t.true(bootTimeNs() >= dueNs);
	t.true(isDue(timer, 0), 'it stays due');
});

test('a time in the past is due at once, and what was set before counts no more', t => {
	using timer = new BootTimer();
	for (const past of [0n, -5n, 1n, bootTimeNs() - MS]) {
		timer.set(past);
		t.true(isDue(timer, 60_000));
	}

	timer.set(bootTimeNs() + 3_600_000n * MS);
	t.false(isDue(timer, 0));
	timer.set(0n);
	timer.set(undefined);
	t.false(isDue(timer, 10));
});
