export {FaultProxy, type FaultProxyOptions, type Hold} from './fault-proxy.ts';
export type {CutKind, CutRule, Direction, FlipRule, Place} from './fault-proxy/faults.ts';
export type {Carried} from './fault-proxy/relay.ts';
export {Replay} from './fault-proxy/replay.ts';
export {freePorts} from './free-ports.ts';
