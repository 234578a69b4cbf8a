import {execFile} from 'node:child_process';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';

const run = promisify(execFile);

const POLL_MS = 50;
const TIMEOUT_MS = 60_000;

let opened = 0;

export type ScreenSize = {readonly columns: number; readonly rows: number};

/** A program on a real terminal of tmux, in a server of its own: what is on the screen is looked at, not what was written to it. */
export class TmuxScreen implements AsyncDisposable {
	readonly #server: string;

	private constructor(server: string) {
		this.#server = server;
	}

	/** Starts `command` on a terminal of this size. When it ends, its exit status is the last line: `exit status 0`. */
	static async open(command: readonly string[], {columns, rows}: ScreenSize): Promise<TmuxScreen> {
		opened += 1;
		const screen = new TmuxScreen(`sterna-${process.pid}-${opened}`);
		// The shell gets Ctrl-C too, as every process of the terminal's foreground group; it must live to tell the status.
		const shell = ['sh', '-c', 'trap : INT; "$@"; echo "exit status $?"; exec sleep 600', 'sh'];
		const size = ['-x', String(columns), '-y', String(rows)];
		await screen.#tmux('new-session', '-d', '-s', 'screen', ...size, 'env', '-u', 'NO_COLOR', 'LC_ALL=C.UTF-8', ...shell, ...command);
		return screen;
	}

	/** The rows that hold something, from the top one on. */
	async rows(): Promise<string[]> {
		return (await this.#tmux('capture-pane', '-p', '-t', 'screen')).trimEnd().split('\n');
	}

	async resize({columns, rows}: ScreenSize): Promise<void> {
		await this.#tmux('resize-window', '-t', 'screen', '-x', String(columns), '-y', String(rows));
	}

	/** Keys as tmux calls them: `C-c` is Ctrl-C. */
	async type(...keys: readonly string[]): Promise<void> {
		await this.#tmux('send-keys', '-t', 'screen', ...keys);
	}

	/** Resolves with the first screen that is as it must be; rejects with the last one where none is for a minute. */
	async shows(isRight: (rows: readonly string[]) => boolean): Promise<string[]> {
		const deadline = performance.now() + TIMEOUT_MS;
		for (;;) {
			const rows = await this.rows();
			if (isRight(rows)) return rows;
			if (performance.now() > deadline) throw new Error(`the screen never showed it:\n${rows.join('\n')}`);
			await sleep(POLL_MS);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		// A server whose program was killed has ended by itself.
		await this.#tmux('kill-server').catch(() => undefined);
	}

	async #tmux(...args: readonly string[]): Promise<string> {
		const {stdout} = await run('tmux', ['-u', '-f', '/dev/null', '-L', this.#server, ...args]);
		return stdout;
	}
}
