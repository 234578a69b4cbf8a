// The public names of @sterna/protocol, one by one. Control messages are a separate entry point: `@sterna/protocol/control`.
export {paddingOf, type ByteOrder} from './byte-order.ts';
export {CHANNEL_BLOCK_PAGES, type DataChannel, isOfChannel, nextOfChannel, SINGLE_CHANNEL} from './data-channel.ts';
export type {DeviceModel} from './emulator-section.ts';
export {describeStreamFault, StreamError, type HeaderName, type StreamFault, type StreamFaultCode} from './errors.ts';
export {DOMAIN_HEADER_BYTES, encodeDomainHeader, type DomainHeader} from './headers/domain-header.ts';
export {encodeImageHeader, IMAGE_HEADER_BYTES, type ImageHeader} from './headers/image-header.ts';
export {encodeLibxlHeader, LIBXL_HEADER_BYTES, LIBXL_IDENT, type LibxlHeader} from './headers/libxl-header.ts';
export {encodeXlHeader, readXlConfig, XL_HEADER_BYTES, XL_MAGIC, type XlHeader} from './headers/xl-header.ts';
export type {StreamHeader} from './headers/index.ts';
export {
	DEFAULT_STREAM_LIMITS,
	MAX_EMULATOR_CONTEXT_BYTES,
	MAX_LIBXC_BODY_BYTES,
	MAX_LIBXL_BODY_BYTES,
	MAX_PFN_LIMIT,
	MAX_VCPUS,
	MAX_XL_OPTIONAL_DATA_BYTES,
	type StreamLimits,
} from './limits.ts';
export {
	isPageType,
	MAX_BATCH_PAGES,
	PAGE_SHIFT,
	PAGE_SIZE_BYTES,
	PageType,
	pageTypeHasData,
	pageTypeIsPopulated,
	type GuestType,
	type Pfn,
	type RawRecord,
	type StreamLayer,
} from './model.ts';
export {
	attributed,
	causeChain,
	ERROR_CODES,
	isErrorCode,
	MAX_CAUSES,
	OperationError,
	PHASES,
	SIDES,
	type ErrorCode,
	type OperationFault,
	type Phase,
	type RunsOn,
	type Side,
} from './operation-error.ts';
export {HASH_GROUP_PAGES, HASH_KEY_LIMIT} from './page-hash.ts';
export type {PageBatch} from './page-list-reader.ts';
export {
	encodeRecord,
	pageDataHeadBytes,
	writePageDataHead,
	writeCompressedPagesHead,
	writeTypedRunsHead,
	writeZeroPages,
	zeroPagesBytes,
} from './record-encoder.ts';
export {
	checkpointsOf,
	imageStart,
	layerOfNextRecord,
	nextPhase,
	strictOrderFault,
	type OrderedRecord,
	type StreamFacts,
	type StreamMode,
	type StreamPhase,
} from './record-order.ts';
export {parseQemuState} from './qemu-state/parse-qemu-state.ts';
export type {QemuConfiguration, QemuSection, QemuState} from './qemu-state/qemu-state.ts';
export {
	describeRecordType,
	isOptionalRecordType,
	LibxcRecordType,
	LibxlRecordType,
	OPTIONAL_RECORD_BIT,
	recordNameOf,
	type LibxcRecordName,
	type LibxlRecordName,
	type RecordName,
} from './record-types.ts';
export {encodeBarrier} from './records/barrier.ts';
export {CheckpointStateId, encodeCheckpointState, type CheckpointState, type CheckpointStateName} from './records/checkpoint-state.ts';
export {encodeCpuidPolicy, encodeMsrPolicy, type CpuidLeaf, type CpuidPolicy, type MsrPolicy} from './records/cpu-policy.ts';
export {DIGEST_BODY_BYTES, encodeDigest, type Digest} from './records/digest.ts';
export {encodeDiskWrite, MAX_DISK_WRITE_BYTES, type DiskWrite} from './records/disk-write.ts';
export {encodeDirtyPfnList, type DirtyPfnList} from './records/dirty-pfn-list.ts';
export {
	EmulatorId,
	encodeEmulatorContext,
	encodeEmulatorXenstoreData,
	type EmulatorContext,
	type EmulatorXenstoreData,
} from './records/emulator.ts';
export {encodeHeartbeat, HEARTBEAT_BYTES} from './records/heartbeat.ts';
export {emptyHvmContext, encodeHvmContext, isPvhContext, type HvmContext, type HvmDescriptor} from './records/hvm-context.ts';
export {encodeHvmParams, hvmParamName, type HvmParam, type HvmParams} from './records/hvm-params.ts';
export {encodeRecordBody, type StreamRecord} from './records/index.ts';
export {encodeP2mFrames, p2mFrameCount, type P2mFrames} from './records/p2m-frames.ts';
export {encodePvInfo, type PvInfo} from './records/pv-info.ts';
export {encodeSharedInfo, type SharedInfo} from './records/shared-info.ts';
export {encodeTscInfo, type TscInfo} from './records/tsc-info.ts';
export {basicContextBytes, encodeVcpu, type VcpuRecord, type VcpuRecordName} from './records/vcpu.ts';
export {encodeZeroPages, MAX_ZERO_PAGES, type ZeroPages} from './records/zero-pages.ts';
export {
	describeSternaRecordType,
	isSternaRecord,
	MAX_COMPRESSED_PAGES,
	PageCodec,
	STERNA_RECORD_FIRST,
	STERNA_RECORD_LAST,
	SternaRecordType,
	type SternaRecordName,
} from './sterna-records.ts';
export {StreamDecoder} from './stream-decoder.ts';
export {PLAIN_DATA_FEATURE, STREAM_FEATURES, type StreamFeature} from './stream-features.ts';
export type {DecodedRecord, SkippedRecord, StreamDecoderOptions, StreamHandler, StreamStart} from './stream-handler.ts';
export {XL_BANNER, XL_GO, XL_READY, XL_REPORT} from './xl-handshake.ts';
export {
	ACKNOWLEDGEMENT_BYTES,
	ALIVE_BYTES,
	BackChannelDecoder,
	COMMITTED_BYTES,
	encodeFault,
	writeAcknowledgement,
	writeAlive,
	writeCommitted,
	type Acknowledgement,
	type BackChannelRecord,
} from './back-channel.ts';
export {BackChannelError, type BackChannelFault} from './back-channel-error.ts';
export {
	encodePreamble,
	MAX_DATA_CHANNELS,
	parsePreamble,
	PREAMBLE_BYTES,
	PreambleError,
	TOKEN_BYTES,
	type Preamble,
	type PreambleFault,
} from './preamble.ts';
export {
	nextSource,
	nextTarget,
	type SourceEffect,
	type SourceEvent,
	type SourceState,
	type Step,
	type TargetEffect,
	type TargetEvent,
	type TargetState,
} from './handover.ts';
export {nextProtection, type ProtectionEffect, type ProtectionEvent, type ProtectionState} from './protection-machine.ts';
export {nextStandby, type StandbyEffect, type StandbyInput, type StandbyPhase} from './standby-machine.ts';
