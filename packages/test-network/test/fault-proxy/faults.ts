import test from 'ava';
import {ArmedFaults, type Place} from '../../src/fault-proxy/faults.ts';

const place = (afterBytes: number, more: Partial<Place> = {}): Place => ({port: 1, direction: 'forward', afterBytes, ...more});

/** Takes what there is within a range until nothing is left; the places, in order. */
function takeAll(faults: ArmedFaults<undefined>, passedBytes: number, length: number): number[] {
	const taken: number[] = [];
	for (;;) {
		const fault = faults.take(1, 'forward', passedBytes, length);
		if (fault === undefined) return taken;
		taken.push(fault.afterBytes);
	}
}

test('faults are taken in the order of their bytes, once, and only within what passes', t => {
	const faults = new ArmedFaults<undefined>();
	for (const afterBytes of [30, 9, 10, 20, 19]) faults.arm({...place(afterBytes), strike: () => {}});
	t.deepEqual(takeAll(faults, 10, 10), [10, 19]);
	t.deepEqual(takeAll(faults, 10, 10), []);
	t.deepEqual(takeAll(faults, 0, 100), [9, 20, 30]);
});

test('of two faults at one byte the one that was armed first comes first', t => {
	const faults = new ArmedFaults<undefined>();
	const [first, second] = [
		{...place(5), strike: () => {}},
		{...place(5), strike: () => {}},
	];
	faults.arm(first);
	faults.arm(second);
	t.is(faults.take(1, 'forward', 0, 10), first);
	t.is(faults.take(1, 'forward', 0, 10), second);
});

test('a fault of another port or direction is left where it is', t => {
	const faults = new ArmedFaults<undefined>();
	faults.arm({...place(5, {port: 2}), strike: () => {}});
	faults.arm({...place(5, {direction: 'backward'}), strike: () => {}});
	t.is(faults.take(1, 'forward', 0, 10), undefined);
	t.is(faults.take(1, 'backward', 0, 10)?.direction, 'backward');
	t.is(faults.take(2, 'forward', 0, 10)?.port, 2);
});

test('cleared faults do not strike', t => {
	const faults = new ArmedFaults<undefined>();
	faults.arm({...place(5), strike: () => {}});
	faults.clear();
	t.is(faults.take(1, 'forward', 0, 10), undefined);
});
