import {nextStandby, type StandbyEffect, type StandbyInput, type StandbyPhase} from '@sterna/protocol';

/** What is done for an effect of the machine, except for what is said in answer: that the caller reads from the phase. */
export type StandbyActions = Readonly<Record<Exclude<StandbyEffect, 'send-running' | 'send-declined'>, () => Promise<void>>>;

/** Plays the machine of a standby. Its caller sees to it that one input at a time is played. */
export class StandbyPlayer {
	readonly #actions: StandbyActions;
	readonly #onFailed: (error: unknown) => void;
	#phase: StandbyPhase;
	/** The guest could not be set running, and stays what it is as long as that cannot be written. */
	#mustDecline = false;

	/** `onFailed`: told why the guest could not be set running, before anything is done about it. */
	constructor(actions: StandbyActions, phase: StandbyPhase, onFailed: (error: unknown) => void) {
		this.#actions = actions;
		this.#phase = phase;
		this.#onFailed = onFailed;
	}

	get phase(): StandbyPhase {
		return this.#phase;
	}

	/** Takes one input to its end. Rejects where the first effect, a write of the journal, failed: nothing was done then. */
	async play(asked: StandbyInput): Promise<StandbyPhase> {
		const input = this.#mustDecline && (asked === 'go' || asked === 'query') ? 'go-failed' : asked;
		const {state, effects} = nextStandby(this.#phase, input);
		const [first, ...rest] = effects;
		if (first !== undefined) await this.#do(first);
		this.#phase = state;
		try {
			for (const effect of rest) await this.#do(effect);
		} catch (error) {
			if (state !== 'promoting') throw error;
			this.#onFailed(error);
			if (input === 'restarted') return this.play('guest-lost');
			this.#mustDecline = input === 'go';
			return this.play(input === 'go' ? 'go-failed' : 'take-over-failed');
		}

		return this.#phase;
	}

	async #do(effect: StandbyEffect): Promise<void> {
		if (effect !== 'send-running' && effect !== 'send-declined') await this.#actions[effect]();
	}
}
