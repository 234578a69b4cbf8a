import {spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';

/** The program, as the checkout has it. */
export const MIGRATE_CTL = path.join(import.meta.dirname, '../../../packages/migrate-ctl/src/main.ts');

/** How a run of migrate-ctl ended. `status` is its exit status, 128 + signal where one ended it. */
export type CtlResult = {readonly status: number; readonly stdout: string; readonly stderr: string};

/** A run of migrate-ctl that is under way. */
export type CtlRun = {
	/** Settles at its end; never rejects for an exit status. */
	readonly result: Promise<CtlResult>;
	/** Lines of standard output from the next one on, as they come; ends with the program. */
	lines(): AsyncIterable<string>;
	kill(signal: NodeJS.Signals): void;
};

export type CtlOptions = {
	readonly timeoutMs?: number;
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
	/** All of its standard input; nothing where it is left out. */
	readonly input?: string;
};

const TIMEOUT_MS = 120_000;

/** Starts migrate-ctl from the checkout with a host's configuration, without a terminal. Killed at `timeoutMs`: a test that hangs tells nothing. */
export function spawnCtl(
	configFile: string,
	args: readonly string[],
	{timeoutMs = TIMEOUT_MS, env = {}, cwd, input = ''}: CtlOptions = {},
): CtlRun {
	const child = spawn(process.execPath, [MIGRATE_CTL, '--config', configFile, ...args], {
		stdio: ['pipe', 'pipe', 'pipe'],
		env: {...process.env, NO_COLOR: '1', LC_ALL: 'C.UTF-8', ...env},
		cwd,
		timeout: timeoutMs,
		killSignal: 'SIGKILL',
	});
	// A program that does not read it may end first.
	child.stdin.on('error', () => undefined).end(input);
	const parts = {stdout: '', stderr: ''};
	const waiting = new Set<() => void>();
	const wake = (): void => {
		for (const resume of waiting) resume();
		waiting.clear();
	};
	let ended = false;
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8');
		child[name].on('data', (text: string) => {
			parts[name] += text;
			wake();
		});
	}

	const result = (async (): Promise<CtlResult> => {
		const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
		ended = true;
		wake();
		return {status: code ?? (signal === 'SIGKILL' ? 137 : 143), ...parts};
	})();
	return {
		result,
		async *lines() {
			let from = parts.stdout.lastIndexOf('\n') + 1;
			for (;;) {
				const end = parts.stdout.indexOf('\n', from);
				if (end !== -1) {
					yield parts.stdout.slice(from, end);
					from = end + 1;
					continue;
				}

				if (ended) return;
				const {promise, resolve} = Promise.withResolvers<void>();
				waiting.add(resolve);
				await promise;
			}
		},
		kill: signal => {
			child.kill(signal);
		},
	};
}

/** Runs migrate-ctl on this process's own terminal, with whatever display it has for that, and resolves with its exit status. */
export async function showCtl(configFile: string, args: readonly string[]): Promise<number> {
	const child = spawn(process.execPath, [MIGRATE_CTL, '--config', configFile, ...args], {stdio: ['ignore', 'inherit', 'inherit']});
	const [code] = (await once(child, 'exit')) as [number | null];
	return code ?? 143;
}
