import test from 'ava';
import {CheckpointStats, costOf, TRACKING_FAULT_MS} from '../../../src/engine/checkpoint/checkpoint-stats.ts';
import {Ring} from '../../../src/engine/checkpoint/ring.ts';

const parts = {pause: 0.5, scan: 0.5, copy: 1, overflow: 0, deviceState: 0, resume: 0.5};

test('a ring keeps the last values, and says what share of them is not above which', t => {
	const ring = new Ring(5);
	t.is(ring.quantile(0.5), undefined);
	t.is(ring.last, undefined);
	for (const value of [100, 9, 1, 5, 3, 7]) ring.push(value);
	t.is(ring.count, 5);
	t.is(ring.last, 7);
	t.is(ring.sum, 25);
	t.deepEqual(
		[0, 0.5, 0.99, 1].map(share => ring.quantile(share)),
		[1, 5, 9, 9],
	);
});

test('nothing is said of what was not measured', t => {
	const {overflowPages, lastCheckpoints, ...figures} = new CheckpointStats().summary();
	t.is(overflowPages, 0);
	t.deepEqual(lastCheckpoints, []);
	for (const [name, figure] of Object.entries(figures)) t.is(figure, undefined, name);
});

test('checkpoints are counted by the time between them, and what they cost by the pause and the faults behind it', t => {
	const stats = new CheckpointStats();
	stats.taken({
		epoch: 1,
		pages: 100_000,
		overflowPages: 90_000,
		faults: 100_000,
		standstillMs: 400,
		periodMs: undefined,
		parts: {...parts, overflow: 300},
	});
	for (let epoch = 2; epoch <= 11; epoch++) {
		stats.taken({epoch, pages: 1000, overflowPages: 10, faults: 400, standstillMs: 2.5, periodMs: 25, parts});
		stats.sent(epoch, 4_100_000, 100_000);
	}

	const {
		checkpointsPerSecond,
		pauseMedianMs,
		pagesPerCheckpoint,
		slowdownPercent,
		overflowPages,
		bytesPerSecond,
		diskBytesPerSecond,
		pauseParts,
	} = stats.summary();
	t.is(checkpointsPerSecond, 40);
	t.is(pauseMedianMs, 2.5);
	t.is(pagesPerCheckpoint, 1000);
	t.is(overflowPages, 90_100);
	t.is(bytesPerSecond, 164_000_000);
	t.is(diskBytesPerSecond, 4_000_000);
	t.deepEqual(pauseParts, parts);
	t.is(costOf({standstillMs: 2.5, faults: 1000}), 2.5 + 1000 * TRACKING_FAULT_MS);
	t.true(Math.abs((slowdownPercent ?? 0) - (2.5 + 400 * TRACKING_FAULT_MS) * 4) < 1e-9);
});

test('the last committed checkpoints are kept with their sizes, also where the link is heard after the receiver', t => {
	const stats = new CheckpointStats();
	for (let epoch = 1; epoch <= 20; epoch++) {
		stats.taken({epoch, pages: epoch, overflowPages: 0, faults: epoch, standstillMs: 1, periodMs: epoch === 1 ? undefined : 25, parts});
		if (epoch % 2 === 0) stats.sent(epoch, 1000 + epoch, 0);
		stats.committed({epoch, digest: BigInt(epoch)}, 5, 1_700_000_000_000 + epoch);
		if (epoch % 2 === 1) stats.sent(epoch, 1000 + epoch, 0);
	}

	const {lastCheckpoints, ackLagMs} = stats.summary();
	t.is(ackLagMs, 5);
	t.is(lastCheckpoints.length, 16);
	t.deepEqual(lastCheckpoints[0], {epoch: 20, pages: 20, bytes: 1020, digest: 20n, committedAtMs: 1_700_000_000_020});
	t.true(lastCheckpoints.every(({epoch, bytes}) => bytes === 1000 + epoch));
});
