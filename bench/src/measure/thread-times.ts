import {readdirSync, readFileSync} from 'node:fs';

const TICKS_PER_SECOND = 100;

/** What a thread has used so far, in seconds. */
export type ThreadTimes = {
	readonly name: string;
	/** On a core, outside of the kernel: JavaScript above all. */
	readonly user: number;
	/** On a core, in the kernel. */
	readonly system: number;
	/** Ready to run, and waiting for a core. */
	readonly queued: number;
};

/** The threads of a process by their id. One that ends while it is looked at is left out. Throws when the process is gone. */
export function threadTimesOf(pid: number): ReadonlyMap<number, ThreadTimes> {
	const times = new Map<number, ThreadTimes>();
	for (const tid of readdirSync(`/proc/${pid}/task`)) {
		try {
			times.set(Number(tid), readThread(`/proc/${pid}/task/${tid}`));
		} catch (error) {
			if (!isGone(error)) throw error;
		}
	}

	return times;
}

function readThread(directory: string): ThreadTimes {
	const stat = readFileSync(`${directory}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const [, queuedNs] = readFileSync(`${directory}/schedstat`, 'utf8').split(' ');
	return {
		name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
		user: Number(fields[11]) / TICKS_PER_SECOND,
		system: Number(fields[12]) / TICKS_PER_SECOND,
		queued: Number(queuedNs) / 1e9,
	};
}

function isGone(error: unknown): boolean {
	return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}
