import {type Address, libc} from './libc.ts';
import {checked} from './system-error.ts';

/** linux/ptrace.h and sys/ptrace.h. */
const Request = {
	continue: 7,
	singleStep: 9,
	getRegisters: 12,
	setRegisters: 13,
	detach: 17,
	seize: 0x4206,
	interrupt: 0x4207,
	getSignalMask: 0x420a,
	setSignalMask: 0x420b,
} as const;
/** Bytes of the kernel's sigset_t, which is what the two signal mask requests are told. */
const SIGNAL_MASK_BYTES = 8;

/**
 * ptrace, a request a function. What is traced is a thread, by its number; the main one has its process's. The kernel knows the tracer by
 * *thread* as well: all of these calls must be made by the one thread that seized, so synchronously and not on a thread pool.
 * When the tracer ends the thread is let go as it stands. All throw `SystemError`: EPERM where tracing is forbidden or another traces it
 * already, ESRCH where there is no such thread, it is not ours, or it is not stopped.
 */
const ptraceCall = libc.func('int64_t ptrace(int64_t request, int64_t thread, uintptr_t address, uintptr_t data)');

/** Begins to trace a thread, which runs on. */
export function seizeThread(thread: number): void {
	checked('ptrace(SEIZE)', ptraceCall(Request.seize, thread, 0, 0));
}

/** Asks a seized thread to stop; `waitForThread` says when it has. */
export function interruptThread(thread: number): void {
	checked('ptrace(INTERRUPT)', ptraceCall(Request.interrupt, thread, 0, 0));
}

/** Lets a stopped thread run on, still traced. `signal` is delivered to it first; 0 is none. */
export function continueThread(thread: number, signal: number): void {
	checked('ptrace(CONT)', ptraceCall(Request.continue, thread, 0, signal));
}

/** Lets a stopped thread make one instruction; it stops again with SIGTRAP. */
export function stepThread(thread: number): void {
	checked('ptrace(SINGLESTEP)', ptraceCall(Request.singleStep, thread, 0, 0));
}

/** Lets a stopped thread go: it runs on with the registers that it has, and nobody traces it any more. */
export function detachThread(thread: number): void {
	checked('ptrace(DETACH)', ptraceCall(Request.detach, thread, 0, 0));
}

/** Reads the general registers of a stopped thread to an address of this process: `struct user_regs_struct`, see `registers.ts`. */
export function readRegisters(thread: number, into: Address): void {
	checked('ptrace(GETREGS)', ptraceCall(Request.getRegisters, thread, 0, into));
}

/** Sets all general registers of a stopped thread from an address of this process. */
export function writeRegisters(thread: number, from: Address): void {
	checked('ptrace(SETREGS)', ptraceCall(Request.setRegisters, thread, 0, from));
}

/** Reads the mask of blocked signals of a stopped thread, a u64 with bit 0 for signal 1, to an address of this process. */
export function readSignalMask(thread: number, into: Address): void {
	checked('ptrace(GETSIGMASK)', ptraceCall(Request.getSignalMask, thread, SIGNAL_MASK_BYTES, into));
}

/** Sets the mask of blocked signals of a stopped thread from an address of this process. */
export function writeSignalMask(thread: number, from: Address): void {
	checked('ptrace(SETSIGMASK)', ptraceCall(Request.setSignalMask, thread, SIGNAL_MASK_BYTES, from));
}
