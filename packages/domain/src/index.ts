export {type Adopted, type AdoptRequest, NotAdoptableError} from './adopt.ts';
export {DomainDefinition, DomainName, ImageDefinition, QemuDefinition, WorkloadDefinition, WorkloadProgram} from './definition.ts';
export {type DirtyLog, type TrackerKind} from './dirty-log.ts';
export {readDeviceStateFile, type ReadDeviceStateOptions, writeDeviceStateFile} from './device-state-file.ts';
export {type ByteChannel} from './byte-channel.ts';
export {type DiskChannel, type DiskMirrors, type DiskProgress, type OpenDisk, type SourceDisks, type TargetDisks} from './disks.ts';
export {DomainError} from './domain-error.ts';
export {
	type CheckResult,
	type ConsoleInput,
	type DomainDriver,
	type GuestFacts,
	type GuestHandle,
	type GuestPlace,
	type ManagedGuest,
} from './driver.ts';
export {ALL_DRIVERS, driverFor} from './drivers.ts';
export {type QemuHostSettings, type QemuNetworkSettings} from './drivers/qemu/host-settings.ts';
export {listMachines} from './drivers/qemu/resolve-machine.ts';
export {estimateContent} from './memory/estimate-content.ts';
export {createScratchMemory} from './memory/scratch-memory.ts';
export {type GuestMemory, type MemoryMapping} from './guest-memory.ts';
export {PageBitmap, type PageRun} from './page-bitmap.ts';
export {continueProcess, isProcessStopped, type ProcessIdentity, stopProcess} from './process-identity.ts';
export {
	type CheckpointSupport,
	type DeviceState,
	type DiskExtent,
	type GuestEvent,
	type HeldOutput,
	type OutputGate,
	type ReplicatedDisk,
	type SourceDomain,
} from './source-domain.ts';
export {type StreamHeaders, type TargetDomain, type TargetReplica} from './target-domain.ts';
export {definitionOfXlConfig, formatXlConfig, type XlConfigFallback} from './xl-config.ts';
