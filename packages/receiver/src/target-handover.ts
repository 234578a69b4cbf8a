import {nextTarget, type TargetEffect, type TargetEvent, type TargetState} from '@sterna/protocol';

/** The target's durable steps. Each resolves once it would survive a crash. */
export interface TargetJournal {
	/** Does ahead of the pause what can be done of `ready` and `running`. Optional work: they do what is left. Rejects where the disk does not take it. */
	prepare(): Promise<void>;
	ready(): Promise<void>;
	running(): Promise<void>;
	declined(): Promise<void>;
}

export type TargetHandoverDependencies = {
	readonly journal: TargetJournal;
	readonly sendReady: () => void;
	readonly resumeGuest: () => Promise<void>;
	readonly destroyGuest: () => Promise<void>;
	/** Told before the guest is destroyed, or is `lost`. */
	readonly onResumeFailed: (error: unknown) => void;
};

/**
 * Plays the target's side of the handover machine, one event at a time. What the machine would send in answer to `go` or a query
 * the caller reads from the state that `play` returns.
 */
export class TargetHandover {
	readonly #dependencies: TargetHandoverDependencies;
	#state: TargetState;
	#readyIsJournaled = false;
	/** The guest could not be resumed, and stays what it is as long as that cannot be written. */
	#mustDecline = false;
	#turn: Promise<unknown> = Promise.resolve();

	constructor(dependencies: TargetHandoverDependencies, state: TargetState = 'receiving') {
		this.#dependencies = dependencies;
		this.#state = state;
	}

	get state(): TargetState {
		return this.#state;
	}

	/**
	 * Writes `ready` to the journal ahead of `loaded`, so that the disk is not waited for behind it. It is not said before `loaded` all the same:
	 * what fails until then declines, and a daemon that ends meanwhile leaves a guest that no source can send `go` for. Rejects where it could not be journaled.
	 */
	async journalReady(): Promise<void> {
		if (this.#readyIsJournaled) return;
		await this.#dependencies.journal.ready();
		this.#readyIsJournaled = true;
	}

	/** Takes one event to its end, behind those that came before it. Rejects where a step could not be journaled: nothing was done then. */
	async play(event: TargetEvent): Promise<TargetState> {
		const turn = this.#turn.then(() => this.#play(event));
		this.#turn = turn.catch(() => undefined);
		return turn;
	}

	async #play(asked: TargetEvent): Promise<TargetState> {
		const event = this.#mustDecline && (asked === 'go' || asked === 'query') ? 'resume-failed' : asked;
		const step = nextTarget(this.#state, event);
		const [first, ...rest] = step.effects;
		// The journal comes first: a step that is not in it was not taken.
		if (first !== undefined) await this.#do(first);
		this.#state = step.state;
		try {
			for (const effect of rest) await this.#do(effect);
		} catch (error) {
			if (this.#state !== 'running') throw error;
			this.#dependencies.onResumeFailed(error);
			if (event === 'restarted') return this.#play('guest-lost');
			this.#mustDecline = true;
			return this.#play('resume-failed');
		}

		return this.#state;
	}

	async #do(effect: TargetEffect): Promise<void> {
		const {journal, sendReady, resumeGuest, destroyGuest} = this.#dependencies;
		switch (effect) {
			case 'journal-ready':
				return this.journalReady();
			case 'journal-running':
				return journal.running();
			case 'journal-declined':
				return journal.declined();
			case 'send-ready':
				sendReady();
				return;
			case 'resume-guest':
				return resumeGuest();
			case 'destroy-guest':
				return destroyGuest();
			case 'send-running':
			case 'send-declined':
				return;
		}
	}
}
