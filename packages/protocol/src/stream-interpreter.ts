import {paddingOf, type ByteOrder} from './byte-order.ts';
import {StreamError, type StreamFault} from './errors.ts';
import type {DeviceModel} from './emulator-section.ts';
import {parseDomainHeader} from './headers/domain-header.ts';
import {parseImageHeader} from './headers/image-header.ts';
import {parseLibxlHeader} from './headers/libxl-header.ts';
import {readXlConfig, type XlHeader} from './headers/xl-header.ts';
import {DEFAULT_STREAM_LIMITS, MAX_LIBXC_SMALL_BODY_BYTES, MAX_PFN_LIMIT, type StreamLimits} from './limits.ts';
import {
	assertAmongPages,
	checkpointsOf,
	imageStart,
	layerOfNextRecord,
	nextPhase,
	pageChannelStart,
	strictOrderFault,
	type OrderedRecord,
	type StreamPhase,
} from './record-order.ts';
import {describeRecordType, isOptionalRecordType, recordNameOf, type RecordName} from './record-types.ts';
import {parseBarrier} from './records/barrier.ts';
import {checkHeartbeat} from './records/heartbeat.ts';
import {MAX_DISK_WRITE_BODY_BYTES} from './records/disk-write.ts';
import {isPvhContext} from './records/hvm-context.ts';
import {parseRecord, type StreamRecord} from './records/index.ts';
import {RecordBody} from './records/record-body.ts';
import {isSternaRecord, sternaRecordNameOf, SternaRecordType} from './sterna-records.ts';
import type {GuestType, StreamLayer} from './model.ts';
import type {PageListContext} from './page-list-reader.ts';
import type {DecodedRecord, StreamDecoderOptions, StreamHandler} from './stream-handler.ts';

/** A record's header, checked: the type is known or may be skipped, the length is within its limit, and it may come here. */
export type RecordHeader = {
	readonly layer: StreamLayer;
	readonly type: number;
	/** Undefined: unknown, to be skipped. */
	readonly name: RecordName | 'STERNA' | undefined;
	readonly offset: number;
	readonly length: number;
};

/** Types whose body is opaque or a list of pfns, and so may be as long as the format permits. */
const LONG_LIBXC_RECORDS: ReadonlySet<string> = new Set<RecordName>([
	'PAGE_DATA',
	'COMPRESSED_PAGES',
	'HVM_CONTEXT',
	'X86_PV_P2M_FRAMES',
	'CHECKPOINT_DIRTY_PFN_LIST',
]);

/** The meaning of a stream's pieces, once the decoder has collected them: what the headers said, and where the stream stands. */
export class StreamInterpreter {
	readonly #options: StreamDecoderOptions;
	readonly #handler: StreamHandler;
	readonly #limits: StreamLimits;
	readonly #pfnLimit: number;
	readonly #deviation: (fault: StreamFault) => void;
	#phase: StreamPhase;
	/** What only headers say; the phase takes over from there. */
	#outermost: 'libxl' | 'libxc' = 'libxc';
	#xlConfig: ReturnType<typeof readXlConfig> = {type: undefined, maxVcpus: undefined};
	#legacyConverted = false;
	#libxlByteOrder: ByteOrder = 'little';
	#imageByteOrder: ByteOrder = 'little';
	#version: 2 | 3 = 3;
	#guestType: GuestType;
	#barrier = 0;
	#guestWidth: 4 | 8 | undefined;
	/** What a PV guest says itself of how far its pfns go; undefined before its X86_PV_P2M_FRAMES. */
	#endPfn: number | undefined;

	constructor(options: StreamDecoderOptions, handler: StreamHandler) {
		this.#options = options;
		this.#handler = handler;
		this.#limits = {...DEFAULT_STREAM_LIMITS, ...options.limits};
		this.#pfnLimit = options.pfnLimit ?? MAX_PFN_LIMIT;
		this.#guestType = options.guestType ?? 'hvm';
		this.#phase = firstPhase(options);
		this.#deviation = options.strict
			? fault => {
					throw new StreamError(fault);
				}
			: fault => handler.onDeviation?.(new StreamError(fault));
	}

	get phase(): StreamPhase {
		return this.#phase;
	}

	get wholeCheckpoints(): number {
		return checkpointsOf(this.#phase);
	}

	/** The sequence number of the last BARRIER; 0 before the first. */
	get barrier(): number {
		return this.#barrier;
	}

	get maxXlOptionalBytes(): number {
		return this.#limits.xlOptionalDataBytes;
	}

	get pageListContext(): PageListContext {
		return {guestType: this.#guestType, byteOrder: this.#imageByteOrder, pfnLimit: this.#guestPfnLimit(), deviation: this.#deviation};
	}

	xlHeader(header: XlHeader): void {
		if (header.configIsJson) this.#xlConfig = readXlConfig(header.config);
		this.#handler.onHeader(header);
	}

	libxlHeader(view: DataView, offset: number): void {
		const header = parseLibxlHeader(view, offset, this.#deviation);
		this.#outermost = 'libxl';
		this.#libxlByteOrder = header.byteOrder;
		this.#legacyConverted = header.legacyConverted;
		this.#handler.onHeader(header);
	}

	imageHeader(view: DataView, offset: number): void {
		const header = parseImageHeader(view, offset, this.#deviation);
		this.#imageByteOrder = header.byteOrder;
		this.#version = header.version;
		this.#handler.onHeader(header);
	}

	domainHeader(view: DataView, offset: number): void {
		const header = parseDomainHeader(view, offset, this.#imageByteOrder, this.#deviation);
		const {guestType} = header;
		const wanted = this.#options.guestType;
		if (wanted !== undefined && wanted !== guestType) throw new StreamError({code: 'ERR_GUEST_TYPE', offset, guestType, expected: wanted});
		if (this.#legacyConverted && header.xenMajor !== 0) {
			const expected = '0, as the libxl header says that the legacy converter made the stream';
			this.#deviation({
				code: 'ERR_HEADER_FIELD',
				offset: offset + 8,
				header: 'domain header',
				field: 'xen_major',
				value: String(header.xenMajor),
				expected,
			});
		}

		this.#guestType = guestType;
		this.#phase = imageStart({
			outermost: this.#outermost,
			guestType,
			version: this.#version,
			mode: this.#options.mode,
			deviceModel: this.#deviceModel(guestType),
		});
		this.#handler.onHeader(header);
	}

	/** Reads and checks a record's 8-byte header. Throws before anything is allocated for the body. */
	recordHeader(view: DataView, offset: number): RecordHeader {
		const littleEndian = (this.#readsLibxl() ? this.#libxlByteOrder : this.#imageByteOrder) === 'little';
		const type = view.getUint32(0, littleEndian);
		const length = view.getUint32(4, littleEndian);
		const layer = layerOfNextRecord(this.#phase, type);
		const name = this.#nameOf(layer, type);
		if (name === undefined && !isOptionalRecordType(type))
			throw new StreamError({code: 'ERR_RECORD_UNKNOWN', offset, layer, type, optional: false});
		if (name === 'TOOLSTACK') throw new StreamError({code: 'ERR_RECORD_OBSOLETE', offset, record: name});
		const limit = this.#bodyLimit(layer, name);
		if (length > limit)
			throw new StreamError({code: 'ERR_RECORD_TOO_LONG', offset: offset + 4, record: describeRecordType(layer, type), length, limit});
		if (name === undefined) this.#deviation({code: 'ERR_RECORD_UNKNOWN', offset, layer, type, optional: true});
		if (isPageList(name)) this.#advance({layer, name, offset});
		// A dry run of the order, so that a record that may not come here is refused before its body is collected.
		else if (name !== undefined && name !== 'STERNA' && name !== 'CHECKPOINT_STATE') nextPhase(this.#phase, {layer, name, offset});
		return {layer, type, name, offset, length};
	}

	/** A whole body with its padding, which the handler may keep. */
	record({layer, type, name, offset, length}: RecordHeader, padded: Uint8Array): void {
		const body = padded.subarray(0, length);
		if (isBarrier({type, name})) {
			assertAmongPages(this.#phase, 'BARRIER', offset);
			this.#barrier = parseBarrier(body, offset);
		}

		if (name === 'STERNA' && type === SternaRecordType.HEARTBEAT) checkHeartbeat(layer, this.#phase.name, length, offset);

		for (let at = length; at < padded.length; at++) {
			if (padded[at] === 0) continue;
			this.#deviation({code: 'ERR_RECORD_PADDING', offset: offset + 8 + at, record: describeRecordType(layer, type)});
			break;
		}

		if (name === undefined) throw new TypeError('a skipped record has no body');
		const fields: StreamRecord = name === 'STERNA' ? {name} : this.#parse(layer, name, offset, body);
		if (name !== 'STERNA') this.#advance({layer, name, offset, ...orderFacts(fields)});
		this.#learn(fields);
		const record: DecodedRecord = {layer, type, name, offset, length, body, fields};
		this.#handler.onRecord(record);
	}

	/** A byte of padding at `offset` that is not zero. */
	wrongPadding(record: RecordHeader | undefined, offset: number): void {
		if (record === undefined) throw new TypeError('padding of no record');
		this.#deviation({code: 'ERR_RECORD_PADDING', offset, record: describeRecordType(record.layer, record.type)});
	}

	#parse(layer: StreamLayer, name: RecordName, recordOffset: number, body: Uint8Array): StreamRecord {
		return parseRecord(
			new RecordBody(body, {
				name,
				recordOffset,
				byteOrder: layer === 'libxl' ? this.#libxlByteOrder : this.#imageByteOrder,
				guestWidth: this.#guestWidth,
				// A PV guest's P2M frames say how far its pfns go: they themselves may go further than those before.
				pfnLimit: name === 'ZERO_PAGES' ? this.#guestPfnLimit() : this.#pfnLimit,
				vcpuLimit: Math.min(this.#limits.vcpus, this.#xlConfig.maxVcpus ?? this.#limits.vcpus),
				deviation: this.#deviation,
			}),
		);
	}

	#advance(record: OrderedRecord): void {
		const odd = strictOrderFault(this.#phase, record);
		// The hard faults name the deeper reason, so they come first.
		const next = nextPhase(this.#phase, record);
		if (odd !== undefined) this.#deviation(odd);
		this.#phase = next;
	}

	/** What later records depend on. */
	#learn(fields: StreamRecord): void {
		if (fields.name === 'X86_PV_INFO') this.#guestWidth = fields.guestWidth;
		if (fields.name === 'X86_PV_P2M_FRAMES') this.#endPfn = Math.max(this.#endPfn ?? 0, fields.endPfn);
	}

	/** Exclusive. */
	#guestPfnLimit(): number {
		return this.#endPfn === undefined ? this.#pfnLimit : Math.min(this.#pfnLimit, this.#endPfn + 1);
	}

	#nameOf(layer: StreamLayer, type: number): RecordName | 'STERNA' | undefined {
		if (!this.#options.sternaRecords || !isSternaRecord(type)) return recordNameOf(layer, type);
		return sternaRecordNameOf(type) ?? 'STERNA';
	}

	#bodyLimit(layer: StreamLayer, name: RecordName | 'STERNA' | undefined): number {
		if (layer === 'libxl') return name === 'EMULATOR_CONTEXT' ? this.#limits.emulatorContextBytes : this.#limits.libxlBodyBytes;
		if (name === 'DISK_WRITE') return Math.min(this.#limits.libxcBodyBytes, MAX_DISK_WRITE_BODY_BYTES);
		// What is skipped is not buffered, so it may be as long as the format permits.
		const mayBeLong = name === undefined || LONG_LIBXC_RECORDS.has(name);
		return mayBeLong ? this.#limits.libxcBodyBytes : Math.min(this.#limits.libxcBodyBytes, MAX_LIBXC_SMALL_BODY_BYTES);
	}

	#readsLibxl(): boolean {
		return this.#phase.name === 'libxl start' || this.#phase.name === 'libxl part of a checkpoint' || this.#phase.name === 'libxl tail';
	}

	#deviceModel(guestType: GuestType): DeviceModel {
		if (guestType === 'pv' || this.#xlConfig.type === 'pvh') return 'none';
		return this.#xlConfig.type === 'hvm' ? 'required' : 'expected';
	}
}

/** Whether a record, known to this reader, is a BARRIER. */
export function isBarrier({type, name}: Pick<RecordHeader, 'type' | 'name'>): boolean {
	return name === 'STERNA' && type === SternaRecordType.BARRIER;
}

function firstPhase({begins, guestType}: StreamDecoderOptions): StreamPhase {
	if (begins === 'colo-back') return {name: 'back channel', expects: 'SVM_READY'};
	return begins === 'pages' ? pageChannelStart(guestType ?? 'hvm') : {name: 'libxl start'};
}

/** Whether a record is a list of pages, and behind it their contents. */
export function isPageList(name: RecordHeader['name']): name is 'PAGE_DATA' | 'COMPRESSED_PAGES' {
	return name === 'PAGE_DATA' || name === 'COMPRESSED_PAGES';
}

/** Bytes of body and padding. */
export function paddedLength(length: number): number {
	return length + paddingOf(length);
}

/** What of a record's content bears on the order of records. */
function orderFacts(fields: StreamRecord): Pick<OrderedRecord, 'vcpuId' | 'state' | 'isPvh'> {
	switch (fields.name) {
		case 'X86_PV_VCPU_BASIC':
		case 'X86_PV_VCPU_EXTENDED':
		case 'X86_PV_VCPU_XSAVE':
		case 'X86_PV_VCPU_MSRS':
			return {vcpuId: fields.context.length === 0 ? undefined : fields.vcpuId};
		case 'CHECKPOINT_STATE':
			return {state: fields.state};
		case 'HVM_CONTEXT':
			return {isPvh: isPvhContext(fields)};
		default:
			return {};
	}
}
