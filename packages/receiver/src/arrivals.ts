import type {TargetDisks} from '@sterna/domain';
import type {OperationError, TargetState} from '@sterna/protocol';
import type {MigrationStatus} from '@sterna/protocol/control';
import {EndedArrival} from './ended-arrival.ts';

/** A guest on its way in, as the handover sees it: one that this daemon receives, or one that an earlier daemon left ready. */
export interface Arrival {
	readonly id: string;
	readonly domain: string;
	/** Name of the source's host. */
	readonly peer: string;
	readonly incarnation: number;
	readonly state: TargetState;
	/** Number of the latest link; undefined where there will be no other. */
	readonly link: number | undefined;
	/** `go` of this incarnation. */
	go(): Promise<TargetState>;
	/** The source asks, or keeps the guest: declines durably unless the guest runs here. Once it is over, nothing of it is held any more. */
	decline(error: OperationError): Promise<TargetState>;
	/** A person answers for it that the guest will not run here, and took no step where that is not known. */
	giveUp(error: OperationError): Promise<TargetState>;
	/** Of a guest that comes in over links of this daemon, where it has any: disks that its source fills. */
	readonly disks?: TargetDisks | undefined;
	/** CLOCK_MONOTONIC nanoseconds of the guest's first step here; undefined before, or where the driver cannot tell. */
	readonly firstStepNs: bigint | undefined;
	/** Milliseconds that the driver took to let it run; 0 where that was not timed. */
	readonly resumeMs: number;
	/** The daemon stops: what is not whole is declined, what is ready is left to the next daemon. Resolves when nothing of it is held any more. */
	stop(reason: OperationError): Promise<void>;
	status(): MigrationStatus;
}

/** How many arrivals that are over `status` still shows. */
const REMEMBERED = 100;

/** The incoming migrations of this daemon. */
export class Arrivals {
	readonly #all = new Map<string, Arrival>();
	/** Of each that still holds something: its end. */
	readonly #holding = new Map<Arrival, Promise<unknown>>();
	/** By domain: the last that makes an arrival of it. */
	readonly #turns = new Map<string, Promise<unknown>>();
	/** By id: what makes it, or waits for its turn to. */
	readonly #making = new Map<string, Promise<unknown>>();

	/** `over`: resolves when nothing of it is under way any more; from then on its answers alone are kept. */
	add(arrival: Arrival, over?: Promise<TargetState>): void {
		this.#all.set(arrival.id, arrival);
		if (over !== undefined) {
			this.#holding.set(arrival, over);
			over.then(
				() => this.#end(arrival),
				() => this.#holding.delete(arrival), // Its journal did not take the end: it stays as it is.
			);
		}

		for (const [id, each] of this.#all) {
			if (this.#all.size <= REMEMBERED) return;
			if (isOver(each)) this.#all.delete(id);
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
		return matches.find(arrival => !isOver(arrival)) ?? matches[0];
	}

	/** The one of this domain that is not over, if any. */
	underWay(domain: string): Arrival | undefined {
		return [...this.#all.values()].find(arrival => arrival.domain === domain && !isOver(arrival));
	}

	/**
	 * Does what makes an arrival of this domain when nobody else does: a source that was told to abort, and begins anew, comes while the guest of
	 * its attempt before is still being made.
	 */
	async inTurn<Result>({id, domain}: Pick<Arrival, 'id' | 'domain'>, make: () => Promise<Result>): Promise<Result> {
		const before = this.#turns.get(domain);
		const turn = (async () => {
			await before?.catch(() => undefined);
			return make();
		})();
		this.#turns.set(domain, turn);
		this.#making.set(id, turn);
		try {
			return await turn;
		} finally {
			this.#making.delete(id);
			if (this.#turns.get(domain) === turn) this.#turns.delete(domain);
		}
	}

	/** The arrival of this id, once it is made where it is being made. */
	async made(id: string): Promise<Arrival | undefined> {
		await this.#making.get(id)?.catch(() => undefined);
		return this.get(id);
	}

	/** Resolves when of those of this domain that are over nothing is held any more: neither its lock nor its memory. */
	async settled(domain: string): Promise<void> {
		const ending = [...this.#holding].filter(([arrival]) => arrival.domain === domain && isOver(arrival));
		await Promise.allSettled(ending.map(async ([, over]) => over));
	}

	/** Stops all of them. */
	async stop(reason: (arrival: Arrival) => OperationError): Promise<void> {
		await Promise.all([...this.#all.values()].map(async arrival => arrival.stop(reason(arrival))));
	}

	statuses(): MigrationStatus[] {
		return [...this.#all.values()].map(arrival => arrival.status());
	}

	#end(arrival: Arrival): void {
		this.#holding.delete(arrival);
		if (isOver(arrival) && this.#all.get(arrival.id) === arrival) this.#all.set(arrival.id, new EndedArrival(arrival));
	}
}

function isOver({state}: Arrival): boolean {
	return state === 'running' || state === 'declined';
}
