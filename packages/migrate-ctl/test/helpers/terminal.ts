import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {MAIN} from './cli.ts';
import {GrowingText} from './growing-text.ts';

/** What the shell prints before and after, around the modes of the terminal. */
const MODES = /<modes>([^]*?)<\/modes>/g;

export type TerminalSession = {
	/** Everything that the terminal was sent. */
	readonly text: string;
	readonly exitStatus: number;
	/** `stty -a` before and after. */
	readonly modes: readonly [before: string, after: string];
};

/** `migrate-ctl` on a pseudo-terminal of 80 by 24, made by `script`, below a shell that tells of the terminal's modes. */
export class TerminalCli implements AsyncDisposable {
	readonly finished: Promise<TerminalSession>;
	readonly #process: ChildProcess;
	readonly #keyboard: NodeJS.WritableStream;
	readonly #screen: GrowingText;

	constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
		// The shell gets Ctrl-C too, as every process of the terminal's foreground group; it must live to print the modes.
		const shell = [
			'stty cols 80 rows 24',
			'echo "<modes>$(stty -a)</modes>"',
			'trap : INT',
			// It becomes the program, so that it knows its number.
			`sh -c 'echo "<pid>$$</pid>"; exec "$@"' sh '${process.execPath}' '${MAIN}' ${args.map(arg => `'${arg}'`).join(' ')}`,
			'echo "<status>$?</status>"',
			'echo "<modes>$(stty -a)</modes>"',
		].join('; ');
		const child = spawn('script', ['-qec', shell, '/dev/null'], {
			stdio: ['pipe', 'pipe', 'inherit'],
			env: {PATH: process.env['PATH'], LANG: 'C.UTF-8', TERM: 'xterm-256color', SHELL: '/bin/sh', ...env},
		});
		this.#process = child;
		this.#keyboard = child.stdin;
		this.#screen = new GrowingText(child.stdout);
		this.finished = once(child, 'close').then(() => endOf(this.#screen.text));
	}

	/** Types, as a person at the keyboard: `\x03` is Ctrl-C. */
	type(text: string): void {
		this.#keyboard.write(text);
	}

	/** Everything that the terminal was sent so far. */
	get text(): string {
		return this.#screen.text;
	}

	/** Resolves once the terminal was sent `text`, so many times; rejects when the session ends without. */
	async shows(text: string, times = 1): Promise<void> {
		await this.#screen.includes(text, times);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#keyboard.end();
		this.#process.kill('SIGKILL');
		await this.finished;
	}
}

function endOf(text: string): TerminalSession {
	const [before = '', after = ''] = [...text.matchAll(MODES)].map(([, modes = '']) => modes);
	return {text, exitStatus: Number(/<status>(\d+)<\/status>/.exec(text)?.[1]), modes: [before, after]};
}
