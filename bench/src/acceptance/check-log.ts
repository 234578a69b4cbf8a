import {appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** Not in git; kept between runs. */
const DIRECTORY = path.join(import.meta.dirname, '../../../.acceptance');

/** The log of one long check, and how far it has come: both outlive the process, so that a check goes on where it was interrupted. */
export class CheckLog<State extends object> {
	readonly logFile: string;
	readonly #stateFile: string;

	constructor(name: string) {
		mkdirSync(DIRECTORY, {recursive: true});
		this.logFile = path.join(DIRECTORY, `${name}.log`);
		this.#stateFile = path.join(DIRECTORY, `${name}.json`);
	}

	/** What was kept last; undefined when the check begins anew. */
	get state(): State | undefined {
		return existsSync(this.#stateFile) ? (JSON.parse(readFileSync(this.#stateFile, 'utf8')) as State) : undefined;
	}

	/** Replaces what is kept. */
	keep(state: State): void {
		writeFileSync(`${this.#stateFile}.new`, JSON.stringify(state));
		renameSync(`${this.#stateFile}.new`, this.#stateFile);
	}

	/** The next run begins anew. */
	forget(): void {
		rmSync(this.#stateFile, {force: true});
	}

	/** Prints a line, and appends it to the log with the time. */
	line(text: string): void {
		console.log(text);
		appendFileSync(this.logFile, `${new Date().toISOString()} ${text}\n`);
	}
}
