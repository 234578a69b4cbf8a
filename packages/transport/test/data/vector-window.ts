import test from 'ava';
import {IovecArray} from '@sterna/system';
import {VectorWindow} from '../../src/data/vector-window.ts';

/** A call that moves at most `limit` bytes and says where they were. */
function mover(limit: number, moved: [address: number, length: number][]): (vector: IovecArray, first: number, count: number) => number {
	return (vector, first, count) => {
		let left = limit;
		for (let index = first; index < first + count && left > 0; index++) {
			const length = Math.min(left, vector.lengthAt(index));
			moved.push([vector.addressAt(index), length]);
			left -= length;
		}

		return limit - left;
	};
}

test('a window is moved byte for byte, whatever the calls take and whatever their limit is', t => {
	for (const maxBytes of [1, 3, 10, 100]) {
		for (const takes of [1, 4, 7, 100]) {
			const window = new VectorWindow(new IovecArray(4));
			window.add(1000, 5);
			window.add(9000, 0);
			window.add(2000, 7);
			window.add(3000, 1);
			t.is(window.room, 1);
			const moved: [number, number][] = [];
			while (window.byteCount > 0) t.true(window.move(mover(takes, moved), maxBytes) <= Math.min(takes, maxBytes));
			const addresses = moved.flatMap(([address, length]) => Array.from({length}, (_, index) => address + index));
			t.deepEqual(addresses, [1000, 1001, 1002, 1003, 1004, 2000, 2001, 2002, 2003, 2004, 2005, 2006, 3000]);
		}
	}
});

test('a call that fails leaves the window as it was', t => {
	const window = new VectorWindow(new IovecArray(2));
	window.add(1000, 5);
	t.is(
		window.move(() => -11, 3),
		-11,
	);
	t.is(window.byteCount, 5);
	t.is(window.vector.lengthAt(0), 5);
});
