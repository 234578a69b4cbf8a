import {OPTION_BIG_ENDIAN, type ByteOrder} from '../byte-order.ts';
import {StreamError, type StreamFault} from '../errors.ts';
import {hex} from '../text.ts';

/** Bytes of the libxc image header. docs/spec/stream.md section 4.0. */
export const IMAGE_HEADER_BYTES = 24;

/** "XENF". */
const ID = 0x5845_4e46;
const MARKER_BYTES = 8;
const MARKER_BYTE = 0xff;

/** The image header: always big-endian, whatever it says of the records. */
export type ImageHeader = {
	readonly kind: 'image';
	readonly offset: number;
	readonly length: number;
	readonly version: 2 | 3;
	/** The options field as it came. */
	readonly options: number;
	/** Byte order of everything behind this header, the domain header included. */
	readonly byteOrder: ByteOrder;
};

/** Checks the 24 bytes at the start of `view`. Reserved fields and option bits are a strict reader's fault only. */
export function parseImageHeader(view: DataView, offset: number, deviation: (fault: StreamFault) => void): ImageHeader {
	for (let index = 0; index < MARKER_BYTES; index++) {
		const found = view.getUint8(index);
		if (found !== MARKER_BYTE) throw headerField(offset + index, 'the marker', hex(found), '0xff; a legacy image has no such marker');
	}

	const id = view.getUint32(8);
	if (id !== ID) throw headerField(offset + 8, 'id', hex(id), hex(ID));
	const version = view.getUint32(12);
	if (version !== 2 && version !== 3) throw headerField(offset + 12, 'version', hex(version), '2 or 3');
	const options = view.getUint16(16);
	if ((options & ~OPTION_BIG_ENDIAN) !== 0) {
		deviation({
			code: 'ERR_HEADER_RESERVED',
			offset: offset + 16,
			header: 'image header',
			field: 'an option bit above 0',
			value: hex(options),
		});
	}

	const reserved16 = view.getUint16(18);
	if (reserved16 !== 0)
		deviation({
			code: 'ERR_HEADER_RESERVED',
			offset: offset + 18,
			header: 'image header',
			field: 'the 2-byte field',
			value: hex(reserved16),
		});
	const reserved32 = view.getUint32(20);
	if (reserved32 !== 0)
		deviation({
			code: 'ERR_HEADER_RESERVED',
			offset: offset + 20,
			header: 'image header',
			field: 'the 4-byte field',
			value: hex(reserved32),
		});
	return {
		kind: 'image',
		offset,
		length: IMAGE_HEADER_BYTES,
		version,
		options,
		byteOrder: (options & OPTION_BIG_ENDIAN) === 0 ? 'little' : 'big',
	};
}

export function encodeImageHeader(version: 2 | 3, byteOrder: ByteOrder = 'little'): Uint8Array {
	const bytes = new Uint8Array(IMAGE_HEADER_BYTES);
	const view = new DataView(bytes.buffer);
	bytes.fill(MARKER_BYTE, 0, MARKER_BYTES);
	view.setUint32(8, ID);
	view.setUint32(12, version);
	view.setUint16(16, byteOrder === 'big' ? OPTION_BIG_ENDIAN : 0);
	return bytes;
}

function headerField(offset: number, field: string, value: string, expected: string): StreamError {
	return new StreamError({code: 'ERR_HEADER_FIELD', offset, header: 'image header', field, value, expected});
}
