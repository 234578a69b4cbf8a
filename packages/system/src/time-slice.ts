import {allocateFixed, libc} from './libc.ts';
import {checked, isSystemError} from './system-error.ts';

/** x86-64; kernel `include/uapi/linux/sched/types.h`. */
const SYS_SCHED_SETATTR = 314;
const SYS_SCHED_GETATTR = 315;

/** struct sched_attr as of Linux 3.14, little-endian: u32 size, u32 policy, u64 flags, s32 nice, u32 priority, then u64s: runtime (the slice, of policies other than deadline), deadline, period. */
const ATTR_BYTES = 48;
const POLICY_OFFSET = 4;
const FLAGS_OFFSET = 8;
const NICE_OFFSET = 16;
const SLICE_OFFSET = 24;
const SCHED_OTHER = 0;
const SCHED_FLAG_RESET_ON_FORK = 1n;

const syscallCall = libc.func('int64_t syscall(int64_t number, int64_t thread, uintptr_t attributes, int64_t third, int64_t flags)');

/** The shortest that Linux has, in nanoseconds. */
export const SHORTEST_TIME_SLICE_NS = 100_000;

export type TimeSliceOptions = {
	/** Whether processes and threads that it makes have it too. True where undefined. */
	readonly isInherited?: boolean | undefined;
};

/**
 * Asks the scheduler for another time slice of a thread (0: the calling one), in nanoseconds: from the shortest to 100,000,000, 0 = as the system has it. A thread with a short one is run sooner when it
 * wakes, and for shorter; its share of the processors stays. Linux 6.12 and later heed that, earlier ones take it and do nothing. Nothing is done of a thread of another scheduling class, nor, where it is
 * not to be inherited, of one with a negative nice value: its children would lose that; nor where this process may not: of another user's thread, or under a filter of system calls. Returns whether it was
 * asked for. Throws `SystemError`, ESRCH without such a thread.
 */
export function requestTimeSlice(threadId: number, nanoseconds: number, {isInherited = true}: TimeSliceOptions = {}): boolean {
	try {
		return request(threadId, nanoseconds, isInherited);
	} catch (error) {
		if (isSystemError(error, 'EPERM') || isSystemError(error, 'ENOSYS')) return false;
		throw error;
	}
}

function request(threadId: number, nanoseconds: number, isInherited: boolean): boolean {
	const {view, address} = readAttributes(threadId);
	if (view.getUint32(POLICY_OFFSET, true) !== SCHED_OTHER || (!isInherited && view.getInt32(NICE_OFFSET, true) < 0)) return false;
	const flags = view.getBigUint64(FLAGS_OFFSET, true);
	view.setBigUint64(FLAGS_OFFSET, isInherited ? flags : flags | SCHED_FLAG_RESET_ON_FORK, true);
	view.setBigUint64(SLICE_OFFSET, BigInt(nanoseconds), true);
	checked('sched_setattr', syscallCall(SYS_SCHED_SETATTR, threadId, address, 0, 0));
	return true;
}

/** The time slice of a thread (0: the calling one) in nanoseconds; 0 where the kernel does not say (before 6.12). Throws `SystemError`, ESRCH without such a thread. */
export function timeSliceOf(threadId: number): number {
	return Number(readAttributes(threadId).view.getBigUint64(SLICE_OFFSET, true));
}

/** `address` is valid for as long as `view` is referenced. */
function readAttributes(threadId: number): {readonly view: DataView; readonly address: number} {
	const {bytes, address} = allocateFixed(ATTR_BYTES);
	checked('sched_getattr', syscallCall(SYS_SCHED_GETATTR, threadId, address, ATTR_BYTES, 0));
	return {view: new DataView(bytes.buffer), address};
}
