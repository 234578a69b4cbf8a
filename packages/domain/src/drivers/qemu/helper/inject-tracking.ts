import {closeSync, constants} from 'node:fs';
import process from 'node:process';
import {
	apiArgument,
	Errno,
	registerArgument,
	StoppedThread,
	SYS_USERFAULTFD,
	SystemError,
	takeDescriptor,
	UFFD_OPEN_FLAGS,
	UFFD_USER_MODE_ONLY,
	UFFDIO_API,
	UFFDIO_REGISTER,
	type WriteTracking,
} from '@sterna/system';
import {DomainError} from '../../../domain-error.ts';
import {findCallAddress} from './find-call-address.ts';
import type {ForeignProcess} from './foreign-process.ts';
import type {ProcessMapping} from './process-maps.ts';

/** Numbers of x86-64, the one machine on which calls are made in another process. */
const SYS_CLOSE = 3;
const SYS_IOCTL = 16;
/** The main loop of a QEMU is held up by the kernel for some milliseconds at most. */
const STOP_TIMEOUT_MS = 2000;

/**
 * Has a running process register one of its mappings for write tracking, and takes the userfaultfd over: a userfaultfd is of the process
 * that opens it, whoever holds it later. The process is left as it was; tracking lives as long as the descriptor returned.
 * Its main thread is stopped for some 0.1 ms, the others, so a QEMU's CPUs, run on.
 *
 * Throws ERR_TRACKER with the reason where it does not work; ERR_GUEST_EXITED where the process ended.
 */
export function injectTracking(target: ForeignProcess, mapping: ProcessMapping, mappings: readonly ProcessMapping[]): WriteTracking {
	if (process.arch !== 'x64')
		throw new DomainError('ERR_TRACKER', `calls can be made in another process on x86-64 only, not on ${process.arch}`);
	const memory = target.open('mem', constants.O_RDONLY);
	try {
		const callAddress = findCallAddress(memory, mappings);
		if (callAddress === undefined) throw new DomainError('ERR_TRACKER', `there is no syscall instruction in process ${target.pid}`);
		// From here to the end of the block the process is held up: nothing is awaited.
		using thread = StoppedThread.stop(target.pid, {callAddress, timeoutMs: STOP_TIMEOUT_MS});
		target.assertThere();
		return armIn(thread, target.pidfd, mapping);
	} catch (error) {
		target.assertThere();
		if (!(error instanceof SystemError)) throw error;
		throw new DomainError('ERR_TRACKER', `writes of process ${target.pid} cannot be tracked: ${explain(error)}`, {cause: error});
	} finally {
		closeSync(memory);
	}
}

function armIn(thread: StoppedThread, pidfd: number, {start, end}: ProcessMapping): WriteTracking {
	const {fd, userModeOnly} = openIn(thread);
	try {
		checkedIn('UFFDIO_API', thread.call(SYS_IOCTL, [fd, UFFDIO_API], apiArgument()));
		checkedIn('UFFDIO_REGISTER', thread.call(SYS_IOCTL, [fd, UFFDIO_REGISTER], registerArgument(start, end - start)));
		return {fd: takeDescriptor(pidfd, fd), userModeOnly};
	} finally {
		thread.call(SYS_CLOSE, [fd]);
	}
}

/** Opens a userfaultfd in the process: of the kind that needs no privilege where that process has none. */
function openIn(thread: StoppedThread): WriteTracking {
	const number = SYS_USERFAULTFD['x64'] ?? 0;
	const fd = thread.call(number, [UFFD_OPEN_FLAGS]);
	if (fd !== -Errno.EPERM) return {fd: checkedIn('userfaultfd', fd), userModeOnly: false};
	return {fd: checkedIn('userfaultfd', thread.call(number, [UFFD_OPEN_FLAGS | UFFD_USER_MODE_ONLY])), userModeOnly: true};
}

/** A result of a call made in another process: passed through, or thrown. */
function checkedIn(call: string, result: number): number {
	if (result < 0) throw new SystemError(call, -result);
	return result;
}

function explain(error: SystemError): string {
	switch (error.call) {
		case 'userfaultfd':
			return error.errno === Errno.ENOSYS ? 'the kernel has no userfaultfd' : 'it may not open a userfaultfd';
		case 'UFFDIO_API':
			return 'the kernel cannot note writes without a fault (Linux 6.7 can)';
		case 'UFFDIO_REGISTER':
			return error.errno === Errno.EBUSY ? 'another tracks them already' : 'the kernel does not track memory of this kind';
		case 'ptrace(SEIZE)':
			return 'it may not be traced, or a debugger traces it already';
		case 'ptrace(INTERRUPT)':
			return `its main thread did not stop within ${STOP_TIMEOUT_MS} ms`;
		default:
			return 'a call failed';
	}
}
