import test from 'ava';
import {BandwidthLimit} from '../../src/data/bandwidth-limit.ts';
import {Pacer} from '../../src/data/pacer.ts';

const MS = 1_000_000n;

/** A clock that stands until it is moved. A limit's own clock is the process's: begin there. */
class Clock {
	ns = process.hrtime.bigint() + 1000n * MS;

	readonly now = (): bigint => this.ns;

	advance(milliseconds: number): void {
		this.ns += BigInt(Math.round(milliseconds * 1e6));
	}
}

const pacerOf = (clock: Clock, ...limits: readonly BandwidthLimit[]): Pacer =>
	new Pacer(
		limits.map(({shared}) => shared),
		clock.now,
	);

/** Writes whatever each may, millisecond by millisecond, and returns the bytes of each. */
function race(clock: Clock, pacers: readonly Pacer[], milliseconds: number): number[] {
	const written = pacers.map(() => 0);
	for (let ms = 0; ms < milliseconds; ms++) {
		for (const [index, pacer] of pacers.entries()) {
			for (let bytes = pacer.allowedBytes; bytes > 0; bytes = pacer.allowedBytes) {
				pacer.wrote(bytes);
				written[index] = (written[index] ?? 0) + bytes;
			}
		}

		clock.advance(1);
	}

	return written;
}

test('without a limit, and with one that is none, everything may go', t => {
	const clock = new Clock();
	t.is(pacerOf(clock).allowedBytes, Infinity);
	t.is(pacerOf(clock, new BandwidthLimit(), new BandwidthLimit()).allowedBytes, Infinity);
});

test('one link writes at the rate of its limit, and no burst is longer than 15 ms of it', t => {
	const clock = new Clock();
	const pacer = pacerOf(clock, new BandwidthLimit(1e8));
	const [burst = 0] = race(clock, [pacer], 1);
	t.true(burst <= 1_500_000, `${burst}`);
	const [written = 0] = race(clock, [pacer], 1000);
	t.true(Math.abs(written / 1e8 - 1) < 0.01, `${written}`);
});

test('several links share a limit evenly, whoever asks first', t => {
	const clock = new Clock();
	const limit = new BandwidthLimit(3e7);
	const written = race(clock, [pacerOf(clock, limit), pacerOf(clock, limit), pacerOf(clock, limit)], 3000);
	for (const bytes of written) t.true(Math.abs(bytes / 3e7 - 1) < 0.02, written.join());
});

test("what one migration may not use of the daemon's limit is there for the others", t => {
	const clock = new Clock();
	const daemon = new BandwidthLimit(1e8);
	const others = [pacerOf(clock, daemon), pacerOf(clock, daemon), pacerOf(clock, daemon)];
	const [slow = 0, ...fast] = race(clock, [pacerOf(clock, new BandwidthLimit(1e7), daemon), ...others], 2000);
	t.true(Math.abs(slow / 2e7 - 1) < 0.05, `${slow}`);
	for (const bytes of fast) t.true(Math.abs(bytes / 6e7 - 1) < 0.05, fast.join());
});

test('a slot that is not used up is used later, one that is not used at all keeps nobody', t => {
	const clock = new Clock();
	const limit = new BandwidthLimit(1e7);
	const pacer = pacerOf(clock, limit);
	const allowed = pacer.allowedBytes;
	pacer.wrote(20_000);
	t.is(pacer.allowedBytes, allowed - 20_000);
	const idle = pacerOf(clock, limit);
	t.true(idle.allowedBytes >= 0);
	const [written = 0] = race(clock, [pacer], 1000);
	t.true(written > 9_500_000, `${written}`);
});

test('a change of the limit counts at once, also for a slot that lies far ahead', t => {
	const clock = new Clock();
	const limit = new BandwidthLimit(1);
	const pacer = pacerOf(clock, limit);
	// The burst, then nothing for hours.
	pacer.wrote(pacer.allowedBytes);
	t.is(pacer.allowedBytes, 0);
	t.is(pacer.waitMs, 50);
	limit.set(1e6);
	const allowed = pacer.allowedBytes;
	t.true(allowed >= 16_384 && allowed <= 26_384, `${allowed}`);
	limit.set(undefined);
	t.is(pacer.allowedBytes, Infinity);
	limit.set(1e6);
	t.true(pacer.allowedBytes <= 26_384);
	t.is(limit.bytesPerSecond, 1e6);
});

test('while the limits are ignored all may go, is not counted, and then they hold again', t => {
	const clock = new Clock();
	const pacer = pacerOf(clock, new BandwidthLimit(1e6));
	race(clock, [pacer], 100);
	pacer.ignoreFor(20);
	t.is(pacer.allowedBytes, Infinity);
	pacer.wrote(1e9);
	clock.advance(19.9);
	t.is(pacer.allowedBytes, Infinity);
	clock.advance(0.2);
	t.true(pacer.allowedBytes <= 16_384);
	const [written = 0] = race(clock, [pacer], 1000);
	t.true(Math.abs(written / 1e6 - 1) < 0.05, `${written}`);
});

test('a rate that is none is no limit to set', t => {
	for (const rate of [0, -1, Number.NaN]) t.throws(() => new BandwidthLimit(rate), {instanceOf: RangeError});
	t.is(new BandwidthLimit(0.3).bytesPerSecond, 1);
});
