import type {OperationError, StandbyPhase} from '@sterna/protocol';
import {faultToMessage, type ProtectionStatus} from '@sterna/protocol/control';
import type {StoredCheckpoints} from './checkpoint-file.ts';
import type {StandbyProtection} from './standby-journal.ts';

/** What there is to show of a standby. */
export type StandbyFacts = {
	readonly protection: StandbyProtection;
	readonly domain: string;
	readonly phase: StandbyPhase;
	readonly isLinked: boolean;
	readonly reason: string;
	/** Since the Unix epoch. */
	readonly sinceMs: number;
	readonly startedAtMs: number;
	readonly incarnation: number;
	/** Undefined where there is no store any more. */
	readonly stored: StoredCheckpoints | undefined;
	/** That the guest went on from; undefined: the store knows. */
	readonly committedEpoch: number | undefined;
	readonly failure: OperationError | undefined;
};

/** How many of the last checkpoints are shown. */
const SHOWN = 16;

/** A standby as the operator of its host sees it. */
export function standbyStatus(facts: StandbyFacts): ProtectionStatus {
	const {protection, domain, reason, sinceMs, startedAtMs, incarnation, stored, failure} = facts;
	const committedEpoch = facts.committedEpoch ?? stored?.committedEpoch ?? 0;
	const last = (stored?.checkpoints ?? []).slice(-SHOWN).toReversed();
	return {
		id: protection.id,
		domain,
		role: 'standby',
		peer: protection.peer,
		phase: phaseOf(facts),
		reason,
		sinceMs,
		startedAtMs,
		incarnation,
		epoch: committedEpoch,
		committedEpoch,
		bindingObjective: '',
		alarm: '',
		leaseStore: protection.leaseStore,
		error: failure === undefined ? undefined : faultToMessage(failure),
		lastCheckpoints: last.map(({epoch, pages, bytes, digest, committedAtMs}) => ({
			epoch,
			pages,
			bytes,
			digest: digest.toString(16).padStart(16, '0'),
			committedAtMs,
		})),
		checkpointsPerSecond: rateOf(last.map(({committedAtMs}) => committedAtMs)),
	};
}

/** Per second, of moments in milliseconds; undefined for fewer than two. */
function rateOf(moments: readonly number[]): number | undefined {
	const spanMs = Math.max(...moments) - Math.min(...moments);
	return moments.length < 2 || spanMs <= 0 ? undefined : ((moments.length - 1) * 1000) / spanMs;
}

function phaseOf({phase, isLinked}: StandbyFacts): ProtectionStatus['phase'] {
	switch (phase) {
		case 'receiving':
			return 'starting';
		case 'holding':
			return isLinked ? 'protected' : 'holding';
		case 'promoting':
			return 'promoting';
		case 'promoted':
			return 'promoted';
		case 'lost':
			return 'failed';
		case 'removed':
			return 'ended';
	}
}
