import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, openSync, readFileSync} from 'node:fs';

export type ProgramOptions = {
	readonly cwd: string;
	readonly env?: NodeJS.ProcessEnv;
	/** Gets both its streams; written anew. */
	readonly logFile: string;
};

/** How a program ended; `output` is both its streams. */
export type ProgramEnd = {readonly status: number; readonly seconds: number; readonly output: string};

/** Runs a program to its end with its output in a file. Rejects only when it cannot be started. */
export async function runLogged(program: string, args: readonly string[], {cwd, env, logFile}: ProgramOptions): Promise<ProgramEnd> {
	const log = openSync(logFile, 'w');
	const startedMs = performance.now();
	try {
		// In a group of its own, so that an interruption ends all of it; what a lab has started has a reaper of its own.
		const child = spawn(program, args, {cwd, env, stdio: ['ignore', log, log], detached: true});
		const stop = (): void => {
			if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
		};
		process.once('exit', stop);
		const [code] = (await once(child, 'exit')) as [number | null];
		process.off('exit', stop);
		const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
		return {status: code ?? 128, seconds, output: readFileSync(logFile, 'utf8')};
	} finally {
		closeSync(log);
	}
}

/** The same; rejects with the end of its output unless it succeeds. */
export async function mustRun(program: string, args: readonly string[], options: ProgramOptions): Promise<ProgramEnd> {
	const end = await runLogged(program, args, options);
	if (end.status !== 0)
		throw new Error(`${program} ${args.join(' ')} exited with ${end.status}, see ${options.logFile}\n${end.output.slice(-2000)}`);
	return end;
}
