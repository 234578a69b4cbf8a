import test from 'ava';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {correctSource} from '../src/correct-source.ts';

const MEMCHECK = readFileSync(path.join(import.meta.dirname, '../../../../shared/guest/memcheck.c'), 'utf8');

test('the guest sleeps for a time that it has looked at once', t => {
	const corrected = correctSource('memcheck.c', MEMCHECK);
	t.deepEqual(corrected.match(/usleep\([^;]*;/g), ['usleep(left * 1e6);']);
	t.is(correctSource('memcheck.c', corrected), corrected);
});

test('what is right is left as it is', t => {
	t.is(correctSource('build-guest.sh', MEMCHECK), MEMCHECK);
	t.is(correctSource('memcheck.c', 'int main(void) { return 0; }\n'), 'int main(void) { return 0; }\n');
});
