import type {OperationError, TargetState} from '@sterna/protocol';
import type {MigrationStatus} from '@sterna/protocol/control';

/** A guest on its way in, as the handover sees it: one that this daemon receives, or one that an earlier daemon left ready. */
export interface Arrival {
	readonly id: string;
	readonly domain: string;
	readonly incarnation: number;
	readonly state: TargetState;
	/** `go` of this incarnation. */
	go(): Promise<TargetState>;
	/** The source asks, or keeps the guest: declines durably unless the guest runs here. */
	decline(error: OperationError): Promise<TargetState>;
	/** CLOCK_MONOTONIC nanoseconds of the guest's first step here; undefined before, or where the driver cannot tell. */
	readonly firstStepNs: bigint | undefined;
	status(): MigrationStatus;
}

/** How many arrivals that are over `status` still shows. */
const REMEMBERED = 100;

/** The incoming migrations of this daemon. */
export class Arrivals {
	readonly #all = new Map<string, Arrival>();

	add(arrival: Arrival): void {
		this.#all.set(arrival.id, arrival);
		for (const [id, {state}] of this.#all) {
			if (this.#all.size <= REMEMBERED) return;
			if (state === 'running' || state === 'declined') this.#all.delete(id);
		}
	}

	get(id: string): Arrival | undefined {
		return this.#all.get(id);
	}

	/** By id, by the beginning of an id, or by domain: the latest, one that is not over first. */
	find(name: string): Arrival | undefined {
		const exact = this.#all.get(name);
		if (exact) return exact;
		const matches = [...this.#all.values()]
			.toReversed()
			.filter(({id, domain}) => domain === name || (name.length >= 4 && id.startsWith(name)));
		return matches.find(({state}) => state === 'receiving' || state === 'ready') ?? matches[0];
	}

	/** The one of this domain that waits for `go`, if any. */
	readyOf(domain: string): Arrival | undefined {
		return [...this.#all.values()].find(arrival => arrival.domain === domain && arrival.state === 'ready');
	}

	/** Those that still receive. */
	get receiving(): Arrival[] {
		return [...this.#all.values()].filter(({state}) => state === 'receiving');
	}

	statuses(): MigrationStatus[] {
		return [...this.#all.values()].map(arrival => arrival.status());
	}
}
