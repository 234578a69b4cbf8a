import {appendFileSync, existsSync, mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

/** Figures of a step, for the log. */
export type Detail = Readonly<Record<string, string | number | boolean>>;

/** One line of the log. */
export type StepRecord = {
	/** What was checked: a commit, or a commit and a hash of what differs from it. */
	readonly commit: string;
	readonly step: string;
	readonly passed: boolean;
	readonly at: string;
	readonly seconds: number;
	readonly detail?: Detail;
	readonly error?: string;
};

export type StepsOptions = {
	readonly name: string;
	/** What is checked; a step that passed on the same is not run again. */
	readonly commit: string;
	/** Where the log is. */
	readonly directory: string;
	/** Run everything, whatever the log says. */
	readonly fresh: boolean;
	readonly say: (text: string) => void;
};

/** The steps of one long check. Each one's result is a line of JSON in `NAME.jsonl`, so that an interrupted check goes on where it stopped. */
export class Steps {
	/** A directory for whatever else a check wants to keep. */
	readonly directory: string;
	readonly say: (text: string) => void;
	readonly #options: StepsOptions;
	readonly #logFile: string;
	readonly #results = new Map<string, {readonly passed: boolean; readonly isOld: boolean}>();
	readonly #startedMs = performance.now();

	constructor(options: StepsOptions) {
		this.#options = options;
		this.#logFile = path.join(options.directory, `${options.name}.jsonl`);
		this.directory = path.join(options.directory, options.name);
		this.say = options.say;
		mkdirSync(this.directory, {recursive: true});
	}

	get passed(): boolean {
		return this.#results.size > 0 && [...this.#results.values()].every(({passed}) => passed);
	}

	/** Runs a step, unless it passed before. What it throws fails it, and is logged: the next one can still be run. Returns whether it passed. */
	async step(step: string, run: () => Promise<Detail>): Promise<boolean> {
		const {name, commit, say} = this.#options;
		const before = this.#options.fresh ? undefined : this.#find(step);
		if (before !== undefined) {
			say(`${name}: ${step}: passed before, at ${before.at}${describe(before.detail)}`);
			this.#results.set(step, {passed: true, isOld: true});
			return true;
		}

		const startedMs = performance.now();
		const at = new Date().toISOString();
		const seconds = (): number => Math.round((performance.now() - startedMs) / 100) / 10;
		let passed = true;
		try {
			const detail = await run();
			this.#append({commit, step, passed, at, seconds: seconds(), detail});
			say(`${name}: ${step}: passed after ${seconds()} s${describe(detail)}`);
		} catch (error) {
			passed = false;
			const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
			this.#append({commit, step, passed, at, seconds: seconds(), error: text});
			say(`${name}: ${step}: FAILED after ${seconds()} s: ${text}`);
		}

		this.#results.set(step, {passed, isOld: false});
		return passed;
	}

	/** Figures of a step that has passed, in this run or before. */
	detailOf(step: string): Detail | undefined {
		return this.#find(step)?.detail;
	}

	/** The last line of a check. */
	summary(): string {
		const results = [...this.#results.values()];
		const passed = results.filter(result => result.passed).length;
		const old = results.filter(({isOld}) => isOld).length;
		const seconds = Math.round((performance.now() - this.#startedMs) / 1000);
		const taken = old === 0 ? '' : ` (${old} of them before)`;
		return `${this.#options.name}: ${this.passed ? 'passed' : 'FAILED'}: ${passed} of ${results.length} steps passed${taken} in ${seconds} s, ${this.#options.commit}`;
	}

	#find(step: string): StepRecord | undefined {
		if (!existsSync(this.#logFile)) return undefined;
		const records = readFileSync(this.#logFile, 'utf8').split('\n').flatMap(parseRecord);
		return records.findLast(record => record.commit === this.#options.commit && record.step === step && record.passed);
	}

	#append(record: StepRecord): void {
		const text = existsSync(this.#logFile) ? readFileSync(this.#logFile, 'utf8') : '';
		appendFileSync(this.#logFile, `${text === '' || text.endsWith('\n') ? '' : '\n'}${JSON.stringify(record)}\n`);
	}
}

/** Nothing for a line that was cut off: the process was killed while it wrote. */
function parseRecord(line: string): StepRecord[] {
	try {
		return [JSON.parse(line) as StepRecord];
	} catch {
		return [];
	}
}

function describe(detail: Detail | undefined): string {
	const entries = Object.entries(detail ?? {});
	return entries.length === 0 ? '' : `: ${entries.map(([name, value]) => `${name} ${value}`).join(', ')}`;
}
