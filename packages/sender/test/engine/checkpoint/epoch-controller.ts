import test from 'ava';
import * as fc from 'fast-check';
import {EpochController} from '../../../src/engine/checkpoint/epoch-controller.ts';
import {MAX_INTERVAL_MS, MIN_INTERVAL_MS} from '../../../src/engine/checkpoint/epoch-objectives.ts';
import {type SimulatedEpoch, type SimulatedGuest, simulateEpochs, steadyState} from '../../helpers/simulated-epochs.ts';

/** 100 MB/s over 16 MiB; a pause of 1 ms and 1 µs a page; a link of 1 GB/s. */
const GUEST: SimulatedGuest = {pagesPerMs: 24.4, hotPages: 4096, fixedMs: 1, msPerPage: 0.001, linkPagesPerMs: 244, roundTripMs: 1};

/** Where the last third of a run stands: its geometric mean. */
function settledInterval(epochs: readonly SimulatedEpoch[]): number {
	const last = epochs.slice(Math.floor((epochs.length * 2) / 3));
	return Math.exp(last.reduce((sum, {intervalMs}) => sum + Math.log(intervalMs), 0) / last.length);
}

test('a fixed interval stays what it is, and is what binds', t => {
	const epochs = simulateEpochs({kind: 'fixed', intervalMs: 25}, () => GUEST, 2000);
	t.true(epochs.every(({intervalMs, alarm}) => intervalMs === 25 && alarm === undefined));
	t.is(new EpochController({kind: 'fixed', intervalMs: 25}, 0).binding, 'interval');
});

test('a fixed interval that the link does not keep up with raises an alarm within a second', t => {
	const slow = {...GUEST, pagesPerMs: 1000, linkPagesPerMs: 40};
	const epochs = simulateEpochs({kind: 'fixed', intervalMs: 25}, () => slow, 3000);
	const alarm = epochs.find(epoch => epoch.alarm !== undefined);
	t.true(alarm !== undefined && alarm.atMs <= 1000, `at ${alarm?.atMs}`);
	t.regex(alarm?.alarm ?? '', /^interval of 25 ms is not met, it is \d+ ms, with epochs of \d+ ms, pauses of [\d.]+ ms, \d+ pages/);
});

test('objectives without a limit are refused', t => {
	t.throws(() => new EpochController({kind: 'adaptive'}, 0), {instanceOf: RangeError});
	t.throws(() => new EpochController({kind: 'adaptive', maxLagMs: 0}, 0), {instanceOf: RangeError});
	t.throws(() => new EpochController({kind: 'adaptive', maxSlowdownPercent: Number.NaN}, 0), {instanceOf: RangeError});
	t.throws(() => new EpochController({kind: 'fixed', intervalMs: 0}, 0), {instanceOf: RangeError});
});

const alone = [
	{title: 'max-lag', objectives: {maxLagMs: 100}, from: 65, to: 100},
	{title: 'max-added-latency', objectives: {maxAddedLatencyMs: 40}, from: 20, to: 40},
	{title: 'max-slowdown', objectives: {maxSlowdownPercent: 10}, from: 10, to: 40},
] as const;
for (const {title, objectives, from, to} of alone) {
	test(`${title} alone is met with an epoch that is close to it`, t => {
		const epochs = simulateEpochs({kind: 'adaptive', ...objectives}, () => GUEST, 5000);
		const interval = settledInterval(epochs);
		t.true(interval >= from && interval <= to, `epochs of ${interval} ms`);
		t.true(epochs.every(({alarm}) => alarm === undefined));
	});
}

test('the objective that is nearest to its limit binds', t => {
	const told = {nowMs: 0, periodMs: 25, standstillMs: 1, pages: 100, faults: 100};
	const controller = new EpochController({kind: 'adaptive', maxLagMs: 100, maxAddedLatencyMs: 60, maxSlowdownPercent: 15}, 0);
	controller.taken(told);
	controller.acknowledged(10, 8);
	controller.released(10, 9);
	t.is(controller.binding, 'max-added-latency');
	for (let epoch = 1; epoch <= 20; epoch++) controller.taken({...told, nowMs: epoch * 25, standstillMs: 3});
	t.is(controller.binding, 'max-slowdown');
	for (let epoch = 1; epoch <= 20; epoch++) controller.acknowledged(600 + epoch * 25, 80);
	t.is(controller.binding, 'max-added-latency');
	const lagging = new EpochController({kind: 'adaptive', maxLagMs: 50, maxAddedLatencyMs: 60}, 0);
	lagging.taken(told);
	lagging.acknowledged(10, 8);
	t.is(lagging.binding, 'max-lag');
});

test('objectives that cross raise an alarm with their numbers within a second, and it ends when they do not any more', t => {
	const heavy = {...GUEST, msPerPage: 0.01, hotPages: 20_000};
	const objectives = {kind: 'adaptive', maxLagMs: 60, maxSlowdownPercent: 5} as const;
	const epochs = simulateEpochs(objectives, nowMs => (nowMs < 5000 || nowMs > 10_000 ? {...GUEST, pagesPerMs: 2} : heavy), 20_000);
	t.true(epochs.filter(({atMs}) => atMs < 5000).every(({alarm}) => alarm === undefined));
	const raised = epochs.find(({alarm}) => alarm !== undefined);
	t.true(raised !== undefined && raised.atMs <= 6000, `raised at ${raised?.atMs}`);
	t.regex(
		raised?.alarm ?? '',
		/^max-slowdown of 5\.0 % is not met, it is \d+(\.\d)? %, with .*; other epochs would break max-lag of 60 ms$/,
	);
	const stillRaised = epochs.findLast(({alarm}) => alarm !== undefined);
	t.true(stillRaised !== undefined && stillRaised.atMs > 9900 && stillRaised.atMs < 14_000, `until ${stillRaised?.atMs}`);
});

test('a receiver that does not acknowledge any more raises an alarm within a second of the limit', t => {
	const controller = new EpochController({kind: 'adaptive', maxLagMs: 100}, 0);
	for (let nowMs = 25; nowMs <= 1000; nowMs += 25) {
		controller.taken({nowMs, periodMs: 25, standstillMs: 1, pages: 100, faults: 100});
		controller.acknowledged(nowMs + 3, 3);
	}

	let raisedMs: number | undefined;
	for (let nowMs = 1000; nowMs < 3000; nowMs += 100) {
		controller.look(nowMs, nowMs - 1000);
		if (controller.alarm !== undefined) raisedMs ??= nowMs;
	}

	t.true(raisedMs !== undefined && raisedMs <= 2100, `at ${raisedMs}`);
	t.regex(controller.alarm ?? '', /^max-lag of 100 ms is not met, it is \d+ ms/);
});

/** With links that are faster than the guest writes: what queues without end meets nothing. */
const guests = fc
	.record({
		pagesPerMs: fc.double({min: 0.1, max: 400, noNaN: true}),
		hotPages: fc.integer({min: 10, max: 60_000}),
		fixedMs: fc.double({min: 0.3, max: 6, noNaN: true}),
		msPerPage: fc.double({min: 0.0003, max: 0.003, noNaN: true}),
		linkRatio: fc.double({min: 1.5, max: 20, noNaN: true}),
		roundTripMs: fc.double({min: 0.2, max: 20, noNaN: true}),
	})
	.map(({linkRatio, ...guest}): SimulatedGuest => Object.assign(guest, {linkPagesPerMs: Math.max(20, guest.pagesPerMs * linkRatio)}));

const limits = fc.record({
	maxLagMs: fc.option(fc.double({min: 20, max: 300, noNaN: true}), {nil: undefined}),
	maxAddedLatencyMs: fc.option(fc.double({min: 20, max: 300, noNaN: true}), {nil: undefined}),
	maxSlowdownPercent: fc.option(fc.double({min: 2, max: 40, noNaN: true}), {nil: undefined}),
});

/** Whether epochs of this length meet all limits, these being so much wider. */
function meets(
	guest: SimulatedGuest,
	{maxLagMs, maxAddedLatencyMs, maxSlowdownPercent}: Limits,
	intervalMs: number,
	factor: number,
): boolean {
	const {lagMs, slowdownPercent} = steadyState(guest, intervalMs);
	const upper = Math.min(maxLagMs ?? Infinity, maxAddedLatencyMs ?? Infinity);
	return lagMs <= upper * factor && slowdownPercent <= (maxSlowdownPercent ?? Infinity) * factor;
}

type Limits = {
	readonly maxLagMs: number | undefined;
	readonly maxAddedLatencyMs: number | undefined;
	readonly maxSlowdownPercent: number | undefined;
};

/** Lengths of epochs all over the range. */
const INTERVALS = Array.from({length: 60}, (_, index) => MIN_INTERVAL_MS * (MAX_INTERVAL_MS / MIN_INTERVAL_MS) ** (index / 59));

test('objectives that can be met with some margin are met, and no alarm remains', t => {
	fc.assert(
		fc.property(guests, limits, (guest, limit) => {
			const given = Object.values(limit).some(value => value !== undefined);
			fc.pre(given && INTERVALS.some(intervalMs => meets(guest, limit, intervalMs, 0.7)));
			const epochs = simulateEpochs({kind: 'adaptive', ...limit}, () => guest, 40_000);
			t.true(epochs.every(({intervalMs}) => intervalMs >= MIN_INTERVAL_MS && intervalMs <= MAX_INTERVAL_MS));
			t.is(epochs.at(-1)?.alarm, undefined);
			const interval = settledInterval(epochs);
			t.true(meets(guest, limit, interval, 1.02), `epochs of ${interval} ms: ${JSON.stringify(steadyState(guest, interval))}`);
			// It does not swing.
			const last = epochs.slice(-10).map(({intervalMs}) => intervalMs);
			t.true(Math.max(...last) / Math.min(...last) < 1.5, `epochs of ${last.join(', ')} ms`);
		}),
		{numRuns: 200, endOnFailure: true},
	);
});

test('objectives that cannot all be met by far raise an alarm within a second', t => {
	fc.assert(
		fc.property(guests, limits, (guest, limit) => {
			fc.pre(INTERVALS.every(intervalMs => !meets(guest, limit, intervalMs, 1.4)));
			const epochs = simulateEpochs({kind: 'adaptive', ...limit}, () => guest, 3000);
			const raised = epochs.find(({alarm}) => alarm !== undefined);
			t.true(raised !== undefined && raised.atMs <= 1000, `raised at ${raised?.atMs}`);
			t.not(epochs.at(-1)?.alarm, undefined);
		}),
		{numRuns: 200, endOnFailure: true},
	);
});
