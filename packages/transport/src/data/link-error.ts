import {causeChain, type ErrorCode} from '@sterna/protocol';
import {errnoName, Errno} from '@sterna/system';

/** An error as it crosses from a data worker to the main thread: a class does not survive the way. */
export type LinkFault = {readonly code: ErrorCode; readonly message: string; readonly causes: readonly string[]};

/**
 * Why a data link ended. It knows its code and what happened on the wire, but neither the phase of the migration nor where the
 * guest runs: the engine that holds the link makes an `OperationError` of it, with this as its cause.
 */
export class LinkError extends Error {
	override readonly name = 'LinkError';
	readonly code: ErrorCode;
	/** What lay beneath, outermost first. */
	readonly causes: readonly string[];

	constructor({code, message, causes = []}: {code: ErrorCode; message: string; causes?: readonly string[]}, options?: ErrorOptions) {
		super(message, options);
		this.code = code;
		this.causes = causes;
	}
}

/** What the main thread is told of an error that a worker met. An error of another class is a fault of ours. */
export function linkFaultOf(error: unknown): LinkFault {
	if (error instanceof LinkError) return {code: error.code, message: error.message, causes: [...error.causes, ...causeChain(error.cause)]};
	const [message = 'unknown error', ...causes] = causeChain(error);
	return {code: 'ERR_INTERNAL', message: `a data worker failed: ${message}`, causes};
}

/** `errno`: positive. The connection is gone, or the kernel refuses it: both mean that nothing more arrives. */
export function connectionError(doing: string, errno: number): LinkError {
	return new LinkError({code: 'ERR_CONNECTION_LOST', message: `the data connection was lost while ${doing}: ${errnoName(errno)}`});
}

/** The other end is connected, and nothing comes from it any more. */
export function silenceError(who: 'sender' | 'receiver', silentMs: number): LinkError {
	return new LinkError({code: 'ERR_PEER_SILENT', message: `nothing came from the ${who} on the data connection for ${silentMs} ms`});
}

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** `errno`: positive. */
export function fileError(doing: string, errno: number): LinkError {
	const name = errnoName(errno);
	if (FULL.has(name)) return new LinkError({code: 'ERR_DISK_FULL', message: `there is no space left while ${doing}: ${name}`});
	return new LinkError({code: 'ERR_FILE', message: `${doing} failed: ${name}`});
}

/** `errno`: positive. The kernel cannot reach a page of the guest in this process. */
export function memoryError(doing: string, errno: number): LinkError {
	const code =
		errno === Errno.EFAULT || errno === Errno.ENOMEM || errnoName(errno) === 'ENOSPC' ? 'ERR_MEMORY_INSUFFICIENT' : 'ERR_INTERNAL';
	return new LinkError({code, message: `${doing} failed: ${errnoName(errno)}`});
}
