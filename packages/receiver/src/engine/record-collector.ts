import type {DeviceState} from '@sterna/domain';
import {LibxcRecordType, LibxlRecordType, type RawRecord} from '@sterna/protocol';

/** Records that are sent before or among the pages, and go to the target as they come. Spec section 2.4, part S, and the P2M frames. */
const STATIC_RECORDS: ReadonlySet<number> = new Set([
	LibxcRecordType.X86_PV_INFO,
	LibxcRecordType.X86_PV_P2M_FRAMES,
	LibxcRecordType.X86_CPUID_POLICY,
	LibxcRecordType.X86_MSR_POLICY,
]);

/** Marks of the stream's structure: they carry nothing of the guest. */
const LIBXC_MARKS: ReadonlySet<number> = new Set([
	LibxcRecordType.END,
	LibxcRecordType.STATIC_DATA_END,
	LibxcRecordType.VERIFY,
	LibxcRecordType.CHECKPOINT,
]);
const LIBXL_MARKS: ReadonlySet<number> = new Set([
	LibxlRecordType.END,
	LibxlRecordType.LIBXC_CONTEXT,
	LibxlRecordType.CHECKPOINT_END,
	LibxlRecordType.CHECKPOINT_STATE,
]);

/** Sorts a stream's records other than pages: static ones to the target at once, the rest kept for when memory is whole. */
export class RecordCollector {
	readonly #onStatic: (record: RawRecord) => void;
	#libxc: RawRecord[] = [];
	#libxl: RawRecord[] = [];

	constructor(onStatic: (record: RawRecord) => void) {
		this.#onStatic = onStatic;
	}

	add({layer, type, body}: RawRecord): void {
		const record: RawRecord = {layer, type, body};
		if (layer === 'libxl') {
			if (!LIBXL_MARKS.has(type)) this.#libxl.push(record);
		} else if (STATIC_RECORDS.has(type)) {
			this.#onStatic(record);
		} else if (!LIBXC_MARKS.has(type)) {
			this.#libxc.push(record);
		}
	}

	/** The records of the checkpoint, or of the stream, that is whole now. Later ones replace them. */
	takeDeviceState(): DeviceState {
		const state = this.deviceState();
		this.#libxc = [];
		this.#libxl = [];
		return state;
	}

	deviceState(): DeviceState {
		return {libxc: this.#libxc, libxl: this.#libxl};
	}
}
