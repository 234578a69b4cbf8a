import {type ErrorCode, OperationError, type Side, causeChain} from '@sterna/protocol';

export type HostErrorContext = {
	readonly side: Side;
	readonly cause?: unknown;
	/** The command to type next. */
	readonly next?: string;
};

/** An error of this host's own state (configuration, files, locks), which knows of no operation: whoever runs one adds phase and place. */
export function hostError(code: ErrorCode, message: string, {side, cause, next}: HostErrorContext): OperationError {
	return new OperationError(
		{code, message, side, phase: 'request', runsOn: {kind: 'unknown'}, next, causes: causeChain(cause)},
		cause === undefined ? undefined : {cause},
	);
}

/** ERR_DISK_FULL where the disk (or a quota) is full, ERR_FILE for every other failure of a file. */
export function fileError(message: string, cause: unknown, side: Side): OperationError {
	const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
	return hostError(code === 'ENOSPC' || code === 'EDQUOT' ? 'ERR_DISK_FULL' : 'ERR_FILE', message, {side, cause});
}
