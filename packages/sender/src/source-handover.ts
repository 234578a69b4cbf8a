import {nextSource, type SourceEffect, type SourceEvent, type SourceState} from '@sterna/protocol';
import type {RunningReply} from '@sterna/protocol/control';
import type {Verdict} from './verdicts.ts';

/** The source's durable steps. Each resolves once it would survive a crash. */
export interface SourceJournal {
	/** Does ahead of the pause what can be done of `go`. Optional work: `go` does what is left. Rejects where the disk does not take it. */
	prepareGo(): Promise<void>;
	/** `go` may leave from here on. */
	go(): Promise<void>;
	/** `go` was not sent, and will not be before it is written again. */
	withdrawGo(): Promise<void>;
	handedOver(): Promise<void>;
	/** The guest is about to be told that it runs here. */
	givenBack(): Promise<void>;
	/** The guest was told: ends the attempt. A receiver that does not know has to be told by others, for as long as it takes. */
	returned(facts: {readonly receiverKnows: boolean}): Promise<void>;
}

export type SourceHandoverDependencies = {
	readonly journal: SourceJournal;
	/** Sends `go` and waits for its answer. */
	readonly sendGo: () => Promise<RunningReply | 'declined'>;
	/** Asks the receiver until it answers, a person decides, or patience ends (undefined). */
	readonly queryOutcome: () => Promise<Verdict | undefined>;
	readonly resumeGuest: () => Promise<void>;
	readonly destroyGuest: () => Promise<void>;
	/** Says that the guest stays here. Resolves with whether the receiver has heard it, or never heard of the migration. Never rejects. */
	readonly tellReceiver: () => Promise<boolean>;
	/** Where a failure that must not stop the machine is reported. */
	readonly warn: (message: string, error: unknown) => void;
};

/** Plays the source's side of the handover machine: does each effect in order and feeds back what came of it. */
export class SourceHandover {
	readonly #dependencies: SourceHandoverDependencies;
	#state: SourceState;
	#running: RunningReply | undefined;
	#goError: Error | undefined;
	#goIsJournaled = false;
	#receiverKnows = false;
	/** A person answered for it that the guest does not run at the receiver. */
	#isKept = false;

	constructor(dependencies: SourceHandoverDependencies, state: SourceState = 'transferring') {
		this.#dependencies = dependencies;
		this.#state = state;
	}

	get state(): SourceState {
		return this.#state;
	}

	/** What the target said of the guest that it runs. */
	get running(): RunningReply | undefined {
		return this.#running;
	}

	/** Why the answer to `go` did not come, where it did not. */
	get goError(): Error | undefined {
		return this.#goError;
	}

	/**
	 * Writes `go` to the journal ahead of `ready`, so that the disk is not waited for between the two. It may not be sent before `ready` all the
	 * same: whatever fails until then gives the guest back, and a daemon that ends meanwhile leaves one that asks the receiver, which declines.
	 * Rejects where it could not be journaled.
	 */
	async journalGo(): Promise<void> {
		if (this.#goIsJournaled) return;
		await this.#dependencies.journal.go();
		this.#goIsJournaled = true;
	}

	/** Takes one event to its end: returns in a state that nothing but time or a peer changes. Rejects only where `go` could not be journaled; the guest is the source's then. */
	async play(event: SourceEvent): Promise<SourceState> {
		let next: SourceEvent | undefined = event;
		while (next !== undefined) {
			const step = nextSource(this.#state, next);
			if (next === 'declined') this.#receiverKnows = !this.#isKept;
			// A `go` that is not in the journal was not sent: the state changes only behind it.
			if (step.effects[0] === 'journal-go') await this.journalGo();
			this.#state = step.state;
			next = undefined;
			for (const effect of step.effects) next = (await this.#do(effect)) ?? next;
		}

		return this.#state;
	}

	async #do(effect: SourceEffect): Promise<SourceEvent | undefined> {
		const {journal, sendGo, queryOutcome, resumeGuest, destroyGuest, tellReceiver, warn} = this.#dependencies;
		switch (effect) {
			case 'journal-go':
				return undefined;
			case 'journal-transferring':
				if (this.#goIsJournaled) {
					this.#goIsJournaled = false;
					// With a `go` in the journal that was not sent a restarted daemon asks the receiver, and is right as well.
					await journal.withdrawGo().catch((error: unknown) => {
						warn('the journal still has a go that was not sent', error);
					});
				}

				return undefined;
			case 'tell-receiver':
				this.#receiverKnows = await tellReceiver();
				return undefined;
			case 'journal-returned':
				await journal.returned({receiverKnows: this.#receiverKnows}).catch((error: unknown) => {
					warn('the end of the attempt could not be journaled', error);
				});
				return undefined;
			case 'send-go':
				try {
					const answer = await sendGo();
					if (answer === 'declined') return 'declined';
					this.#running = answer;
					return 'running';
				} catch (error) {
					this.#goError = error instanceof Error ? error : new Error(String(error));
					return 'failed';
				}

			case 'query-outcome': {
				const verdict = await queryOutcome();
				this.#isKept = verdict === 'kept';
				return verdict === 'kept' ? 'declined' : verdict;
			}

			case 'resume-guest':
				await resumeGuest();
				return undefined;
			case 'destroy-guest':
				// The guest runs elsewhere: what is left of it here is a matter of tidiness, and tried again at the next start.
				await destroyGuest().catch((error: unknown) => {
					warn('the migrated guest could not be removed here', error);
				});
				return undefined;
			case 'journal-handed-over':
				await journal.handedOver().catch((error: unknown) => {
					warn('the handover could not be journaled', error);
				});
				return undefined;
			case 'journal-given-back':
				// The guest is the source's with or without a note of it: a restarted daemon would find the same.
				await journal.givenBack().catch((error: unknown) => {
					warn('the return of the guest could not be journaled', error);
				});
				return undefined;
		}
	}
}
