import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, openSync} from 'node:fs';

/** Where Debian's `etcd-server` has it. */
const PROGRAM = '/usr/bin/etcd';

/** One run of the program. It does not outlive the process that started it, however that ends. */
export class EtcdProcess {
	readonly #child: ChildProcess;
	readonly #ended: Promise<unknown>;

	/** What it says goes to the end of `logFile`. */
	constructor(args: readonly string[], logFile: string) {
		const log = openSync(logFile, 'a', 0o600);
		// Its own settings come from the environment, too: it gets none of ours.
		this.#child = spawn('setpriv', ['--pdeathsig', 'KILL', PROGRAM, ...args], {
			stdio: ['ignore', log, log],
			env: {PATH: process.env['PATH']},
		});
		closeSync(log);
		this.#ended = once(this.#child, 'exit').catch(() => undefined);
	}

	get isRunning(): boolean {
		return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
	}

	send(signal: NodeJS.Signals): void {
		this.#child.kill(signal);
	}

	/** Resolves when it has ended; at once where it has. */
	async end(signal: NodeJS.Signals): Promise<void> {
		if (this.isRunning) this.send(signal);
		await this.#ended;
	}
}
