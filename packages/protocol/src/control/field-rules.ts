/**
 * What control.proto cannot say of its fields, and every limit of the control channel. The generator takes the string unions
 * from here for the types; `check-message.ts` holds both directions to them. docs/spec/control.md section 3 lists them.
 */

/** Largest encoded frame, and so the largest WebSocket message, in bytes. 1 MiB: a list of a thousand domains fits. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** Most bytes of a stream in one frame: another request's frame waits behind one of them, not behind all that there is. */
export const MAX_STREAM_FRAME_BYTES = 64 * 1024;

/** Longest string of a field without a rule of its own, in bytes of UTF-8: a Linux path. */
export const MAX_STRING_BYTES = 4096;

/** Most entries of a repeated field. */
export const MAX_REPEATED = 1024;

/** Most fields of a frame that this build does not know: a later version may add some, a hostile peer could fill memory with them. */
export const MAX_UNKNOWN_FIELDS = 256;

/** Deepest nesting of messages, the frame itself included: frame, protections, protection, precopy, result, fault. */
export const MAX_DEPTH = 6;

export type FieldRule = {
	/** Longest value in bytes (of UTF-8 for a string). */
	readonly maxBytes?: number;
	/** The only values a string may have. */
	readonly oneOf?: readonly string[];
	/** A whole number up to 2^53 − 1, although the wire type is a double. */
	readonly whole?: true;
	/** A message that must be there. */
	readonly required?: true;
};

const JSON_TEXT: FieldRule = {maxBytes: 64 * 1024};
const WHOLE: FieldRule = {whole: true};
const REQUIRED: FieldRule = {required: true};
const PROOF: FieldRule = {oneOf: ['off', 'wire', 'audit', 'full']};
const DIGEST: FieldRule = {maxBytes: 16};
const STREAM_KIND: FieldRule = {oneOf: ['sterna', 'xen']};

/** By message and field, in the names of the generated types. */
export const FIELD_RULES: Readonly<Record<string, FieldRule>> = {
	'Hello.software': {maxBytes: 256},
	'Hello.host': {maxBytes: 256},
	'Hello.role': {oneOf: ['operator', 'sender', 'receiver']},
	'Hello.features': {maxBytes: 64},
	'StartRequest.stream': STREAM_KIND,
	'PolicyLimits.onDeadline': {oneOf: ['stop-and-copy', 'abort', 'postcopy']},
	'PolicyLimits.onStall': {oneOf: ['advise', 'stop-and-copy', 'abort']},
	'TransferOptions.compression': {oneOf: ['', 'auto', 'none', 'zstd', 'lz4']},
	'TransferOptions.deltaCacheBytes': WHOLE,
	'TransferOptions.proof': PROOF,
	'MigrationStatus.direction': {oneOf: ['outgoing', 'incoming', 'save', 'restore']},
	'MigrationStatus.phase': {
		oneOf: ['queued', 'prepare', 'precopy', 'reconnecting', 'stop-and-copy', 'handover', 'completed', 'aborted', 'failed', 'undecided'],
	},
	'MigrationStatus.totalPages': WHOLE,
	'MigrationStatus.pagesSent': WHOLE,
	'MigrationStatus.bytesSent': WHOLE,
	'MigrationStatus.zeroPages': WHOLE,
	'MigrationStatus.savedBytes': WHOLE,
	'MigrationStatus.dirtyPages': WHOLE,
	'MigrationStatus.remainingPages': WHOLE,
	'MigrationStatus.diskBytesLeft': WHOLE,
	'MigrationStatus.digest': DIGEST,
	'MigrationStatus.proof': PROOF,
	'MigrationStatus.neededPages': WHOLE,
	'MigrationStatus.convergence': {oneOf: ['converges', 'will-not-converge']},
	'IterationInfo.dirtyPages': WHOLE,
	'IterationInfo.writtenPages': WHOLE,
	'MigrationResult.outcome': {oneOf: ['completed', 'aborted', 'failed', 'undecided']},
	'MigrationResult.pagesSent': WHOLE,
	'MigrationResult.bytesSent': WHOLE,
	'MigrationResult.zeroPages': WHOLE,
	'MigrationResult.savedBytes': WHOLE,
	'MigrationResult.diskBytesSent': WHOLE,
	'MigrationResult.digest': DIGEST,
	'MigrationResult.proof': PROOF,
	'MigrationResult.repairedPages': WHOLE,
	'MigrationResult.resentBytes': WHOLE,
	'DomainInfo.state': {
		oneOf: ['running', 'paused', 'image', 'incoming', 'migrating', 'undecided', 'crashed', 'protected', 'standby', 'stale'],
	},
	'DomainInfo.memoryBytes': WHOLE,
	'DomainInfo.incarnation': WHOLE,
	'DomainInfo.detailJson': JSON_TEXT,
	'DomainCreateRequest.definitionJson': JSON_TEXT,
	'DomainReply.domain': REQUIRED,
	'DiskChoice.sharing': {oneOf: ['shared', 'mirror', 'read-only']},
	'DomainAdoptReply.domain': REQUIRED,
	'DomainAdoptReply.command': {maxBytes: 16 * 1024},
	'CheckReply.pagesChecked': WHOLE,
	'CheckReply.badPages': WHOLE,
	'OutputChunk.data': {maxBytes: 256 * 1024},
	'StreamData.data': {maxBytes: MAX_STREAM_FRAME_BYTES},
	'StreamData.credit': WHOLE,
	'DomainConsoleRequest.tailBytes': WHOLE,
	'RestoreResult.domain': REQUIRED,
	'RestoreResult.pages': WHOLE,
	'RestoreResult.bytes': WHOLE,
	'HostInfo.state': {oneOf: ['self', 'reachable', 'unreachable', 'not probed']},
	'ForecastReply.convergence': {oneOf: ['converges', 'may-converge', 'will-not-converge']},
	'ForecastReply.memoryBytes': WHOLE,
	'ForecastReply.binding': {oneOf: ['bandwidth', 'working-set', 'cpu', 'limits']},
	'HistoryEntry.direction': {oneOf: ['outgoing', 'incoming', 'save', 'restore']},
	'HistoryEntry.outcome': {oneOf: ['', 'completed', 'aborted', 'failed', 'undecided']},
	'HistoryEntry.bytesSent': WHOLE,
	'RecordPart.data': {maxBytes: 256 * 1024},
	'DoctorReply.roomBytes': WHOLE,
	'DoctorReply.qemuMachines': {maxBytes: 128},
	'Finding.state': {oneOf: ['ok', 'warning', 'fault']},
	'Finding.side': {oneOf: ['sender', 'receiver']},
	'PrepareRequest.incarnation': WHOLE,
	'PrepareRequest.definitionJson': JSON_TEXT,
	'PrepareRequest.stream': STREAM_KIND,
	'PrepareRequest.guestType': {oneOf: ['pv', 'hvm']},
	'PrepareRequest.populatedPages': WHOLE,
	'PrepareRequest.contentPages': WHOLE,
	'PrepareRequest.windowBytes': WHOLE,
	'PrepareRequest.hashKey': WHOLE,
	'PrepareReply.token': {maxBytes: 32},
	'PrepareReply.windowBytes': WHOLE,
	'PrepareReply.appliedBytes': WHOLE,
	'LinkProbeRequest.mostPages': WHOLE,
	'LinkProbeRequest.windowBytes': WHOLE,
	'LinkProbeRequest.hashKey': WHOLE,
	'ResumeRequest.incarnation': WHOLE,
	'ResumeRequest.windowBytes': WHOLE,
	'ResumeRequest.hashKey': WHOLE,
	'PageHashesRequest.incarnation': WHOLE,
	'PageHashesRequest.hashKey': WHOLE,
	'PageHashesRequest.of': {oneOf: ['pages', 'groups']},
	'PageHashesRequest.first': WHOLE,
	'PageHashesRequest.count': WHOLE,
	'PageHashesReply.hashes': {maxBytes: 512 * 1024},
	'DiskStreamRequest.incarnation': WHOLE,
	'DiskStreamRequest.node': {maxBytes: 64},
	'PeerConsoleRequest.incarnation': WHOLE,
	'PeerConsoleRequest.receivedBytes': WHOLE,
	'PeerConsoleRequest.path': {maxBytes: 64},
	'ConsoleMoved.incarnation': WHOLE,
	'ReadyEvent.incarnation': WHOLE,
	'ReadyEvent.pagesReceived': WHOLE,
	'ReadyEvent.bytesReceived': WHOLE,
	'GoRequest.incarnation': WHOLE,
	'RunningReply.incarnation': WHOLE,
	'ReceiverProgress.pagesReceived': WHOLE,
	'ReceiverProgress.bytesReceived': WHOLE,
	'PeerAbort.fault': REQUIRED,
	'OutcomeQuery.incarnation': WHOLE,
	'ResolveRequest.force': {oneOf: ['', 'run-here', 'destroy-here']},
	'ResolveReply.role': {oneOf: ['', 'source', 'target']},
	'ResolveReply.step': {
		oneOf: ['', 'transferring', 'go', 'undecided', 'handed-over', 'given-back', 'receiving', 'ready', 'running', 'lost', 'declined'],
	},
	'ResolveReply.peerSays': {oneOf: ['', 'unknown', 'receiving', 'ready', 'running', 'lost', 'declined']},
	'OutcomeReply.state': {oneOf: ['unknown', 'receiving', 'ready', 'running', 'lost', 'declined']},
	'OutcomeReply.incarnation': WHOLE,
	'GoRequest.epoch': WHOLE,
	'ProtectRequest.stream': STREAM_KIND,
	'CheckpointOptions.stagingBytes': WHOLE,
	'CheckpointOptions.onStandbyLoss': {oneOf: ['', 'continue', 'pause']},
	'FailoverReply.epoch': WHOLE,
	'FailoverReply.incarnation': WHOLE,
	'FailoverReply.because': {oneOf: ['lease', 'planned', 'fence', 'source-is-dead']},
	'ProtectionStatus.role': {oneOf: ['source', 'standby']},
	'ProtectionStatus.phase': {
		oneOf: [
			'starting',
			'protected',
			'unprotected',
			'paused',
			'handing-over',
			'holding',
			'promoting',
			'promoted',
			'stale',
			'ended',
			'failed',
		],
	},
	'ProtectionStatus.incarnation': WHOLE,
	'ProtectionStatus.epoch': WHOLE,
	'ProtectionStatus.committedEpoch': WHOLE,
	'ProtectionStatus.lagEpochs': WHOLE,
	'ProtectionStatus.heldOutputBytes': WHOLE,
	'ProtectionStatus.heldOutputItems': WHOLE,
	'ProtectionStatus.bindingObjective': {oneOf: ['', 'interval', 'max-lag', 'max-added-latency', 'max-slowdown']},
	'ProtectionStatus.leaseStore': {oneOf: ['', 'manual', 'etcd']},
	'ProtectionStatus.stagingBytes': WHOLE,
	'ProtectionStatus.overflowPages': WHOLE,
	'CheckpointInfo.epoch': WHOLE,
	'CheckpointInfo.pages': WHOLE,
	'CheckpointInfo.bytes': WHOLE,
	'CheckpointInfo.digest': DIGEST,
	'StandbyRequest.prepare': REQUIRED,
	'StandbyRequest.leaseStore': {oneOf: ['manual', 'etcd']},
	'StandbyRequest.uuid': {maxBytes: 64},
	'StandbyReply.prepared': REQUIRED,
	'StandbyReply.committedEpoch': WHOLE,
	'StandbyEvent.kind': {oneOf: ['failover-wanted']},
	'StandbyEnd.incarnation': WHOLE,
	'StandbyQuery.incarnation': WHOLE,
	'StandbyState.state': {oneOf: ['unknown', 'receiving', 'holding', 'promoted', 'source', 'source-gone']},
	'StandbyState.committedEpoch': WHOLE,
	'StandbyState.incarnation': WHOLE,
};
