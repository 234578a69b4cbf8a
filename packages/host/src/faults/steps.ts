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
export type JournalWrite = (typeof JOURNAL_WRITES)[number];

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
export type HandoverMessage = (typeof HANDOVER_MESSAGES)[number];
