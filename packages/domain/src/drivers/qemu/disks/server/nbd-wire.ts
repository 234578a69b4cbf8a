/*
 * The part of the NBD protocol that a QEMU speaks to its disk server: fixed newstyle, NBD_OPT_GO, simple replies. All numbers are big-endian. The names
 * and numbers are those of https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md.
 */

/** `NBDMAGIC`, `IHAVEOPT`, then flags: fixed newstyle, no zeros. */
const GREETING = Buffer.from('NBDMAGICIHAVEOPT\0\u0003', 'latin1');
const OPTION_MAGIC = 0x4948_4156_454f_5054n;
const OPTION_REPLY_MAGIC = 0x0003_e889_0455_65a9n;
const REQUEST_MAGIC = 0x2560_9513;
const SIMPLE_REPLY_MAGIC = 0x6744_6698;

export const CLIENT_FLAGS_BYTES = 4;
export const OPTION_HEADER_BYTES = 16;
export const REQUEST_BYTES = 28;
export const REPLY_BYTES = 16;
/** A name may have 4096 bytes; what is longer belongs to no option that is known here. */
export const MAX_OPTION_BYTES = 8192;

export const ClientFlag = {fixedNewstyle: 1, noZeroes: 2} as const;
export const Option = {exportName: 1, abort: 2, info: 6, go: 7} as const;
export const OptionReply = {
	ack: 1,
	info: 3,
	unsupported: 0x8000_0001,
	invalid: 0x8000_0003,
	unknown: 0x8000_0006,
} as const;
const InfoType = {export: 0, blockSize: 3} as const;
/** has flags, flush, FUA, write zeroes. */
const TRANSMISSION_FLAGS = 0x01 | 0x04 | 0x08 | 0x40;

export const Command = {read: 0, write: 1, disconnect: 2, flush: 3, writeZeroes: 6} as const;
export const CommandFlag = {fua: 1, noHole: 2} as const;
export const NbdError = {none: 0, io: 5, invalid: 22, noSpace: 28} as const;
export type NbdError = (typeof NbdError)[keyof typeof NbdError];

export function greeting(): Uint8Array {
	return GREETING;
}

export type NbdOption = {readonly option: number; readonly length: number};

/** Undefined where it is none. */
export function parseOptionHeader(bytes: Buffer): NbdOption | undefined {
	if (bytes.readBigUInt64BE(0) !== OPTION_MAGIC) return undefined;
	return {option: bytes.readUInt32BE(8), length: bytes.readUInt32BE(12)};
}

/** Name of the export that INFO or GO asks for; undefined where its data is not well formed. */
export function parseExportQuery(data: Buffer): string | undefined {
	if (data.byteLength < 6) return undefined;
	const nameLength = data.readUInt32BE(0);
	if (nameLength > data.byteLength - 6) return undefined;
	const queries = data.readUInt16BE(4 + nameLength);
	if (data.byteLength !== 6 + nameLength + 2 * queries) return undefined;
	return data.toString('utf8', 4, 4 + nameLength);
}

export function optionReply(option: number, type: number, data: Uint8Array = new Uint8Array(0)): Uint8Array {
	const head = Buffer.alloc(20);
	head.writeBigUInt64BE(OPTION_REPLY_MAGIC, 0);
	head.writeUInt32BE(option, 8);
	head.writeUInt32BE(type, 12);
	head.writeUInt32BE(data.byteLength, 16);
	return Buffer.concat([head, data]);
}

/** NBD_INFO_EXPORT. */
export function exportInfo(sizeBytes: number): Uint8Array {
	const info = Buffer.alloc(12);
	info.writeUInt16BE(InfoType.export, 0);
	info.writeBigUInt64BE(BigInt(sizeBytes), 2);
	info.writeUInt16BE(TRANSMISSION_FLAGS, 10);
	return info;
}

/** NBD_INFO_BLOCK_SIZE, in bytes: what may be asked for at least, is best, and may be at most. */
export function blockSizeInfo(minimum: number, preferred: number, maximum: number): Uint8Array {
	const info = Buffer.alloc(14);
	info.writeUInt16BE(InfoType.blockSize, 0);
	info.writeUInt32BE(minimum, 2);
	info.writeUInt32BE(preferred, 6);
	info.writeUInt32BE(maximum, 10);
	return info;
}

export type NbdRequest = {
	readonly flags: number;
	readonly command: number;
	/** The client's, which gets it back. */
	readonly handle: bigint;
	/** Not exact beyond 2^53, where no disk is. */
	readonly offset: number;
	readonly length: number;
};

/** Undefined where it is none. */
export function parseRequest(bytes: Buffer): NbdRequest | undefined {
	if (bytes.readUInt32BE(0) !== REQUEST_MAGIC) return undefined;
	return {
		flags: bytes.readUInt16BE(4),
		command: bytes.readUInt16BE(6),
		handle: bytes.readBigUInt64BE(8),
		offset: Number(bytes.readBigUInt64BE(16)),
		length: bytes.readUInt32BE(24),
	};
}

/** Writes a simple reply's head to the first `REPLY_BYTES` of `into`; behind it comes what was read, where it succeeded. */
export function writeReply(into: Buffer, handle: bigint, error: NbdError): void {
	into.writeUInt32BE(SIMPLE_REPLY_MAGIC, 0);
	into.writeUInt32BE(error, 4);
	into.writeBigUInt64BE(handle, 8);
}
