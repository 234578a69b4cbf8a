import test from 'ava';
import {loadConfig} from '@sterna/host';
import type {PolicyLimits} from '@sterna/protocol/control';
import {BandwidthLimit} from '@sterna/transport';
import {limitsOf, MigrationLimits} from '../src/migration-limits.ts';

const CONFIG = loadConfig({side: 'sender', env: {}, systemFile: '/nonexistent/sterna.toml'});
const LIMITS = {
	maxIterations: 5,
	dirtyThresholdPages: 50,
	maxDowntimeMs: 40,
	deadlineMs: undefined,
	onDeadline: 'stop-and-copy',
	onStall: 'advise',
	use: undefined,
} as const;
const UNLIMITED = {bandwidthBytesPerSecond: undefined, downtimeBudgetMs: 500};

test('what a migration was given counts more than the configured limits', t => {
	t.deepEqual(limitsOf(CONFIG, undefined), {...LIMITS, maxDowntimeMs: undefined});
	t.deepEqual(limitsOf(CONFIG, {maxIterations: 9, dirtyThresholdPages: undefined, maxDowntimeMs: 7}), {
		...LIMITS,
		maxIterations: 9,
		maxDowntimeMs: 7,
	});
});

test('the limit in force is the lower of the migration and its daemon', t => {
	const daemon = new BandwidthLimit();
	const limits = new MigrationLimits(LIMITS, UNLIMITED, daemon);
	t.is(limits.bytesPerSecond, undefined);
	limits.change({bandwidthBytesPerSecond: 2e8});
	t.is(limits.bytesPerSecond, 2e8);
	daemon.set(1e8);
	t.is(limits.bytesPerSecond, 1e8);
	limits.change({bandwidthBytesPerSecond: 0});
	t.is(limits.bytesPerSecond, 1e8);
});

test('a change leaves alone what it does not name, and twice is the same as once', t => {
	const limits = new MigrationLimits(LIMITS, {bandwidthBytesPerSecond: 1e6, downtimeBudgetMs: 500}, new BandwidthLimit());
	for (let times = 0; times < 2; times++) limits.change({limits: {maxDowntimeMs: 80}});
	t.deepEqual(limits.policy.limits, {...LIMITS, maxDowntimeMs: 80});
	t.is(limits.bytesPerSecond, 1e6);
	t.is(limits.downtimeBudgetMs, 500);
	limits.change({downtimeBudgetMs: 0, limits: {maxIterations: 30, dirtyThresholdPages: 0}});
	t.deepEqual(limits.policy.limits, {...LIMITS, maxIterations: 30, dirtyThresholdPages: 0, maxDowntimeMs: 80});
	t.is(limits.downtimeBudgetMs, 0);
});

test('policies that are chosen are known, have what they go by, and leave no limit that was asked for without effect', t => {
	const config = {policy: {...CONFIG.policy, modules: new Map([['mine', '/mine.mjs']])}};
	t.deepEqual(limitsOf(config, {policy: 'xen, mine'}).use, ['xen', 'mine']);
	t.deepEqual(limitsOf(config, {policy: 'downtime', maxDowntimeMs: 9}).use, ['downtime']);
	const wrong: ReadonlyArray<readonly [PolicyLimits, string, RegExp]> = [
		[{policy: 'zen'}, 'ERR_USAGE', /no policy is called "zen": there are deadline, xen, downtime, stall, mine/],
		[{policy: 'xen,'}, 'ERR_USAGE', /no policy is called ""/],
		[{policy: 'downtime'}, 'ERR_USAGE', /the policy downtime has nothing to go by: set max-downtime/],
		[{policy: 'xen,deadline'}, 'ERR_USAGE', /the policy deadline has nothing to go by: set deadline/],
		[{policy: 'xen', deadlineMs: 5}, 'ERR_USAGE', /deadline is set, and no policy goes by it/],
		[{maxIterations: 0}, 'ERR_USAGE', /1 or more/],
		[{onDeadline: 'postcopy'}, 'ERR_NOT_SUPPORTED', /no postcopy/],
	];
	for (const [limits, code, message] of wrong) t.throws(() => limitsOf(config, limits), {code, message});
});

test('a change that is wrong in part changes nothing', t => {
	const limits = new MigrationLimits(LIMITS, UNLIMITED, new BandwidthLimit());
	t.throws(() => limits.change({bandwidthBytesPerSecond: 1e6, limits: {policy: 'zen'}}), {code: 'ERR_USAGE'});
	t.is(limits.bytesPerSecond, undefined);
	t.deepEqual(limits.policy.limits, LIMITS);
});

test('a downtime of 0 takes the target away', t => {
	const limits = new MigrationLimits(LIMITS, UNLIMITED, new BandwidthLimit());
	limits.change({limits: {maxDowntimeMs: 0}});
	t.is(limits.policy.limits.maxDowntimeMs, undefined);
});
