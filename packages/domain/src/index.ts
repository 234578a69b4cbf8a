export {DomainDefinition, DomainName, type ImageDefinition, type WorkloadDefinition, WorkloadProgram} from './definition.ts';
export {type DirtyLog, type TrackerKind} from './dirty-log.ts';
export {DomainError} from './domain-error.ts';
export {type CheckResult, type DomainDriver, type GuestFacts, type GuestHandle, type GuestPlace, type ManagedGuest} from './driver.ts';
export {type GuestMemory, type MemoryMapping} from './guest-memory.ts';
export {PageBitmap, type PageRun} from './page-bitmap.ts';
export {type DeviceState, type GuestEvent, type SourceDomain} from './source-domain.ts';
export {type StreamHeaders, type TargetDomain} from './target-domain.ts';
