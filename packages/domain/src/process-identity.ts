import {readdirSync, readFileSync} from 'node:fs';
import process from 'node:process';

/** Flag of a task that is on its way out. Linux PF_EXITING. */
const PF_EXITING = 0x4;

export type ProcessIdentity = {
	readonly pid: number;
	/** Start time in clock ticks since boot. */
	readonly startTicks: string;
};

type Stat = {
	/** One letter. */
	readonly state: string;
	readonly flags: number;
	readonly threads: number;
	/** In clock ticks since boot. */
	readonly startTicks: string;
};

/** What `/proc/PID/stat` says, or that of a thread (`PID/task/TID`). Undefined when there is no such process. */
function readStat(pid: number | string): Stat | undefined {
	let text: string;
	try {
		text = readFileSync(`/proc/${pid}/stat`, 'latin1');
	} catch {
		return undefined;
	}

	// The command in parentheses may itself hold blanks and parentheses; the fields behind it do not. Field 3 is the state, 9 the flags, 20 the threads, 22 the start time.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const [state, flags, threads, startTicks] = [fields[0], fields[6], fields[17], fields[19]];
	if (state === undefined || startTicks === undefined) return undefined;
	return {state, flags: Number(flags), threads: Number(threads), startTicks};
}

/** Start time of a process in clock ticks since boot (field 22 of /proc/PID/stat): with the pid, its identity on this boot. Undefined when there is no such process. */
export function startTicksOf(pid: number): string | undefined {
	return readStat(pid)?.startTicks;
}

/**
 * Whether exactly this process still runs: not another with its pid, and not one that ended and waits to be reaped. One whose first thread has ended before
 * the others still has its memory, its files and their locks.
 */
export function isProcessAlive({pid, startTicks}: ProcessIdentity): boolean {
	const stat = readStat(pid);
	if (stat === undefined || stat.startTicks !== startTicks) return false;
	return (stat.state !== 'Z' && stat.state !== 'X') || stat.threads > 1;
}

/** Whether every thread of exactly this process stands still: by SIGSTOP, or because a tracer stopped it. False where it has ended. */
export function isProcessStopped({pid, startTicks}: ProcessIdentity): boolean {
	if (readStat(pid)?.startTicks !== startTicks) return false;
	try {
		// What is said of a process is only the state of its first thread; the others get the signal each by itself. Those that have ended do not run, either.
		return readdirSync(`/proc/${pid}/task`).every(thread => ['T', 't', 'Z', 'X'].includes(readStat(`${pid}/task/${thread}`)?.state ?? 'X'));
	} catch {
		return false;
	}
}

/** Whether it runs and has not begun to end either: its memory is all there. */
export function isProcessIntact({pid, startTicks}: ProcessIdentity): boolean {
	const stat = readStat(pid);
	return stat !== undefined && stat.startTicks === startTicks && (stat.flags & PF_EXITING) === 0;
}

/** Stops exactly this process, whatever it does, until `continueProcess`. Nothing for one that is gone. */
export function stopProcess(identity: ProcessIdentity): void {
	signalProcess(identity, 'SIGSTOP');
}

/** Lets exactly this process go on. Nothing for one that was not stopped, or is gone. */
export function continueProcess(identity: ProcessIdentity): void {
	signalProcess(identity, 'SIGCONT');
}

/** Kills exactly this process, if it still runs, and resolves when it does not any more; false when it still does after the time. */
export async function killProcess(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
	signalProcess(identity, 'SIGKILL');
	return waitForExit(identity, timeoutMs);
}

function signalProcess(identity: ProcessIdentity, signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
	if (!isProcessAlive(identity)) return;
	try {
		process.kill(identity.pid, signal);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
	}
}

/** Resolves true when the process has ended, false when it still runs after the time. */
export async function waitForExit(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
	const deadline = performance.now() + timeoutMs;
	while (isProcessAlive(identity)) {
		if (performance.now() > deadline) return false;
		await new Promise<void>(resolve => {
			setTimeout(resolve, 2);
		});
	}

	return true;
}
