import test from 'ava';
import {LineReader} from '../../src/drivers/line-reader.ts';

const BYTES = new TextEncoder().encode('ein\n\nzwölf\nrest');

test('lines are the same wherever the bytes are cut', t => {
	for (let cut = 0; cut <= BYTES.length; cut++) {
		const lines = new LineReader(100);
		t.deepEqual([...lines.push(BYTES.subarray(0, cut)), ...lines.push(BYTES.subarray(cut))], ['ein', '', 'zwölf'], `cut at ${cut}`);
	}
});

test('a line above the limit is a fault, whether it ends or not', t => {
	t.deepEqual(new LineReader(4).push(new TextEncoder().encode('1234\n')), ['1234']);
	t.throws(() => new LineReader(4).push(new TextEncoder().encode('12345\n')), {instanceOf: RangeError});
	t.throws(() => new LineReader(4).push(new TextEncoder().encode('12345')), {instanceOf: RangeError});
});
