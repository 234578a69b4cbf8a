import type {Part} from './parts.ts';

/** What a field is to its reader; all of them are form, in none may a bit be turned unnoticed. */
export type FieldKind = 'magic' | 'version' | 'type' | 'length' | 'count' | 'reserved';

/** Bits of one field: in each byte from `offset` on those of its mask. */
export type Field = {readonly kind: FieldKind; readonly what: string; readonly offset: number; readonly masks: readonly number[]};

/** One bit to be turned. */
export type Bit = {readonly field: Field; readonly offset: number; readonly mask: number};

const all = (length: number): number[] => Array.from({length}, () => 0xff);
const RECORD_HEADER_BYTES = 8;
const LIST_HEAD_BYTES = 8;
const ENTRY_BYTES = 8;
const MSR_ENTRY_BYTES = 16;
/** Bits 52 to 59 of an entry of a page list, little-endian. docs/spec/stream.md section 4.2. */
const ENTRY_RESERVED_MASKS = [0, 0, 0, 0, 0, 0, 0xf0, 0x0f];
/** Bits of the xl header's mandatory flags that mean nothing: the lowest two do. docs/spec/stream.md section 6.1. */
const XL_FLAGS_MASKS = [0xfc, 0xff, 0xff, 0xff];

/**
 * Every magic, type, length, count and reserved field of a header or record, the entries of page lists excepted. Versions, and what else has
 * one right value only, count as well. docs/spec/stream.md sections 3.1, 4, 5 and 6.
 */
export function fieldsOf(part: Part): Field[] {
	const field = (kind: FieldKind, what: string, at: number, masks: readonly number[]): Field => ({
		kind,
		what: `${part.name}: ${what}`,
		offset: part.offset + at,
		masks,
	});
	switch (part.kind) {
		case 'xl':
			return [
				field('magic', 'magic', 0, all(32)),
				field('magic', 'byte order', 32, all(4)),
				field('reserved', 'mandatory flags', 36, XL_FLAGS_MASKS),
				field('length', 'length of the optional data', 44, all(4)),
				field('length', 'length of the configuration', 48, all(4)),
			];
		case 'libxl':
			return [field('magic', 'ident', 0, all(8)), field('version', 'version', 8, all(4)), field('reserved', 'options', 12, all(4))];
		case 'image':
			return [
				field('magic', 'marker', 0, all(8)),
				field('magic', 'id', 8, all(4)),
				field('version', 'version', 12, all(4)),
				field('reserved', 'options', 16, all(2)),
				field('reserved', 'reserved field', 18, all(6)),
			];
		case 'domain':
			return [
				field('type', 'type of guest', 0, all(4)),
				field('version', 'page shift', 4, all(2)),
				field('reserved', 'reserved field', 6, all(2)),
			];
		case 'record':
			return [
				field('type', 'type', 0, all(4)),
				field('length', 'length', 4, all(4)),
				...bodyFieldsOf(part, (kind, what, at, masks) => field(kind, what, RECORD_HEADER_BYTES + at, masks)),
				field('reserved', 'padding', RECORD_HEADER_BYTES + part.length, all(part.end - part.offset - RECORD_HEADER_BYTES - part.length)),
			];
	}
}

type MakeField = (kind: FieldKind, what: string, at: number, masks: readonly number[]) => Field;

/** `at` counts from the first byte of the body. */
function bodyFieldsOf({name, length}: Part, field: MakeField): Field[] {
	switch (name) {
		case 'libxc PAGE_DATA':
		case 'libxc HVM_PARAMS':
			return [field('count', 'count', 0, all(4)), field('reserved', 'reserved field', 4, all(4))];
		case 'libxc X86_PV_INFO':
			return [field('version', 'guest width and page-table levels', 0, all(2)), field('reserved', 'reserved field', 2, all(6))];
		case 'libxc X86_PV_VCPU_BASIC':
		case 'libxc X86_PV_VCPU_EXTENDED':
		case 'libxc X86_PV_VCPU_XSAVE':
		case 'libxc X86_PV_VCPU_MSRS':
			return [field('reserved', 'reserved field', 4, all(4))];
		case 'libxc X86_TSC_INFO':
			return [field('reserved', 'reserved field', 20, all(4))];
		case 'libxc X86_MSR_POLICY':
			return Array.from({length: length / MSR_ENTRY_BYTES}, (_, entry) =>
				field('reserved', `flags of entry ${entry}`, entry * MSR_ENTRY_BYTES + 4, all(4)),
			);
		default:
			return [];
	}
}

/** The reserved bits of one entry of a page list. */
export function entryField(part: Part, entry: number): Field {
	const offset = part.offset + RECORD_HEADER_BYTES + LIST_HEAD_BYTES + ENTRY_BYTES * entry;
	return {kind: 'reserved', what: `${part.name}: reserved bits of entry ${entry}`, offset, masks: ENTRY_RESERVED_MASKS};
}

/** Each bit of a field. */
export function bitsOf(field: Field): Bit[] {
	return field.masks.flatMap((mask, index) =>
		[1, 2, 4, 8, 16, 32, 64, 128].filter(bit => (mask & bit) !== 0).map(bit => ({field, offset: field.offset + index, mask: bit})),
	);
}

/** Records whose body, or its end, is opaque. */
const OPAQUE_AT_THE_END = /(?:EMULATOR_CONTEXT|HVM_CONTEXT|X86_PV_VCPU_[A-Z]+)$/;

/**
 * Whether a turned bit of a length only turns zeros at the end of an opaque body into padding, or padding into such zeros: nobody can see that.
 * `bytes` has the bit turned already.
 */
export function isUnseeable(bytes: Uint8Array, {name, offset, length, end}: Part, {field}: Bit): boolean {
	if (field.kind !== 'length' || field.offset !== offset + 4 || !OPAQUE_AT_THE_END.test(name)) return false;
	const changed = new DataView(bytes.buffer, bytes.byteOffset + offset, RECORD_HEADER_BYTES).getUint32(4, true);
	const room = end - offset - RECORD_HEADER_BYTES;
	if (Math.ceil(changed / 8) * 8 !== room) return false;
	return bytes.subarray(offset + RECORD_HEADER_BYTES + Math.min(length, changed), end).every(byte => byte === 0);
}
