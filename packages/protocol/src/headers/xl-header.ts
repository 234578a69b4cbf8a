import {StreamError} from '../errors.ts';
import {decodeUtf8, encodeLatin1, encodeUtf8, hex} from '../text.ts';

/** First 32 bytes of an `xl save` file and of what `xl migrate` sends. docs/spec/stream.md section 6.1. */
export const XL_MAGIC = encodeLatin1('Xen saved domain, xl format\n \0 \r');
/** Magic, byte order, flags and length of the optional data, in bytes. */
export const XL_HEADER_BYTES = 48;

const BYTE_ORDER_MARK = 0x0102_0304;
/** The configuration is JSON with its NUL, not an xl.cfg text. */
const FLAG_JSON_CONFIG = 1;
/** A libxl v2 stream follows, not a legacy image. */
const FLAG_V2_STREAM = 2;
const KNOWN_MANDATORY_FLAGS = FLAG_JSON_CONFIG | FLAG_V2_STREAM;
const CONFIG_LENGTH_BYTES = 4;

/** The xl header with its optional data. */
export type XlHeader = {
	readonly kind: 'xl';
	readonly offset: number;
	/** Bytes of header and optional data. */
	readonly length: number;
	readonly mandatoryFlags: number;
	/** Never looked at by any reader. */
	readonly optionalFlags: number;
	/** As it came; owned by the receiver of the header. */
	readonly optionalData: Uint8Array;
	readonly configIsJson: boolean;
	/** The guest's configuration without its NUL. */
	readonly config: string;
};

/** What the 48 bytes say. The optional data, `optionalLength` bytes, follows them. */
export type XlPreamble = {readonly mandatoryFlags: number; readonly optionalFlags: number; readonly optionalLength: number};

/** Checks the 48 bytes at the start of `view`. Integers are little-endian, as on x86: the byte order mark must say so. */
export function parseXlPreamble(view: DataView, offset: number, maxOptionalBytes: number): XlPreamble {
	for (const [index, expected] of XL_MAGIC.entries()) {
		const found = view.getUint8(index);
		if (found !== expected) throw headerField(offset + index, 'the magic', hex(found), hex(expected));
	}

	const mark = view.getUint32(32, true);
	if (mark !== BYTE_ORDER_MARK) throw headerField(offset + 32, 'byteorder', hex(mark), hex(BYTE_ORDER_MARK));
	const mandatoryFlags = view.getUint32(36, true);
	if ((mandatoryFlags & ~KNOWN_MANDATORY_FLAGS) !== 0)
		throw headerField(offset + 36, 'mandatory_flags', hex(mandatoryFlags), 'no flag but bits 0 and 1');
	if ((mandatoryFlags & FLAG_V2_STREAM) === 0)
		throw headerField(offset + 36, 'mandatory_flags', hex(mandatoryFlags), 'bit 1: legacy streams are not read');
	const optionalLength = view.getUint32(44, true);
	if (optionalLength > maxOptionalBytes)
		throw headerField(offset + 44, 'optional_data_len', String(optionalLength), `at most ${maxOptionalBytes}`);
	if (optionalLength < CONFIG_LENGTH_BYTES) throw headerField(offset + 44, 'optional_data_len', String(optionalLength), 'a configuration');
	return {mandatoryFlags, optionalFlags: view.getUint32(40, true), optionalLength};
}

/** Reads the configuration in the optional data. `offset` is that of the header. Bytes behind the configuration are ignored, as in xl. */
export function parseXlHeader(preamble: XlPreamble, optionalData: Uint8Array, offset: number): XlHeader {
	const view = new DataView(optionalData.buffer, optionalData.byteOffset, optionalData.length);
	const configLength = view.getUint32(0, true);
	const lengthOffset = offset + XL_HEADER_BYTES;
	if (configLength > optionalData.length - CONFIG_LENGTH_BYTES)
		throw configProblem(lengthOffset, `a configuration of ${configLength} bytes in ${optionalData.length} bytes`);
	if (configLength === 0) throw configProblem(lengthOffset, 'the configuration is empty');
	const configIsJson = (preamble.mandatoryFlags & FLAG_JSON_CONFIG) !== 0;
	const end = CONFIG_LENGTH_BYTES + configLength;
	const terminated = optionalData[end - 1] === 0;
	if (configIsJson && !terminated) throw configProblem(lengthOffset + end - 1, 'the JSON text is not NUL terminated');
	// A text without NUL has no end of its own: its length must then be all there is.
	if (!configIsJson && end !== optionalData.length)
		throw configProblem(lengthOffset, `a configuration text of ${configLength} bytes in ${optionalData.length} bytes`);
	const config = decodeUtf8(optionalData.subarray(CONFIG_LENGTH_BYTES, terminated ? end - 1 : end));
	return {
		kind: 'xl',
		offset,
		length: XL_HEADER_BYTES + optionalData.length,
		mandatoryFlags: preamble.mandatoryFlags,
		optionalFlags: preamble.optionalFlags,
		optionalData,
		configIsJson,
		config,
	};
}

/** The header and optional data that today's xl writes around a JSON configuration given without its NUL. */
export function encodeXlHeader(config: string): Uint8Array {
	const text = encodeUtf8(config);
	const bytes = new Uint8Array(XL_HEADER_BYTES + CONFIG_LENGTH_BYTES + text.length + 1);
	const view = new DataView(bytes.buffer);
	bytes.set(XL_MAGIC);
	view.setUint32(32, BYTE_ORDER_MARK, true);
	view.setUint32(36, KNOWN_MANDATORY_FLAGS, true);
	view.setUint32(44, CONFIG_LENGTH_BYTES + text.length + 1, true);
	view.setUint32(XL_HEADER_BYTES, text.length + 1, true);
	bytes.set(text, XL_HEADER_BYTES + CONFIG_LENGTH_BYTES);
	return bytes;
}

/** What a configuration says that bears on the order of records; undefined where it does not say. Never throws: the text may be anything. */
export function readXlConfig(config: string): {readonly type: 'pv' | 'pvh' | 'hvm' | undefined; readonly maxVcpus: number | undefined} {
	let value: unknown;
	try {
		value = JSON.parse(config);
	} catch {
		return {type: undefined, maxVcpus: undefined};
	}

	const type = member(member(value, 'c_info'), 'type');
	const maxVcpus = member(member(value, 'b_info'), 'max_vcpus');
	return {
		type: type === 'pv' || type === 'pvh' || type === 'hvm' ? type : undefined,
		maxVcpus: typeof maxVcpus === 'number' && Number.isSafeInteger(maxVcpus) && maxVcpus > 0 ? maxVcpus : undefined,
	};
}

function member(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Readonly<Record<string, unknown>>)[name]
		: undefined;
}

function headerField(offset: number, field: string, value: string, expected: string): StreamError {
	return new StreamError({code: 'ERR_HEADER_FIELD', offset, header: 'xl header', field, value, expected});
}

function configProblem(offset: number, problem: string): StreamError {
	return new StreamError({code: 'ERR_XL_CONFIG', offset, problem});
}
