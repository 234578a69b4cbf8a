import test from 'ava';
import {SilenceWatch} from '../../src/data/silence-watch.ts';

/** Looks at these times; the first at which the other end counts as silent. */
const silentAt = (watch: SilenceWatch, ...timesMs: readonly number[]): number | undefined => timesMs.find(nowMs => watch.isSilent(nowMs));

test('who is heard of at no look within the timeout is silent', t => {
	const watch = new SilenceWatch(1000, 0);
	t.is(watch.deadlineMs, 200);
	t.is(silentAt(watch, 200, 400, 600, 800, 1000), 1000);
});

test('a word begins the count anew', t => {
	const watch = new SilenceWatch(1000, 0);
	t.is(silentAt(watch, 200, 400, 600, 800), undefined);
	watch.heard(900);
	t.is(watch.deadlineMs, 1100);
	t.is(silentAt(watch, 1100, 1300, 1500, 1700, 1900), 1900);
});

test('looks before their time do not count', t => {
	const watch = new SilenceWatch(1000, 0);
	t.is(silentAt(watch, ...Array.from({length: 199}, (_, index) => index)), undefined);
	t.is(silentAt(watch, 200, 201, 400, 401, 600, 601, 800, 801, 1000), 1000);
});

test('looks that are a little late count, each for one', t => {
	t.is(silentAt(new SilenceWatch(1000, 0), 350, 700, 1050, 1400, 1750), 1750);
});

test('who was away itself counts nothing of it, and listens for the whole timeout again', t => {
	const watch = new SilenceWatch(1000, 0);
	t.is(silentAt(watch, 200, 400, 600, 800), undefined);
	// Frozen for an hour.
	t.is(silentAt(watch, 3_600_800, 3_601_000, 3_601_200, 3_601_400, 3_601_600, 3_601_800), 3_601_800);
});
