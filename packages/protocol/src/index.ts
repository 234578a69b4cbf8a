// The public names of @sterna/protocol, one by one. Control messages are a separate entry point: `@sterna/protocol/control`.
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
	causeChain,
	ERROR_CODES,
	isErrorCode,
	OperationError,
	type ErrorCode,
	type OperationFault,
	type Phase,
	type RunsOn,
	type Side,
} from './operation-error.ts';
export {
	ACKNOWLEDGEMENT_BYTES,
	BackChannelDecoder,
	encodeFault,
	writeAcknowledgement,
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
