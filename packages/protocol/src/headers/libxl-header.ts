import {OPTION_BIG_ENDIAN, type ByteOrder} from '../byte-order.ts';
import {StreamError, type StreamFault} from '../errors.ts';
import {encodeLatin1, hex} from '../text.ts';

/** First 8 bytes of a libxl stream. docs/spec/stream.md section 5.1. */
export const LIBXL_IDENT = encodeLatin1('LibxlFmt');
export const LIBXL_HEADER_BYTES = 16;

const VERSION = 2;
/** The stream was made from a legacy image by Xen's converter. */
const OPTION_LEGACY_CONVERTED = 2;

/** The libxl header: always big-endian, whatever it says of the records. */
export type LibxlHeader = {
	readonly kind: 'libxl';
	readonly offset: number;
	readonly length: number;
	readonly version: 2;
	/** The options field as it came. */
	readonly options: number;
	readonly byteOrder: ByteOrder;
	readonly legacyConverted: boolean;
};

/** Checks the 16 bytes at the start of `view`. Unknown option bits are a strict reader's fault only. */
export function parseLibxlHeader(view: DataView, offset: number, deviation: (fault: StreamFault) => void): LibxlHeader {
	for (const [index, expected] of LIBXL_IDENT.entries()) {
		const found = view.getUint8(index);
		if (found !== expected) throw headerField(offset + index, 'the ident', hex(found), hex(expected));
	}

	const version = view.getUint32(8);
	if (version !== VERSION) throw headerField(offset + 8, 'version', String(version), String(VERSION));
	const options = view.getUint32(12);
	if ((options & ~(OPTION_BIG_ENDIAN | OPTION_LEGACY_CONVERTED)) !== 0) {
		deviation({
			code: 'ERR_HEADER_RESERVED',
			offset: offset + 12,
			header: 'libxl header',
			field: 'an option bit above 1',
			value: hex(options),
		});
	}

	return {
		kind: 'libxl',
		offset,
		length: LIBXL_HEADER_BYTES,
		version: VERSION,
		options,
		byteOrder: (options & OPTION_BIG_ENDIAN) === 0 ? 'little' : 'big',
		legacyConverted: (options & OPTION_LEGACY_CONVERTED) !== 0,
	};
}

export function encodeLibxlHeader(byteOrder: ByteOrder = 'little'): Uint8Array {
	const bytes = new Uint8Array(LIBXL_HEADER_BYTES);
	const view = new DataView(bytes.buffer);
	bytes.set(LIBXL_IDENT);
	view.setUint32(8, VERSION);
	view.setUint32(12, byteOrder === 'big' ? OPTION_BIG_ENDIAN : 0);
	return bytes;
}

function headerField(offset: number, field: string, value: string, expected: string): StreamError {
	return new StreamError({code: 'ERR_HEADER_FIELD', offset, header: 'libxl header', field, value, expected});
}
