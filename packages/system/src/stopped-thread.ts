import {closeSync, openSync, readSync, writeSync} from 'node:fs';
import process from 'node:process';
import {addressOf} from './libc.ts';
import {
	continueThread,
	detachThread,
	interruptThread,
	readRegisters,
	readSignalMask,
	seizeThread,
	stepThread,
	writeRegisters,
	writeSignalMask,
} from './ptrace.ts';
import {Registers} from './registers.ts';
import {Errno, isSystemError, SystemError} from './system-error.ts';
import {waitForThread} from './wait-thread.ts';

const PTRACE_EVENT_STOP = 128;
const SIGTRAP = 5;
const SIGNAL_TRAP_BIT = 1n << BigInt(SIGTRAP - 1);
const ALL_SIGNALS = 0xffff_ffff_ffff_ffffn;

/** Bytes below the stack pointer that a function may use without moving it: System V ABI of x86-64. */
const RED_ZONE_BYTES = 128;
/** Bytes for arguments that are passed by address. */
const SCRATCH_BYTES = 64;
/** Stops of another kind that a step may meet (a SIGSTOP, once each) before something is wrong. */
const MAX_STOPS_PER_STEP = 16;

export type StopThreadOptions = {
	/** Address, in that process, of a `syscall` instruction (`0f 05`) in executable memory. */
	readonly callAddress: number;
	/** How long it may take to stop: one that is held up in the kernel does so only when it comes back. */
	readonly timeoutMs: number;
};

/**
 * A thread of another x86-64 process, stopped, in whose name system calls can be made. Its other threads run on. On disposal it gets back all
 * that was changed, registers with the call that it was stopped in (which the kernel then restarts), blocked signals, and the bytes below
 * its stack, and runs on.
 *
 * Everything from `stop` to the disposal is one synchronous stretch: the process is held up meanwhile, and would be left with
 * foreign registers if this one ended in between. Signals that come to the thread wait until it has its own mask again.
 */
export class StoppedThread implements Disposable {
	readonly #thread: number;
	readonly #callAddress: number;
	readonly #memory: number;
	readonly #original = new Registers();
	readonly #current = new Registers();
	/** The blocked signals that the thread had, then those while calls are made. */
	readonly #masks = new BigUint64Array(new ArrayBuffer(16));
	readonly #scratchSaved = new Uint8Array(SCRATCH_BYTES);
	readonly #scratch: number;
	#stopped = true;

	/**
	 * Stops a thread. `SystemError`: EPERM and EACCES without the right to trace it, ESRCH where it is gone, ETIMEDOUT where it did not stop in
	 * time (it is let go when this process ends), ENOSYS on another machine than x86-64.
	 */
	static stop(thread: number, {callAddress, timeoutMs}: StopThreadOptions): StoppedThread {
		if (process.arch !== 'x64') throw new SystemError('ptrace', Errno.ENOSYS);
		const memory = openSync(`/proc/${thread}/mem`, 'r+');
		try {
			seizeThread(thread);
			interruptThread(thread);
			waitUntilStopped(thread, timeoutMs);
			return new StoppedThread(thread, callAddress, memory);
		} catch (error) {
			closeSync(memory);
			throw error;
		}
	}

	private constructor(thread: number, callAddress: number, memory: number) {
		this.#thread = thread;
		this.#callAddress = callAddress;
		this.#memory = memory;
		try {
			readRegisters(thread, addressOf(this.#original.words));
			this.#scratch = Number(BigInt.asUintN(64, this.#original.stackPointer - BigInt(RED_ZONE_BYTES + SCRATCH_BYTES)) & ~63n);
			readSync(memory, this.#scratchSaved, 0, SCRATCH_BYTES, this.#scratch);
			readSignalMask(thread, addressOf(this.#masks));
			// A step ends with SIGTRAP, which the kernel would force through a block and so change what the process does with it.
			this.#masks[1] = ALL_SIGNALS & ~SIGNAL_TRAP_BIT;
			writeSignalMask(thread, addressOf(this.#masks) + 8);
		} catch (error) {
			detachThread(thread);
			throw error;
		}
	}

	/**
	 * Makes a system call in the thread: its result, 0 or more, or −errno. `argument`, of at most 64 bytes, is put into memory of the
	 * process for the call; its address follows `args`. Throws `SystemError`, ESRCH when the process ended meanwhile.
	 */
	call(callNumber: number, args: ReadonlyArray<bigint | number>, argument?: NodeJS.ArrayBufferView): number {
		if (argument !== undefined) {
			if (argument.byteLength > SCRATCH_BYTES)
				throw new RangeError(`an argument of ${argument.byteLength} bytes, more than ${SCRATCH_BYTES}`);
			writeSync(this.#memory, argument, 0, argument.byteLength, this.#scratch);
		}

		this.#current.set(this.#original);
		this.#current.prepareCall(this.#callAddress, callNumber, argument === undefined ? args : [...args, this.#scratch]);
		writeRegisters(this.#thread, addressOf(this.#current.words));
		this.#step();
		readRegisters(this.#thread, addressOf(this.#current.words));
		return this.#current.result;
	}

	/** Gives the thread back what it had and lets it run on. Idempotent; a process that ended meanwhile is no error. */
	[Symbol.dispose](): void {
		if (!this.#stopped) return;
		this.#stopped = false;
		const undo = [
			() => writeSync(this.#memory, this.#scratchSaved, 0, SCRATCH_BYTES, this.#scratch),
			() => writeRegisters(this.#thread, addressOf(this.#original.words)),
			() => writeSignalMask(this.#thread, addressOf(this.#masks)),
			() => detachThread(this.#thread),
		];
		// Each is tried, whatever became of the others.
		const failures = undo.flatMap(step => errorOf(step) ?? []);
		closeSync(this.#memory);
		const failure = failures.find(error => !isSystemError(error, 'ESRCH') && !isSystemError(error, 'EIO'));
		if (failure !== undefined) throw failure;
	}

	/** One instruction. A stop of another kind in between, as by SIGSTOP, is no step yet; the kernel remembers it for when the thread is let go. */
	#step(): void {
		for (let stops = 0; stops < MAX_STOPS_PER_STEP; stops++) {
			stepThread(this.#thread);
			const status = waitForThread(this.#thread);
			if (status.kind !== 'stopped') throw new SystemError('ptrace(SINGLESTEP)', Errno.ESRCH);
			if (status.signal === SIGTRAP && status.event === 0) return;
		}

		throw new SystemError('ptrace(SINGLESTEP)', Errno.EBUSY);
	}
}

/** Waits for the stop that was asked for. Signals that were on their way before it are delivered. */
function waitUntilStopped(thread: number, timeoutMs: number): void {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const status = waitForThread(thread, Math.max(0, deadline - performance.now()));
		if (status === undefined) throw new SystemError('ptrace(INTERRUPT)', Errno.ETIMEDOUT);
		if (status.kind !== 'stopped') throw new SystemError('ptrace(INTERRUPT)', Errno.ESRCH);
		if (status.event === PTRACE_EVENT_STOP) return;
		continueThread(thread, status.signal);
	}
}

function errorOf(step: () => unknown): Error | undefined {
	try {
		step();
		return undefined;
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}
