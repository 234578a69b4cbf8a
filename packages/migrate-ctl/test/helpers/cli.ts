import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type Finished = {readonly status: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string};

/** A running `migrate-ctl`, its output gathered; killed when disposed. */
export class RunningCli implements AsyncDisposable {
	readonly process: ChildProcess;
	readonly finished: Promise<Finished>;
	#stdout = '';
	#waiting: (() => void)[] = [];

	constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
		this.process = spawn(process.execPath, [MAIN, ...args], {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: {PATH: process.env['PATH'], LANG: 'C.UTF-8', ...env},
		});
		let stderr = '';
		this.process.stdout?.setEncoding('utf8').on('data', (text: string) => {
			this.#stdout += text;
			for (const wake of this.#waiting.splice(0)) wake();
		});
		this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		this.finished = once(this.process, 'close').then(([status, signal]) => ({status, signal, stdout: this.#stdout, stderr}) as Finished);
	}

	/** Resolves once stdout holds `text`; rejects when the process ends without. */
	async prints(text: string): Promise<void> {
		const ended = this.finished.then(({stdout, stderr}) => {
			if (!stdout.includes(text)) throw new Error(`it ended without "${text}":\n${stdout}\n${stderr}`);
		});
		while (!this.#stdout.includes(text)) {
			const {promise, resolve} = Promise.withResolvers<void>();
			this.#waiting.push(resolve);
			await Promise.race([promise, ended]);
		}
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
