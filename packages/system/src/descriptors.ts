import {libc} from './libc.ts';
import {checked} from './system-error.ts';

const F_DUPFD_CLOEXEC = 1030;
const F_GETFL = 3;
const F_SETFL = 4;
const O_NONBLOCK = 0o4000;

const closeCall = libc.func('int close(int fd)');
const fcntlCall = libc.func('int fcntl(int fd, int command, int64_t argument)');

/** Closes a descriptor. Throws `SystemError`, with EBADF for one that is not open. */
export function closeDescriptor(fd: number): void {
	checked('close', closeCall(fd));
}

/** A second descriptor of the same open file, close-on-exec: Node may close its own, this one stays. Throws `SystemError`. */
export function duplicateDescriptor(fd: number): number {
	return checked('fcntl(F_DUPFD_CLOEXEC)', fcntlCall(fd, F_DUPFD_CLOEXEC, 0));
}

/** Sets or clears O_NONBLOCK, which belongs to the open file and so holds for its duplicates as well. Throws `SystemError`. */
export function setNonBlocking(fd: number, nonBlocking: boolean): void {
	const flags = checked('fcntl(F_GETFL)', fcntlCall(fd, F_GETFL, 0));
	checked('fcntl(F_SETFL)', fcntlCall(fd, F_SETFL, nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK));
}
