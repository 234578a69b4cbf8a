import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile} from 'node:fs/promises';

/** `1234  1764.123456 writev(12, …) = 1048576 <0.000301>`: thread, time since the epoch, call, how long it took. */
const FINISHED = /^(?<tid>\d+)\s+(?<at>[\d.]+) (?:<\.\.\. )?(?<call>\w+)[( ].*<(?<took>[\d.]+)>$/;

/** Seconds in each system call by thread. */
export type CallTimes = ReadonlyMap<number, ReadonlyMap<string, number>>;

/** An strace that looks on. */
export type Trace = {
	/** Lets go of the process, which runs on, and resolves with the file's text. */
	stop(): Promise<string>;
};

/** Begins to trace a process and all of its threads into `file`; resolves when it does. Undefined where there is no strace, or it may not. */
export async function traceCalls(pid: number, file: string): Promise<Trace | undefined> {
	const child: ChildProcess = spawn('strace', ['-f', '-ttt', '-T', '-q', '-s', '0', '-e', 'signal=none', '-o', file, '-p', String(pid)], {
		stdio: 'ignore',
	});
	const exited = new Promise<undefined>(resolve => {
		child.on('error', () => resolve(undefined));
		child.on('exit', () => resolve(undefined));
	});
	const attached = (async (): Promise<true> => {
		for (;;) {
			if ((await tracerOf(pid)) === child.pid) return true;
			await new Promise(resolve => {
				setTimeout(resolve, 20);
			});
			if (child.exitCode !== null || child.pid === undefined) await exited.then(() => Promise.reject(new Error('no strace')));
		}
	})();
	const isAttached = await Promise.race([exited, attached.catch(() => undefined)]);
	if (isAttached !== true) return undefined;
	return {
		async stop() {
			const over = once(child, 'exit');
			child.kill('SIGINT');
			await over;
			return readFile(file, 'utf8');
		},
	};
}

async function tracerOf(pid: number): Promise<number> {
	return Number(/^TracerPid:\s+(?<tracer>\d+)$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.groups?.['tracer']);
}

/** Sums up what strace wrote of the calls that ended between two times, milliseconds since the epoch. */
export function parseCalls(text: string, fromMs: number, toMs: number): CallTimes {
	const times = new Map<number, Map<string, number>>();
	for (const line of text.split('\n')) {
		const found = FINISHED.exec(line)?.groups;
		if (found === undefined) continue;
		const tookSeconds = Number(found['took']);
		// An unfinished call is told of twice; its second line has the time at which it ended, the first none at all.
		const beganMs = Number(found['at']) * 1000 - (line.includes('<... ') ? tookSeconds * 1000 : 0);
		const insideMs = Math.min(toMs, beganMs + tookSeconds * 1000) - Math.max(fromMs, beganMs);
		if (insideMs <= 0) continue;
		const tid = Number(found['tid']);
		const call = found['call'] ?? '';
		const calls = times.get(tid) ?? new Map<string, number>();
		times.set(tid, calls.set(call, (calls.get(call) ?? 0) + insideMs / 1000));
	}

	return times;
}

/** Calls with less than this part of the time are of no interest. */
const LEAST = 0.01;

/** What one thread did in `seconds`: `writev 61 %, poll 20 %, between calls 9 %`. */
export function renderCalls(calls: ReadonlyMap<string, number>, seconds: number): string {
	const inCalls = [...calls.values()].reduce((sum, each) => sum + each, 0);
	const shown = [...calls].filter(([, spent]) => spent / seconds >= LEAST).toSorted(([, a], [, b]) => b - a);
	const percent = (value: number): string => `${Math.max(0, (value / seconds) * 100).toFixed(1)} %`;
	return [...shown, ['between calls', seconds - inCalls] as const].map(([call, spent]) => `${call} ${percent(spent)}`).join(', ');
}
