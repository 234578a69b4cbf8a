// The public names of @sterna/sender, one by one: the engine, for its tests and benches. The daemon is main.ts.
export {downtimeTarget, firstOf, OperatorPolicy, xenLimits, type PolicyDecision, type PrecopyPolicy} from './engine/policy.ts';
export {StatsRecorder, type PrecopyStats} from './engine/stats.ts';
export {VERSION} from './version.ts';
