import test from 'ava';
import {loadConfig} from '@sterna/host';
import {assertStagingFits, protectSettings, stagingBytesOf} from '../../src/protect/protect-settings.ts';

const CONFIG = loadConfig({side: 'sender', env: {}, systemFile: '/nonexistent/sterna.toml'});
const REQUEST = {stream: 'sterna', tee: '', transfer: undefined, limits: undefined, checkpoints: undefined} as const;

test('what is not asked for is as configured', t => {
	const {objectives, inFlight, stagingBytes, onStandbyLoss, transfer} = protectSettings(CONFIG, REQUEST);
	t.deepEqual(objectives, {kind: 'fixed', intervalMs: 25});
	t.deepEqual({inFlight, stagingBytes, onStandbyLoss}, {inFlight: 2, stagingBytes: 64 * 1024 * 1024, onStandbyLoss: 'continue'});
	t.is(transfer.channels, 1);
});

test('objectives take the place of the configured interval, and do not go together with one', t => {
	const checkpoints = {maxLagMs: 100, onStandbyLoss: 'pause'} as const;
	const settings = protectSettings(CONFIG, {...REQUEST, checkpoints});
	t.like(settings, {objectives: {kind: 'adaptive', maxLagMs: 100}, onStandbyLoss: 'pause'});
	t.throws(() => protectSettings(CONFIG, {...REQUEST, checkpoints: {...checkpoints, intervalMs: 25}}), {code: 'ERR_USAGE'});
});

test('what no protection can have is refused', t => {
	for (const checkpoints of [{intervalMs: 0}, {inFlight: 0}, {inFlight: 17}, {stagingBytes: 1000}])
		t.throws(() => protectSettings(CONFIG, {...REQUEST, checkpoints: {onStandbyLoss: '', ...checkpoints}}), {code: 'ERR_USAGE'});
	t.throws(() => protectSettings(CONFIG, {...REQUEST, transfer: {compression: '', channels: 2}}), {code: 'ERR_USAGE'});
});

test('what ends the precopy ahead of the first checkpoint is as configured, or as asked for', t => {
	t.like(protectSettings(CONFIG, REQUEST).limits, {maxIterations: CONFIG.policy.maxIterations, maxDowntimeMs: undefined});
	t.like(protectSettings(CONFIG, {...REQUEST, limits: {maxIterations: 2, maxDowntimeMs: 50}}).limits, {
		maxIterations: 2,
		maxDowntimeMs: 50,
	});
	t.throws(() => protectSettings(CONFIG, {...REQUEST, limits: {onDeadline: 'postcopy'}}), {code: 'ERR_NOT_SUPPORTED'});
	t.throws(() => protectSettings(CONFIG, {...REQUEST, limits: {policy: 'downtime'}}), {code: 'ERR_USAGE'});
});

test('a tee is one sequence of bytes: its protection has one link', t => {
	t.is(protectSettings(CONFIG, {...REQUEST, tee: '/tmp/tee'}).reconnectMs, 0);
});

test('all protected guests together have so much staging and no more', t => {
	const settings = protectSettings(CONFIG, REQUEST);
	const limit = CONFIG.standby.stagingLimitBytes;
	t.notThrows(() => {
		assertStagingFits(CONFIG, settings, limit - stagingBytesOf(settings));
	});
	t.throws(
		() => {
			assertStagingFits(CONFIG, settings, limit - stagingBytesOf(settings) + 1);
		},
		{code: 'ERR_MEMORY_INSUFFICIENT', message: /128 MiB of staging .* standby\.staging-limit, 1 GiB/},
	);
});
