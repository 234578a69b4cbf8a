import test from 'ava';
import type {Compression} from '@sterna/host';
import {chooseCompression} from '../src/choose-compression.ts';

const of = (compression: Compression, deltaCacheBytes = 0): {compression: Compression; deltaCacheBytes: number} => ({
	compression,
	deltaCacheBytes,
});
const NOTHING = new Set<string>();
const LZ4 = new Set(['channels', 'lz4']);
const BOTH = new Set(['zstd', 'lz4', 'zero-pages']);

test('of what was not asked for by name, what both hosts have is used', t => {
	t.deepEqual(chooseCompression(of('auto'), BOTH), {mode: 'auto', codecs: ['zstd', 'lz4'], deltaCacheBytes: 0});
	t.deepEqual(chooseCompression(of('auto'), LZ4), {mode: 'auto', codecs: ['lz4'], deltaCacheBytes: 0});
	t.is(chooseCompression(of('auto'), NOTHING), undefined);
	t.is(chooseCompression(of('none'), BOTH), undefined);
});

test('a codec that was asked for by name is used, or is an error', t => {
	t.deepEqual(chooseCompression(of('lz4'), LZ4), {mode: 'lz4', codecs: ['lz4'], deltaCacheBytes: 0});
	t.like(
		t.throws(() => chooseCompression(of('zstd'), LZ4)),
		{code: 'ERR_NOT_SUPPORTED'},
	);
});

test('differences need both hosts, and do not need compression', t => {
	const all = new Set([...BOTH, 'delta']);
	t.deepEqual(chooseCompression(of('none', 4096), all), {mode: 'auto', codecs: [], deltaCacheBytes: 4096});
	t.deepEqual(chooseCompression(of('lz4', 4096), all), {mode: 'lz4', codecs: ['zstd', 'lz4'], deltaCacheBytes: 4096});
	t.is(chooseCompression(of('none', 4096), BOTH), undefined);
});
