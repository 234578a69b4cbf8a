import {LibxcRecordType, LibxlRecordType, type StreamLayer} from '@sterna/protocol';

/** What stands in front of the pages, once in a stream. */
const STATIC: Readonly<Record<StreamLayer, ReadonlySet<number>>> = {
	libxc: new Set([
		LibxcRecordType.X86_PV_INFO,
		LibxcRecordType.X86_PV_P2M_FRAMES,
		LibxcRecordType.X86_CPUID_POLICY,
		LibxcRecordType.X86_MSR_POLICY,
		LibxcRecordType.STATIC_DATA_END,
	]),
	libxl: new Set([LibxlRecordType.LIBXC_CONTEXT]),
};

/** Device state, which every checkpoint brings anew. */
const STATE: Readonly<Record<StreamLayer, ReadonlySet<number>>> = {
	libxc: new Set([
		LibxcRecordType.X86_PV_VCPU_BASIC,
		LibxcRecordType.X86_PV_VCPU_EXTENDED,
		LibxcRecordType.X86_PV_VCPU_XSAVE,
		LibxcRecordType.X86_PV_VCPU_MSRS,
		LibxcRecordType.SHARED_INFO,
		LibxcRecordType.X86_TSC_INFO,
		LibxcRecordType.HVM_CONTEXT,
		LibxcRecordType.HVM_PARAMS,
	]),
	libxl: new Set([LibxlRecordType.EMULATOR_XENSTORE_DATA, LibxlRecordType.EMULATOR_CONTEXT]),
};

/** What a record is to a store: one that is said once and goes to the main thread, device state of the checkpoint, or neither, as pages and marks of the stream's structure are. */
export function kindOfRecord(layer: StreamLayer, type: number): 'static' | 'state' | 'other' {
	if (STATE[layer].has(type)) return 'state';
	return STATIC[layer].has(type) ? 'static' : 'other';
}
