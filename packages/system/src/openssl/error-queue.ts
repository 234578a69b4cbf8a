import {lastErrno} from '../libc.ts';
import {Errno} from '../system-error.ts';
import {openSsl} from './library.ts';

/** What a call of OpenSSL failed with: a system call's error, or a reason of its own. */
export type OpenSslFailure = {readonly kind: 'system'; readonly errno: number} | {readonly kind: 'reason'; readonly reason: string};

/** ERR_SYSTEM_FLAG: the other bits are an errno. */
const SYSTEM_FLAG = 0x8000_0000;
/** The end of a connection without the peer's close_notify: a cut. */
const UNEXPECTED_EOF = 'unexpected eof while reading';

/**
 * Takes the first error off this thread's queue and empties it. An empty queue means that a system call failed: errno must still be its own
 * then. A connection that ended without its good-bye is ECONNRESET.
 */
export function takeFailure(): OpenSslFailure {
	const errno = lastErrno();
	const library = openSsl();
	const error: number = library.takeError();
	library.clearErrors();
	if (error === 0) return {kind: 'system', errno: errno === 0 ? Errno.ECONNRESET : errno};
	// A bit operation would make a signed number of it.
	if (error >= SYSTEM_FLAG && error < 2 * SYSTEM_FLAG) return {kind: 'system', errno: error - SYSTEM_FLAG};
	const reason: string = library.reasonOf(error) ?? `error 0x${error.toString(16)}`;
	return reason === UNEXPECTED_EOF ? {kind: 'system', errno: Errno.ECONNRESET} : {kind: 'reason', reason};
}

/** The failure in words. */
export function describeFailure(failure: OpenSslFailure, nameOf: (errno: number) => string): string {
	return failure.kind === 'system' ? nameOf(failure.errno) : failure.reason;
}
