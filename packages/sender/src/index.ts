// The public names of @sterna/sender, one by one: the engine, for its tests and benches. The daemon is main.ts.
export type {PolicyDecision, PrecopyPolicy} from './engine/policy/decision.ts';
export {downtimeTarget} from './engine/policy/downtime-target.ts';
export {firstOf} from './engine/policy/first-of.ts';
export {OperatorPolicy} from './engine/policy/operator-policy.ts';
export {xenLimits} from './engine/policy/xen-limits.ts';
export {StatsRecorder, type PrecopyStats} from './engine/stats.ts';
export {VERSION} from './version.ts';
