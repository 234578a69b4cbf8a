import test from 'ava';
import * as fc from 'fast-check';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {PrecopyPolicy} from '../../src/engine/policy/decision.ts';
import {PAGE_ENTRY_BYTES, simulate, type DirtyModel, type LinkModel, type Limits, type MigrationCosts} from '../../src/simulation/index.ts';

const PAGES_A_SECOND = 10_240;
const NOTHING: MigrationCosts = {
	setupMs: 0,
	openMs: 0,
	scanMs: 0,
	pauseMs: 0,
	deviceStateMs: 0,
	loadMs: 0,
	handoverMs: 0,
	resumeMs: 0,
	closeMs: 0,
};

/** 10,240 pages a second, and nothing else takes time. */
const LINK: LinkModel = {
	bytesPerSecond: PAGES_A_SECOND * (PAGE_SIZE_BYTES + PAGE_ENTRY_BYTES),
	roundTripMs: 0,
	channels: 1,
	workers: 1,
	pageCpuMs: 0,
	batchCpuMs: 0,
};
const LIMITS: Limits = {
	maxIterations: 30,
	dirtyThresholdPages: 50,
	maxDowntimeMs: undefined,
	deadlineMs: undefined,
	onDeadline: 'abort',
	onStall: 'advise',
};
const IDLE: DirtyModel = {classes: []};
const random = (pages: number, writesPerSecond: number): DirtyModel => ({classes: [{pages, writesPerSecond, pattern: 'random'}]});
const sweep = (pages: number, writesPerSecond: number): DirtyModel => ({classes: [{pages, writesPerSecond, pattern: 'sweep'}]});
const base = {memoryPages: 102_400, dirty: IDLE, link: LINK, costs: NOTHING, policy: LIMITS, seed: 1};

test('an idle guest takes as long as its pages do, and one pass', async t => {
	const result = await simulate(base);
	t.is(result.outcome, 'completed');
	t.is(result.pagesSent, 102_400);
	t.is(result.iterationCount, 1);
	t.is(result.because, '0 dirty pages, fewer than 50');
	t.true(Math.abs(result.totalMs - 10_000) < 1, String(result.totalMs));
	t.is(Math.round(result.downtimeMs ?? -1), 0);
});

test('what a guest writes evenly shrinks by the ratio of its rate to the bandwidth, pass by pass', async t => {
	// A sweep of a tenth of the bandwidth over memory that it does not come around: each pass is a tenth of the one before, but for the batch on its way at each scan.
	const ahead = 1024;
	const {iterations} = await simulate({...base, dirty: sweep(102_400, 0.01), policy: {...LIMITS, maxIterations: 4}});
	const dirty = iterations.map(({dirtyPages}) => dirtyPages);
	let expected = 102_400;
	let waiting = 0;
	for (const found of dirty.slice(1)) {
		const queuedFor = expected + waiting - Math.min(ahead, expected + waiting);
		waiting = Math.min(ahead, expected + waiting);
		expected = queuedFor / 10;
		t.true(Math.abs(found - expected) <= 110, `${found} found, ${expected} expected`);
	}

	t.true((dirty[1] ?? 0) > 9000 && (dirty[2] ?? 0) < 1100, dirty.join());
});

test('a guest that writes faster than the link never converges, and the limit of passes ends it', async t => {
	const result = await simulate({...base, dirty: random(20_480, 10), policy: {...LIMITS, maxIterations: 7}});
	t.is(result.because, '7 iterations, the limit');
	t.is(result.iterationCount, 7);
	for (const {dirtyPages} of result.iterations.slice(1)) t.true(dirtyPages > 20_000, String(dirtyPages));
	t.true((result.downtimeMs ?? 0) > 1900, String(result.downtimeMs));
});

test('a deadline aborts, or switches within a batch', async t => {
	const busy = {...base, dirty: random(20_480, 10)};
	const aborted = await simulate({...busy, policy: {...LIMITS, deadlineMs: 12_000, onDeadline: 'abort'}});
	t.is(aborted.outcome, 'aborted');
	t.is(aborted.downtimeMs, undefined);
	t.regex(aborted.because, /the deadline was 12.0 s/);
	const switched = await simulate({...busy, policy: {...LIMITS, deadlineMs: 5000, onDeadline: 'stop-and-copy'}});
	t.is(switched.outcome, 'completed');
	t.true(switched.precopyMs >= 5000 && switched.precopyMs <= 5101, String(switched.precopyMs));
	// In the middle of the full pass: what was not sent yet and what was written of the rest go in the last one, each page once.
	t.true(switched.pagesSent >= 102_400 && switched.pagesSent <= 102_400 + 20_480, String(switched.pagesSent));
});

test('between a deadline and the pause no more than a batch goes out, and what takes 50 ms, whatever the bandwidth and the pages before', async t => {
	const zeros = {first: [{untilPfn: 51_200, bytesPerPage: PAGE_ENTRY_BYTES}], againBytesPerPage: PAGE_SIZE_BYTES + PAGE_ENTRY_BYTES};
	const batchBytes = 1024 * (PAGE_SIZE_BYTES + PAGE_ENTRY_BYTES);
	for (const bytesPerSecond of [10e6, 60e6, 100e6, 1e9]) {
		for (const link of [
			{...LINK, bytesPerSecond},
			{...LINK, bytesPerSecond: 2e9, limitBytesPerSecond: bytesPerSecond},
		]) {
			const policy = {...LIMITS, maxIterations: 10_000, dirtyThresholdPages: 0, deadlineMs: 3000, onDeadline: 'stop-and-copy'} as const;
			const {because, totalMs, precopyMs, downtimeMs} = await simulate({...base, dirty: random(40_960, 20), link, content: zeros, policy});
			t.regex(because, /the deadline was 3.0 s/);
			const beforeThePauseMs = totalMs - precopyMs - (downtimeMs ?? NaN);
			const batchMs = (batchBytes * 1000) / bytesPerSecond;
			const boundMs = batchMs < 50 ? batchMs + 50 : batchMs + 1;
			t.true(beforeThePauseMs <= boundMs, `${beforeThePauseMs} ms at ${bytesPerSecond} B/s`);
		}
	}
});

test('a downtime target is met where the guest allows for it', async t => {
	const dirty: DirtyModel = {classes: [{pages: 2000, writesPerSecond: 0.2, pattern: 'random'}]};
	const result = await simulate({...base, dirty, policy: {...LIMITS, dirtyThresholdPages: 0, maxDowntimeMs: 100}});
	t.regex(result.because, /is within 100 ms/);
	t.true((result.downtimeMs ?? Infinity) < 100, String(result.downtimeMs));
});

/** Xen asks twice a pass, and this one asks more often: what it is told at the ends of passes is the same. */
test('the passes of Xen: 64, then what the scans find, and at most five', async t => {
	const small = {
		...base,
		costs: {...NOTHING, openMs: 1, scanMs: 1},
		memoryPages: 64,
		policy: {...LIMITS, maxIterations: 5, dirtyThresholdPages: 50},
	};
	const always = await simulate({...small, dirty: random(60, 1e6)});
	t.deepEqual(
		always.iterations.map(({dirtyPages}) => dirtyPages),
		[64, 60, 60, 60, 60],
	);
	t.is(always.lastPassPages, 60);
	const few = await simulate({...small, dirty: random(10, 1e6)});
	t.is(few.because, '10 dirty pages, fewer than 50');
	t.is(few.lastPassPages, 10);
	const tiny = await simulate({...small, memoryPages: 40});
	t.is(tiny.because, '40 dirty pages, fewer than 50');
	t.is(tiny.iterationCount, 0);
	t.is(tiny.lastPassPages, 40);
});

test('what bounds the link is what is the least of wire, connection, window, thread and limit', async t => {
	const took = async (link: Partial<LinkModel>): Promise<number> => (await simulate({...base, link: {...LINK, ...link}})).totalMs / 10_000;
	const near = (value: number, expected: number): void => {
		t.true(Math.abs(value / expected - 1) < 0.03, `${value} instead of ${expected}`);
	};
	near(await took({connectionBytesPerSecond: LINK.bytesPerSecond / 4}), 4);
	near(await took({connectionBytesPerSecond: LINK.bytesPerSecond / 4, channels: 2}), 2);
	near(await took({connectionBytesPerSecond: LINK.bytesPerSecond / 4, channels: 8}), 1);
	near(await took({limitBytesPerSecond: LINK.bytesPerSecond / 2, channels: 2}), 2);
	// 1 MiB a round trip of 100 ms.
	near(await took({windowBytes: 1024 * 1024, roundTripMs: 100}), LINK.bytesPerSecond / (10 * 1024 * 1024));
	near(await took({pageCpuMs: 0.2}), 0.2 * (PAGES_A_SECOND / 1000));
	near(await took({pageCpuMs: 0.2, channels: 2, workers: 2}), 0.1 * (PAGES_A_SECOND / 1000));
	near(await took({pageCpuMs: 0.2, channels: 2, workers: 1}), 0.2 * (PAGES_A_SECOND / 1000));
});

test('the last pass may ignore the limit for as long as it was given', async t => {
	const input = {
		...base,
		dirty: random(10_240, 1000),
		link: {...LINK, limitBytesPerSecond: LINK.bytesPerSecond / 10},
		policy: {...LIMITS, maxIterations: 2},
	};
	const near = (value: number | undefined, expected: number): void => {
		t.true(Math.abs((value ?? 0) / expected - 1) < 0.03, `${value} instead of ${expected}`);
	};
	near((await simulate(input)).downtimeMs, 10_000);
	near((await simulate({...input, downtimeBudgetMs: 500})).downtimeMs, 500 + 5000);
	near((await simulate({...input, downtimeBudgetMs: 2000})).downtimeMs, 1000);
});

test('pages of zeros and what is compressed take as much of the wire as they are', async t => {
	const content = {
		first: [
			{untilPfn: 51_200, bytesPerPage: (PAGE_SIZE_BYTES + PAGE_ENTRY_BYTES) / 2},
			{untilPfn: 102_400, bytesPerPage: 8},
		],
		againBytesPerPage: 2052,
	};
	const {totalMs, bytesSent} = await simulate({...base, content});
	t.true(Math.abs(totalMs - 2510) < 20, String(totalMs));
	// And the two ends of the stream.
	t.true(bytesSent >= 51_200 * (2052 + 8) && bytesSent < 51_200 * (2052 + 8) + 100, String(bytesSent));
});

test('a policy that never ends it ends at the horizon, as unfinished', async t => {
	const forever: PrecopyPolicy = () => ({action: 'continue', because: ''});
	const busy = await simulate({...base, dirty: random(1000, 10), policy: forever, horizonMs: 60_000});
	t.is(busy.outcome, 'unfinished');
	t.true(busy.precopyMs >= 60_000 && busy.precopyMs < 61_000);
	const idle = await simulate({...base, policy: forever, horizonMs: 20_000});
	t.is(idle.outcome, 'unfinished');
});

test('what is asked of a link that carries guests alone is a fault of the caller, and no wait for ever', async t => {
	await t.throwsAsync(
		simulate({
			...base,
			policy: () => {
				throw new RangeError('a policy of somebody');
			},
		}),
		{instanceOf: RangeError},
	);
});

const anyModel = fc.array(
	fc.record({
		pages: fc.integer({min: 0, max: 3000}),
		writesPerSecond: fc.double({min: 0, max: 200, noNaN: true}),
		pattern: fc.constantFrom('random' as const, 'sweep' as const),
	}),
	{maxLength: 4},
);
const anyMigration = fc.record({
	memoryPages: fc.integer({min: 1, max: 20_000}),
	classes: anyModel,
	channels: fc.integer({min: 1, max: 4}),
	roundTripMs: fc.constantFrom(0, 0.1, 5, 80),
	bytesPerSecond: fc.integer({min: 2_000_000, max: 2_000_000_000}),
	maxIterations: fc.integer({min: 1, max: 12}),
	maxDowntimeMs: fc.option(fc.integer({min: 1, max: 500}), {nil: undefined}),
	deadlineMs: fc.option(fc.integer({min: 0, max: 20_000}), {nil: undefined}),
	onDeadline: fc.constantFrom('abort' as const, 'stop-and-copy' as const),
	seed: fc.integer(),
});

test('whatever is simulated ends by its policies, has sent every page where it completed, and is the same again', async t => {
	await fc.assert(
		fc.asyncProperty(anyMigration, async ({memoryPages, classes, channels, roundTripMs, bytesPerSecond, seed, ...limits}) => {
			const link = {...LINK, bytesPerSecond, channels, roundTripMs, workers: 2, windowBytes: 16 * 1024 * 1024};
			const input = {memoryPages, dirty: {classes}, link, policy: {...LIMITS, ...limits}, seed};
			const result = await simulate(input);
			t.not(result.outcome, 'unfinished');
			t.true(result.iterationCount <= limits.maxIterations);
			t.true(result.totalMs >= 0 && result.precopyMs >= 0 && result.bytesSent >= 0);
			if (result.outcome === 'completed') {
				t.true(result.pagesSent >= memoryPages);
				for (const ms of Object.values(result.downtimeParts ?? {})) t.true(ms >= 0);
				t.true((result.downtimeMs ?? -1) <= result.totalMs);
			}

			t.deepEqual(await simulate(input), result);
		}),
		{numRuns: 60},
	);
});

test('more bandwidth is never slower: not the full pass, and not the whole with a guest that sweeps', async t => {
	await fc.assert(
		fc.asyncProperty(fc.integer({min: 1000, max: 20_000}), fc.double({min: 1.05, max: 8, noNaN: true}), async (memoryPages, more) => {
			const input = {...base, memoryPages, dirty: sweep(500, 3), policy: {...LIMITS, maxIterations: 5}};
			const slow = await simulate(input);
			const fast = await simulate({...input, link: {...LINK, bytesPerSecond: LINK.bytesPerSecond * more}});
			t.true(fast.totalMs <= slow.totalMs + 0.001, `${fast.totalMs} and ${slow.totalMs}`);
			t.true((fast.iterations[0]?.durationMs ?? 0) <= (slow.iterations[0]?.durationMs ?? 0));
		}),
		{numRuns: 40},
	);
});
