import type {OperationError} from '@sterna/protocol';
import {faultFromMessage, type Fault} from '@sterna/protocol/control';
import type {RecordedFault} from './record-line.ts';

/** Of one text: what a peer sends is its own choice. */
const MAX_TEXT = 2000;
const MAX_CAUSES = 16;

/** An error as it is recorded. */
export function recordedFault({fault}: OperationError): RecordedFault {
	const {code, message, side, phase, runsOn, next, causes} = fault;
	return {
		code,
		message: bounded(message),
		side,
		phase,
		runsOn: runsOn.kind === 'host' ? runsOn.host : runsOn.kind === 'nowhere' ? null : '?',
		next: next ?? null,
		causes: causes.slice(0, MAX_CAUSES).map(cause => bounded(cause)),
	};
}

/** The same of one as messages have it. */
export function recordedFaultOf(fault: Fault): RecordedFault {
	return recordedFault(faultFromMessage(fault));
}

function bounded(text: string): string {
	return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}
