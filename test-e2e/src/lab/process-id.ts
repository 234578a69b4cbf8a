import {readdirSync, readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';

/** A process that is told from a later one with the same pid by its start time (field 22 of /proc/PID/stat). */
export type ProcessId = {readonly pid: number; readonly startTicks: string};

/** State letter and start time of a process; undefined when there is none. */
function readStat(pid: number): {state: string; startTicks: string} | undefined {
	let stat: string;
	try {
		stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	} catch {
		return undefined;
	}

	// The second field is the program's name in parentheses, which may hold anything.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return {state: fields[0] ?? '', startTicks: fields[19] ?? ''};
}

/** Identifies a running process; undefined when there is none, or only its remains. */
export function processIdOf(pid: number): ProcessId | undefined {
	const stat = readStat(pid);
	return stat === undefined || (stat.state === 'Z' && threadCount(pid) <= 1) ? undefined : {pid, startTicks: stat.startTicks};
}

/** Threads of a process that are left. A killed process may have some for a while when its first is a zombie already; they hold its sockets. */
function threadCount(pid: number): number {
	try {
		return readdirSync(`/proc/${pid}/task`).length;
	} catch {
		return 0;
	}
}

/** Whether it still runs; a zombie does not. */
export function isRunning({pid, startTicks}: ProcessId): boolean {
	return processIdOf(pid)?.startTicks === startTicks;
}

/** Sends a signal and waits until the process is gone, where the signal ends it. Rejects when it is still there after `timeoutMs`. */
export async function endProcess(id: ProcessId, signal: NodeJS.Signals, {timeoutMs}: {readonly timeoutMs: number}): Promise<void> {
	const deadline = performance.now() + timeoutMs;
	if (isRunning(id)) process.kill(id.pid, signal);
	while (isRunning(id)) {
		if (performance.now() > deadline) throw new Error(`process ${id.pid} is still there ${timeoutMs} ms after ${signal}`);
		await sleep(10);
	}
}
