import {type ErrorCode, OperationError, type Side, causeChain} from '@sterna/protocol';

export type ConnectionErrorContext = {
	readonly side: Side;
	readonly cause?: unknown;
	/** The command to type next. */
	readonly next?: string;
};

/** An error of the channel itself: it knows neither a guest nor what was going on; whoever runs the operation adds that. */
export function connectionError(code: ErrorCode, message: string, {side, cause, next}: ConnectionErrorContext): OperationError {
	return new OperationError(
		{code, message, side, phase: 'request', runsOn: {kind: 'unknown'}, next, causes: causeChain(cause)},
		cause === undefined ? undefined : {cause},
	);
}
