import {
	encodeDomainHeader,
	encodeImageHeader,
	encodeLibxlHeader,
	encodeRecord,
	encodeXlHeader,
	LibxcRecordType,
	LibxlRecordType,
	type RawRecord,
} from '@sterna/protocol';
import type {DeviceState, SourceDomain} from '@sterna/domain';
import type {SendLink} from '@sterna/transport';
import type {CheckpointLink} from './checkpoint/checkpoint-link.ts';

const EMPTY = new Uint8Array(0);

/** Everything before the first page: the xl, libxl and libxc headers, and the static records. Spec sections 2.7, 3.3 and 4.1. */
export async function writeHead(link: Pick<SendLink, 'writeBytes'>, domain: SourceDomain): Promise<void> {
	const parts = [
		encodeXlHeader(domain.xlConfig),
		encodeLibxlHeader(),
		encodeRecord({layer: 'libxl', type: LibxlRecordType.LIBXC_CONTEXT, body: EMPTY}),
		encodeImageHeader(domain.streamVersion),
		encodeDomainHeader(domain.guestType, domain.xenVersion),
		...domain.staticRecords.beforeEnd.map(record => encodeRecord(record)),
		...(domain.streamVersion === 3 ? [encodeRecord({layer: 'libxc', type: LibxcRecordType.STATIC_DATA_END, body: EMPTY})] : []),
		...domain.staticRecords.afterEnd.map(record => encodeRecord(record)),
	];
	for (const part of parts) await link.writeBytes(part);
}

/**
 * Everything behind the last page: CPU and device state, and the END of both layers, where memory is proven with a digest before the last.
 * Resolves when the kernel has it.
 */
export async function writeTail(link: Pick<SendLink, 'writeBytes' | 'writeDigest'>, {libxc, libxl}: DeviceState): Promise<void> {
	const tail = encodeTogether([...libxc, {layer: 'libxc', type: LibxcRecordType.END, body: EMPTY}, ...libxl]);
	const end = encodeRecord({layer: 'libxl', type: LibxlRecordType.END, body: EMPTY});
	await Promise.all([link.writeBytes(tail), link.writeDigest(), link.writeBytes(end)]);
}

/**
 * Everything behind the last page of a checkpoint: as `writeTail`, with CHECKPOINT and CHECKPOINT_END in the place of the ENDs; pages of the next one may follow.
 * All of it is queued at the call. Resolves with the stream offset behind it when the kernel has it. Spec section 3.3.
 */
export function writeCheckpointTail(
	link: Pick<CheckpointLink, 'writeBytes' | 'writeCheckpointDigest'>,
	{libxc, libxl}: DeviceState,
): Promise<number> {
	const tail = encodeTogether([...libxc, {layer: 'libxc', type: LibxcRecordType.CHECKPOINT, body: EMPTY}, ...libxl]);
	const end = encodeRecord({layer: 'libxl', type: LibxlRecordType.CHECKPOINT_END, body: EMPTY});
	const all = Promise.all([link.writeBytes(tail), link.writeCheckpointDigest(), link.writeBytes(end)]);
	return all.then(([, , offset]) => offset);
}

/** One write, and no turn of the event loop between the records: where the guest stands still meanwhile each counts. */
function encodeTogether(records: readonly RawRecord[]): Uint8Array {
	const parts = records.map(record => encodeRecord(record));
	const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.byteLength;
	}

	return bytes;
}
