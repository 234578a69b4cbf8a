import {addressOf, lastErrno, libc} from './libc.ts';
import {checked, Errno} from './system-error.ts';

/** Wait for threads of every kind, not only for children of this one. */
const WALL = 0x4000_0000;
const WNOHANG = 1;
/** Low byte of the status of a stopped thread. */
const STOPPED = 0x7f;
/** Where ptrace puts the number of its event in the status. */
const EVENT_SHIFT = 16;

/** What happened to a traced thread, or to a child. */
export type ThreadStatus =
	/** `event`: a PTRACE_EVENT_… number; 0 where the stop is that of a signal about to be delivered. */
	| {readonly kind: 'stopped'; readonly signal: number; readonly event: number}
	| {readonly kind: 'exited'; readonly exitStatus: number}
	| {readonly kind: 'killed'; readonly signal: number};

const waitpidCall = libc.func('int waitpid(int thread, uintptr_t status, int options)');

const status = new Int32Array(new ArrayBuffer(4));
const statusAddress = addressOf(status);
/** What a wait with a limit sleeps on; nobody ever wakes it. */
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Between two looks of `waitForThread` with a time limit, in milliseconds. */
const POLL_INTERVAL_MS = 0.05;

function decodeStatus(value: number): ThreadStatus {
	const low = value & 0x7f;
	if (low === STOPPED) return {kind: 'stopped', signal: (value >> 8) & 0xff, event: value >>> EVENT_SHIFT};
	return low === 0 ? {kind: 'exited', exitStatus: (value >> 8) & 0xff} : {kind: 'killed', signal: low};
}

function wait(thread: number, options: number): ThreadStatus | undefined {
	for (;;) {
		const result: number = waitpidCall(thread, statusAddress, options | WALL);
		if (result < 0 && lastErrno() === Errno.EINTR) continue;
		return checked('waitpid', result) === 0 ? undefined : decodeStatus(status[0] ?? 0);
	}
}

/**
 * Blocks this JavaScript thread until something happened to a thread that it traces, or to a child; undefined when nothing did within
 * `timeoutMs`. Without a limit it blocks for as long as it takes. Throws `SystemError`, ECHILD for a thread that is not ours.
 */
export function waitForThread(thread: number): ThreadStatus;
export function waitForThread(thread: number, timeoutMs: number): ThreadStatus | undefined;
export function waitForThread(thread: number, timeoutMs?: number): ThreadStatus | undefined {
	if (timeoutMs === undefined) return wait(thread, 0);
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const found = wait(thread, WNOHANG);
		if (found !== undefined || performance.now() >= deadline) return found;
		Atomics.wait(sleeper, 0, 0, POLL_INTERVAL_MS);
	}
}
