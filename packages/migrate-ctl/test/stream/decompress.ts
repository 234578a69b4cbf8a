import {randomBytes} from 'node:crypto';
import {zstdCompressSync} from 'node:zlib';
import test from 'ava';
import {PageCodec} from '@sterna/protocol';
import {decompressPages} from '../../src/commands/stream/decompress.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, character => character.charCodeAt(0));

for (const [what, block, wanted] of [
	['literals alone', [0x30, ...ascii('abc')], 'abc'],
	['a match that reaches into itself', [0x14, ...ascii('a'), 1, 0, 0x10, ...ascii('b')], 'aaaaaaaaab'],
	['long literals and a long match', [0xff, 5, ...ascii('x'.repeat(20)), 20, 0, 3, 0x10, ...ascii('y')], `${'x'.repeat(42)}y`],
] as const) {
	test(`an lz4 block of ${what}`, t => {
		const bytes = Uint8Array.from(block);
		t.deepEqual(decompressPages(PageCodec.lz4, bytes, wanted.length), ascii(wanted));
		t.is(decompressPages(PageCodec.lz4, bytes, wanted.length - 1), undefined);
		t.is(decompressPages(PageCodec.lz4, bytes, wanted.length + 1), undefined);
	});
}

for (const [what, block] of [
	['a match at distance 0', [0x14, 0x61, 0, 0, 0x10, 0x62]],
	['a match from before the block', [0x14, 0x61, 2, 0, 0x10, 0x62]],
	['literals that are not there', [0xf0, 255, 255, 0, 1]],
	['a length without an end', [0xf0, 255]],
] as const) {
	test(`an lz4 block with ${what} is none`, t => {
		t.is(decompressPages(PageCodec.lz4, Uint8Array.from(block), 10), undefined);
	});
}

test('zstd frames of other lengths, and no frames, are none', t => {
	const bytes = zstdCompressSync(new Uint8Array(1_000_000));
	t.is(decompressPages(PageCodec.zstd, bytes, 1_000_000)?.length, 1_000_000);
	t.is(decompressPages(PageCodec.zstd, bytes, 4096), undefined);
	t.is(decompressPages(PageCodec.zstd, bytes, 1_000_001), undefined);
	t.is(decompressPages(PageCodec.zstd, bytes.subarray(0, -1), 1_000_000), undefined);
});

test('any bytes decompress to what was wanted or to nothing', t => {
	for (let round = 0; round < 2000; round++) {
		for (const codec of [PageCodec.lz4, PageCodec.zstd]) {
			const pages = decompressPages(codec, randomBytes(60), 4096);
			t.true(pages === undefined || pages.length === 4096);
		}
	}
});
