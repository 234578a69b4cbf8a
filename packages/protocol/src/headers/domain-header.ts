import {StreamError, type StreamFault} from '../errors.ts';
import {PAGE_SHIFT, type GuestType} from '../model.ts';
import {hex} from '../text.ts';
import type {ByteOrder} from '../byte-order.ts';

/** Bytes of the libxc domain header. docs/spec/stream.md section 4.0. */
export const DOMAIN_HEADER_BYTES = 16;

const GUEST_TYPES: Readonly<Record<GuestType, number>> = {pv: 1, hvm: 2};

/** The domain header, in the byte order of the image. */
export type DomainHeader = {
	readonly kind: 'domain';
	readonly offset: number;
	readonly length: number;
	readonly guestType: GuestType;
	/** Version of the hypervisor that saved the guest; major 0: made by the legacy converter. */
	readonly xenMajor: number;
	readonly xenMinor: number;
};

/** Checks the 16 bytes at the start of `view`. The reserved field is a strict reader's fault only. */
export function parseDomainHeader(
	view: DataView,
	offset: number,
	byteOrder: ByteOrder,
	deviation: (fault: StreamFault) => void,
): DomainHeader {
	const littleEndian = byteOrder === 'little';
	const type = view.getUint32(0, littleEndian);
	const guestType = type === GUEST_TYPES.pv ? 'pv' : type === GUEST_TYPES.hvm ? 'hvm' : undefined;
	if (guestType === undefined) throw headerField(offset, 'type', hex(type), '1 (x86 PV) or 2 (x86 HVM)');
	const pageShift = view.getUint16(4, littleEndian);
	if (pageShift !== PAGE_SHIFT) throw headerField(offset + 4, 'page_shift', String(pageShift), String(PAGE_SHIFT));
	const reserved = view.getUint16(6, littleEndian);
	if (reserved !== 0)
		deviation({code: 'ERR_HEADER_RESERVED', offset: offset + 6, header: 'domain header', field: 'the 2-byte field', value: hex(reserved)});
	return {
		kind: 'domain',
		offset,
		length: DOMAIN_HEADER_BYTES,
		guestType,
		xenMajor: view.getUint32(8, littleEndian),
		xenMinor: view.getUint32(12, littleEndian),
	};
}

export function encodeDomainHeader(
	guestType: GuestType,
	[xenMajor, xenMinor]: readonly [major: number, minor: number],
	byteOrder: ByteOrder = 'little',
): Uint8Array {
	const littleEndian = byteOrder === 'little';
	const bytes = new Uint8Array(DOMAIN_HEADER_BYTES);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, GUEST_TYPES[guestType], littleEndian);
	view.setUint16(4, PAGE_SHIFT, littleEndian);
	view.setUint32(8, xenMajor, littleEndian);
	view.setUint32(12, xenMinor, littleEndian);
	return bytes;
}

function headerField(offset: number, field: string, value: string, expected: string): StreamError {
	return new StreamError({code: 'ERR_HEADER_FIELD', offset, header: 'domain header', field, value, expected});
}
