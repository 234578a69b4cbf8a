import {DomainDefinition, DomainName, type GuestHandle} from '@sterna/domain';
import * as v from 'valibot';

/** Names that peers choose and we use as file names: ids of migrations. */
export const MigrationId = v.pipe(
	v.string(),
	v.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores'),
);

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Incarnation = Count;
const Timestamp = v.pipe(v.string(), v.isoTimestamp());

const Handle = v.variant('kind', [
	v.strictObject({
		kind: v.literal('process'),
		pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
		startTicks: v.string(),
		socketPath: v.string(),
	}),
	v.strictObject({kind: v.literal('files'), directory: v.string()}),
]) satisfies v.GenericSchema<unknown, GuestHandle>;

const common = {
	id: MigrationId,
	/** Name of the other host. */
	peer: v.string(),
	incarnation: Incarnation,
	/** At the source: the guest was paused by its operator before, and is given back so. At the target: it stays paused after `go`. */
	paused: v.boolean(),
};

/** How far a migration of this domain has come here: the journal of the handover, in the words of its machine (`@sterna/protocol`, handover.ts). */
export const MigrationStep = v.variant('role', [
	v.strictObject({
		role: v.literal('source'),
		step: v.picklist(['transferring', 'go', 'undecided', 'handed-over', 'given-back']),
		/** What the operator asked for, as JSON of `StartRequest`: a restarted daemon goes on with it. Absent: it gives the guest back. */
		requestJson: v.optional(v.pipe(v.string(), v.maxLength(64 * 1024))),
		...common,
	}),
	v.strictObject({
		role: v.literal('target'),
		step: v.picklist(['receiving', 'ready', 'running', 'declined']),
		...common,
		/** Where the guest waits for another link when one is lost: for how many milliseconds; the latest link that was begun; pages that its first stream names. */
		hold: v.optional(v.strictObject({ms: Count, link: Count, totalPages: Count})),
		/** Size of the domain's output when the target was made: behind it is what the guest writes here. */
		outputBytes: v.optional(Count),
	}),
]);
export type MigrationStep = v.InferOutput<typeof MigrationStep>;

/**
 * A standby of this domain is kept, or this is one. The source's steps: `protecting`; `alone`: its standby is lost or given up, and the guest runs on; `stopped`:
 * it stands still, for want of its lease or by policy; `handing-over`: `go` may have left; `gone`: its process is gone, and it is left to its standby; `stale`: the guest runs elsewhere. The standby's: `receiving`: no whole checkpoint; `holding`; `promoting`: the
 * guest is about to run here, or does. docs/adr/0014-standby.md.
 */
export const ProtectionStep = v.variant('role', [
	v.strictObject({
		role: v.literal('source'),
		step: v.picklist(['protecting', 'alone', 'stopped', 'handing-over', 'gone', 'stale']),
		id: MigrationId,
		peer: v.string(),
		/** That the guest runs with here; a standby that takes over has the next one. */
		incarnation: Incarnation,
		/** JSON of `ProtectRequest`. */
		requestJson: v.pipe(v.string(), v.maxLength(64 * 1024)),
		leaseStore: v.picklist(['manual', 'etcd']),
		/** The guest's guard, where it has a lease to lose. */
		guard: v.optional(v.strictObject({pid: Count, startTicks: v.string()})),
		holdsOutput: v.boolean(),
	}),
	v.strictObject({
		role: v.literal('standby'),
		step: v.picklist(['receiving', 'holding', 'promoting']),
		id: MigrationId,
		peer: v.string(),
		incarnation: Incarnation,
		leaseStore: v.picklist(['manual', 'etcd']),
		leaseTtlMs: Count,
		holdsOutput: v.boolean(),
		paused: v.boolean(),
		/** Of `promoting`: the checkpoint that the guest goes on from, and what allowed it. */
		epoch: v.optional(Count),
		because: v.optional(v.picklist(['lease', 'planned', 'fence', 'source-is-dead'])),
		outputBytes: v.optional(Count),
	}),
]);
export type ProtectionStep = v.InferOutput<typeof ProtectionStep>;

/** What a host knows of one of its domains: `domains/NAME/domain.json`. */
export const DomainRecord = v.strictObject({
	version: v.literal(1),
	definition: DomainDefinition,
	handle: Handle,
	/** `incoming` and `outgoing`: a migration is under way; `undecided`: its handover is. `protected`, `standby`, `stale`: `protection` says more. */
	state: v.picklist(['running', 'paused', 'image', 'incoming', 'outgoing', 'undecided', 'protected', 'standby', 'stale']),
	/** Of the last attempt to hand the domain over, either way; 0 = none yet. */
	incarnation: Incarnation,
	migration: v.optional(MigrationStep),
	protection: v.optional(ProtectionStep),
	createdAt: Timestamp,
});
export type DomainRecord = v.InferOutput<typeof DomainRecord>;

/** How a migration ended here: `migrations/ID.json`. Answers a peer that asks after the domain's record has changed or gone. */
export const MigrationOutcome = v.strictObject({
	version: v.literal(1),
	id: MigrationId,
	domain: DomainName,
	role: v.picklist(['source', 'target']),
	peer: v.string(),
	incarnation: Incarnation,
	/** Last step of the handover here. */
	step: v.picklist(['handed-over', 'given-back', 'running', 'declined']),
	endedAt: Timestamp,
	/** At a source that kept the guest: false as long as the receiver has yet to hear it. */
	receiverKnows: v.optional(v.boolean()),
	/** The domain's own, which outlives its name. */
	uuid: v.optional(v.string()),
	/** Size of the domain's output on this host when its guest left, or when the target was made: where its part there ends, or begins. */
	outputBytes: v.optional(Count),
	/** The MigrationResult as JSON, for `status` after a restart. */
	resultJson: v.optional(v.pipe(v.string(), v.maxLength(64 * 1024))),
});
export type MigrationOutcome = v.InferOutput<typeof MigrationOutcome>;
