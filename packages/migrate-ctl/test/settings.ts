import test from 'ava';
import {parseSettings} from '../src/settings.ts';

for (const [texts, expected] of [
	[['bandwidth=200MB/s'], {bandwidthBytesPerSecond: 2e8}],
	[['bandwidth=none'], {bandwidthBytesPerSecond: 0}],
	[['max-downtime=80ms', 'max-iterations=9', 'dirty-threshold=0'], {limits: {maxDowntimeMs: 80, maxIterations: 9, dirtyThresholdPages: 0}}],
	[['max-downtime=none'], {limits: {maxDowntimeMs: 0}}],
	[['downtime-budget=1s', 'bandwidth=1GiB/s'], {downtimeBudgetMs: 1000, bandwidthBytesPerSecond: 2 ** 30}],
	[['bandwidth=1MB/s', 'bandwidth=2MB/s'], {bandwidthBytesPerSecond: 2e6}],
] as const) {
	test(`${texts.join(' ')} is understood`, t => {
		t.deepEqual(parseSettings(texts, {ofDaemon: false}), expected);
	});
}

for (const [text, message] of [
	[
		'speed=1MB/s',
		/^"speed" cannot be set; the keys are bandwidth, max-downtime, max-iterations, dirty-threshold, deadline, on-deadline, on-stall, policy, downtime-budget\.$/,
	],
	['bandwidth', /^"bandwidth" is not KEY=VALUE; the keys are bandwidth, /],
	['bandwidth=200', /^bandwidth: .*unit/],
	['bandwidth=0', /^bandwidth: It must be more than 0, or none\.$/],
	['max-downtime=soon', /^max-downtime: "soon" is not a duration/],
	['max-iterations=0', /^max-iterations: It must be 1 or more\.$/],
	['max-iterations=-1', /^max-iterations: It must be a whole number/],
] as const) {
	test(`${text} is refused with what there may be`, t => {
		t.throws(() => parseSettings([text], {ofDaemon: false}), {code: 'commander.invalidArgument', message});
	});
}

test('of the daemon bandwidth alone can be set', t => {
	t.deepEqual(parseSettings(['bandwidth=5MB/s'], {ofDaemon: true}), {bandwidthBytesPerSecond: 5e6});
	t.throws(() => parseSettings(['max-downtime=80ms'], {ofDaemon: true}), {message: /the keys of the daemon are bandwidth\.$/});
	t.throws(() => parseSettings([], {ofDaemon: true}), {message: /KEY=VALUE: bandwidth\.$/});
});
