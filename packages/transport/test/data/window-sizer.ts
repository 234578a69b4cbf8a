import test from 'ava';
import {WindowSizer} from '../../src/data/window-sizer.ts';

const MIB = 1024 * 1024;
const MAX = 64 * MIB;
const MIN = 4 * MIB;

/**
 * A connection of a given bandwidth and delay, with a sender that writes whatever the window allows, millisecond by millisecond.
 * `supplyBytesPerMs`: what there is to send.
 */
class SimulatedLink {
	readonly sizer: WindowSizer;
	nowMs = 1000;
	written = 0;
	credited = 0;
	bytesPerMs: number;
	delayMs: number;
	supplyBytesPerMs = Infinity;
	/** Credit on its way back: bytes and the time of its arrival. */
	#returning: Array<{readonly atMs: number; readonly bytes: number}> = [];
	#carried = 0;

	constructor({maxBytes = MAX, bytesPerSecond, delayMs}: {maxBytes?: number; bytesPerSecond: number; delayMs: number}) {
		this.sizer = new WindowSizer(maxBytes);
		this.bytesPerMs = bytesPerSecond / 1000;
		this.delayMs = delayMs;
	}

	run(milliseconds: number): void {
		for (let ms = 0; ms < milliseconds; ms++) {
			this.nowMs += 1;
			const arrived = this.#returning.findLast(({atMs}) => atMs <= this.nowMs);
			if (arrived !== undefined) {
				this.#returning = this.#returning.filter(({atMs}) => atMs > this.nowMs);
				this.credited = arrived.bytes;
				this.sizer.credited(this.nowMs, this.credited);
			}

			const room = Math.min(this.sizer.windowBytes - (this.written - this.credited), this.supplyBytesPerMs);
			if (room > 0) {
				this.written += room;
				this.sizer.wrote(this.nowMs, this.written, this.credited);
			}

			const carried = Math.min(this.bytesPerMs, this.written - this.#carried);
			if (carried > 0) {
				this.#carried += carried;
				this.#returning.push({atMs: this.nowMs + this.delayMs, bytes: this.#carried});
			}
		}
	}
}

for (const [title, bytesPerSecond, delayMs, [lowest, highest]] of [
	['on a slow link the window is some MiB', 1e8, 20, [MIN, 9 * MIB]],
	['on a very slow link it is the lower bound, or not much more', 1e7, 20, [MIN, 10 * MIB]],
	['on loopback the delay that hosts have of themselves counts', 3e9, 0, [28 * MIB, 40 * MIB]],
	['a fast link over a distance gets what it needs', 1e9, 20, [38 * MIB, 52 * MIB]],
	['and never more than was granted', 1e10, 50, [MAX, MAX]],
] as const) {
	test(title, t => {
		const link = new SimulatedLink({bytesPerSecond, delayMs});
		t.is(link.sizer.windowBytes, MIN);
		link.run(3000);
		const {windowBytes} = link.sizer;
		t.true(windowBytes >= lowest && windowBytes <= highest, `${windowBytes / MIB} MiB`);
	});
}

test('a full window does not make itself larger, however long it is full', t => {
	const link = new SimulatedLink({bytesPerSecond: 1e8, delayMs: 20});
	for (let seconds = 0; seconds < 120; seconds++) {
		link.run(1000);
		t.true(link.sizer.windowBytes <= 10 * MIB, `${link.sizer.windowBytes / MIB} MiB after ${seconds} s`);
	}
});

test('measuring the delay again costs next to nothing of the bandwidth', t => {
	for (const [bytesPerSecond, delayMs] of [
		[1e8, 20],
		[5e8, 20],
		[3e9, 1],
	] as const) {
		const link = new SimulatedLink({bytesPerSecond, delayMs});
		link.run(2000);
		const before = link.credited;
		link.run(30_000);
		const share = (link.credited - before) / (30 * bytesPerSecond);
		t.true(share > 0.97, `${share} of ${bytesPerSecond} B/s`);
	}
});

test('a path that becomes longer gets its larger window within the next measurements', t => {
	const link = new SimulatedLink({bytesPerSecond: 5e8, delayMs: 10});
	link.run(5000);
	link.delayMs = 50;
	link.run(25_000);
	const before = link.credited;
	link.run(5000);
	t.true((link.credited - before) / (5 * 5e8) > 0.9);
});

test('a link that becomes slower gets a smaller window', t => {
	const link = new SimulatedLink({bytesPerSecond: 1e9, delayMs: 10});
	link.run(3000);
	t.true(link.sizer.windowBytes > 16 * MIB);
	link.bytesPerMs = 5e4;
	link.run(20_000);
	t.true(link.sizer.windowBytes <= 9 * MIB, `${link.sizer.windowBytes / MIB} MiB`);
});

test('a link with little to send does not need its window, and gets it back when there is more', t => {
	const link = new SimulatedLink({bytesPerSecond: 1e9, delayMs: 20});
	link.supplyBytesPerMs = 1000;
	link.run(12_000);
	t.is(link.sizer.windowBytes, MIN);
	link.supplyBytesPerMs = Infinity;
	link.run(500);
	t.true(link.sizer.windowBytes > 30 * MIB, `${link.sizer.windowBytes / MIB} MiB`);
});

test('a small window that was granted is used as it is', t => {
	const link = new SimulatedLink({maxBytes: MIB, bytesPerSecond: 3e9, delayMs: 5});
	link.run(2000);
	t.is(link.sizer.windowBytes, MIB);
});

test('a receiver that takes nothing leaves the window as it is, and for its stall gets no more than twice what it was sent', t => {
	const sizer = new WindowSizer(MAX);
	for (let bytes = 4096; bytes <= MIN; bytes += 4096) sizer.wrote(bytes, bytes, 0);
	t.is(sizer.windowBytes, MIN);
	sizer.credited(60_000_000, MIN);
	t.true(sizer.windowBytes <= 2 * MIN + 1);
});
