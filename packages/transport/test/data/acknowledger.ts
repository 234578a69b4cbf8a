import test from 'ava';
import {creditStepBytes} from '../../src/data/acknowledger.ts';

for (const [windowBytes, stepBytes] of [
	[undefined, 2 * 1024 * 1024],
	[1024 ** 3, 2 * 1024 * 1024],
	[8 * 1024 * 1024, 2 * 1024 * 1024],
	[1024 * 1024, 256 * 1024],
	[300_000, 75_000],
	[1, 64 * 1024],
] as const) {
	test(`a sender with a window of ${windowBytes} gets credit every ${stepBytes} bytes`, t => {
		t.is(creditStepBytes(windowBytes), stepBytes);
	});
}
