import {MAX_LISTED_HVM_DESCRIPTORS} from '../limits.ts';
import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

/** One descriptor of an HVM context: whose state follows it, and how long it is. */
export type HvmDescriptor = {
	readonly typeCode: number;
	/** `CPU`, `LAPIC`, …, or `type N` where Xen 4.17 knows none. */
	readonly typeName: string;
	readonly instance: number;
	/** Bytes of payload behind the 8-byte descriptor. */
	readonly length: number;
};

/** HVM_CONTEXT: the hypervisor's own state of an HVM guest. docs/spec/stream.md section 4.8. */
export type HvmContext = {
	readonly name: 'HVM_CONTEXT';
	/** Opaque; a view of the body. */
	readonly context: Uint8Array;
	/** Its parts, where it begins as Xen's does (at most 16,384 of them); undefined for any other content. */
	readonly descriptors: readonly HvmDescriptor[] | undefined;
};

const DESCRIPTOR_BYTES = 8;
const HEADER_TYPE_CODE = 1;
const HEADER_BYTES = 24;
const END_TYPE_CODE = 0;
/** First field of the header descriptor's payload. */
const HEADER_MAGIC = 0x5438_1286;

/** Names of the hypervisor's save record types, index = type code. Xen 4.17, x86. */
const TYPE_NAMES = [
	'END',
	'HEADER',
	'CPU',
	'PIC',
	'IOAPIC',
	'LAPIC',
	'LAPIC_REGS',
	'PCI_IRQ',
	'ISA_IRQ',
	'PCI_LINK',
	'PIT',
	'RTC',
	'HPET',
	'PMTIMER',
	'MTRR',
	'VIRIDIAN_DOMAIN',
	'CPU_XSAVE',
	'VIRIDIAN_VCPU',
	'VMCE_VCPU',
	'TSC_ADJUST',
	'CPU_MSR',
];

/** Body: opaque, not empty. Where it begins with Xen's header descriptor, a strict reader wants its chain whole, ending with the end descriptor. */
export function parseHvmContext(body: RecordBody): HvmContext {
	if (body.length === 0) throw body.wrongLength('at least 1');
	return {name: 'HVM_CONTEXT', context: body.bytes, descriptors: beginsWithHeader(body) ? listDescriptors(body) : undefined};
}

function beginsWithHeader(body: RecordBody): boolean {
	return (
		body.length >= DESCRIPTOR_BYTES + HEADER_BYTES &&
		body.u16(0) === HEADER_TYPE_CODE &&
		body.u32(4) === HEADER_BYTES &&
		body.u32(DESCRIPTOR_BYTES) === HEADER_MAGIC
	);
}

function listDescriptors(body: RecordBody): HvmDescriptor[] {
	const descriptors: HvmDescriptor[] = [];
	let at = 0;
	while (at + DESCRIPTOR_BYTES <= body.length) {
		const typeCode = body.u16(at);
		const length = body.u32(at + 4);
		if (descriptors.length < MAX_LISTED_HVM_DESCRIPTORS) {
			descriptors.push({typeCode, typeName: TYPE_NAMES[typeCode] ?? `type ${typeCode}`, instance: body.u16(at + 2), length});
		}

		if (typeCode === END_TYPE_CODE) {
			if (length !== 0 || at + DESCRIPTOR_BYTES !== body.length)
				body.deviatingField(at, 'the end descriptor', length, 'no payload and nothing behind it');
			return descriptors;
		}

		if (at + DESCRIPTOR_BYTES + length > body.length) {
			body.deviatingField(at + 4, 'the descriptor length', length, `at most the ${body.length - at - DESCRIPTOR_BYTES} bytes left`);
			return descriptors;
		}

		at += DESCRIPTOR_BYTES + length;
	}

	body.deviatingLength('an end descriptor as its last 8 bytes');
	return descriptors;
}

/**
 * Whether a context is that of a PVH guest, which has no device model and so no EMULATOR_CONTEXT: it has a vCPU, but none of the
 * interrupt controllers and timers of a PC. Undefined descriptors (content of another origin) say nothing.
 */
export function isPvhContext({descriptors}: HvmContext): boolean {
	if (descriptors === undefined) return false;
	const names = new Set(descriptors.map(descriptor => descriptor.typeName));
	return names.has('CPU') && !names.has('PIC') && !names.has('IOAPIC') && !names.has('PIT') && !names.has('RTC');
}

export function encodeHvmContext({context}: Pick<HvmContext, 'context'>): Uint8Array {
	return context.slice();
}

/** A context of header and end descriptor only, for guests whose CPU state travels elsewhere. Header fields but the magic and version are zero. */
export function emptyHvmContext(byteOrder: ByteOrder = 'little'): Uint8Array {
	const littleEndian = byteOrder === 'little';
	const {bytes, view} = newBody(DESCRIPTOR_BYTES + HEADER_BYTES + DESCRIPTOR_BYTES);
	view.setUint16(0, HEADER_TYPE_CODE, littleEndian);
	view.setUint32(4, HEADER_BYTES, littleEndian);
	view.setUint32(DESCRIPTOR_BYTES, HEADER_MAGIC, littleEndian);
	view.setUint32(DESCRIPTOR_BYTES + 4, 1, littleEndian);
	return bytes;
}
