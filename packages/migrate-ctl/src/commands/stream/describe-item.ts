import {
	describeSternaRecordType,
	hvmParamName,
	LibxcRecordType,
	PageCodec,
	SternaRecordType,
	type DecodedRecord,
	type PageBatch,
	type StreamHeader,
	type StreamRecord,
} from '@sterna/protocol';
import {describeEmulatorContext} from './describe-emulator-context.ts';
import type {PageTypeCounts} from './page-types.ts';

/** A value as JSON can say it. */
type Json = string | number | boolean | null | readonly Json[] | {readonly [name: string]: Json};

/** One header, record or message of a stream as `inspect` shows it. */
export type Item = {
	readonly layer: 'xl' | 'libxl' | 'libxc';
	readonly offset: number;
	/** Record type; null for what is no record. */
	readonly type: number | null;
	readonly name: string;
	/** Bytes of the body; of the whole where there is no record header. */
	readonly length: number;
	/** What it says, for JSON. */
	readonly fields: {readonly [name: string]: Json};
	/** The same in short, for people. */
	readonly text: string;
};

/** Codecs of compressed pages by their number. */
const CODEC_NAMES: Readonly<Record<PageCodec, string>> = {[PageCodec.lz4]: 'lz4', [PageCodec.zstd]: 'zstd', [PageCodec.delta]: 'delta'};

const hex = (value: number | bigint): string => `0x${value.toString(16)}`;

/** All sixteen digits of a 64-bit hash. */
const hex64 = (value: bigint): string => `0x${value.toString(16).padStart(16, '0')}`;

/** A number where JSON can hold it exactly, else hexadecimal text. */
const exact = (value: bigint): number | string => (value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : hex(value));

export function describeHeader(header: StreamHeader): Item {
	const {offset, length} = header;
	switch (header.kind) {
		case 'xl': {
			const {mandatoryFlags, optionalFlags, configIsJson, optionalData} = header;
			const text = `${configIsJson ? 'JSON' : 'xl.cfg'} configuration, ${optionalData.length} bytes of optional data, mandatory flags ${hex(mandatoryFlags)}, optional flags ${hex(optionalFlags)}`;
			return {
				layer: 'xl',
				offset,
				type: null,
				name: 'XL_HEADER',
				length,
				fields: {mandatoryFlags, optionalFlags, optionalDataLength: optionalData.length, configIsJson},
				text,
			};
		}

		case 'libxl': {
			const {version, options, byteOrder} = header;
			return {
				layer: 'libxl',
				offset,
				type: null,
				name: 'LIBXL_HEADER',
				length,
				fields: {version, options, byteOrder},
				text: `version ${version}, options ${hex(options)} (${byteOrder}-endian)`,
			};
		}

		case 'image': {
			const {version, options, byteOrder} = header;
			return {
				layer: 'libxc',
				offset,
				type: null,
				name: 'IMAGE_HEADER',
				length,
				fields: {version, options, byteOrder},
				text: `version ${version}, options ${hex(options)} (${byteOrder}-endian)`,
			};
		}

		case 'domain': {
			const {guestType, xenMajor, xenMinor} = header;
			return {
				layer: 'libxc',
				offset,
				type: null,
				name: 'DOMAIN_HEADER',
				length,
				fields: {guestType, xenMajor, xenMinor},
				text: `x86 ${guestType.toUpperCase()}, Xen ${xenMajor}.${xenMinor}`,
			};
		}
	}
}

export function describeRecord({layer, offset, type, name, length, fields}: DecodedRecord): Item {
	if (name !== 'STERNA') return {layer, offset, type, name, length, ...describeFields(fields)};
	return {layer, offset, type, name: describeSternaRecordType(type) ?? name, length, fields: {}, text: describeOwn(type)};
}

/** `counts` is filled with the entries of this batch alone. */
export function describePages({offset, length, count, dataPages, dataBytes, codec, pfns, types}: PageBatch, counts: PageTypeCounts): Item {
	counts.clear();
	counts.add(types);
	let lowest = Infinity;
	let highest = 0;
	for (const pfn of pfns) {
		lowest = Math.min(lowest, pfn);
		highest = Math.max(highest, pfn);
	}

	const fields = {count, dataPages, lowestPfn: lowest, highestPfn: highest, types: counts.toObject()};
	if (codec !== undefined) {
		const codecName = CODEC_NAMES[codec];
		return {
			layer: 'libxc',
			offset,
			type: SternaRecordType.COMPRESSED_PAGES,
			name: 'COMPRESSED_PAGES',
			length,
			fields: {...fields, codec: codecName, compressedBytes: dataBytes},
			text: `${count} pages, pfn ${hex(lowest)} to ${hex(highest)}, in ${dataBytes} bytes of ${codecName}`,
		};
	}

	return {
		layer: 'libxc',
		offset,
		type: LibxcRecordType.PAGE_DATA,
		name: 'PAGE_DATA',
		length,
		fields,
		text: `${count} pages, pfn ${hex(lowest)} to ${hex(highest)}: ${counts.toString()}`,
	};
}

export function describeSkipped({layer, type, offset, length}: Pick<DecodedRecord, 'layer' | 'type' | 'offset' | 'length'>): Item {
	return {
		layer,
		offset,
		type,
		name: `UNKNOWN_${hex(type)}`,
		length,
		fields: {optional: true},
		text: 'unknown and optional: a receiver skips it',
	};
}

export function describeGoMessage(offset: number, length: number): Item {
	return {
		layer: 'xl',
		offset,
		type: null,
		name: 'GO',
		length,
		fields: {},
		text: 'the message that follows a migration: the stream is a capture of one',
	};
}

/** What one of Sterna's own records says that is not about pages. */
function describeOwn(type: number): string {
	switch (type) {
		case SternaRecordType.BARRIER:
			return 'the end of a pass, on every data connection';
		case SternaRecordType.HEARTBEAT:
			return 'the sender had nothing to send';
		default:
			return "one of Sterna's own";
	}
}

function describeFields(record: StreamRecord): Pick<Item, 'fields' | 'text'> {
	switch (record.name) {
		case 'END':
		case 'VERIFY':
		case 'CHECKPOINT':
		case 'STATIC_DATA_END':
		case 'LIBXC_CONTEXT':
		case 'CHECKPOINT_END':
		case 'SHARED_INFO':
			return {fields: {}, text: ''};
		case 'ZERO_PAGES': {
			const {runs, pageCount} = record;
			const {lowest, highest} = boundsOf(runs);
			return {
				fields: {count: pageCount, runs: runs.length / 2, lowestPfn: lowest, highestPfn: highest},
				text: `${pageCount} pages of zeros, pfn ${hex(lowest)} to ${hex(highest)}`,
			};
		}

		case 'DIGEST': {
			const bytesHash = hex64(record.bytesHash);
			const pagesFold = hex64(record.pagesFold);
			return {fields: {bytesHash, pagesFold}, text: `bytes ${bytesHash}, pages ${pagesFold}`};
		}

		case 'DISK_WRITE': {
			const {disk, offset, bytes} = record;
			return {fields: {disk, offset, bytes: bytes.length}, text: `disk ${disk}, ${bytes.length} bytes at ${hex(offset)}`};
		}

		case 'STERNA':
			return {fields: {}, text: "one of Sterna's own"};
		case 'X86_PV_INFO': {
			const {guestWidth, ptLevels} = record;
			return {fields: {guestWidth, ptLevels}, text: `guest width ${guestWidth}, ${ptLevels} page table levels`};
		}

		case 'X86_PV_P2M_FRAMES': {
			const {startPfn, endPfn, frames} = record;
			return {fields: {startPfn, endPfn, frames: frames.length}, text: `pfn ${hex(startPfn)} to ${hex(endPfn)}, ${frames.length} frames`};
		}

		case 'X86_PV_VCPU_BASIC':
		case 'X86_PV_VCPU_EXTENDED':
		case 'X86_PV_VCPU_XSAVE':
		case 'X86_PV_VCPU_MSRS': {
			const {vcpuId, context} = record;
			return {fields: {vcpuId, contextBytes: context.length}, text: `vCPU ${vcpuId}, ${context.length} bytes of state`};
		}

		case 'X86_TSC_INFO': {
			const {mode, khz, nsec, incarnation} = record;
			return {
				fields: {mode, khz, nsec: exact(nsec), incarnation},
				text: `mode ${mode}, ${khz} kHz, ${nsec} ns, incarnation ${incarnation}`,
			};
		}

		case 'HVM_CONTEXT': {
			const {context, descriptors} = record;
			if (descriptors === undefined) return {fields: {descriptors: null}, text: `${context.length} bytes of unknown content`};
			const parts = descriptors.map(({typeName, instance, length}) => `${typeName}${instance === 0 ? '' : `[${instance}]`}(${length})`);
			return {
				fields: {descriptors: descriptors.map(({typeName, instance, length}) => ({type: typeName, instance, length}))},
				text: parts.join(' '),
			};
		}

		case 'HVM_PARAMS': {
			const {params} = record;
			const named = params.map(({index, value}) => [hvmParamName(index), value] as const);
			return {
				fields: {count: params.length, params: Object.fromEntries(named.map(([name, value]) => [name, exact(value)]))},
				text: named.map(([name, value]) => `${name}=${hex(value)}`).join(' '),
			};
		}

		case 'X86_CPUID_POLICY':
			return {fields: {leaves: record.leaves.length}, text: `${record.leaves.length} leaves`};
		case 'X86_MSR_POLICY': {
			const named = record.msrs.map(({index, value}) => [hex(index), value] as const);
			return {
				fields: {msrs: Object.fromEntries(named.map(([index, value]) => [index, exact(value)]))},
				text: named.map(([index, value]) => `${index}=${hex(value)}`).join(' '),
			};
		}

		case 'CHECKPOINT_DIRTY_PFN_LIST':
			return {fields: {count: record.pfns.length}, text: `${record.pfns.length} pfns`};
		case 'EMULATOR_XENSTORE_DATA': {
			const {emulatorId, index, entries} = record;
			return {
				fields: {emulatorId, index, entries},
				text: `emulator ${emulatorId}, ${entries.map(({key, value}) => `${key}=${value}`).join(' ')}`,
			};
		}

		case 'EMULATOR_CONTEXT':
			return describeEmulatorContext(record);
		case 'CHECKPOINT_STATE':
			return {fields: {state: record.state}, text: record.state};
	}
}

/** The first and the last pfn of pairs of pfn and page count. */
function boundsOf(runs: Float64Array): {lowest: number; highest: number} {
	let lowest = Infinity;
	let highest = 0;
	for (let index = 0; index < runs.length; index += 2) {
		const pfn = runs[index] ?? 0;
		lowest = Math.min(lowest, pfn);
		highest = Math.max(highest, pfn + (runs[index + 1] ?? 0) - 1);
	}

	return {lowest, highest};
}
