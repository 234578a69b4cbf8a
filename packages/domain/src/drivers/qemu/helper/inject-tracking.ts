import {closeSync, constants} from 'node:fs';
import process from 'node:process';
import {
	apiArgument,
	Errno,
	isSystemError,
	registerArgument,
	StoppedThread,
	SYS_USERFAULTFD,
	SystemError,
	takeDescriptor,
	UFFD_OPEN_FLAGS,
	UFFD_USER_MODE_ONLY,
	UFFDIO_API,
	UFFDIO_REGISTER,
} from '@sterna/system/processes';
import type {WriteTracking} from '@sterna/system';
import {DomainError} from '../../../domain-error.ts';
import {findCallAddress} from './find-call-address.ts';
import type {ForeignProcess} from './foreign-process.ts';
import type {ProcessMapping} from './process-maps.ts';

/** Numbers of x86-64, the one machine on which calls are made in another process. */
const SYS_CLOSE = 3;
const SYS_IOCTL = 16;
/** The main loop of a QEMU is held up by the kernel for some milliseconds at most. */
const STOP_TIMEOUT_MS = 2000;
const MAY_NOT_TRACE = 'it may not be traced (kernel.yama.ptrace_scope, or CAP_SYS_PTRACE is missing), or a debugger traces it';

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
	try {
		const callAddress = callAddressIn(target, mappings);
		// From here to the end of the block the process is held up: nothing is awaited.
		using thread = StoppedThread.stop(target.pid, {callAddress, timeoutMs: STOP_TIMEOUT_MS});
		target.assertThere();
		return armIn(thread, target.pidfd, mapping);
	} catch (error) {
		target.assertThere();
		const reason = explain(error);
		if (reason === undefined) throw error;
		throw new DomainError('ERR_TRACKER', `writes of process ${target.pid} cannot be tracked: ${reason}`, {cause: error});
	}
}

function callAddressIn(target: ForeignProcess, mappings: readonly ProcessMapping[]): number {
	const memory = target.open('mem', constants.O_RDONLY);
	try {
		const callAddress = findCallAddress(memory, mappings);
		if (callAddress === undefined) throw new DomainError('ERR_TRACKER', `there is no syscall instruction in process ${target.pid}`);
		return callAddress;
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

/** Why tracking does not work, as an error shows; undefined for one of another kind. */
function explain(error: unknown): string | undefined {
	// One whose memory may be listed but not opened: kernel.yama.ptrace_scope allows that to its parents alone.
	if (error instanceof DomainError) return error.code === 'ERR_NOT_SUPPORTED' ? MAY_NOT_TRACE : error.message;
	if (error instanceof SystemError) return `${explainCall(error)} (${error.call}: ${error.code})`;
	return isSystemError(error, 'EACCES') || isSystemError(error, 'EPERM') ? MAY_NOT_TRACE : undefined;
}

function explainCall({call, errno}: SystemError): string {
	switch (call) {
		case 'userfaultfd':
			return errno === Errno.ENOSYS ? 'the kernel has no userfaultfd' : 'it may not open a userfaultfd';
		case 'UFFDIO_API':
			return 'the kernel cannot note writes without a fault, as Linux 6.7 can';
		case 'UFFDIO_REGISTER':
			return errno === Errno.EBUSY ? 'another tracks them already' : 'the kernel does not track memory of this kind';
		case 'ptrace(SEIZE)':
			return MAY_NOT_TRACE;
		case 'ptrace(INTERRUPT)':
			return `its main thread did not stop within ${STOP_TIMEOUT_MS} ms`;
		default:
			return 'a system call failed';
	}
}
