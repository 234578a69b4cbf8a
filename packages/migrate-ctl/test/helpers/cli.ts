import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {GrowingText} from './growing-text.ts';

/** The program, as Node runs it. */
export const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type Finished = {
	readonly status: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
};

/** A running `migrate-ctl`, its output gathered; killed when disposed. */
export class RunningCli implements AsyncDisposable {
	readonly process: ChildProcess;
	readonly finished: Promise<Finished>;
	readonly #stdout: GrowingText;

	constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
		const child = spawn(process.execPath, [MAIN, ...args], {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: {PATH: process.env['PATH'], LANG: 'C.UTF-8', ...env},
		});
		this.process = child;
		this.#stdout = new GrowingText(child.stdout);
		const stderr = new GrowingText(child.stderr);
		this.finished = once(child, 'close').then(([status, signal]) => ({status, signal, stdout: this.#stdout.text, stderr: stderr.text}));
	}

	/** Resolves once stdout holds `text`; rejects when the process ends without. */
	async prints(text: string): Promise<void> {
		await this.#stdout.includes(text);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.process.kill('SIGKILL');
		await this.finished;
	}
}

/** Runs `migrate-ctl` to its end. */
export async function migrateCtl(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
	await using cli = new RunningCli(args, env);
	return await cli.finished;
}

/** The JSON objects of an output, one a line. */
export function jsonLines(text: string): Record<string, unknown>[] {
	return text
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line) as Record<string, unknown>);
}
