/** What ends a handover that is undecided: the receiver's word, or `kept`: a person's that the guest does not run there, which the receiver has yet to hear. */
export type Verdict = 'running' | 'declined' | 'kept';

/** One handover whose receiver is being asked, by `queryOutcome`. */
export class Question implements Disposable {
	readonly #end: () => void;
	#verdict: Verdict | undefined;
	#wake: (() => void) | undefined;
	#answered = Promise.withResolvers<string | undefined>();

	constructor(end: () => void) {
		this.#end = end;
	}

	/** What a person has answered for. */
	get verdict(): Verdict | undefined {
		return this.#verdict;
	}

	/** The next question is put now. Resolves with the state that the receiver then says, or undefined where it was not reached. */
	async hurry(): Promise<string | undefined> {
		this.#wake?.();
		return this.#answered.promise;
	}

	/** A person answers for it. */
	give(verdict: Verdict): void {
		this.#verdict = verdict;
		this.#wake?.();
	}

	/** What came of a question. */
	note(state: string | undefined): void {
		this.#answered.resolve(state);
		this.#answered = Promise.withResolvers();
	}

	/** Resolves after the time, with the signal, or when somebody is in a hurry. */
	async pause(forMs: number, signal: AbortSignal): Promise<void> {
		if (this.#verdict !== undefined || signal.aborted) return;
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#wake = resolve;
		const timer = setTimeout(resolve, forMs);
		signal.addEventListener('abort', () => resolve(), {once: true});
		await promise;
		clearTimeout(timer);
		this.#wake = undefined;
	}

	[Symbol.dispose](): void {
		this.note(undefined);
		this.#end();
	}
}

/** The handovers of this daemon whose receivers are being asked, by the id of the migration. */
export class Verdicts {
	readonly #questions = new Map<string, Question>();

	/** To be disposed of when nobody asks any more. */
	open(migrationId: string): Question {
		const question = new Question(() => this.#questions.delete(migrationId));
		this.#questions.set(migrationId, question);
		return question;
	}

	find(migrationId: string): Question | undefined {
		return this.#questions.get(migrationId);
	}
}
