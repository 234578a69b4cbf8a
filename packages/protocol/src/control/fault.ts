import {
	causeChain,
	isErrorCode,
	MAX_CAUSES,
	OperationError,
	type OperationFault,
	type Phase,
	PHASES,
	type RunsOn,
	type Side,
	SIDES,
} from '../operation-error.ts';
import type {Fault} from './messages.ts';

/** Longest text of a fault on the wire, in UTF-16 units: at most 4095 bytes of UTF-8, so that reporting an error never fails on a limit. */
const MAX_TEXT = 1365;

const cut = (text: string): string => (text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`);

/** The error as the other side is told it, its chain of causes included, each with the side that it arose on; long texts are cut. */
export function faultToMessage(error: OperationError): Fault {
	const {code, message, side, phase, runsOn, next} = error.fault;
	return {
		code,
		message: cut(message),
		side,
		phase,
		runsOnHost: runsOn.kind === 'host' ? cut(runsOn.host) : '',
		runsOnKind: runsOn.kind,
		next: cut(next ?? ''),
		// The first of the chain is the error itself.
		causes: causeChain(error)
			.slice(1, 1 + MAX_CAUSES)
			.map(cut),
	};
}

/**
 * The error that the other side reports. An unknown code, of a later version, becomes ERR_INTERNAL with code and text kept;
 * an unknown side, phase or place is taken as receiver, request and unknown: the report of a fault must not be lost to a fault of the report.
 */
export function faultFromMessage(fault: Fault, defaults: {readonly side: Side} = {side: 'receiver'}): OperationError {
	return new OperationError(operationFault(fault, defaults.side));
}

function operationFault(fault: Fault, defaultSide: Side): OperationFault {
	const known = isErrorCode(fault.code);
	return {
		code: known ? fault.code : 'ERR_INTERNAL',
		message: known ? fault.message : `${fault.code}: ${fault.message}`,
		side: isSide(fault.side) ? fault.side : defaultSide,
		phase: isPhase(fault.phase) ? fault.phase : 'request',
		runsOn: placeOf(fault),
		next: fault.next === '' ? undefined : fault.next,
		causes: fault.causes.slice(0, MAX_CAUSES),
	};
}

function isSide(text: string): text is Side {
	return (SIDES as readonly string[]).includes(text);
}

function isPhase(text: string): text is Phase {
	return (PHASES as readonly string[]).includes(text);
}

function placeOf(fault: Fault): RunsOn {
	if (fault.runsOnKind === 'host' && fault.runsOnHost !== '') return {kind: 'host', host: fault.runsOnHost};
	return {kind: fault.runsOnKind === 'nowhere' ? 'nowhere' : 'unknown'};
}
