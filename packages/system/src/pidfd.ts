import {lastErrno, libc} from './libc.ts';
import {checked, Errno, SystemError} from './system-error.ts';

/** The same on every machine. */
const SYS_PIDFD_SEND_SIGNAL = 424;
const SYS_PIDFD_OPEN = 434;
const SYS_PIDFD_GETFD = 438;

const syscallCall = libc.func('int64_t syscall(int64_t number, int64_t first, int64_t second, int64_t third, int64_t fourth)');

/** A descriptor of a process, close-on-exec (Linux 5.3): it never comes to mean another that has the same pid. Throws `SystemError`, ESRCH where there is none. */
export function openProcess(pid: number): number {
	return checked('pidfd_open', syscallCall(SYS_PIDFD_OPEN, pid, 0, 0, 0));
}

/**
 * A duplicate, close-on-exec and ours, of a descriptor that another process has open (Linux 5.6). `pidfd` is of `openProcess`.
 * Throws `SystemError`: EPERM without the right to trace that process, EBADF where it has no such descriptor, ESRCH where it is gone.
 */
export function takeDescriptor(pidfd: number, fd: number): number {
	return checked('pidfd_getfd', syscallCall(SYS_PIDFD_GETFD, pidfd, fd, 0, 0));
}

/** Sends a signal to exactly the process that `pidfd` is of (Linux 5.1). False when it has ended. Throws `SystemError`, EPERM without the right to. */
export function signalProcess(pidfd: number, signal: number): boolean {
	if (syscallCall(SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0) === 0) return true;
	const errno = lastErrno();
	if (errno === Errno.ESRCH) return false;
	throw new SystemError('pidfd_send_signal', errno);
}
