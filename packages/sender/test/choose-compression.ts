import test from 'ava';
import {chooseCompression} from '../src/choose-compression.ts';

const NOTHING = new Set<string>();
const LZ4 = new Set(['channels', 'lz4']);
const BOTH = new Set(['zstd', 'lz4', 'zero-pages']);

test('of what was not asked for by name, what both hosts have is used', t => {
	t.deepEqual(chooseCompression('auto', BOTH), {mode: 'auto', codecs: ['zstd', 'lz4']});
	t.deepEqual(chooseCompression('auto', LZ4), {mode: 'auto', codecs: ['lz4']});
	t.is(chooseCompression('auto', NOTHING), undefined);
	t.is(chooseCompression('none', BOTH), undefined);
});

test('a codec that was asked for by name is used, or is an error', t => {
	t.deepEqual(chooseCompression('lz4', LZ4), {mode: 'lz4', codecs: ['lz4']});
	t.like(
		t.throws(() => chooseCompression('zstd', LZ4)),
		{code: 'ERR_NOT_SUPPORTED'},
	);
});
