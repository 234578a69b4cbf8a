import test from 'ava';
import {lineOfKey, nearestWord} from '../../src/config/key-location.ts';

const TEXT = 'a = 1\n[t]\nb = 2\n"c d" = 3\n[t.u]\nx.y = 4\nz = {deep = {er = 5}}\n';

test('a key is found at its line', t => {
	t.is(lineOfKey(TEXT, ['a']), 1);
	t.is(lineOfKey(TEXT, ['t']), 2);
	t.is(lineOfKey(TEXT, ['t', 'b']), 3);
	t.is(lineOfKey(TEXT, ['t', 'c d']), 4);
	t.is(lineOfKey(TEXT, ['t', 'u', 'x', 'y']), 6);
	t.is(lineOfKey(TEXT, ['t', 'u', 'z', 'deep', 'er']), 7);
});

test('a key that is missing is where its table is', t => {
	t.is(lineOfKey(TEXT, ['t', 'u', 'missing']), 5);
	t.is(lineOfKey(TEXT, ['nothing']), undefined);
});

test('a key in a table of an array is found in the right one', t => {
	const text =
		'x = 1\n[[disk]]\npath = "a"\n[disk.properties]\nserial = "1"\n[[disk]]\npath = "b"\n[disk.properties]\nserial = "2"\n[[disk.part]]\nn = 1\n';
	t.is(lineOfKey(text, ['disk', '0', 'path']), 3);
	t.is(lineOfKey(text, ['disk', '0', 'properties', 'serial']), 5);
	t.is(lineOfKey(text, ['disk', '1']), 6);
	t.is(lineOfKey(text, ['disk', '1', 'path']), 7);
	t.is(lineOfKey(text, ['disk', '1', 'properties', 'serial']), 9);
	t.is(lineOfKey(text, ['disk', '1', 'part', '0', 'n']), 11);
	t.is(lineOfKey(text, ['disk', '1', 'format']), 6);
});

test('the nearest word is suggested, and none when all are far', t => {
	t.is(nearestWord('max-iteration', ['max-iterations', 'max-downtime']), 'max-iterations');
	t.is(nearestWord('sokcet', ['socket', 'tracker']), 'socket');
	t.is(nearestWord('port', ['address', 'control-port']), undefined);
});
