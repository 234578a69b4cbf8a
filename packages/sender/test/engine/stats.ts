import test from 'ava';
import {StatsRecorder} from '../../src/engine/stats.ts';

test('a pass that seemed to be over goes on where its last pages were taken back', t => {
	const stats = new StatsRecorder(0, 100);
	stats.batchWritten(100);
	stats.passEnded(500);
	t.like(stats.snapshot(1), {iteration: 1, remainingPages: 0, dirtyCount: undefined});
	stats.takenBack(30);
	t.like(stats.snapshot(1), {iteration: 0, remainingPages: 30, dirtyCount: 30});
});

test('pages that are taken back in the middle of a pass are due in it', t => {
	const stats = new StatsRecorder(0, 100);
	stats.batchWritten(60);
	stats.takenBack(70);
	t.like(stats.snapshot(1), {iteration: 0, remainingPages: 70, dirtyCount: 100});
});

test('what a comparison finds counts as dirty: nobody may think that there is little left', t => {
	const stats = new StatsRecorder(0, 0);
	stats.takenBack(5000);
	t.like(stats.snapshot(1), {iteration: 0, remainingPages: 5000, dirtyCount: 5000});
});

test('the head of a stream tells nothing of the bandwidth', t => {
	const stats = new StatsRecorder(0, 8192);
	stats.batchWritten(1024);
	stats.acknowledged(1000, 224);
	stats.scanned(1000, 100, 100);
	t.like(stats.snapshot(1000), {bandwidthBytesPerSecond: undefined, expectedDowntimeMs: undefined});
	stats.acknowledged(1100, 4_000_224);
	const {bandwidthBytesPerSecond, expectedDowntimeMs} = stats.snapshot(1100);
	t.is(Math.round((bandwidthBytesPerSecond ?? 0) / 1000), 3637);
	t.true((expectedDowntimeMs ?? 0) < 200);
});
