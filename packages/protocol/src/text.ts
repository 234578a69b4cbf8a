// TextDecoder and TextEncoder are part of Node and of browsers, but not of the language's own library: declared here as far as used.
declare class TextDecoder {
	constructor(label?: string, options?: {readonly fatal?: boolean; readonly ignoreBOM?: boolean});
	decode(bytes: Uint8Array): string;
}
declare class TextEncoder {
	encode(text: string): Uint8Array;
}

/** UTF-8 bytes as text; bytes that are not UTF-8 become U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
	return new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes);
}

/** Text as a fresh array of UTF-8 bytes. */
export function encodeUtf8(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/** Text of characters below 256 as bytes, one each. Throws TypeError on any other: such a text is a fault of ours. */
export function encodeLatin1(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length);
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code > 0xff) throw new TypeError(`character ${code} at ${index} does not fit one byte`);
		bytes[index] = code;
	}

	return bytes;
}

/** Bytes from `start` up to `end` as characters of the same number. For short texts: names, keys, values. */
export function decodeLatin1(bytes: Uint8Array, start: number, end: number): string {
	let text = '';
	for (let index = start; index < end; index++) text += String.fromCharCode(bytes[index] ?? 0);
	return text;
}

/** A number as people read addresses and pfns: `0xfefff`. */
export function hex(value: number | bigint): string {
	return `0x${value.toString(16)}`;
}
