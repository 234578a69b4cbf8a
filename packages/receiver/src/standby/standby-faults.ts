import {type FaultContext, operationError, toOperationError} from '@sterna/host';
import type {ErrorCode, OperationError, StandbyPhase} from '@sterna/protocol';
import type {StandbyJournal} from './standby-journal.ts';

/** What is said of one standby when something is wrong. */
export class StandbyFaults {
	readonly #journal: StandbyJournal;
	readonly #host: string;

	constructor(journal: StandbyJournal, host: string) {
		this.#journal = journal;
		this.#host = host;
	}

	/** A new one. */
	of(code: ErrorCode, message: string, cause?: Error): OperationError {
		return operationError(code, message, this.#context(), {cause});
	}

	from(error: unknown): OperationError {
		return toOperationError(error, this.#context());
	}

	/** ERR_STALE: for whoever still thinks that the guest is the source's. */
	runsHere(): OperationError {
		const {definition, nextIncarnation} = this.#journal;
		const message = `${definition.name} runs on ${this.#host}, with incarnation ${nextIncarnation}`;
		return operationError('ERR_STALE', message, {...this.#context(), runsOn: {kind: 'host', host: this.#host}});
	}

	/** ERR_UNDECIDED: for a source whose guest this host was to run. */
	undecided(): OperationError {
		const {name} = this.#journal.definition;
		const message = `${name} was told to run on ${this.#host} and is gone there: whether it took a step before is not known`;
		return operationError('ERR_UNDECIDED', message, {...this.#context(), runsOn: {kind: 'unknown'}});
	}

	/** ERR_DOMAIN_STATE: why there is nothing that a failover could go on from. */
	notHolding(phase: Exclude<StandbyPhase, 'holding'>): OperationError {
		const {definition, protection} = this.#journal;
		const {name} = definition;
		switch (phase) {
			case 'receiving':
				return this.of('ERR_DOMAIN_STATE', `the standby of ${name} has no whole checkpoint yet: ${protection.peer} runs the guest`);
			case 'promoting':
			case 'promoted':
				return this.of('ERR_DOMAIN_STATE', `${name} runs on ${this.#host} already`);
			case 'lost':
				return this.undecided();
			case 'removed':
				return this.of('ERR_DOMAIN_STATE', `the standby of ${name} is gone`);
		}
	}

	/** Until it is taken over the source has the guest, as far as is known here. */
	#context(): FaultContext {
		const {definition, protection} = this.#journal;
		return {
			side: 'receiver',
			phase: 'checkpoint',
			runsOn: {kind: 'host', host: protection.peer},
			domain: definition.name,
			peer: this.#host,
		};
	}
}
