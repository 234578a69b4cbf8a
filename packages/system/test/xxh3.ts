import {randomBytes, randomInt} from 'node:crypto';
import test from 'ava';
import {addressOf, hasXxh3, xxh3, Xxh3Stream} from '@sterna/system';

/** Bytes off JavaScript's own heap, where they do not move. */
function fixed(bytes: Uint8Array): Uint8Array {
	const copy = new Uint8Array(new ArrayBuffer(Math.max(128, bytes.length)));
	copy.set(bytes);
	return copy.subarray(0, bytes.length);
}

const hashOf = (bytes: Uint8Array, seed: number): bigint => BigInt(xxh3()(addressOf(bytes), bytes.length, seed));

test('the library is there, and gives the hashes of the xxHash specification', t => {
	t.true(hasXxh3());
	// Of no bytes, by the reference implementation: seed 0, and one of more than 32 bits.
	t.is(hashOf(fixed(new Uint8Array(0)), 0), 0x2d06_8005_38d3_94c2n);
	t.not(hashOf(fixed(new Uint8Array(0)), 2 ** 52), 0x2d06_8005_38d3_94c2n);
});

test('a hash depends on every byte and on the seed', t => {
	const page = fixed(randomBytes(4096));
	const before = hashOf(page, 7);
	t.is(hashOf(page, 7), before);
	t.not(hashOf(page, 8), before);
	t.not(hashOf(page, 7 + 2 ** 40), before);
	for (const at of [0, 1, 2047, 4095]) {
		page[at] = (page[at] ?? 0) ^ 1;
		t.not(hashOf(page, 7), before, `byte ${at}`);
		page[at] = (page[at] ?? 0) ^ 1;
	}
});

test('a stream has the hash of its bytes however they are cut, and goes on after it was asked', t => {
	const bytes = fixed(randomBytes(10_000));
	const address = addressOf(bytes);
	for (let round = 0; round < 50; round++) {
		using stream = new Xxh3Stream(42);
		let at = 0;
		while (at < bytes.length) {
			const length = Math.min(bytes.length - at, randomInt(0, 700));
			stream.update(address + at, length);
			at += length;
			if (at > 240) t.is(stream.digest(), hashOf(bytes.subarray(0, at), 42));
		}
	}
});
