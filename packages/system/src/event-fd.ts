import {allocateFixed, libc} from './libc.ts';
import {checked, Errno, SystemError} from './system-error.ts';
import {readMemory, writeMemory} from './vectored-io.ts';

const EFD_NONBLOCK = 0o4000;
const EFD_CLOEXEC = 0o2000000;

const eventfdCall = libc.func('int eventfd(unsigned int initial, int flags)');

const ONE = allocateFixed(8);
ONE.bytes[0] = 1;
const COUNTER = allocateFixed(8);

/** A non-blocking eventfd at 0: wakes a thread that polls it. The number may be used from every thread. Close it with `closeDescriptor`. */
export function createEventFd(): number {
	return checked('eventfd', eventfdCall(0, EFD_NONBLOCK | EFD_CLOEXEC));
}

/** Makes the descriptor readable. */
export function signalEventFd(fd: number): void {
	const result = writeMemory(fd, ONE.address, 8);
	// EAGAIN: the counter is full, and so readable already.
	if (result < 0 && result !== -Errno.EAGAIN) throw new SystemError('write to eventfd', -result);
}

/** Makes the descriptor not readable; true when it had been signalled. */
export function drainEventFd(fd: number): boolean {
	const result = readMemory(fd, COUNTER.address, 8);
	if (result < 0 && result !== -Errno.EAGAIN) throw new SystemError('read of eventfd', -result);
	return result > 0;
}
