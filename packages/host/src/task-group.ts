type Task = {readonly name: string; readonly done: Promise<void>};

/**
 * The tasks of one operation, with one end: the first failure wins and stops the others, and `join` settles only when every
 * task has stopped. `abort` is a failure like any other, so it is idempotent and harmless in every state.
 */
export class TaskGroup {
	readonly #controller = new AbortController();
	readonly #tasks: Task[] = [];
	#failure: {readonly error: unknown} | undefined;

	/** Fires once, with the first failure as its reason. Every task waits on nothing that does not also end by it. */
	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** The first failure, or undefined so far. */
	get failure(): unknown {
		return this.#failure?.error;
	}

	/** Starts a task. One that throws fails the group; one that throws because it was stopped adds nothing. */
	run(name: string, task: (signal: AbortSignal) => Promise<void>): void {
		const done = task(this.signal).catch((error: unknown) => {
			this.abort(error);
		});
		this.#tasks.push({name, done});
	}

	/** Fails the group: only the first call has an effect. */
	abort(error: unknown): void {
		if (this.#failure) return;
		this.#failure = {error};
		this.#controller.abort(error);
	}

	/** Resolves when every task has stopped; rejects with the first failure, also then not before every task has stopped. */
	async join(): Promise<void> {
		for (let joined = 0; joined < this.#tasks.length; joined++) await this.#tasks[joined]?.done;
		if (this.#failure) throw this.#failure.error;
	}
}

/** Resolves or rejects as `work` does, or rejects with the signal's reason as soon as it fires; `work` itself is not stopped. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	signal.throwIfAborted();
	const {promise: aborted, reject} = Promise.withResolvers<never>();
	const onAbort = (): void => {
		reject(signal.reason as Error);
	};
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
