import {assertNever} from './assert-never.ts';
import {StreamError, type StreamFault} from './errors.ts';
import {emulatorFault, isEmulatorRecord, NO_EMULATOR, withEmulator, type DeviceModel, type EmulatorFacts} from './emulator-section.ts';
import {emptySegment, missingFromSegment, segmentFault, segmentWith, type SegmentFacts} from './record-segment.ts';
import type {GuestType, StreamLayer} from './model.ts';
import type {RecordName} from './record-types.ts';
import type {CheckpointStateName} from './records/checkpoint-state.ts';

/** One record, as far as the order of records is concerned. */
export type OrderedRecord = {
	readonly layer: StreamLayer;
	readonly name: RecordName;
	/** Stream offset of its header, for the fault. */
	readonly offset: number;
	/** The vCPU whose state it carries; undefined for other records and for those without content. */
	readonly vcpuId?: number | undefined;
	/** What a CHECKPOINT_STATE says. */
	readonly state?: CheckpointStateName | undefined;
	/** Whether an HVM_CONTEXT is that of a guest without a device model. */
	readonly isPvh?: boolean | undefined;
};

/** Which streams are wanted; `any` learns from the first CHECKPOINT, VERIFY or DISK_WRITE. */
export type StreamMode = 'plain' | 'checkpointed' | 'any';

/** What is known of the stream as a whole. */
export type StreamFacts = {
	readonly outermost: 'libxl' | 'libxc';
	readonly guestType: GuestType;
	readonly version: 2 | 3;
	readonly mode: StreamMode;
	readonly deviceModel: DeviceModel;
	/** Whole checkpoints so far: CHECKPOINT and, in a libxl stream, CHECKPOINT_END. */
	readonly checkpoints: number;
};

/** Where a stream stands behind its headers. Each phase carries only what is known in it. docs/spec/stream.md section 3.2. */
export type StreamPhase =
	/** Behind the libxl header. */
	| {readonly name: 'libxl start'}
	/** Behind LIBXC_CONTEXT: the image and domain headers come next, then `imageStart` says how it goes on. */
	| {readonly name: 'image headers'}
	| {readonly name: 'static data'; readonly facts: StreamFacts; readonly pvInfo: boolean}
	| {readonly name: 'memory and state'; readonly facts: StreamFacts; readonly segment: SegmentFacts}
	/** Behind CHECKPOINT in a libxl stream. */
	| {readonly name: 'libxl part of a checkpoint'; readonly facts: StreamFacts; readonly emulator: EmulatorFacts}
	/** Behind CHECKPOINT_END; a COLO stream may say that a new checkpoint begins. */
	| {readonly name: 'behind a checkpoint'; readonly facts: StreamFacts}
	/** Behind the END of libxc in a libxl stream. */
	| {readonly name: 'libxl tail'; readonly facts: StreamFacts; readonly emulator: EmulatorFacts}
	| {readonly name: 'ended'; readonly facts: StreamFacts}
	/** A further data connection of a migration, which has no headers: pages up to END. */
	| {readonly name: 'page channel'; readonly facts: StreamFacts}
	/** A COLO back channel, which has no headers; `expects` is what the secondary says next. */
	| {readonly name: 'back channel'; readonly expects: 'SVM_READY' | 'SVM_RESUMED' | 'SVM_SUSPENDED' | 'CHECKPOINT_DIRTY_PFN_LIST'};

/** The phase behind the domain header. */
export function imageStart(facts: Omit<StreamFacts, 'checkpoints'>): StreamPhase {
	return {name: 'static data', facts: {...facts, checkpoints: 0}, pvInfo: false};
}

/** The phase in which a further data connection begins. */
export function pageChannelStart(guestType: GuestType): StreamPhase {
	const facts = {outermost: 'libxc', guestType, version: 3, mode: 'plain', deviceModel: 'none', checkpoints: 0} as const;
	return {name: 'page channel', facts};
}

/** Throws ERR_RECORD_UNEXPECTED where a record of Sterna's own about pages may not come: they stand among PAGE_DATA alone. */
export function assertAmongPages(phase: StreamPhase, record: string, offset: number): void {
	if (phase.name === 'memory and state' || phase.name === 'page channel') return;
	throw new StreamError({code: 'ERR_RECORD_UNEXPECTED', offset, layer: 'libxc', record, phase: phase.name});
}

/** Which layer the next record belongs to, given its type: after a checkpoint, only the type tells COLO's CHECKPOINT_STATE from a libxc record. */
export function layerOfNextRecord(phase: StreamPhase, type: number): StreamLayer {
	const checkpointState = 0x05;
	switch (phase.name) {
		case 'libxl start':
		case 'libxl part of a checkpoint':
		case 'libxl tail':
			return 'libxl';
		case 'image headers':
		case 'static data':
		case 'memory and state':
		case 'ended':
		case 'page channel':
			return 'libxc';
		case 'behind a checkpoint':
			// In libxc this type is a vCPU record of a PV guest, and COLO is for HVM guests only.
			return type === checkpointState && phase.facts.guestType === 'hvm' ? 'libxl' : 'libxc';
		case 'back channel':
			return type === checkpointState ? 'libxl' : 'libxc';
		default:
			return assertNever(phase);
	}
}

/** Whole checkpoints up to here. */
export function checkpointsOf(phase: StreamPhase): number {
	return 'facts' in phase ? phase.facts.checkpoints : 0;
}

/**
 * The phase after `record`. Pure. Throws ERR_RECORD_UNEXPECTED, _DUPLICATE, _MISSING or _WRONG_GUEST where the figure in
 * docs/spec/stream.md section 3.2 has no arrow. PAGE_DATA, the hot path, returns the same object again and again.
 */
export function nextPhase(phase: StreamPhase, record: OrderedRecord): StreamPhase {
	switch (phase.name) {
		case 'libxl start':
			if (isLibxl(record, 'LIBXC_CONTEXT')) return {name: 'image headers'};
			break;
		case 'image headers':
			break;
		case 'static data':
			return afterStaticData(phase, record);
		case 'memory and state':
			return afterMemory(phase, record);
		case 'libxl part of a checkpoint':
			if (isLibxl(record, 'CHECKPOINT_END'))
				return {name: 'behind a checkpoint', facts: {...phase.facts, checkpoints: phase.facts.checkpoints + 1}};
			if (isEmulatorRecord(record)) return {...phase, emulator: withEmulator(phase, record)};
			if (isLibxl(record, 'DIGEST')) return phase;
			break;
		case 'behind a checkpoint':
			if (isLibxl(record, 'CHECKPOINT_STATE') && record.state === 'NEW') return memoryStart(phase.facts);
			if (record.layer === 'libxc') return afterMemory(memoryStart(phase.facts), record);
			break;
		case 'libxl tail':
			if (isLibxl(record, 'END')) return {name: 'ended', facts: phase.facts};
			if (isEmulatorRecord(record)) return {...phase, emulator: withEmulator(phase, record)};
			if (isLibxl(record, 'DIGEST')) return phase;
			break;
		case 'ended':
			break;
		case 'page channel':
			if (record.layer === 'libxc' && (isAboutPages(record.name) || record.name === 'DIGEST')) return phase;
			if (record.layer === 'libxc' && record.name === 'END') return {name: 'ended', facts: phase.facts};
			break;
		case 'back channel':
			return afterBackChannel(phase, record);
		default:
			return assertNever(phase);
	}

	throw unexpected(phase, record);
}

/** What only a strict reader minds about `record` coming in `phase`; undefined when nothing. Pure; asked before `nextPhase`. */
export function strictOrderFault(phase: StreamPhase, record: OrderedRecord): StreamFault | undefined {
	switch (phase.name) {
		case 'static data':
			if (
				phase.facts.version === 2 &&
				(record.name === 'STATIC_DATA_END' || record.name === 'X86_CPUID_POLICY' || record.name === 'X86_MSR_POLICY')
			) {
				return {
					code: 'ERR_RECORD_UNEXPECTED',
					offset: record.offset,
					layer: record.layer,
					record: record.name,
					phase: 'version 2 has no such record',
				};
			}

			return segmentFault(emptySegment(false), phase.facts, record);
		case 'memory and state':
			return segmentFault(phase.segment, phase.facts, record);
		case 'behind a checkpoint':
			return segmentFault(emptySegment(true), phase.facts, record);
		case 'libxl part of a checkpoint':
			return emulatorFault(phase, record, false);
		case 'libxl tail':
			return emulatorFault(phase, record, phase.facts.checkpoints > 0);
		case 'libxl start':
		case 'image headers':
		case 'ended':
		case 'page channel':
		case 'back channel':
			return undefined;
		default:
			return assertNever(phase);
	}
}

function afterStaticData(phase: Extract<StreamPhase, {name: 'static data'}>, record: OrderedRecord): StreamPhase {
	const {facts, pvInfo} = phase;
	if (record.layer === 'libxl') throw unexpected(phase, record);
	checkGuestKind(facts, record);
	switch (record.name) {
		case 'X86_PV_INFO':
			if (pvInfo) throw duplicate(record);
			return {...phase, pvInfo: true};
		case 'X86_CPUID_POLICY':
		case 'X86_MSR_POLICY':
			return phase;
		case 'STATIC_DATA_END':
			break;
		default:
			// In version 2 the first other record ends the static data without a word.
			if (facts.version === 3) throw missing('STATIC_DATA_END', record);
	}

	if (facts.guestType === 'pv' && !pvInfo) throw missing('X86_PV_INFO', record);
	const memory = memoryStart(facts);
	return record.name === 'STATIC_DATA_END' ? memory : afterMemory(memory, record);
}

function afterMemory(phase: Extract<StreamPhase, {name: 'memory and state'}>, record: OrderedRecord): StreamPhase {
	const {facts, segment} = phase;
	if (record.layer === 'libxl') throw unexpected(phase, record);
	checkGuestKind(facts, record);
	switch (record.name) {
		case 'PAGE_DATA':
		case 'ZERO_PAGES':
		case 'COMPRESSED_PAGES':
			if (facts.guestType === 'pv' && !segment.p2mFrames) throw missing('X86_PV_P2M_FRAMES', record);
			return segment.memory ? phase : {...phase, segment: {...segment, memory: true}};
		case 'DISK_WRITE':
			// What a plain migration does with disks is no part of its stream.
			if (facts.mode === 'plain') throw unexpected(phase, record);
			return facts.mode === 'checkpointed' ? phase : {...phase, facts: {...facts, mode: 'checkpointed'}};
		case 'X86_PV_INFO':
		case 'STATIC_DATA_END':
			throw duplicate(record);
		case 'VERIFY':
			// Xen's receiver would compare from here on and store nothing more: never in a checkpointed stream.
			if (facts.mode === 'checkpointed') throw unexpected(phase, record);
			return {name: 'memory and state', facts: {...facts, mode: 'plain'}, segment: {...segment, verify: true}};
		case 'CHECKPOINT':
			if (facts.mode === 'plain') throw unexpected(phase, record);
			return afterCheckpoint(phase, record);
		case 'END':
			return afterEnd(phase, record);
		case 'X86_PV_P2M_FRAMES':
		case 'X86_PV_VCPU_BASIC':
		case 'X86_PV_VCPU_EXTENDED':
		case 'X86_PV_VCPU_XSAVE':
		case 'X86_PV_VCPU_MSRS':
		case 'SHARED_INFO':
		case 'X86_TSC_INFO':
		case 'HVM_CONTEXT':
		case 'HVM_PARAMS':
			return {name: 'memory and state', facts: withDeviceModel(facts, record), segment: segmentWith(segment, record)};
		default:
			throw unexpected(phase, record);
	}
}

function afterCheckpoint({facts, segment}: Extract<StreamPhase, {name: 'memory and state'}>, record: OrderedRecord): StreamPhase {
	const absent = missingFromSegment(segment, facts);
	if (absent !== undefined) throw missing(absent, record);
	const checkpointed: StreamFacts = {...facts, mode: 'checkpointed'};
	if (facts.outermost === 'libxc') return memoryStart({...checkpointed, checkpoints: facts.checkpoints + 1});
	return {name: 'libxl part of a checkpoint', facts: checkpointed, emulator: NO_EMULATOR};
}

function afterEnd({facts, segment}: Extract<StreamPhase, {name: 'memory and state'}>, record: OrderedRecord): StreamPhase {
	// After a whole checkpoint END drops what came since, so nothing needs to be there.
	const absent = facts.checkpoints > 0 ? undefined : missingFromSegment(segment, facts);
	if (absent !== undefined) throw missing(absent, record);
	return facts.outermost === 'libxc' ? {name: 'ended', facts} : {name: 'libxl tail', facts, emulator: NO_EMULATOR};
}

function memoryStart(facts: StreamFacts): Extract<StreamPhase, {name: 'memory and state'}> {
	return {name: 'memory and state', facts, segment: emptySegment(facts.checkpoints > 0)};
}

function afterBackChannel(phase: Extract<StreamPhase, {name: 'back channel'}>, record: OrderedRecord): StreamPhase {
	const said = record.name === 'CHECKPOINT_STATE' ? record.state : record.name;
	if (said !== phase.expects) throw unexpected(phase, record);
	switch (phase.expects) {
		case 'SVM_READY':
			return {name: 'back channel', expects: 'SVM_RESUMED'};
		case 'SVM_RESUMED':
			return {name: 'back channel', expects: 'SVM_SUSPENDED'};
		case 'SVM_SUSPENDED':
			return {name: 'back channel', expects: 'CHECKPOINT_DIRTY_PFN_LIST'};
		case 'CHECKPOINT_DIRTY_PFN_LIST':
			return {name: 'back channel', expects: 'SVM_READY'};
		default:
			return assertNever(phase.expects);
	}
}

function checkGuestKind({guestType}: StreamFacts, record: OrderedRecord): void {
	const belongsTo =
		record.name.startsWith('X86_PV_') || record.name === 'SHARED_INFO' ? 'pv' : record.name.startsWith('HVM_') ? 'hvm' : guestType;
	if (belongsTo !== guestType)
		throw new StreamError({code: 'ERR_RECORD_WRONG_GUEST', offset: record.offset, record: record.name, guestType});
}

function withDeviceModel(facts: StreamFacts, record: OrderedRecord): StreamFacts {
	return record.isPvh === true && facts.deviceModel === 'expected' ? {...facts, deviceModel: 'optional'} : facts;
}

function isAboutPages(name: RecordName): boolean {
	return name === 'PAGE_DATA' || name === 'ZERO_PAGES' || name === 'COMPRESSED_PAGES';
}

function isLibxl(record: OrderedRecord, name: RecordName): boolean {
	return record.layer === 'libxl' && record.name === name;
}

function unexpected(phase: StreamPhase, record: OrderedRecord): StreamError {
	const place = phase.name === 'back channel' ? `the back channel expects ${phase.expects}` : phase.name;
	return new StreamError({code: 'ERR_RECORD_UNEXPECTED', offset: record.offset, layer: record.layer, record: record.name, phase: place});
}

function duplicate(record: OrderedRecord): StreamError {
	return new StreamError({code: 'ERR_RECORD_DUPLICATE', offset: record.offset, record: record.name});
}

function missing(name: string, record: OrderedRecord): StreamError {
	return new StreamError({code: 'ERR_RECORD_MISSING', offset: record.offset, missing: name, before: record.name});
}
