import {getSystemErrorMap} from 'node:util';
import {lastErrno} from './libc.ts';

const NAMES: ReadonlyMap<number, readonly [name: string, message: string]> = new Map(
	[...getSystemErrorMap()].map(([negativeErrno, [name, message]]) => [-negativeErrno, [name, message]]),
);

/** `ENOSPC` for 28, and so on; `ERRNO_<n>` for a number that Node has no name for. */
export function errnoName(errno: number): string {
	return NAMES.get(errno)?.[0] ?? `ERRNO_${errno}`;
}

/** A system call that failed. Callers branch on `code`. */
export class SystemError extends Error {
	override readonly name = 'SystemError';
	/** Name of the call: `mmap`, `PAGEMAP_SCAN`, … */
	readonly call: string;
	/** Positive errno. */
	readonly errno: number;
	/** `ENOSPC`, `EPERM`, … */
	readonly code: string;

	constructor(call: string, errno: number, options?: ErrorOptions) {
		const known = NAMES.get(errno);
		super(known === undefined ? `${call}: error number ${errno}` : `${call}: ${known[1]} (${known[0]})`, options);
		this.call = call;
		this.errno = errno;
		this.code = errnoName(errno);
	}
}

/** Whether an error is a failed system call, Node's own or ours, with this code. */
export function isSystemError(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}

/** Passes a result of 0 or more through; throws a `SystemError` with the current errno for a negative one. */
export function checked(call: string, result: number): number {
	if (result < 0) throw new SystemError(call, lastErrno());
	return result;
}

/** Passes a result of 0 or more through, and −errno for a negative one: for hot calls where EAGAIN is no exception. */
export function orNegativeErrno(result: number): number {
	return result < 0 ? -lastErrno() : result;
}

/** The error numbers that callers of the hot calls test for, positive. Linux asm-generic/errno-base.h and errno.h. */
export const Errno = {
	EPERM: 1,
	ESRCH: 3,
	EINTR: 4,
	EIO: 5,
	EBADF: 9,
	EAGAIN: 11,
	ENOMEM: 12,
	EFAULT: 14,
	EBUSY: 16,
	EINVAL: 22,
	ENOSPC: 28,
	EPIPE: 32,
	ENOSYS: 38,
	EPROTO: 71,
	ECONNRESET: 104,
	ETIMEDOUT: 110,
} as const;
