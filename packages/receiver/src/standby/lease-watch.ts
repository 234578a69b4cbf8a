import {setTimeout as sleep} from 'node:timers/promises';
import type {Lease, LeaseClaim, LeaseStore, Logger} from '@sterna/host';
import {OperationError} from '@sterna/protocol';

/** How often the lease is asked for, as a part of its term; and within which limits, in milliseconds. */
const ATTEMPTS_A_TERM = 20;
const SHORTEST_MS = 50;
const LONGEST_MS = 500;
/** One try; what it leaves undecided the next one finds. */
const TRY_TIMEOUT_MS = 2000;

export type LeaseWatchOptions = {
	readonly store: LeaseStore;
	/** As of now: another link may change it. */
	readonly claim: () => LeaseClaim;
	/** Whether the source is there: nothing is asked for then. */
	readonly isSourceThere: () => boolean;
	/** The lease is ours. Never rejects. */
	readonly onLease: (lease: Lease) => Promise<void>;
	readonly log: Logger;
};

/** Tries to get the lease of a standby whose source is lost or silent, again and again, until it has it or is stopped. */
export class LeaseWatch {
	readonly #options: LeaseWatchOptions;
	readonly #stopped = new AbortController();
	#state = '';
	#running: Promise<void> | undefined;
	#hurried = new AbortController();

	constructor(options: LeaseWatchOptions) {
		this.#options = options;
	}

	/** Why there is no lease yet, in words; empty = the source is there. */
	get state(): string {
		return this.#state;
	}

	start(): void {
		this.#running ??= this.#run();
	}

	/** The source is known not to keep the lease any more: it is asked for at once. */
	hurry(): void {
		this.#hurried.abort();
	}

	/** Resolves when nothing is asked for any more: a try that is under way is waited for, as it may have got the lease. */
	async stop(): Promise<void> {
		this.#stopped.abort();
		await this.#running;
	}

	async #run(): Promise<void> {
		const {claim, isSourceThere, onLease, log} = this.#options;
		const {signal} = this.#stopped;
		const everyMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, claim().ttlMs / ATTEMPTS_A_TERM));
		while (!signal.aborted) {
			if (isSourceThere()) {
				this.#state = '';
			} else {
				const lease = await this.#try();
				if (lease !== undefined) {
					log.warn({claim: lease.claim}, 'the lease is ours: the standby takes over');
					void onLease(lease);
					return;
				}
			}

			await sleep(everyMs, undefined, {signal: AbortSignal.any([signal, this.#hurried.signal])}).catch(() => undefined);
			if (this.#hurried.signal.aborted) this.#hurried = new AbortController();
		}
	}

	async #try(): Promise<Lease | undefined> {
		const {store, claim, log} = this.#options;
		try {
			return await store.acquire(claim(), AbortSignal.timeout(TRY_TIMEOUT_MS));
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			if (why !== this.#state) {
				const code = error instanceof OperationError ? error.code : undefined;
				log.warn({code}, `the standby waits for the lease: ${why}`);
			}

			this.#state = why;
			return undefined;
		}
	}
}
