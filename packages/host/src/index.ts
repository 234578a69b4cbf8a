// The public names of @sterna/host, one by one.
export {type Config, type ConfigOverrides, loadConfig, type LoadConfigOptions, type RemoteHost} from './config/load-config.ts';
export {defaultPaths, type Paths} from './config/paths.ts';
export type {LeaseSettings} from './config/lease-section.ts';
export {
	BUILT_IN_POLICIES,
	isBuiltInPolicy,
	type BuiltInPolicy,
	type OnDeadline,
	type OnStall,
	type PolicySettings,
} from './config/policy-section.ts';
export type {Compression, Proof} from './config/schema.ts';
export type {StandbySettings} from './config/standby-section.ts';
export {type ConsoleDependencies, type ConsoleEnd, ConsoleSession, type RemoteConsole} from './console/console-session.ts';
export {GrowingFile, sizeOfFile} from './console/growing-file.ts';
export {arrivedStay, currentStay, type Handover, type Stay} from './console/guest-stay.ts';
export {type DaemonContext, type DaemonOptions, runDaemon, type RunningDaemon} from './daemon.ts';
export {type DaemonRole} from './daemon-flags.ts';
export {Directories} from './directories.ts';
export {DomainLock} from './domain-lock.ts';
export {DomainRecord, MigrationId, MigrationOutcome, MigrationStep, ProtectionStep} from './domain-record.ts';
export {type CorruptRecord, DomainRegistry, type RegistryContents} from './domain-registry.ts';
export {domainInfo} from './domain-view.ts';
export {type StagedNames, type StagedWrite, syncDirectory, writeDurably} from './durable-file.ts';
export {CRASH_POINT_VARIABLE, JOURNAL_FAULT_VARIABLE} from './faults/arm-faults.ts';
export {
	armedStoreCrash,
	CRASH_POINTS,
	type CrashPoint,
	crashPoint,
	crashPointBehindAnswer,
	PROTECTION_CRASH_POINTS,
} from './faults/crash-points.ts';
export {JOURNAL_FAULTS, type JournalFault} from './faults/journal-faults.ts';
export {HANDOVER_MESSAGES, type HandoverMessage, JOURNAL_WRITES, type JournalWrite} from './faults/steps.ts';
export {FileLock, type LockHolder} from './file-lock.ts';
export {GuestGuard, type GuestGuardOptions} from './guard/guest-guard.ts';
export {History, type HistoryBegin, type HistoryEnd} from './history/history.ts';
export {type HookOptions, runHook} from './hooks.ts';
export {fileError, hostError} from './host-error.ts';
export {EtcdLeaseStore, type EtcdLeaseStoreOptions} from './lease/etcd/etcd-lease-store.ts';
export {type Lease, type LeaseClaim, type LeaseState, type LeaseStore} from './lease/lease-store.ts';
export {leaseMarginMs} from './lease/lease-term.ts';
export {ManualLeaseStore} from './lease/manual-lease-store.ts';
export {openLeaseStore, type OpenLeaseStoreOptions} from './lease/open-lease-store.ts';
export {createLogger, LOG_LEVELS, type Logger, type LogLevel, type LogOptions} from './log.ts';
export {type MetricsAddress, type MetricsOptions, type MetricsServer, serveMetrics} from './metrics/metrics-server.ts';
export {MemoryBudget, type MemoryBudgetOptions, type MemoryReservation} from './memory-budget.ts';
export {type FaultContext, operationError, toOperationError} from './operation-faults.ts';
export {OutcomeStore, type OutcomeStoreOptions} from './outcome-store.ts';
export {parseDefinition, type ParseDefinitionOptions} from './parse-definition.ts';
export {clockOffset, type ClockOffset, type ClockTrip} from './record/clock-offset.ts';
export {EpochClock} from './record/epoch-clock.ts';
export {bestOffsetMs, mergeRecordings} from './record/merge-recordings.ts';
export {parseRecording} from './record/read-recording.ts';
export {type BeginFacts, type EndFacts, RecordKeeper} from './record/record-keeper.ts';
export {recordedFault, recordedFaultOf} from './record/recorded-fault.ts';
export {type RecordingFiles, RecordStore} from './record/record-store.ts';
export {MAX_RECORDING_BYTES, RecordingWriter} from './record/recording-writer.ts';
export {type FenceOptions, type FenceTarget, runFence} from './run-fence.ts';
export {notifySystemd} from './systemd.ts';
export {orAborted, TaskGroup} from './task-group.ts';
export {formatDuration, formatRate, formatSize, parseDuration, parsePercent, parseRate, parseSize, UnitError} from './units.ts';
