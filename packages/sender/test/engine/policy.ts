import test from 'ava';
import {deadline} from '../../src/engine/policy/deadline.ts';
import type {PolicyDecision} from '../../src/engine/policy/decision.ts';
import {downtimeTarget} from '../../src/engine/policy/downtime-target.ts';
import {firstOf} from '../../src/engine/policy/first-of.ts';
import {LimitsPolicy} from '../../src/engine/policy/limits-policy.ts';
import {OperatorPolicy} from '../../src/engine/policy/operator-policy.ts';
import {stall} from '../../src/engine/policy/stall.ts';
import {xenLimits} from '../../src/engine/policy/xen-limits.ts';
import type {PrecopyStats} from '../../src/engine/stats.ts';

const stats = (facts: Partial<PrecopyStats>): PrecopyStats => ({
	iteration: 0,
	totalWritten: 0,
	dirtyCount: undefined,
	remainingPages: 0,
	elapsedMs: 0,
	bandwidthBytesPerSecond: undefined,
	dirtyBytesPerSecond: undefined,
	expectedDowntimeMs: undefined,
	iterations: [],
	...facts,
});

/** Live passes and their sizes until the switch, for a guest that has the given dirty counts: Xen's executed traces, spec section 5.2. */
function livePasses(allPages: number, dirtyCounts: readonly number[]): number[] {
	const policy = xenLimits({maxIterations: 5, dirtyThresholdPages: 50});
	const passes: number[] = [];
	let dirtyCount = allPages;
	for (let iteration = 0; ; iteration++) {
		if (policy(stats({iteration, dirtyCount})).action !== 'continue') return passes;
		passes.push(dirtyCount);
		if (policy(stats({iteration: iteration + 1})).action !== 'continue') return passes;
		dirtyCount = dirtyCounts[iteration] ?? dirtyCounts.at(-1) ?? 0;
	}
}

/** Live passes of Xen's own loop, which asks twice a pass, and sends what a scan found once more also where the answer to it is the switch. Spec section 5.2. */
function xensPasses(allPages: number, dirtyCounts: readonly number[]): number[] {
	const passes: number[] = [];
	let dirtyCount = allPages;
	for (let iteration = 0; ; iteration++) {
		const isSmall = dirtyCount < 50 || iteration >= 5;
		if (dirtyCount > 0) passes.push(dirtyCount);
		if (isSmall || iteration + 1 >= 5) return passes;
		dirtyCount = dirtyCounts[iteration] ?? dirtyCounts.at(-1) ?? 0;
	}
}

/** The rows of docs/operations.md, "What ends a precopy": Xen's are its executed traces. */
const PASSES: ReadonlyArray<{
	readonly allPages: number;
	readonly dirtyCounts: readonly number[];
	readonly xens: readonly number[];
	readonly ours: readonly number[];
}> = [
	{allPages: 64, dirtyCounts: [10, 5], xens: [64, 10], ours: [64]},
	{allPages: 64, dirtyCounts: [60], xens: [64, 60, 60, 60, 60], ours: [64, 60, 60, 60, 60]},
	{allPages: 64, dirtyCounts: [0], xens: [64], ours: [64]},
	{allPages: 40, dirtyCounts: [9], xens: [40], ours: []},
];
for (const {allPages, dirtyCounts, xens, ours} of PASSES) {
	test(`a guest of ${allPages} pages whose scans find ${dirtyCounts.join(', then ')} has the passes of the table, beside Xen's`, t => {
		t.deepEqual(xensPasses(allPages, dirtyCounts), xens);
		t.deepEqual(livePasses(allPages, dirtyCounts), ours);
	});
}

test('the classic limits stop below the threshold and at the iteration limit', t => {
	t.deepEqual(livePasses(64, [60]), [64, 60, 60, 60, 60]);
	t.deepEqual(livePasses(64, [10]), [64]);
	t.deepEqual(livePasses(64, [50, 49]), [64, 50]);
	t.deepEqual(livePasses(40, [9]), []); // The very first question is already answered with the switch.
});

test('an unknown dirty count never ends a precopy by its size', t => {
	t.is(xenLimits({maxIterations: 5, dirtyThresholdPages: 50})(stats({dirtyCount: undefined, iteration: 4})).action, 'continue');
	t.is(downtimeTarget({maxDowntimeMs: 50})(stats({expectedDowntimeMs: 1, bandwidthBytesPerSecond: 1e9})).action, 'continue');
});

test('a downtime target switches as soon as the expected downtime is within it', t => {
	const policy = downtimeTarget({maxDowntimeMs: 50});
	t.is(policy(stats({dirtyCount: 1000, expectedDowntimeMs: 50.1, bandwidthBytesPerSecond: 1e9})).action, 'continue');
	const decision = policy(stats({dirtyCount: 1000, expectedDowntimeMs: 50, bandwidthBytesPerSecond: 1e9}));
	t.is(decision.action, 'stop-and-copy');
	t.regex('because' in decision ? decision.because : '', /50\.0 ms/);
});

test('in a composition the first that has an opinion decides', t => {
	const abort = () => ({action: 'abort', because: 'test'}) as const;
	t.is(firstOf(xenLimits({maxIterations: 1, dirtyThresholdPages: 0}), abort)(stats({iteration: 1})).action, 'stop-and-copy');
	t.is(firstOf(xenLimits({maxIterations: 2, dirtyThresholdPages: 0}), abort)(stats({iteration: 1})).action, 'abort');
	t.is(firstOf()(stats({})).action, 'continue');
});

test('limits that are replaced count from the next question on', t => {
	const limits = new LimitsPolicy({
		maxIterations: 5,
		dirtyThresholdPages: 50,
		maxDowntimeMs: 10,
		deadlineMs: undefined,
		onDeadline: 'abort',
		onStall: 'advise',
	});
	const now = stats({iteration: 3, dirtyCount: 1000, expectedDowntimeMs: 60, bandwidthBytesPerSecond: 1e9});
	t.is(limits.policy(now).action, 'continue');
	limits.replace({...limits.limits, maxDowntimeMs: 80});
	t.is(limits.policy(now).action, 'stop-and-copy');
	limits.replace({...limits.limits, maxDowntimeMs: undefined});
	t.is(limits.policy(now).action, 'continue');
	limits.replace({...limits.limits, maxIterations: 3});
	t.is(limits.policy(now).action, 'stop-and-copy');
});

test('the operator switches now, and twice is the same as once', t => {
	const operator = new OperatorPolicy();
	const policy = operator.over(() => ({action: 'continue', because: 'nothing yet'}));
	t.like(policy(stats({})), {action: 'continue', because: 'nothing yet'});
	operator.stopAndCopy();
	operator.stopAndCopy();
	t.is(policy(stats({})).action, 'stop-and-copy');
	operator.pause();
	t.false(operator.isPaused, 'what is switched is not held any more');
	t.is(policy(stats({})).action, 'stop-and-copy');
});

test('a paused transfer is held whatever the policies find, but for an abort and a deadline', t => {
	const table: ReadonlyArray<[PolicyDecision, PolicyDecision['action'], isHeld: boolean]> = [
		[{action: 'continue', because: ''}, 'continue', true],
		[{action: 'stop-and-copy', because: 'few pages'}, 'continue', true],
		[{action: 'stop-and-copy', because: 'a deadline', isUrgent: true}, 'stop-and-copy', false],
		[{action: 'abort', because: 'a deadline'}, 'abort', false],
	];
	for (const [decision, action, isHeld] of table) {
		const operator = new OperatorPolicy();
		operator.pause();
		operator.pause();
		const policy = operator.over(() => decision);
		t.is(policy(stats({})).action, action);
		t.is('isHeld' in policy(stats({})), isHeld);
		operator.continue();
		operator.continue();
		t.deepEqual(policy(stats({})), decision);
	}
});

test('a deadline holds from its time on, also over a pause; what follows is as it was chosen', t => {
	for (const onDeadline of ['stop-and-copy', 'abort'] as const) {
		const policy = deadline({deadlineMs: 2000, onDeadline});
		t.is(policy(stats({elapsedMs: 1999})).action, 'continue');
		t.is(policy(stats({elapsedMs: 2000})).action, onDeadline);
		t.regex(policy(stats({elapsedMs: 2000})).because, /2\.0 s/);
		const operator = new OperatorPolicy();
		operator.pause();
		t.is(operator.over(policy)(stats({elapsedMs: 2000})).action, onDeadline);
	}
});

test('a stall is a dirty set that did not fall over the window, and the operator chooses what it means', t => {
	const passes = (...dirty: readonly number[]): PrecopyStats =>
		stats({
			iterations: dirty.map((dirtyPages, index) => ({
				iteration: index + 1,
				dirtyPages,
				writtenPages: dirtyPages,
				durationMs: 1,
				bandwidthBytesPerSecond: undefined,
				dirtyBytesPerSecond: undefined,
			})),
		});
	const table: ReadonlyArray<[readonly number[], isStalled: boolean]> = [
		[[], false],
		[[100, 100], false], // Too few to tell.
		[[1000, 100, 100], false], // It fell by much in the window.
		[[1000, 100, 100, 100], true],
		[[1000, 100, 96, 95], false], // By a twentieth.
		[[1000, 100, 94, 200], false], // The fewest since count.
		[[100, 200, 300, 400], true],
		[[100, 0, 100], false],
		[[0, 100, 0], true], // A guest whose writes come in bursts, between which a pass finds nothing.
	];
	for (const [dirty, isStalled] of table) {
		const window = {windowIterations: 2, leastProgress: 0.05};
		t.is(stall({...window, onStall: 'stop-and-copy'})(passes(...dirty)).action, isStalled ? 'stop-and-copy' : 'continue', dirty.join());
		const aborts = dirty.slice(-2).includes(0) ? 'stop-and-copy' : 'abort';
		t.is(stall({...window, onStall: 'abort'})(passes(...dirty)).action, isStalled ? aborts : 'continue');
		const advice = stall({...window, onStall: 'advise'})(passes(...dirty));
		t.is(advice.action, 'continue');
		t.is(advice.because !== '', isStalled);
	}
});
