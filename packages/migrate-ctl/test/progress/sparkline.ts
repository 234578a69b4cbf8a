import test from 'ava';
import {RateHistory} from '../../src/progress/rate-history.ts';
import {renderSparkline} from '../../src/progress/sparkline.ts';
import {status} from '../helpers/frames.ts';

test('a sparkline has the last values, from nothing to the most, in one scale', t => {
	t.is(renderSparkline([0, 1, 2, 3, 4, 5, 6, 7], {most: 7, width: 8, cells: 'blocks'}), '▁▂▃▄▅▆▇█');
	t.is(renderSparkline([9, 9, 0, 7], {most: 7, width: 2, cells: 'blocks'}), '▁█');
	t.is(renderSparkline([0, 3.5, 99], {most: 7, width: 8, cells: 'ascii'}), '_=#');
	t.is(renderSparkline([0, 0], {most: 0, width: 8, cells: 'blocks'}), '▁▁');
	t.is(renderSparkline([1], {most: 1, width: 0, cells: 'blocks'}), '');
});

test('rates are kept of the precopy, not more often than they change, and a lost link takes nothing', t => {
	const history = new RateHistory();
	history.add(status({phase: 'prepare', elapsedMs: 0}));
	for (let elapsedMs = 1000; elapsedMs < 2000; elapsedMs += 50) history.add(status({elapsedMs, bandwidthBytesPerSecond: elapsedMs}));

	t.deepEqual(history.rates.bandwidth, [1000, 1150, 1300, 1450, 1600, 1750, 1900]);
	history.add(status({phase: 'reconnecting', elapsedMs: 2050}));
	t.is(history.rates.bandwidth.at(-1), 0);
	for (let elapsedMs = 3000; elapsedMs < 60_000; elapsedMs += 200) history.add(status({elapsedMs}));
	t.is(history.rates.bandwidth.length, 60);
	t.is(history.rates.dirty.length, 60);
});
