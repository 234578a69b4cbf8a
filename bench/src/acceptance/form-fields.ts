/** A field of a stream whose value is form and not content: nothing may be changed in it unnoticed. Byte offsets; `end` is exclusive. */
export type FormField = {readonly what: string; readonly start: number; readonly end: number};

/** A stream's records as far as this walk needs them. */
export type RecordPlace = {readonly layer: 'libxc' | 'libxl'; readonly type: number; readonly offset: number; readonly length: number};

const XL_MAGIC_BYTES = 32;
const XL_HEADER_BYTES = 48;
const LIBXL_HEADER_BYTES = 16;
const LIBXC_HEADERS_BYTES = 40;
const LIBXL = {end: 0, libxcContext: 1, emulatorContext: 3, checkpointEnd: 4} as const;
const LIBXC = {end: 0, pageData: 1, pvInfo: 2, vcpuFirst: 4, vcpuLast: 6, tscInfo: 8, hvmParams: 10, checkpoint: 14} as const;
/** Offset in the body and length of the reserved fields of each libxc record type; PAGE_DATA and HVM_PARAMS with the count before them. Spec section 2. */
const RESERVED: Readonly<Record<number, readonly [at: number, length: number]>> = {
	[LIBXC.pageData]: [0, 8],
	[LIBXC.pvInfo]: [2, 6],
	[LIBXC.vcpuFirst]: [4, 4],
	5: [4, 4],
	[LIBXC.vcpuLast]: [4, 4],
	[LIBXC.tscInfo]: [20, 4],
	[LIBXC.hvmParams]: [0, 8],
};

/**
 * Finds the magics, types, lengths, counts and reserved fields of a little-endian stream in an xl file, plain or checkpointed, and its records.
 * Written from the specification alone, without the decoder that it is to put to the test; for good streams only.
 */
export function findFormFields(bytes: Buffer): {readonly fields: readonly FormField[]; readonly records: readonly RecordPlace[]} {
	const fields: FormField[] = [
		{what: 'xl magic and byte order', start: 0, end: XL_MAGIC_BYTES + 4},
		{what: 'xl length of optional data', start: 44, end: XL_HEADER_BYTES},
	];
	const records: RecordPlace[] = [];
	let at = XL_HEADER_BYTES + bytes.readUInt32LE(44);
	fields.push({what: 'libxl ident and version', start: at, end: at + 12});
	at += LIBXL_HEADER_BYTES;
	let layer: RecordPlace['layer'] = 'libxl';
	while (at + 8 <= bytes.length) {
		const type = bytes.readUInt32LE(at) & 0x7fff_ffff;
		const length = bytes.readUInt32LE(at + 4);
		records.push({layer, type, offset: at, length});
		fields.push({what: `${layer} record ${type}: type and length`, start: at, end: at + 8});
		const reserved = layer === 'libxc' ? RESERVED[type] : undefined;
		if (reserved !== undefined)
			fields.push({
				what: `${layer} record ${type}: count or reserved`,
				start: at + 8 + reserved[0],
				end: at + 8 + reserved[0] + reserved[1],
			});
		at += 8 + Math.ceil(length / 8) * 8;
		if (layer === 'libxl' && type === LIBXL.libxcContext) {
			fields.push(
				{what: 'image header', start: at, end: at + 24},
				{what: 'domain header: type, page shift, reserved', start: at + 24, end: at + 32},
			);
			at += LIBXC_HEADERS_BYTES;
			layer = 'libxc';
		} else if (layer === 'libxc' && (type === LIBXC.end || type === LIBXC.checkpoint)) layer = 'libxl';
		else if (layer === 'libxl' && type === LIBXL.checkpointEnd) layer = 'libxc';
		else if (layer === 'libxl' && type === LIBXL.end) break;
	}

	return {fields, records};
}

/** Whether a changed length only turned zeros at the end of the device model's opaque body into padding: nobody can see that. */
export function isUnseeable(bytes: Buffer, records: readonly RecordPlace[], field: FormField): boolean {
	const record = records.find(({offset}) => offset === field.start);
	if (record === undefined || record.layer !== 'libxl' || record.type !== LIBXL.emulatorContext) return false;
	const length = bytes.readUInt32LE(field.start + 4);
	const sameSpace = Math.ceil(length / 8) === Math.ceil(record.length / 8);
	return (
		sameSpace &&
		length < record.length &&
		bytes.subarray(field.start + 8 + length, field.start + 8 + record.length).every(byte => byte === 0)
	);
}
