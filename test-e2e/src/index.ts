export {type CutKind, type CutRule, type Direction, FaultProxy, type FaultProxyOptions} from './fault-proxy.ts';
export {hashGuestMemory, type MemoryHash} from './hash-memory.ts';
