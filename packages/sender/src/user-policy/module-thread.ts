import {Worker} from 'node:worker_threads';
import type {ModuleReport, ModuleSetup, Question} from './messages.ts';

/** For so long a module may be loaded, its own imports included. */
const LOAD_TIMEOUT_MS = 10_000;

/** A module that keeps more than this ends with its thread, and not with the daemon. */
const MEMORY_MIB = 64;

export type ModuleThreadOptions = {
	/** Absolute path of the module. */
	readonly file: string;
	/** For so long it may think about one question, in milliseconds. */
	readonly timeoutMs: number;
	readonly onReady?: () => void;
	readonly onAnswer: (answer: unknown) => void;
	/** Once at most, and nothing follows it. */
	readonly onFault: (fault: string) => void;
};

/** A policy module in a worker thread. One question is with it at a time, and none is waited for. It keeps no process alive. */
export class ModuleThread implements Disposable {
	readonly #options: ModuleThreadOptions;
	readonly #worker: Worker;
	#state: 'loading' | 'idle' | 'thinking' | 'over' = 'loading';
	#number = 0;
	#timer: NodeJS.Timeout;

	constructor(options: ModuleThreadOptions) {
		this.#options = options;
		const setup: ModuleSetup = {file: options.file};
		this.#worker = new Worker(new URL('worker.ts', import.meta.url), {
			name: 'sterna-policy',
			workerData: setup,
			// Not the flags of this process, and none of its environment.
			execArgv: [],
			env: {},
			resourceLimits: {maxOldGenerationSizeMb: MEMORY_MIB},
		});
		this.#worker.unref();
		this.#worker.on('message', (report: ModuleReport) => this.#onReport(report));
		this.#worker.on('error', (error: unknown) => this.#fault(`failed: ${error instanceof Error ? error.message : String(error)}`));
		this.#worker.on('exit', () => this.#fault('ended its thread'));
		this.#timer = this.#within(LOAD_TIMEOUT_MS, `was not loaded within ${LOAD_TIMEOUT_MS / 1000} s`);
	}

	/** Posts a question, unless one is with it, or it is not loaded yet. */
	ask(question: Omit<Question, 'number'>): void {
		if (this.#state !== 'idle') return;
		this.#state = 'thinking';
		this.#number += 1;
		this.#worker.postMessage({...question, number: this.#number} satisfies Question);
		const {timeoutMs} = this.#options;
		this.#timer = this.#within(timeoutMs, `did not answer within ${timeoutMs} ms`);
	}

	[Symbol.dispose](): void {
		this.#state = 'over';
		clearTimeout(this.#timer);
		// Also out of an endless loop.
		void this.#worker.terminate();
	}

	#onReport(report: ModuleReport): void {
		if (this.#state === 'over') return;
		if (report.kind === 'fault') {
			this.#fault(report.fault);
			return;
		}

		if (report.kind === 'answer' && report.number !== this.#number) return;
		clearTimeout(this.#timer);
		this.#state = 'idle';
		if (report.kind === 'ready') this.#options.onReady?.();
		else this.#options.onAnswer(report.answer);
	}

	/** An answer that came in time and lies behind a busy turn of this thread counts: it is looked at before the time is said to be over. */
	#within(timeoutMs: number, fault: string): NodeJS.Timeout {
		const number = this.#number;
		const state = this.#state;
		return setTimeout(() => {
			setImmediate(() => {
				if (this.#state === state && this.#number === number) this.#fault(fault);
			});
		}, timeoutMs).unref();
	}

	#fault(fault: string): void {
		if (this.#state === 'over') return;
		this[Symbol.dispose]();
		this.#options.onFault(fault);
	}
}
