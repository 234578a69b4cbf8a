import type {PolicyDecision, PrecopyPolicy} from './decision.ts';

const NO_OPINION: PolicyDecision = {action: 'continue', because: ''};

/** The operator's commands as a policy: composed in front of the configured one, so that mechanism and policy stay apart. */
export class OperatorPolicy {
	#decision: PolicyDecision = NO_OPINION;

	/** Ends the precopy after the batch in hand. Idempotent. */
	stopAndCopy(): void {
		this.#decision = {action: 'stop-and-copy', because: 'the operator asked for the switch'};
	}

	readonly policy: PrecopyPolicy = () => this.#decision;
}
