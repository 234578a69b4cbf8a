/** Byte order of the integers in record headers and bodies, as bit 0 of a header's options says. Sterna writes little-endian. */
export type ByteOrder = 'little' | 'big';

/** Bit 0 of the options of the libxl header and of the libxc image header: bodies are big-endian. */
export const OPTION_BIG_ENDIAN = 1;

/** Bytes of zeros that follow a body of this length, so that every record begins at a multiple of 8 from its layer's header. */
export function paddingOf(length: number): number {
	return (8 - (length % 8)) % 8;
}
