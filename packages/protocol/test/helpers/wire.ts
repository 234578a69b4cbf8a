// Builds streams byte by byte, without the code under test. Integers are little-endian unless a stream says otherwise.

/** Of more parts than a call takes arguments, too. */
function join(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}

	return whole;
}

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => join(parts);

export function ascii(text: string): Uint8Array {
	return Uint8Array.from(text, character => character.charCodeAt(0));
}

function integer(bytes: number, value: number | bigint, littleEndian: boolean): Uint8Array {
	const out = new Uint8Array(8);
	const view = new DataView(out.buffer);
	view.setBigUint64(0, BigInt(value), littleEndian);
	return littleEndian ? out.slice(0, bytes) : out.slice(8 - bytes);
}

export const u16 = (value: number, littleEndian = true): Uint8Array => integer(2, value, littleEndian);
export const u32 = (value: number, littleEndian = true): Uint8Array => integer(4, value, littleEndian);
export const u64 = (value: number | bigint, littleEndian = true): Uint8Array => integer(8, value, littleEndian);
export const zeros = (count: number): Uint8Array => new Uint8Array(count);

/** A record with its padding; `length` where the header shall lie. */
export function record(
	type: number,
	body: Uint8Array = zeros(0),
	{length = body.length, littleEndian = true, padding = zeros((8 - (body.length % 8)) % 8)} = {},
): Uint8Array {
	return concat(u32(type, littleEndian), u32(length, littleEndian), body, padding);
}

export function imageHeader({
	version = 3,
	options = 0,
	marker = zeros(8).fill(0xff),
	id = 0x58454e46,
	reserved16 = 0,
	reserved32 = 0,
} = {}): Uint8Array {
	return concat(marker, u32(id, false), u32(version, false), u16(options, false), u16(reserved16, false), u32(reserved32, false));
}

export function domainHeader(type: number, {pageShift = 12, reserved = 0, major = 4, minor = 17, littleEndian = true} = {}): Uint8Array {
	return concat(
		u32(type, littleEndian),
		u16(pageShift, littleEndian),
		u16(reserved, littleEndian),
		u32(major, littleEndian),
		u32(minor, littleEndian),
	);
}

export type Entry = readonly [type: number, pfn: number | bigint, page?: Uint8Array];

/** A PAGE_DATA record of entries, with whatever pages they bring. */
export function pageData(
	entries: readonly Entry[],
	{count = entries.length, reserved = 0, littleEndian = true, length = undefined as number | undefined} = {},
): Uint8Array {
	const body = join([
		u32(count, littleEndian),
		u32(reserved, littleEndian),
		...entries.map(([type, pfn]) => u64((BigInt(type) << 60n) | BigInt(pfn), littleEndian)),
		...entries.map(([, , page]) => page ?? zeros(0)),
	]);
	return record(0x01, body, {littleEndian, length: length ?? body.length});
}

export const PAGE = Uint8Array.from({length: 4096}, (_, index) => index & 0xff);
export const filledPage = (value: number): Uint8Array => zeros(4096).fill(value);

export const CPUID = record(0x11, concat(u32(0), u32(0xffff_ffff), u32(0xd), u32(0x756e_6547), u32(0x6c65_746e), u32(0x4965_6e69)));
export const MSR = record(0x12, concat(u32(0xce), u32(0), u64(0)));
export const STATIC_DATA_END = record(0x10);
export const VERIFY = record(0x0d);
export const CHECKPOINT = record(0x0e);
export const END = record(0x00);
export const TSC = record(0x08, concat(u32(0), u32(2_400_000), u64(0x1122_3344_5566_7788n), u32(3), u32(0)));
export const CONTEXT = record(0x09, ascii('CTX!'));
export const PARAMS = record(0x0a, concat(u32(2), u32(0), u64(1), u64(0xf_effc), u64(17), u64(0xf_efff)));
export const PV_INFO = record(0x02, concat(Uint8Array.of(8, 4), zeros(6)));
export const P2M_FRAMES = record(0x03, concat(u32(0), u32(3), u64(3)));
export const SHARED_INFO = record(0x07, zeros(4096));

/** Offsets of a 64-bit vCPU's basic context. */
const CR3_OFFSET = 5008;

export function vcpuBasic(vcpuId = 0, cr3 = 1n << 12n): Uint8Array {
	const context = zeros(5168);
	context.set(u64(cr3), CR3_OFFSET);
	return record(0x04, concat(u32(vcpuId), u32(0), context));
}

export const EMULATOR_CONTEXT = record(3, concat(u32(2), u32(0), ascii('QEMU')));
export const XENSTORE = record(
	2,
	concat(
		u32(2),
		u32(0),
		ascii('physmap/f0000000/start_addr\0f0000000\0physmap/f0000000/size\u0000800000\0physmap/f0000000/name\0vga.vram\0'),
	),
);
export const CHECKPOINT_END = record(4);
export const checkpointState = (id: number): Uint8Array => record(5, u32(id));

export function hvm(body: readonly Uint8Array[], version = 3): Uint8Array {
	return concat(imageHeader({version}), domainHeader(2), ...body);
}

export function pv(body: readonly Uint8Array[], version = 3): Uint8Array {
	return concat(imageHeader({version}), domainHeader(1), ...body);
}

export function libxlHeader({ident = 'LibxlFmt', version = 2, options = 0} = {}): Uint8Array {
	return concat(ascii(ident), u32(version, false), u32(options, false));
}

/** A libxl stream around a libxc one. */
export function libxl(image: Uint8Array, ...tail: readonly Uint8Array[]): Uint8Array {
	return concat(libxlHeader(), record(1), image, ...tail);
}

export const XL_MAGIC_TEXT = 'Xen saved domain, xl format\n \0 \r';
export const GO_TEXT = 'domain is yours, you are cleared to unpause\0';

type XlHeaderFields = {
	readonly magic?: string;
	readonly byteOrder?: number;
	readonly mandatory?: number;
	readonly optional?: number;
	readonly data?: Uint8Array;
	readonly length?: number;
};

export function xlHeader({
	magic = XL_MAGIC_TEXT,
	byteOrder = 0x0102_0304,
	mandatory = 3,
	optional = 0,
	data = concat(u32(3), ascii('{}\0')),
	length,
}: XlHeaderFields = {}): Uint8Array {
	return concat(ascii(magic), u32(byteOrder), u32(mandatory), u32(optional), u32(length ?? data.length), data);
}

/** An xl header around a configuration that names the guest's type, as xl writes it. */
export function xlHeaderOf(type: 'pv' | 'pvh' | 'hvm', more: object = {}): Uint8Array {
	const text = ascii(`${JSON.stringify({c_info: {type}, b_info: {max_vcpus: 1}, ...more})}\0`);
	return xlHeader({data: concat(u32(text.length), text)});
}

/** Offset of the first record in a bare libxc stream, and of the record behind STATIC_DATA_END. */
export const FIRST = 40;
export const SECOND = 48;
export const TAIL = [TSC, CONTEXT, END] as const;
export const PV_TAIL = [TSC, SHARED_INFO, vcpuBasic(), END] as const;
export const PV_HEAD = [PV_INFO, STATIC_DATA_END, P2M_FRAMES] as const;
export const PV_PAGES = pageData([[0, 0, zeros(4096)]]);
export const hvmWith = (...records: readonly Uint8Array[]): Uint8Array => hvm([STATIC_DATA_END, ...records, ...TAIL]);
export const checkpointRound = (...close: readonly Uint8Array[]): Uint8Array =>
	concat(pageData([[0, 1, PAGE]]), TSC, CONTEXT, CHECKPOINT, ...close);
export const pagesAt = (...entries: Parameters<typeof pageData>[0]): Uint8Array => hvmWith(pageData(entries));
export const HVM_MIN = hvm([STATIC_DATA_END, CONTEXT, END]);
export const LIBXL_MIN = libxl(HVM_MIN, EMULATOR_CONTEXT, END);
