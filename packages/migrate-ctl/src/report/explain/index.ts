import type {RecordedFault} from '@sterna/host/record';
import {faultOf} from '../facts.ts';
import type {MigrationRecord} from '../record.ts';
import {commandPart, policyPart} from './aborted.ts';
import {completedPart} from './completed.ts';
import {connectionPart} from './connection.ts';
import {deadDaemonPart, settledBy} from './dead-daemon.ts';
import {evidenceOf} from './evidence.ts';
import type {Ending, EndingPart, Explanation, Remedy} from './explanation.ts';
import {failedPart, undecidedPart} from './failed.ts';
import {noEndPart, underWayPart} from './no-end.ts';
import {undoneOf} from './remedies.ts';
import {storyOf} from './story.ts';
import {whereTheGuestIs} from './whereabouts.ts';

const BEFORE_THE_START: ReadonlySet<string> = new Set(['request', 'prepare']);
/** Lost, where the hosts had agreed before. */
const LOST: ReadonlySet<string> = new Set(['ERR_CONNECTION_LOST', 'ERR_PEER_SILENT', 'ERR_HOST_UNREACHABLE']);
const COMMANDED: ReadonlySet<string> = new Set(['ERR_ABORTED_BY_OPERATOR', 'ERR_ABORTED_BY_RECEIVER', 'ERR_DAEMON_STOPPING']);

/** What a recording tells, in sentences. Pure. `underWay`: the daemon that it came from is still at it. */
export function explain(record: MigrationRecord, {underWay = false}: {readonly underWay?: boolean} = {}): Explanation {
	const fault = faultOf(record.main);
	const ending: Ending = record.main.end?.outcome ?? (underWay ? 'under-way' : 'no-end');
	const {headline, why, whatToDo} = partOf(record, ending, fault);
	return {
		ending,
		headline,
		whatHappened: storyOf(record),
		why,
		whereTheGuestIs: whereTheGuestIs(record),
		whatToDo: withNext(whatToDo, fault),
		error: fault,
		evidence: evidenceOf(record),
	};
}

function partOf(record: MigrationRecord, ending: Ending, fault: RecordedFault | undefined): EndingPart {
	switch (ending) {
		case 'completed':
			return completedPart(record);
		case 'under-way':
			return underWayPart(record);
		case 'no-end':
			return noEndPart(record);
		case 'undecided':
			return undecidedPart(record, fault);
		case 'aborted':
		case 'failed': {
			if (fault === undefined) return {headline: `${record.domain} ${undoneOf(record)}, and no error is recorded`, why: [], whatToDo: []};
			const restart = settledBy(record, fault);
			if (restart !== undefined) return deadDaemonPart(record, restart);
			if (fault.code === 'ERR_ABORTED_BY_POLICY') return policyPart(record, fault);
			if (COMMANDED.has(fault.code)) return commandPart(record, fault);
			if (LOST.has(fault.code) && !BEFORE_THE_START.has(fault.phase)) return connectionPart(record, fault);
			return failedPart(record, fault);
		}
	}
}

/** With the command that the error itself names, where none of these is it: last behind the policy, whose reasons hold until something changes. */
function withNext(remedies: readonly Remedy[], fault: RecordedFault | undefined): readonly Remedy[] {
	const next = fault?.next ?? undefined;
	if (next === undefined || remedies.some(({command}) => command === next)) return remedies;
	return fault?.code === 'ERR_ABORTED_BY_POLICY'
		? [...remedies, {text: 'The same again, once the guest writes less:', command: next}]
		: [{text: 'The error says what to do next:', command: next}, ...remedies];
}
