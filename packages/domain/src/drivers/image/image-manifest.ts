import {MAX_LIBXC_BODY_BYTES, type RawRecord} from '@sterna/protocol';
import * as v from 'valibot';
import {ImageDefinition} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {DeviceState} from '../../source-domain.ts';
import type {StreamHeaders} from '../../target-domain.ts';
import type {ImageFiles} from './image-files.ts';
import {readLimited} from './read-limited.ts';

/** Bytes of a manifest and of a file of records at most: checked before either is read. */
const MAX_MANIFEST_BYTES = 16 * 2 ** 20;
const MAX_RECORDS_BYTES = 2 * MAX_LIBXC_BODY_BYTES;
/** Records of an image at most: a PV guest has four for each of up to 8192 vCPUs. */
export const MAX_RECORDS = 65_536;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Version = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));

const StoredRecord = v.strictObject({
	layer: v.picklist(['libxc', 'libxl']),
	type: Version,
	/** Where its body is in the file of records. */
	offset: Count,
	length: Count,
});
const StoredRecords = v.pipe(v.array(StoredRecord), v.maxLength(MAX_RECORDS));

/** What is said of an image beside its memory. */
const ImageManifest = v.strictObject({
	version: v.literal(1),
	definition: ImageDefinition,
	guestType: v.picklist(['pv', 'hvm']),
	streamVersion: v.picklist([2, 3]),
	xenVersion: v.strictTuple([Version, Version]),
	xlConfig: v.string(),
	/** Static records before STATIC_DATA_END, those behind it (PV: the P2M frames), and the tail records of each layer. */
	records: v.strictObject({beforeEnd: StoredRecords, afterEnd: StoredRecords, libxc: StoredRecords, libxl: StoredRecords}),
});
type ImageManifest = v.InferOutput<typeof ImageManifest>;
type RecordList = keyof ImageManifest['records'];

/** All of an image but its memory and page types. */
export type ImageContent = {
	readonly definition: ImageDefinition;
	readonly headers: Omit<StreamHeaders, 'xlConfig'> & {readonly xlConfig: string};
	readonly staticRecords: {readonly beforeEnd: readonly RawRecord[]; readonly afterEnd: readonly RawRecord[]};
	readonly deviceState: DeviceState;
};

/** The manifest and the bytes of the file of records that it points into. */
export function formatImage({definition, headers, staticRecords, deviceState}: ImageContent): {
	readonly manifest: string;
	readonly records: Uint8Array;
} {
	const bodies: Uint8Array[] = [];
	let offset = 0;
	const store = (records: readonly RawRecord[]): ImageManifest['records'][RecordList] =>
		records.map(({layer, type, body}) => {
			bodies.push(body);
			const at = offset;
			offset += body.byteLength;
			return {layer, type, offset: at, length: body.byteLength};
		});
	const manifest: ImageManifest = {
		version: 1,
		definition,
		guestType: headers.guestType,
		streamVersion: headers.streamVersion,
		xenVersion: [...headers.xenVersion],
		xlConfig: headers.xlConfig,
		records: {
			beforeEnd: store(staticRecords.beforeEnd),
			afterEnd: store(staticRecords.afterEnd),
			libxc: store(deviceState.libxc),
			libxl: store(deviceState.libxl),
		},
	};
	return {manifest: `${JSON.stringify(manifest)}\n`, records: Buffer.concat(bodies)};
}

/** Reads and checks what `formatImage` wrote. Throws ERR_FILE. */
export function readImage(files: ImageFiles): ImageContent {
	const parsed = v.safeParse(ImageManifest, parseJson(readLimited(files.manifest, MAX_MANIFEST_BYTES), files.manifest));
	if (!parsed.success) {
		const [issue] = parsed.issues;
		throw new DomainError('ERR_FILE', `the image's manifest ${files.manifest} is wrong: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
	}

	const manifest = parsed.output;
	const bytes = readLimited(files.records, MAX_RECORDS_BYTES);
	const load = (list: RecordList): RawRecord[] =>
		manifest.records[list].map(({layer, type, offset, length}) => {
			if (offset + length > bytes.byteLength)
				throw new DomainError('ERR_FILE', `the image's records ${files.records} are too short for their manifest`);
			return {layer, type, body: bytes.subarray(offset, offset + length)};
		});
	const {definition, guestType, streamVersion, xenVersion, xlConfig} = manifest;
	return {
		definition,
		headers: {guestType, streamVersion, xenVersion, xlConfig},
		staticRecords: {beforeEnd: load('beforeEnd'), afterEnd: load('afterEnd')},
		deviceState: {libxc: load('libxc'), libxl: load('libxl')},
	};
}

function parseJson(bytes: Uint8Array, path: string): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch (error) {
		throw new DomainError('ERR_FILE', `the image's manifest ${path} is not JSON`, {cause: error});
	}
}
