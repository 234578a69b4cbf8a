import test from 'ava';
import {downtimeTarget} from '../../src/engine/policy/downtime-target.ts';
import {firstOf} from '../../src/engine/policy/first-of.ts';
import {LimitsPolicy} from '../../src/engine/policy/limits-policy.ts';
import {OperatorPolicy} from '../../src/engine/policy/operator-policy.ts';
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
	t.is(operator.policy(stats({})).action, 'continue');
	operator.stopAndCopy();
	operator.stopAndCopy();
	t.is(operator.policy(stats({})).action, 'stop-and-copy');
});
