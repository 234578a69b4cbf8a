import {readFileSync} from 'node:fs';

/** Ticks a second of the times in /proc/PID/stat: fixed for user space on Linux. */
const TICKS_PER_SECOND = 100;

/** Seconds of CPU that a process, all of its threads that are or were, has used so far: user and system. Throws when it is gone. */
export function cpuSecondsOf(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	// The second field is the program's name in parentheses, which may hold anything.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
