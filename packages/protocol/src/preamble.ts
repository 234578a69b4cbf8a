/**
 * The first bytes of a data connection, before the stream: they bind it to a migration that was prepared on the control channel.
 * 80 bytes, little-endian: 8 magic "STERNADC", u32 version, u16 channel index, u16 channel count, 32 token, 16 migration UUID, u32 link, 12 zero.
 * docs/spec/data-connection.md section 1.
 */
export type Preamble = {
	/** 32 unguessable bytes that the receiver chose for this link. */
	readonly token: Uint8Array;
	/** UUID of the migration, in the usual text form. */
	readonly migrationId: string;
	/** Which link of the migration: 0 is that of `prepare`, later ones are those of `resume`. */
	readonly link: number;
	/** Which data connection of the migration: 0 … channelCount − 1. */
	readonly channelIndex: number;
	/** 1 … MAX_DATA_CHANNELS. */
	readonly channelCount: number;
};

export const PREAMBLE_BYTES = 80;
export const TOKEN_BYTES = 32;
/** Most data connections of one migration. */
export const MAX_DATA_CHANNELS = 64;

/** "STERNADC" */
const MAGIC = [0x53, 0x54, 0x45, 0x52, 0x4e, 0x41, 0x44, 0x43];
const VERSION = 2;
const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const AT = {version: 8, index: 12, count: 14, token: 16, migration: 48, link: 64, reserved: 68} as const;

/** What can be wrong with a preamble. */
export type PreambleFault =
	| {readonly code: 'ERR_PREAMBLE_LENGTH'; readonly bytes: number}
	| {readonly code: 'ERR_PREAMBLE_MAGIC'}
	| {readonly code: 'ERR_PREAMBLE_VERSION'; readonly version: number}
	| {readonly code: 'ERR_PREAMBLE_CHANNEL'; readonly channelIndex: number; readonly channelCount: number}
	| {readonly code: 'ERR_PREAMBLE_RESERVED'};

/** What connected is not a sender of ours, or one of another version. */
export class PreambleError extends Error {
	override readonly name = 'PreambleError';
	readonly code: PreambleFault['code'];
	readonly fault: PreambleFault;

	constructor(fault: PreambleFault) {
		super(describe(fault));
		this.code = fault.code;
		this.fault = fault;
	}
}

/** New memory of PREAMBLE_BYTES. Throws TypeError for values that no preamble can hold. */
export function encodePreamble({token, migrationId, link, channelIndex, channelCount}: Preamble): Uint8Array<ArrayBuffer> {
	if (token.length !== TOKEN_BYTES) throw new TypeError(`a token of ${token.length} bytes`);
	if (!UUID_PATTERN.test(migrationId)) throw new TypeError(`${migrationId} is not a UUID in lower case`);
	if (!isChannel(channelIndex, channelCount)) throw new TypeError(`channel ${channelIndex} of ${channelCount}`);
	if (link >>> 0 !== link) throw new TypeError(`link ${link}`);
	const bytes = new Uint8Array(PREAMBLE_BYTES);
	const view = new DataView(bytes.buffer);
	bytes.set(MAGIC);
	view.setUint32(AT.version, VERSION, true);
	view.setUint16(AT.index, channelIndex, true);
	view.setUint16(AT.count, channelCount, true);
	bytes.set(token, AT.token);
	view.setUint32(AT.link, link, true);
	const digits = migrationId.replaceAll('-', '');
	for (let index = 0; index < 16; index++) bytes[AT.migration + index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
	return bytes;
}

/** Checks a whole preamble. The token is a copy. Throws PreambleError, for any bytes. */
export function parsePreamble(bytes: Uint8Array): Preamble {
	if (bytes.length !== PREAMBLE_BYTES) throw new PreambleError({code: 'ERR_PREAMBLE_LENGTH', bytes: bytes.length});
	if (MAGIC.some((byte, index) => bytes[index] !== byte)) throw new PreambleError({code: 'ERR_PREAMBLE_MAGIC'});
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const version = view.getUint32(AT.version, true);
	if (version !== VERSION) throw new PreambleError({code: 'ERR_PREAMBLE_VERSION', version});
	const channelIndex = view.getUint16(AT.index, true);
	const channelCount = view.getUint16(AT.count, true);
	if (!isChannel(channelIndex, channelCount)) throw new PreambleError({code: 'ERR_PREAMBLE_CHANNEL', channelIndex, channelCount});
	if (bytes.subarray(AT.reserved).some(byte => byte !== 0)) throw new PreambleError({code: 'ERR_PREAMBLE_RESERVED'});
	return {
		token: bytes.slice(AT.token, AT.token + TOKEN_BYTES),
		migrationId: uuidText(bytes.subarray(AT.migration, AT.link)),
		link: view.getUint32(AT.link, true),
		channelIndex,
		channelCount,
	};
}

function isChannel(index: number, count: number): boolean {
	return Number.isInteger(index) && Number.isInteger(count) && count >= 1 && count <= MAX_DATA_CHANNELS && index >= 0 && index < count;
}

function uuidText(bytes: Uint8Array): string {
	const digits = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
	return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
}

function describe(fault: PreambleFault): string {
	switch (fault.code) {
		case 'ERR_PREAMBLE_LENGTH':
			return `a preamble has ${PREAMBLE_BYTES} bytes, not ${fault.bytes}`;
		case 'ERR_PREAMBLE_MAGIC':
			return 'the connection does not begin with the magic of a data connection';
		case 'ERR_PREAMBLE_VERSION':
			return `the data connection is of version ${fault.version}, this build knows version ${VERSION}`;
		case 'ERR_PREAMBLE_CHANNEL':
			return `data channel ${fault.channelIndex} of ${fault.channelCount}`;
		case 'ERR_PREAMBLE_RESERVED':
			return 'reserved bytes of the preamble are not zero';
		default:
			return fault satisfies never;
	}
}
