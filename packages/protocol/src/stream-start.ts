import {StreamError} from './errors.ts';
import {LIBXL_IDENT} from './headers/libxl-header.ts';
import {XL_MAGIC} from './headers/xl-header.ts';

/** So many bytes tell the kinds of streams apart. */
export const START_BYTES = 8;

const IMAGE_MARKER = new Uint8Array(START_BYTES).fill(0xff);

/** What a stream begins with, from its first 8 bytes. Throws ERR_STREAM_UNRECOGNISED. */
export function detectStart(bytes: Uint8Array): 'xl header' | 'libxl header' | 'image header' {
	if (startsWith(bytes, XL_MAGIC)) return 'xl header';
	if (startsWith(bytes, LIBXL_IDENT)) return 'libxl header';
	if (startsWith(bytes, IMAGE_MARKER)) return 'image header';
	const found = [...bytes.subarray(0, START_BYTES)].map(byte => byte.toString(16).padStart(2, '0')).join(' ');
	const hint = isLegacyGuess(bytes) ? 'it may be a legacy image (Xen 4.5 or older), which is not read' : '';
	throw new StreamError({code: 'ERR_STREAM_UNRECOGNISED', offset: 0, found, hint});
}

function startsWith(bytes: Uint8Array, expected: Uint8Array): boolean {
	for (let index = 0; index < START_BYTES; index++) if (bytes[index] !== expected[index]) return false;
	return true;
}

/** A legacy image begins with the number of pages of the guest, so its high bytes are zero. */
function isLegacyGuess(bytes: Uint8Array): boolean {
	return bytes.subarray(5, START_BYTES).every(byte => byte === 0);
}
