import type {OperationError, TargetState} from '@sterna/protocol';
import {faultToMessage, type MigrationResult, type MigrationStatus} from '@sterna/protocol/control';
import type {ReceivedFigures} from './incoming-link.ts';

/** What there is to show of a guest that comes in. */
export type IncomingFacts = ReceivedFigures & {
	readonly id: string;
	readonly domain: string;
	readonly peer: string;
	/** This one. */
	readonly host: string;
	readonly state: TargetState;
	readonly totalPages: number;
	readonly startedAtMs: number;
	/** So far, or in all. */
	readonly elapsedMs: number;
	readonly isOver: boolean;
	readonly interruptions: number;
	/** Of the memory as it was received so far, where it is hashed. */
	readonly digest: string | undefined;
	/** Why there is no link, where there is none. */
	readonly loss: OperationError | undefined;
	/** Why the guest does not run here. */
	readonly failure: OperationError | undefined;
};

/** The status of an incoming migration as its host's operator sees it. */
export function incomingStatus(facts: IncomingFacts): MigrationStatus {
	const {id, domain, peer, elapsedMs, bytesReceived, loss, failure} = facts;
	return {
		id,
		domain,
		direction: 'incoming',
		peer,
		phase: phaseOf(facts),
		iteration: 0,
		totalPages: facts.totalPages,
		pagesSent: facts.pagesReceived,
		bytesSent: bytesReceived,
		dirtyPages: undefined,
		remainingPages: 0,
		elapsedMs,
		bandwidthBytesPerSecond: elapsedMs > 0 ? (bytesReceived * 1000) / elapsedMs : 0,
		dirtyBytesPerSecond: 0,
		expectedDowntimeMs: undefined,
		tracker: '',
		reason: (failure ?? loss)?.message ?? '',
		result: facts.isOver ? resultOf(facts) : undefined,
		startedAtMs: facts.startedAtMs,
		interruptions: facts.interruptions,
		digest: facts.digest,
		iterations: [],
	};
}

function resultOf(facts: IncomingFacts): MigrationResult {
	const {id, domain, peer, host, state, elapsedMs, failure} = facts;
	const arrived = state === 'running';
	return {
		id,
		domain,
		outcome: arrived ? 'completed' : isAbort(failure) ? 'aborted' : 'failed',
		runsOn: arrived ? host : peer,
		totalMs: elapsedMs,
		iterations: 0,
		pagesSent: facts.pagesReceived,
		bytesSent: facts.bytesReceived,
		error: arrived || failure === undefined ? undefined : faultToMessage(failure),
		interruptions: facts.interruptions,
		digest: facts.digest,
	};
}

function phaseOf({state, loss, failure}: IncomingFacts): MigrationStatus['phase'] {
	switch (state) {
		case 'receiving':
			return loss === undefined ? 'precopy' : 'reconnecting';
		case 'ready':
			return 'handover';
		case 'running':
			return 'completed';
		case 'lost':
			return 'undecided';
		case 'declined':
			return isAbort(failure) ? 'aborted' : 'failed';
	}
}

function isAbort(failure: OperationError | undefined): boolean {
	return failure?.code.startsWith('ERR_ABORTED') === true;
}
