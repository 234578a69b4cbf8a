import test from 'ava';
import * as fc from 'fast-check';
import {formatOptionList, type ListedOption, parseOptionList} from '../../../../src/drivers/qemu/command-line/option-list.ts';

test('options are written as QEMU reads them', t => {
	t.is(
		formatOptionList(
			[
				['driver', 'virtio-blk-pci'],
				['drive', 'disk0'],
				['serial', 'a,b=c'],
			],
			'driver',
		),
		'virtio-blk-pci,drive=disk0,serial=a,,b=c',
	);
	t.is(
		formatOptionList([
			['driver', 'e1000'],
			['romfile', ''],
		]),
		'driver=e1000,romfile=',
	);
	t.is(
		formatOptionList(
			[
				['drive', 'disk0'],
				['driver', 'x'],
			],
			'driver',
		),
		'drive=disk0,driver=x',
		'the implied key is that of the first',
	);
	t.is(formatOptionList([]), '');
});

test('a first value that would be taken for a key, or for nothing, keeps its key', t => {
	t.is(formatOptionList([['guest', 'a=b']], 'guest'), 'guest=a=b');
	t.is(
		formatOptionList(
			[
				['guest', ''],
				['x', '1'],
			],
			'guest',
		),
		'guest=,x=1',
	);
});

test('a key that cannot be written down is a fault of ours', t => {
	for (const key of ['', 'a=b', 'a,b']) t.throws(() => formatOptionList([[key, 'x']]), {instanceOf: TypeError}, key);
});

test('options are read as QEMU reads them', t => {
	t.deepEqual(parseOptionList('virtio-net-pci,netdev=n0,mac=52:54:00:00:00:02,romfile=', 'driver'), [
		['driver', 'virtio-net-pci'],
		['netdev', 'n0'],
		['mac', '52:54:00:00:00:02'],
		['romfile', ''],
	]);
	t.deepEqual(parseOptionList('unix:/run/a,,b.sock,server=on,wait=off'), [
		['unix:/run/a', 'on'],
		['', 'on'],
		['b.sock', 'on'],
		['server', 'on'],
		['wait', 'off'],
	]);
	t.deepEqual(parseOptionList('unix:/run/a,,b.sock,server,nowait', 'path'), [
		['path', 'unix:/run/a,b.sock'],
		['server', 'on'],
		['wait', 'off'],
	]);
	t.deepEqual(parseOptionList('file=a=b,,c,', 'driver'), [['file', 'a=b,c']]);
	t.deepEqual(parseOptionList(''), []);
});

test('of several with the same key all are there, in their order', t => {
	t.deepEqual(new Map(parseOptionList('x,driver=y', 'driver')), new Map([['driver', 'y']]));
});

const key = fc.stringMatching(/^[a-z][a-z0-9._-]{0,12}$/);
const value = fc.oneof(fc.string(), fc.string({unit: fc.constantFrom(',', '=', 'a', ' ')}));
const options = fc.array(fc.tuple(key, value));

test('what was written is read again', t => {
	fc.assert(
		fc.property(options, fc.option(key, {nil: undefined}), (written, impliedKey) => {
			t.deepEqual(parseOptionList(formatOptionList(written, impliedKey), impliedKey), written);
			const [first] = written;
			if (first !== undefined) t.deepEqual(parseOptionList(formatOptionList(written, first[0]), first[0]), written);
		}),
	);
});

test('any text is some list, and what is read of it is written and read again', t => {
	fc.assert(
		fc.property(fc.string({unit: fc.constantFrom(',', '=', 'no', 'a', '/')}), text => {
			const read: ListedOption[] = parseOptionList(text, 'first');
			const named = read.filter(([name]) => name !== '');
			t.deepEqual(parseOptionList(formatOptionList(named)), named);
		}),
	);
});
