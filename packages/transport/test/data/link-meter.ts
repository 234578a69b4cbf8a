import test from 'ava';
import {LinkMeter} from '../../src/data/link-meter.ts';

/** One second of a link that takes `bytesPerSecond`, in steps of 10 ms, of which the sender waits a part. */
function second(meter: LinkMeter, bytesPerSecond: number, waitedShare: number): void {
	for (let step = 0; step < 100; step++) {
		meter.waited(10 * waitedShare);
		meter.worked(10 * (1 - waitedShare), bytesPerSecond / 100);
	}
}

const isNear = (value: number | undefined, wanted: number): boolean => value !== undefined && Math.abs(value / wanted - 1) < 0.01;

test('nothing is known until something was measured', t => {
	const meter = new LinkMeter();
	t.is(meter.bytesPerSecond, undefined);
	meter.worked(10, 1e6);
	t.is(meter.bytesPerSecond, undefined);
	second(meter, 100e6, 0.9);
	t.true(isNear(meter.bytesPerSecond, 100e6));
});

test('a link that makes its sender wait is as fast as what it takes, faster or slower than before', t => {
	const meter = new LinkMeter();
	for (const rate of [2e9, 100e6, 500e6, 50e6]) {
		second(meter, rate, 0.5);
		t.true(isNear(meter.bytesPerSecond, rate));
	}
});

test('a sender that is slower than the link does not make the link slower', t => {
	const meter = new LinkMeter();
	second(meter, 300e6, 0.6);
	second(meter, 100e6, 0.2);
	t.true(isNear(meter.bytesPerSecond, 300e6));
});

test('a link that never makes its sender wait is believed to have become faster', t => {
	const meter = new LinkMeter();
	second(meter, 100e6, 0.6);
	for (let seconds = 0; seconds < 10; seconds++) second(meter, 60e6, 0);
	t.true((meter.bytesPerSecond ?? 0) > 1e9);
	second(meter, 100e6, 0.6);
	t.true(isNear(meter.bytesPerSecond, 100e6));
});
