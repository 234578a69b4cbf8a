import {BackChannelError, encodeFault, type OperationError} from '@sterna/protocol';
import {linkFaultOf} from './link-error.ts';
import type {ClosingFault} from './messages.ts';

/** What the receiver said with a FAULT. */
export class ReceiverFault extends Error {
	readonly error: OperationError;

	constructor(error: OperationError) {
		super(error.message);
		this.error = error;
	}
}

/** Why a sending link closes, as the main thread is told. */
export function closingFault(cause: unknown): ClosingFault {
	if (cause instanceof ReceiverFault) return {kind: 'record', bytes: encodeFault(cause.error)};
	if (cause instanceof BackChannelError) {
		const message = `the receiver's acknowledgements are not in their format: ${cause.message}`;
		return {kind: 'failed', fault: {code: 'ERR_STREAM', message, causes: []}};
	}

	return {kind: 'failed', fault: linkFaultOf(cause)};
}
