import {newBody, type RecordBody} from './record-body.ts';
import type {ByteOrder} from '../byte-order.ts';

/** One HVM parameter as it is on the wire. */
export type HvmParam = {readonly index: bigint; readonly value: bigint};

/** HVM_PARAMS: parameters for the hypervisor, among them the pfns of special pages. docs/spec/stream.md section 4.9. */
export type HvmParams = {
	readonly name: 'HVM_PARAMS';
	/** In stream order; empty in the records without content that Xen 4.6 to 4.8 wrote, which are ignored. */
	readonly params: readonly HvmParam[];
};

const HEAD_BYTES = 8;
const ENTRY_BYTES = 16;

/** Names of the parameters, by index. Xen's public header. */
const PARAM_NAMES = new Map<bigint, string>([
	[0n, 'CALLBACK_IRQ'],
	[1n, 'STORE_PFN'],
	[2n, 'STORE_EVTCHN'],
	[4n, 'PAE_ENABLED'],
	[5n, 'IOREQ_PFN'],
	[6n, 'BUFIOREQ_PFN'],
	[9n, 'VIRIDIAN'],
	[10n, 'TIMER_MODE'],
	[11n, 'HPET_ENABLED'],
	[12n, 'IDENT_PT'],
	[14n, 'ACPI_S_STATE'],
	[15n, 'VM86_TSS'],
	[16n, 'VPT_ALIGN'],
	[17n, 'CONSOLE_PFN'],
	[18n, 'CONSOLE_EVTCHN'],
	[19n, 'ACPI_IOPORTS_LOCATION'],
	[24n, 'NESTEDHVM'],
	[26n, 'BUFIOREQ_EVTCHN'],
	[27n, 'PAGING_RING_PFN'],
	[28n, 'MONITOR_RING_PFN'],
	[29n, 'SHARING_RING_PFN'],
	[31n, 'TRIPLE_FAULT_REASON'],
	[32n, 'IOREQ_SERVER_PFN'],
	[33n, 'NR_IOREQ_SERVER_PAGES'],
	[34n, 'VM_GENERATION_ID_ADDR'],
	[35n, 'ALTP2M'],
	[36n, 'X87_FIP_WIDTH'],
	[37n, 'VM86_TSS_SIZED'],
	[38n, 'MCA_CAP'],
]);

/** A parameter's name, or its index as a decimal number where it has none. */
export function hvmParamName(index: bigint): string {
	return PARAM_NAMES.get(index) ?? index.toString();
}

/** Body: u32 count, 4 zero bytes, then pairs of u64 index and u64 value. */
export function parseHvmParams(body: RecordBody): HvmParams {
	if (body.length < HEAD_BYTES) throw body.wrongLength(`at least ${HEAD_BYTES}`);
	const count = body.u32(0);
	if (body.length !== HEAD_BYTES + ENTRY_BYTES * count)
		throw body.wrongLength(`${HEAD_BYTES + ENTRY_BYTES * count} for ${count} parameters`);
	body.reserved(4, 4);
	const params: HvmParam[] = [];
	for (let at = HEAD_BYTES; at < body.length; at += ENTRY_BYTES) params.push({index: body.u64(at), value: body.u64(at + 8)});
	return {name: 'HVM_PARAMS', params};
}

export function encodeHvmParams({params}: HvmParams, byteOrder: ByteOrder = 'little'): Uint8Array {
	const littleEndian = byteOrder === 'little';
	const {bytes, view} = newBody(HEAD_BYTES + ENTRY_BYTES * params.length);
	view.setUint32(0, params.length, littleEndian);
	for (const [position, {index, value}] of params.entries()) {
		view.setBigUint64(HEAD_BYTES + ENTRY_BYTES * position, index, littleEndian);
		view.setBigUint64(HEAD_BYTES + ENTRY_BYTES * position + 8, value, littleEndian);
	}

	return bytes;
}
