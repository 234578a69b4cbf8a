import {zstdDecompressSync} from 'node:zlib';
import {PageCodec} from '@sterna/protocol';

const MIN_MATCH_BYTES = 4;
/** A length nibble of this value goes on in the bytes behind it. */
const LONG = 15;

/** What compressed bytes were, if they decompress to exactly `byteLength` bytes; otherwise undefined. Nothing larger is ever made of them. */
export function decompressPages(codec: PageCodec, bytes: Uint8Array, byteLength: number): Uint8Array | undefined {
	if (codec === PageCodec.lz4) return decompressLz4(bytes, byteLength);
	if (codec !== PageCodec.zstd) return undefined;
	try {
		const whole = zstdDecompressSync(bytes, {maxOutputLength: byteLength});
		return whole.length === byteLength ? whole : undefined;
	} catch {
		return undefined;
	}
}

/** One LZ4 block: literals and matches in turn, up to literals that end it. https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md */
function decompressLz4(bytes: Uint8Array, byteLength: number): Uint8Array | undefined {
	const out = new Uint8Array(byteLength);
	let filled = 0;
	let at = 0;
	const longer = (nibble: number): number => {
		let length = nibble;
		if (nibble < LONG) return length;
		for (;;) {
			const more = bytes[at];
			if (more === undefined) return Infinity;
			at += 1;
			length += more;
			if (more < 255) return length;
		}
	};
	while (at < bytes.length) {
		const token = bytes[at] ?? 0;
		at += 1;
		const literals = longer(token >>> 4);
		if (literals > bytes.length - at || literals > byteLength - filled) return undefined;
		out.set(bytes.subarray(at, at + literals), filled);
		at += literals;
		filled += literals;
		if (at === bytes.length) break;
		const distance = (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
		at += 2;
		const length = longer(token & LONG) + MIN_MATCH_BYTES;
		if (at > bytes.length || distance === 0 || distance > filled || length > byteLength - filled) return undefined;
		// A match may reach into what it makes itself.
		for (let index = 0; index < length; index++) out[filled + index] = out[filled + index - distance] ?? 0;
		filled += length;
	}

	return filled === byteLength ? out : undefined;
}
