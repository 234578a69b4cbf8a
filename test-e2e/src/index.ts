export {CRASH_POINTS, type CrashPoint, PROTECTION_CRASH_POINTS} from '@sterna/host';
export {
	type Carried,
	type CutKind,
	type CutRule,
	type Direction,
	FaultProxy,
	type FlipRule,
	freePorts,
	type Place,
} from '@sterna/test-network';
export {playSequence, type SequenceEnd} from './commands/command-sequence.ts';
export {type AfterCrash, crashAt, type CrashRun} from './crash/crash-run.ts';
export {GOLDENS, type GoldenName, moveGolden, type MovedGolden, SHARED_DIRECTORY, unpackGolden} from './goldens.ts';
export {type GuestLine, type GuestOutput, mergeGuestOutput, type Stretch} from './guest-lines.ts';
export {hashGuestMemory, type MemoryHash} from './hash-memory.ts';
export {type CtlOptions, type CtlResult, type CtlRun} from './lab/ctl.ts';
export type {DaemonName, HostSettings} from './lab/host-files.ts';
export {Lab, type LabOptions, type Route} from './lab/lab.ts';
export {type DomainJson, LabHost} from './lab/lab-host.ts';
export {LAB_NETWORK, type QemuLab} from './lab/qemu-lab.ts';
export {RelayedLab, type RelayedLabOptions} from './lab/relayed-lab.ts';
export {MEMORY_HOOK_SETTINGS, type MemoryComparison, readComparison} from './memory-hook/comparison.ts';
export type {FaultJson, MigrationJson, ResultJson} from './migration-json.ts';
export {playSplit, type SplitOutcome} from './protection/play-split.ts';
export {type Split, SPLITS} from './protection/splits.ts';
export {SplitScene} from './protection/split-scene.ts';
export {
	type AfterProtectionCrash,
	aftersOf,
	type ProtectionCrash,
	protectionCrashAt,
	type ProtectionCrashRun,
} from './protection/crash/protection-crash.ts';
export {SHARED_CRASH_POINTS, type WayName, waysTo} from './protection/crash/ways.ts';
export {Source} from './protection/kill-source.ts';
export {ProtectedGuest} from './protection/protected-guest.ts';
export {assertReleasedOnce, type ReleasedLines} from './protection/released-lines.ts';
export type {ProtectionJson} from '@sterna/migrate-ctl';
export {findGuestFaults, type GuestFaults} from './qemu/guest-faults.ts';
export type {GuestSettings, Machine} from './qemu/guest-settings.ts';
export {LinuxGuest, type LinuxGuestOptions} from './qemu/linux-guest.ts';
export {OwnImages} from './qemu/own-images.ts';
export {ProtectedLinux, type ProtectedLinuxScene, type TakenOver} from './qemu/protected-linux.ts';
export {qemuProcesses} from './qemu/qemu-processes.ts';
export {seededRandom} from './seeded-random.ts';
export {inspectStream, lastCheckpointOf, type RecordContent, type StreamContent} from './stream-content.ts';
export {type Distribution, distributionOf} from './outside/distribution.ts';
export {type KnownOutput, knownOutput, unknownLines} from './outside/known-output.ts';
export {OutputClient, type OutputClientOptions, type OutputSummary, type ReplyStretch, type SeenReply} from './outside/output-client.ts';
export {missingSerials, replyFaults} from './outside/reply-faults.ts';
