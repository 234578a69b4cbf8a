import type {TargetState} from '@sterna/protocol';
import type {MigrationStatus} from '@sterna/protocol/control';
import type {Arrival} from './arrivals.ts';

/** What is remembered of an arrival that is over: its answers, and nothing of its guest's memory or tables. */
export class EndedArrival implements Arrival {
	readonly id: string;
	readonly domain: string;
	readonly peer: string;
	readonly incarnation: number;
	readonly state: TargetState;
	readonly link = undefined;
	readonly firstStepNs: bigint | undefined;
	readonly resumeMs: number;
	readonly #status: MigrationStatus;

	constructor(arrival: Arrival) {
		this.id = arrival.id;
		this.domain = arrival.domain;
		this.peer = arrival.peer;
		this.incarnation = arrival.incarnation;
		this.state = arrival.state;
		this.firstStepNs = arrival.firstStepNs;
		this.resumeMs = arrival.resumeMs;
		this.#status = arrival.status();
	}

	async go(): Promise<TargetState> {
		return this.state;
	}

	async decline(): Promise<TargetState> {
		return this.state;
	}

	async giveUp(): Promise<TargetState> {
		return this.state;
	}

	async stop(): Promise<void> {}

	status(): MigrationStatus {
		return this.#status;
	}
}
