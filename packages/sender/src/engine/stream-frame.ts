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
	const records: RawRecord[] = [...libxc, {layer: 'libxc', type: LibxcRecordType.END, body: EMPTY}, ...libxl];
	const parts = records.map(record => encodeRecord(record));
	// One write, and no turn of the event loop between the three: in the pause each counts.
	const tail = new Uint8Array(parts.reduce((bytes, part) => bytes + part.byteLength, 0));
	let at = 0;
	for (const part of parts) {
		tail.set(part, at);
		at += part.byteLength;
	}

	const end = encodeRecord({layer: 'libxl', type: LibxlRecordType.END, body: EMPTY});
	await Promise.all([link.writeBytes(tail), link.writeDigest(), link.writeBytes(end)]);
}
