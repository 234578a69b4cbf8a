import type {MigrationStatus} from '@sterna/protocol/control';
import type {Daemon} from './daemon.ts';
import type {CliIo, Interrupt} from './io.ts';
import {KeyQuestion} from './key-question.ts';
import type {MigrationView} from './progress/view.ts';

/**
 * What the first Ctrl-C does: `ask` asks whoever sits there whether to abort, detach or continue; `abort` asks the daemon to abort and waits for the end; `leave` leaves at once.
 */
export type OnInterrupt = 'ask' | 'abort' | 'leave';

export type InterruptContext = {
	readonly io: CliIo;
	readonly daemon: Daemon;
	readonly view: MigrationView;
	readonly leaving: AbortController;
	readonly domain: string;
	readonly onInterrupt: OnInterrupt;
	readonly latest: () => MigrationStatus | undefined;
};

/** Takes the signals of one followed migration. Disposing closes a question that is still open. */
export class InterruptHandler implements Disposable {
	readonly #context: InterruptContext;
	#question: KeyQuestion<'a' | 'd' | 'c'> | undefined;
	#isAborting = false;

	constructor(context: InterruptContext) {
		this.#context = context;
	}

	/** A closed terminal or a kill is no wish to abort: only Ctrl-C is. A second Ctrl-C, whatever the first came to, leaves. */
	readonly handle = (signal: Interrupt): void => {
		const {onInterrupt} = this.#context;
		if (this.#isAborting || this.#question !== undefined || onInterrupt === 'leave' || signal !== 'SIGINT') this.#leave(signal);
		else if (onInterrupt === 'ask') this.#ask();
		else this.#abort();
	};

	[Symbol.dispose](): void {
		this.#question?.[Symbol.dispose]();
		this.#question = undefined;
	}

	#ask(): void {
		const {io, view} = this.#context;
		view.note('[a]bort, [d]etach or [c]ontinue? Ctrl-C again detaches at once');
		this.#question = new KeyQuestion(io, {
			keys: ['a', 'd', 'c'],
			onKey: key => {
				this.#question = undefined;
				if (key === 'a') this.#abort();
				else if (key === 'd') this.#leave('SIGINT');
				else view.note('going on; Ctrl-C asks again');
			},
			onInterrupt: () => {
				this.#question = undefined;
				this.#leave('SIGINT');
			},
		});
	}

	#leave(signal: Interrupt): void {
		this[Symbol.dispose]();
		this.#context.leaving.abort(signal);
	}

	#abort(): void {
		const {daemon, view, leaving, domain, latest} = this.#context;
		this.#isAborting = true;
		const id = latest()?.id ?? domain;
		if (id === '') {
			view.note('there is nothing to abort by name yet; Ctrl-C again leaves without waiting');
			return;
		}

		view.note('aborting; Ctrl-C again leaves without waiting');
		daemon.command(id, 'abort').catch((error: unknown) => {
			// Its end may have come first. Everything else is for the operator to know: the migration goes on.
			if (!leaving.signal.aborted) view.note(`the abort was not taken: ${error instanceof Error ? error.message : String(error)}`);
		});
	}
}
