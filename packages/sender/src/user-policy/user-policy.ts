import type {PolicyDecision, PrecopyPolicy} from '../engine/policy/decision.ts';
import type {Limits, OpenedPolicy} from '../engine/policy/limits-policy.ts';
import {ModuleThread} from './module-thread.ts';
import {parseAnswer} from './parse-answer.ts';

export type UserPolicyOptions = {
	readonly name: string;
	/** Absolute path of the module. */
	readonly file: string;
	/** For so long it may think about one question, in milliseconds. */
	readonly timeoutMs: number;
	readonly limits: () => Limits;
	/** Called once at most: what the module did wrong. It is not asked any more then. */
	readonly onFault: (fault: string) => void;
};

/**
 * The operator's own policy, in a thread of its own: a question is posted to it, and the newest answer that came is what it says, so that nobody waits for
 * it. It is loaded with the first question.
 */
export class UserPolicy implements OpenedPolicy {
	readonly #options: UserPolicyOptions;
	#thread: ModuleThread | undefined;
	#latest: PolicyDecision;
	#isOver = false;

	constructor(options: UserPolicyOptions) {
		this.#options = options;
		this.#latest = {action: 'continue', because: `${options.name} has not answered yet`};
	}

	readonly policy: PrecopyPolicy = stats => {
		if (this.#isOver) return this.#latest;
		this.#thread ??= this.#start();
		const {use: _use, ...limits} = this.#options.limits();
		// While it thinks, what it said before holds.
		this.#thread.ask({stats, limits});
		return this.#latest;
	};

	[Symbol.dispose](): void {
		this.#isOver = true;
		this.#thread?.[Symbol.dispose]();
	}

	#start(): ModuleThread {
		const {file, timeoutMs} = this.#options;
		return new ModuleThread({
			file,
			timeoutMs,
			onAnswer: answer => {
				const decision = parseAnswer(answer);
				if (typeof decision === 'string') this.#fault(decision);
				else if (!this.#isOver) this.#latest = {...decision, because: `${this.#options.name}: ${decision.because}`};
			},
			onFault: fault => {
				this.#fault(fault);
			},
		});
	}

	#fault(fault: string): void {
		if (this.#isOver) return;
		this[Symbol.dispose]();
		this.#latest = {action: 'continue', because: ''};
		this.#options.onFault(`${this.#options.name} ${fault}`);
	}
}
