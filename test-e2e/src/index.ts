export {type CutKind, type CutRule, type Direction, FaultProxy, type FaultProxyOptions} from './fault-proxy.ts';
export {hashGuestMemory, type MemoryHash} from './hash-memory.ts';
export {type CtlOptions, type CtlResult, type CtlRun} from './lab/ctl.ts';
export {freePorts} from './lab/free-ports.ts';
export type {DaemonName, HostSettings} from './lab/host-files.ts';
export {Lab, type LabOptions, type Route} from './lab/lab.ts';
export {type DomainJson, LabHost} from './lab/lab-host.ts';
