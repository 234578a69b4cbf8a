/** Migrations that are only computed: the engine over a simulated guest and link. Pure; opens nothing, and loads no native code. */
export {xenLimits, XEN_DEFAULTS} from '../engine/policy/xen-limits.ts';
export {policyOf, type Limits} from '../engine/policy/limits-policy.ts';
export {batchesInHand} from '../engine/batches-in-hand.ts';
export type {IterationSummary} from '../engine/iteration-log.ts';
export {DEFAULT_COSTS, type MigrationCosts} from './costs.ts';
export {ownTimeBetween, partWritten, uniquePages, type DirtyClass, type DirtyModel, type Pace} from './dirty-model.ts';
export {dirtyModelOf, workingSetPoints, type DirtyScan, type WorkingSetPoint} from './dirty-model-of.ts';
export {FULL_PAGES, LOOPBACK, PAGE_ENTRY_BYTES, type ContentSegment, type LinkModel, type WireContent} from './link-model.ts';
export {simulate, type SimulatedMigration, type SimulationInput} from './simulate.ts';
