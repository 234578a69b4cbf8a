import {mix32} from './mix32.ts';
import {Header, PAGE_WORDS} from './page-header.ts';

/** Odd constants of integer hashes: any with well spread bits would do. */
const GOLDEN = 0x9e37_79b9;
const MIX_A = 0x2c1b_3c6d;
const MIX_B = 0x297a_2d39;
const MIX_C = 0x85eb_ca6b;

/** 256 words of eight letters, two 32-bit words each: what `text` is made of. */
const TEXT_WORDS = makeTextWords();

function makeTextWords(): Int32Array<ArrayBuffer> {
	const syllables = ['ar', 'ter', 'na', 'pa', 'ra', 'di', 'sae', 'mi', 'gra', 'tion', 'po', 'lar', 'sea', 'wing', 'north', 'ice'];
	let text = '';
	for (let index = 0; index < 256; index++) {
		const hash = mix32(index * GOLDEN);
		const letters = [0, 8, 16].map(shift => syllables[(hash >>> shift) & 15] ?? '').join('');
		text += `${letters.slice(0, 7).padEnd(7, 's')} `;
	}

	const words = new Int32Array(new ArrayBuffer(text.length));
	new TextEncoder().encodeInto(text, new Uint8Array(words.buffer));
	return words;
}

/**
 * The checksum of a body, as the header has it: two cascaded sums modulo 2^32 over its words, four at a time, so that it can be
 * computed while writing. It lets anyone who does not know the guest's program see a torn page.
 */
export function checksumOf(words: Int32Array, base: number): {sum: number; cascade: number} {
	let sum = 0;
	let cascade = 0;
	for (let at = base + Header.words, end = base + PAGE_WORDS; at < end; at += 4) {
		sum = (sum + (words[at] ?? 0) + (words[at + 1] ?? 0)) | 0;
		cascade = (cascade + sum + ((words[at + 2] ?? 0) ^ (words[at + 3] ?? 0))) | 0;
	}

	return {sum, cascade};
}

/** Writes a body that does not compress, unrolled from `key`, and its checksum. */
export function writeRandom(words: Int32Array, base: number, key: number): void {
	let state = key;
	let sum = 0;
	let cascade = 0;
	for (let at = base + Header.words, end = base + PAGE_WORDS; at < end; at += 4) {
		state = (state + GOLDEN) | 0;
		let a = Math.imul(state ^ (state >>> 15), MIX_A);
		a ^= a >>> 13;
		const b = Math.imul(a, MIX_B);
		const c = (Math.imul(a, MIX_C) + key) | 0;
		const d = b ^ (c >>> 16);
		words[at] = a;
		words[at + 1] = b;
		words[at + 2] = c;
		words[at + 3] = d;
		sum = (sum + a + b) | 0;
		cascade = (cascade + sum + (c ^ d)) | 0;
	}

	words[base + Header.checksum] = sum;
	words[base + Header.checksumCascade] = cascade;
}

/** Whether body and checksum are what `writeRandom` writes; writes nothing. */
export function matchesRandom(words: Int32Array, base: number, key: number): boolean {
	let state = key;
	let sum = 0;
	let cascade = 0;
	let difference = 0;
	for (let at = base + Header.words, end = base + PAGE_WORDS; at < end; at += 4) {
		state = (state + GOLDEN) | 0;
		let a = Math.imul(state ^ (state >>> 15), MIX_A);
		a ^= a >>> 13;
		const b = Math.imul(a, MIX_B);
		const c = (Math.imul(a, MIX_C) + key) | 0;
		const d = b ^ (c >>> 16);
		difference |= ((words[at] ?? 0) ^ a) | ((words[at + 1] ?? 0) ^ b) | ((words[at + 2] ?? 0) ^ c) | ((words[at + 3] ?? 0) ^ d);
		sum = (sum + a + b) | 0;
		cascade = (cascade + sum + (c ^ d)) | 0;
	}

	return difference === 0 && words[base + Header.checksum] === sum && words[base + Header.checksumCascade] === cascade;
}

/** Writes a body that compresses like text (about 4 to 1 with zstd), unrolled from `key`, and its checksum. */
export function writeText(words: Int32Array, base: number, key: number): void {
	let state = key;
	let sum = 0;
	let cascade = 0;
	for (let at = base + Header.words, end = base + PAGE_WORDS; at < end; at += 4) {
		state = (state + GOLDEN) | 0;
		const choice = Math.imul(state ^ (state >>> 15), MIX_A);
		const first = (choice >>> 15) & 0x1fe;
		const second = (choice >>> 23) & 0x1fe;
		const a = TEXT_WORDS[first] ?? 0;
		const b = TEXT_WORDS[first + 1] ?? 0;
		const c = TEXT_WORDS[second] ?? 0;
		const d = TEXT_WORDS[second + 1] ?? 0;
		words[at] = a;
		words[at + 1] = b;
		words[at + 2] = c;
		words[at + 3] = d;
		sum = (sum + a + b) | 0;
		cascade = (cascade + sum + (c ^ d)) | 0;
	}

	words[base + Header.checksum] = sum;
	words[base + Header.checksumCascade] = cascade;
}

/** Whether body and checksum are what `writeText` writes; writes nothing. */
export function matchesText(words: Int32Array, base: number, key: number): boolean {
	let state = key;
	let sum = 0;
	let cascade = 0;
	let difference = 0;
	for (let at = base + Header.words, end = base + PAGE_WORDS; at < end; at += 4) {
		state = (state + GOLDEN) | 0;
		const choice = Math.imul(state ^ (state >>> 15), MIX_A);
		const first = (choice >>> 15) & 0x1fe;
		const second = (choice >>> 23) & 0x1fe;
		const a = TEXT_WORDS[first] ?? 0;
		const b = TEXT_WORDS[first + 1] ?? 0;
		const c = TEXT_WORDS[second] ?? 0;
		const d = TEXT_WORDS[second + 1] ?? 0;
		difference |= ((words[at] ?? 0) ^ a) | ((words[at + 1] ?? 0) ^ b) | ((words[at + 2] ?? 0) ^ c) | ((words[at + 3] ?? 0) ^ d);
		sum = (sum + a + b) | 0;
		cascade = (cascade + sum + (c ^ d)) | 0;
	}

	return difference === 0 && words[base + Header.checksum] === sum && words[base + Header.checksumCascade] === cascade;
}
