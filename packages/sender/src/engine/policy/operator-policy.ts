import type {PolicyDecision, PrecopyPolicy} from './decision.ts';

const SWITCH: PolicyDecision = {action: 'stop-and-copy', because: 'the operator asked for the switch'};

/** The operator's commands as a policy over the configured one: mechanism and policy stay apart. Every command is idempotent, and counts from the next question on. */
export class OperatorPolicy {
	#isSwitching = false;
	#isPaused = false;

	/** Ends the precopy after the batch in hand, and a pause with it. */
	stopAndCopy(): void {
		this.#isSwitching = true;
		this.#isPaused = false;
	}

	/** Holds the transfer, whatever the other policies say but an abort and a deadline. Once the switch was asked for it changes nothing. */
	pause(): void {
		this.#isPaused = !this.#isSwitching;
	}

	/** Ends a pause. */
	continue(): void {
		this.#isPaused = false;
	}

	/** The switch was asked for. */
	get isSwitching(): boolean {
		return this.#isSwitching;
	}

	get isPaused(): boolean {
		return this.#isPaused;
	}

	/** `policy` as far as the operator leaves it to decide. */
	over(policy: PrecopyPolicy): PrecopyPolicy {
		return stats => {
			if (this.#isSwitching) return SWITCH;
			const decision = policy(stats);
			return this.#isPaused ? held(decision) : decision;
		};
	}
}

function held(decision: PolicyDecision): PolicyDecision {
	if (decision.action === 'abort' || (decision.action === 'stop-and-copy' && decision.isUrgent === true)) return decision;
	const requires = decision.action === 'continue' ? decision.requires : undefined;
	return {action: 'continue', because: 'the operator has paused the transfer', requires, isHeld: true};
}
