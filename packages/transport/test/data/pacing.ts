import test from 'ava';
import {bytesToTake, MAX_LATENESS_NS, nextSlot, slotBytes} from '../../src/data/pacing.ts';

const MS = 1_000_000n;

for (const [bytesPerSecond, bytes] of [
	[1, 16_384],
	[1e6, 16_384],
	[3_276_800, 16_384],
	[1e7, 50_000],
	[1e9, 5_000_000],
	[12_345_678_901, 61_728_395],
] as const) {
	test(`a slot at ${bytesPerSecond} B/s is for ${bytes} bytes`, t => {
		t.is(slotBytes(bytesPerSecond), bytes);
	});
}

for (const [title, freeNs, nowNs, expected] of [
	['the next slot begins where the last one ends', 100n * MS, 98n * MS, {startNs: 100n * MS, endNs: 110n * MS}],
	['a slot that is far in the future stays there', 900n * MS, 98n * MS, {startNs: 900n * MS, endNs: 910n * MS}],
	['a writer that is a little late loses nothing', 95n * MS, 98n * MS, {startNs: 95n * MS, endNs: 105n * MS}],
	['a writer that was away catches up by so much and no more', 0n, 98n * MS, {startNs: 98n * MS - MAX_LATENESS_NS, endNs: 98n * MS}],
] as const) {
	test(title, t => {
		t.deepEqual(nextSlot({freeNs, bytesPerSecond: 1e7}, 100_000, nowNs), expected);
	});
}

test('slots end to end are the rate, to a nanosecond each', t => {
	const bytes = slotBytes(7e6);
	let freeNs = 5n * MS;
	for (let count = 0; count < 200; count++) freeNs = nextSlot({freeNs, bytesPerSecond: 7e6}, bytes, freeNs).endNs;
	const seconds = Number(freeNs - 5n * MS) / 1e9;
	t.true(Math.abs((200 * bytes) / seconds / 7e6 - 1) < 1e-6);
});

for (const [title, limits, expected] of [
	['without a limit everything is taken', [], Infinity],
	['of one limit a slot is taken', [{freeNs: 105n * MS, bytesPerSecond: 1e7}], 50_000],
	['a late writer takes what it missed as well', [{freeNs: 98n * MS, bytesPerSecond: 1e7}], 50_000 + 20_000],
	[
		'of two limits that are free the smaller slot is taken',
		[
			{freeNs: 100n * MS, bytesPerSecond: 1e7},
			{freeNs: 100n * MS, bytesPerSecond: 1e9},
		],
		50_000,
	],
	[
		'a limit that waits 30 ms for another one gives what it has come to by then',
		[
			{freeNs: 100n * MS, bytesPerSecond: 1e7},
			{freeNs: 130n * MS, bytesPerSecond: 1e9},
		],
		50_000 + 300_000,
	],
	[
		'but no more than a slot of the one that it waits for',
		[
			{freeNs: 100n * MS, bytesPerSecond: 1e9},
			{freeNs: 130n * MS, bytesPerSecond: 1e7},
		],
		50_000,
	],
] as const) {
	test(title, t => {
		t.is(bytesToTake(limits, 100n * MS), expected);
	});
}
