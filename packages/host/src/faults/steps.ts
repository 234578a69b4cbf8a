/**
 * Everything that the two daemons make durable in a handover, by the side that does it. `stage-` is the slow half of a write that is finished
 * later (durable-file.ts); `outcome-` is the file of the migration, `journal-` the domain's record. docs/adr/0011-crash-points.md.
 */
export const JOURNAL_WRITES = [
	'source.journal-transferring',
	'source.stage-go',
	'source.journal-go',
	'source.journal-undecided',
	'source.journal-handed-over',
	'source.outcome-handed-over',
	'source.journal-removed',
	'source.journal-given-back',
	'source.outcome-given-back',
	'source.journal-returned',
	'source.outcome-told',
	'target.journal-receiving',
	'target.stage-ready',
	'target.stage-running',
	'target.journal-ready',
	'target.outcome-running',
	'target.journal-arrived',
	'target.outcome-arrived',
	'target.outcome-declined',
	'target.outcome-unheard',
	'target.journal-gone',
] as const;

/** Everything that the two daemons say to each other in a handover, by the side that says it. */
export const HANDOVER_MESSAGES = [
	'source.send-prepare',
	'source.send-resume',
	'source.send-go',
	'source.send-query',
	'source.send-abort',
	'target.send-prepared',
	'target.send-ready',
	'target.send-running',
	'target.send-declined',
] as const;

/** What they make durable in a protection besides: most of the steps of a failover have the names of a handover. docs/adr/0014-standby.md. */
export const PROTECTION_WRITES = [
	'source.journal-protecting',
	'source.journal-stopped',
	'source.journal-alone',
	'source.journal-handing-over',
	'source.journal-gone',
	'source.journal-stale',
	'source.journal-unprotected',
	'standby.journal-receiving',
	'standby.journal-attached',
	'standby.journal-holding',
	'standby.journal-declined',
	'standby.journal-promoting',
	'standby.outcome-promoted',
	'standby.journal-promoted',
	'standby.journal-removed',
] as const;

/** What they say to each other of a standby. */
export const PROTECTION_MESSAGES = [
	'source.send-standby',
	'source.send-standby-end',
	'source.send-standby-query',
	'standby.send-prepared',
	'standby.send-failover-wanted',
	'standby.send-running',
	'standby.send-declined',
	'standby.send-ended',
] as const;

/** Places in the commit of a checkpoint, in the data worker that receives it: packages/transport/src/data/checkpoint-store/crash-points.ts. */
export const STORE_STEPS = ['commit.before', 'commit.after', 'apply.middle', 'applied.before', 'applied.after'] as const;
export type StoreStep = (typeof STORE_STEPS)[number];

export type JournalWrite = (typeof JOURNAL_WRITES)[number] | (typeof PROTECTION_WRITES)[number];
export type HandoverMessage = (typeof HANDOVER_MESSAGES)[number] | (typeof PROTECTION_MESSAGES)[number];
