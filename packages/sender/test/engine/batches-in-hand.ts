import test from 'ava';
import {batchesInHand, batchesUnderLimit, HandDepth} from '../../src/engine/batches-in-hand.ts';

test('in hand is what covers 50 ms, one batch at least and four at most', t => {
	const table: ReadonlyArray<readonly [batchMs: number, batches: number]> = [
		[0, 4],
		[3.3, 4],
		[16, 4],
		[17, 3],
		[25, 2],
		[49, 2],
		[50, 1],
		[400, 1],
		[1e6, 1],
	];
	for (const [batchMs, batches] of table) t.is(batchesInHand(batchMs), batches, `${batchMs} ms`);
});

test('under a limit every page counts as one in full, however fast those before it went', t => {
	t.is(batchesUnderLimit(undefined), 4);
	t.is(batchesUnderLimit(1), 1);
	t.is(batchesUnderLimit(10e6), 1);
	t.is(batchesUnderLimit(83e6), 1);
	t.is(batchesUnderLimit(160e6), 2);
	t.is(batchesUnderLimit(1250e6), 4);
});

test('a connection begins with one batch, gets one more with each that went out fast, and one less with each that did not', t => {
	const depth = new HandDepth();
	t.is(depth.most, 1);
	const seen: number[] = [];
	for (const [inHand, elapsedMs] of [
		[1, 2],
		[2, 4],
		[3, 6],
		[4, 8],
		// Four batches in 120 ms are one in 30 ms.
		[4, 120],
		[3, 1200],
		[2, 800],
		[1, 400],
		[1, 10],
	] as const) {
		depth.wentOut(inHand, elapsedMs);
		seen.push(depth.most);
	}

	t.deepEqual(seen, [2, 3, 4, 4, 3, 2, 1, 1, 2]);
});
