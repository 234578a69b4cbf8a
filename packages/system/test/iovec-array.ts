import test from 'ava';
import {IOV_MAX, IovecArray, viewMemory} from '../src/index.ts';

test('entries are struct iovec as the kernel reads it', t => {
	const entries = new IovecArray(2);
	entries.set(0, 0x7fff_1234_5678, 0x1_0000_0002);
	entries.set(1, 0x1000n, 5);
	const view = new DataView(viewMemory(entries.address, 32).buffer);
	t.deepEqual(
		[0, 8, 16, 24].map(offset => view.getBigUint64(offset, true)),
		[0x7fff_1234_5678n, 0x1_0000_0002n, 0x1000n, 5n],
	);
	t.is(entries.addressAt(0), 0x7fff_1234_5678);
	t.is(entries.lengthAt(0), 0x1_0000_0002);
});

test('moved bytes are taken off the entries wherever a call stopped', t => {
	const lengths = [3, 0, 5, 1];
	const total = 9;
	for (let moved = 0; moved <= total; moved++) {
		const entries = new IovecArray(4);
		for (const [index, length] of lengths.entries()) entries.set(index, 1000 * (index + 1), length);
		const first = entries.consume(0, 4, moved);
		let left = 0;
		for (let index = first; index < 4; index++) left += entries.lengthAt(index);
		t.is(left, total - moved, `${moved} moved`);
		if (first < 4) {
			const length = lengths[first] ?? 0;
			t.is(entries.addressAt(first), 1000 * (first + 1) + length - entries.lengthAt(first), `${moved} moved`);
		}
	}
});

test('more bytes than the entries hold were never moved', t => {
	const entries = new IovecArray(1);
	entries.set(0, 4096, 10);
	t.throws(() => entries.consume(0, 1, 11), {instanceOf: RangeError});
});

test('an index or a capacity out of range is refused', t => {
	const entries = new IovecArray();
	t.is(entries.capacity, IOV_MAX);
	t.throws(() => entries.set(IOV_MAX, 0, 0), {instanceOf: RangeError});
	t.throws(() => entries.set(-1, 0, 0), {instanceOf: RangeError});
	t.throws(() => new IovecArray(IOV_MAX + 1), {instanceOf: RangeError});
	t.throws(() => new IovecArray(0), {instanceOf: RangeError});
});
