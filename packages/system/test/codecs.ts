import {randomBytes} from 'node:crypto';
import {zstdCompressSync, zstdDecompressSync} from 'node:zlib';
import test from 'ava';
import {
	addressOf,
	availableCodecs,
	createCompressor,
	createDecompressor,
	createDeltaCompressor,
	createDeltaDecompressor,
} from '@sterna/system';

const TEXT = Buffer.from('the arctic tern sees two summers a year. '.repeat(1000));
const buffer = (length: number): Buffer => Buffer.from(new ArrayBuffer(length));

/** In memory that does not move. */
function fixed(bytes: Uint8Array): Buffer {
	const copy = buffer(Math.max(65, bytes.length)).subarray(0, bytes.length);
	copy.set(bytes);
	return copy;
}

test('this machine has both codecs', t => {
	t.deepEqual(availableCodecs(), ['zstd', 'lz4']);
});

for (const codec of availableCodecs()) {
	test(`${codec}: text becomes smaller, and text again`, t => {
		using compressor = createCompressor(codec);
		using decompressor = createDecompressor(codec);
		const source = fixed(TEXT);
		const small = buffer(TEXT.length);
		for (let round = 0; round < 3; round++) {
			const length = compressor.compress(addressOf(small), small.length, addressOf(source), source.length, 1);
			if (length === undefined) return t.fail();
			t.true(length < TEXT.length / 10);
			const back = buffer(TEXT.length);
			t.is(decompressor.decompress(addressOf(back), back.length, addressOf(small), length), TEXT.length);
			t.deepEqual(back, source);
			// One byte less room than it needs.
			t.is(decompressor.decompress(addressOf(back), back.length - 1, addressOf(small), length), undefined);
			t.is(decompressor.decompress(addressOf(back), back.length, addressOf(small), length - 1), undefined);
		}

		return undefined;
	});

	test(`${codec}: what does not fit is no result`, t => {
		using compressor = createCompressor(codec);
		const source = fixed(randomBytes(100_000));
		const target = buffer(100_000);
		t.is(compressor.compress(addressOf(target), 90_000, addressOf(source), source.length, 1), undefined);
	});

	test(`${codec}: any bytes decompress to a length or to nothing`, t => {
		using decompressor = createDecompressor(codec);
		const target = buffer(4096);
		for (let round = 0; round < 2000; round++) {
			const noise = fixed(randomBytes(200));
			const length = decompressor.decompress(addressOf(target), target.length, addressOf(noise), noise.length);
			t.true(length === undefined || (length >= 0 && length <= target.length));
		}
	});
}

test('zstd is the format that others read and write', t => {
	using compressor = createCompressor('zstd');
	using decompressor = createDecompressor('zstd');
	const source = fixed(TEXT);
	const target = buffer(TEXT.length);
	const length = compressor.compress(addressOf(target), target.length, addressOf(source), source.length, 3);
	t.deepEqual(zstdDecompressSync(target.subarray(0, length)), TEXT);
	const theirs = fixed(zstdCompressSync(TEXT));
	t.is(decompressor.decompress(addressOf(target), target.length, addressOf(theirs), theirs.length), TEXT.length);
	t.deepEqual(target, TEXT);
});

test('a difference is small where little changed anywhere in a megabyte, and makes the whole again with the same prefix only', t => {
	using compressor = createDeltaCompressor();
	using decompressor = createDeltaDecompressor();
	const before = fixed(randomBytes(1024 * 1024));
	const after = fixed(before);
	for (let at = 1000; at < after.length; at += 4096) after[at] = (after[at] ?? 0) ^ 1;
	const small = buffer(after.length);
	const back = buffer(after.length);
	for (let round = 0; round < 2; round++) {
		const length = compressor.compress(addressOf(small), small.length, addressOf(after), after.length, addressOf(before), before.length);
		if (length === undefined) return t.fail();
		t.true(length < after.length / 50, `${length} bytes`);
		const {length: whole} = after;
		t.is(decompressor.decompress(addressOf(back), whole, addressOf(small), length, addressOf(before), before.length), whole);
		t.deepEqual(back, after);
		// Without it, or with a shorter one, there is nothing to refer to.
		t.not(decompressor.decompress(addressOf(back), whole, addressOf(small), length, addressOf(before), 0), whole);
	}

	return undefined;
});
