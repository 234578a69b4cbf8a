import {sternaRecordNameOf, type SternaRecordName} from './sterna-records.ts';
import type {StreamLayer} from './model.ts';

/** Bit 31 of a record type: set = optional, a reader that does not know the type skips the record. docs/spec/stream.md section 3. */
export const OPTIONAL_RECORD_BIT = 0x8000_0000;

/** Record types of the libxc layer. docs/spec/stream.md section 4. */
export const LibxcRecordType = {
	END: 0x00,
	PAGE_DATA: 0x01,
	X86_PV_INFO: 0x02,
	X86_PV_P2M_FRAMES: 0x03,
	X86_PV_VCPU_BASIC: 0x04,
	X86_PV_VCPU_EXTENDED: 0x05,
	X86_PV_VCPU_XSAVE: 0x06,
	SHARED_INFO: 0x07,
	X86_TSC_INFO: 0x08,
	HVM_CONTEXT: 0x09,
	HVM_PARAMS: 0x0a,
	TOOLSTACK: 0x0b,
	X86_PV_VCPU_MSRS: 0x0c,
	VERIFY: 0x0d,
	CHECKPOINT: 0x0e,
	CHECKPOINT_DIRTY_PFN_LIST: 0x0f,
	STATIC_DATA_END: 0x10,
	X86_CPUID_POLICY: 0x11,
	X86_MSR_POLICY: 0x12,
} as const;
export type LibxcRecordName = keyof typeof LibxcRecordType;

/** Record types of the libxl layer. docs/spec/stream.md section 5. */
export const LibxlRecordType = {
	END: 0x00,
	LIBXC_CONTEXT: 0x01,
	EMULATOR_XENSTORE_DATA: 0x02,
	EMULATOR_CONTEXT: 0x03,
	CHECKPOINT_END: 0x04,
	CHECKPOINT_STATE: 0x05,
} as const;
export type LibxlRecordName = keyof typeof LibxlRecordType;

/** The name of a record that the format, or Sterna, defines. */
export type RecordName = LibxcRecordName | LibxlRecordName | SternaRecordName;

const LIBXC_NAMES = new Map<number, LibxcRecordName>(
	Object.entries(LibxcRecordType).map(([name, type]) => [type, name as LibxcRecordName]),
);
const LIBXL_NAMES = new Map<number, LibxlRecordName>(
	Object.entries(LibxlRecordType).map(([name, type]) => [type, name as LibxlRecordName]),
);

/** The name of a record type in its layer; undefined where the format defines none. Bit 31 is part of the type: 0x80000001 has no name. */
export function recordNameOf(layer: StreamLayer, type: number): RecordName | undefined {
	return layer === 'libxc' ? LIBXC_NAMES.get(type) : LIBXL_NAMES.get(type);
}

/** A type as people read it: `PAGE_DATA`, `ZERO_PAGES` for one of Sterna's own, or `unknown 0x55`. */
export function describeRecordType(layer: StreamLayer, type: number): string {
	return recordNameOf(layer, type) ?? sternaRecordNameOf(type) ?? `unknown 0x${type.toString(16)}`;
}

/** Whether a reader may skip a record of this type when it does not know it. */
export function isOptionalRecordType(type: number): boolean {
	return type >= OPTIONAL_RECORD_BIT;
}
