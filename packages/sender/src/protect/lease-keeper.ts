import {setTimeout as sleep} from 'node:timers/promises';
import {hostError, type Lease, type LeaseClaim, type LeaseStore, type Logger} from '@sterna/host';
import {OperationError} from '@sterna/protocol';

/** Renewals in the time that one lasts: two may fail before the guest must stand still. */
const RENEWALS_A_TERM = 3;
/** How often a lease that is not held is asked for. */
const RETRY_MS = 500;
/** For the last word to a lease store: nothing waits for it but an end. */
const RELEASE_PATIENCE_MS = 2000;

export type LeaseKeeperDependencies = {
	readonly store: LeaseStore;
	/** With each term that is granted: the time, in nanoseconds of CLOCK_BOOTTIME, at which the guest must stand still. Before it runs on that term. */
	readonly onTerm: (untilBootNs: bigint) => void;
	readonly bootTimeNs: () => bigint;
	readonly log: Logger;
};

/** What became of a lease that was not held: `kept` is the domain that this host has for good already. */
export type Regained = 'lease-regained' | 'taken-over' | 'kept';

/** The lease of one protected guest: gets it, keeps it, and knows how long it lasts. */
export class LeaseKeeper {
	readonly #dependencies: LeaseKeeperDependencies;
	#claim: LeaseClaim;
	#lease: Lease | undefined;

	constructor(dependencies: LeaseKeeperDependencies, claim: LeaseClaim) {
		this.#dependencies = dependencies;
		this.#claim = claim;
	}

	/** Nanoseconds of CLOCK_BOOTTIME: nothing is let out from then on. 0 where the lease is not held. */
	get untilBootNs(): bigint {
		return this.#lease?.untilBootNs ?? 0n;
	}

	/** Milliseconds that are left; 0 or less: none. */
	get leftMs(): number {
		return Number(this.untilBootNs - this.#dependencies.bootTimeNs()) / 1e6;
	}

	/** Gets the lease. Rejects ERR_LEASE_HELD, ERR_LEASE_STORE. */
	async acquire(signal: AbortSignal): Promise<void> {
		this.#lease = await this.#dependencies.store.acquire(this.#claim, signal);
		this.#dependencies.onTerm(this.#lease.untilBootNs);
	}

	/** Renews it until the signal fires, and returns then. Rejects ERR_LEASE_LOST when it has run out, or is gone. */
	async keep(signal: AbortSignal): Promise<void> {
		const {onTerm, log} = this.#dependencies;
		const intervalMs = this.#claim.ttlMs / RENEWALS_A_TERM;
		while (!signal.aborted) {
			const lease = this.#need();
			await sleep(Math.min(intervalMs, Math.max(0, this.leftMs)), undefined, {signal}).catch(() => undefined);
			if (signal.aborted) return;
			try {
				await lease.renew(AbortSignal.any([signal, AbortSignal.timeout(wholeMs(Math.min(intervalMs, this.leftMs)))]));
				onTerm(lease.untilBootNs);
			} catch (error) {
				if (isCode(error, 'ERR_LEASE_LOST')) throw error;
				log.warn({error, leftMs: this.leftMs}, 'the lease could not be renewed');
				if (this.leftMs <= 0) throw lost(this.#claim, error);
				await sleep(Math.min(RETRY_MS, intervalMs), undefined, {signal}).catch(() => undefined);
			}
		}
	}

	/**
	 * Makes the domain this host's for good, with the next incarnation, which the guest runs with from then on. Tries as long as the lease lasts; rejects
	 * ERR_LEASE_LOST behind that, and the signal's reason.
	 */
	async keepForGood(signal: AbortSignal): Promise<void> {
		const {log} = this.#dependencies;
		const incarnation = this.#claim.incarnation + 1;
		for (;;) {
			signal.throwIfAborted();
			if (this.leftMs <= 0) throw lost(this.#claim, undefined);
			try {
				await this.#need().keepForGood(incarnation, AbortSignal.any([signal, AbortSignal.timeout(wholeMs(this.leftMs))]));
				this.#claim = {...this.#claim, incarnation};
				return;
			} catch (error) {
				if (isCode(error, 'ERR_LEASE_LOST')) throw error;
				signal.throwIfAborted();
				log.warn({error, leftMs: this.leftMs}, 'the lease store does not take it yet that no standby may take over');
				await sleep(RETRY_MS, undefined, {signal});
			}
		}
	}

	/** Tries to get a lease that is not held until it is known who has the domain. Rejects with the signal's reason alone. */
	async regain(signal: AbortSignal): Promise<Regained> {
		const {log} = this.#dependencies;
		for (;;) {
			try {
				await this.acquire(signal);
				return 'lease-regained';
			} catch (error) {
				signal.throwIfAborted();
				const owner = isCode(error, 'ERR_LEASE_HELD') ? await this.#owner(signal) : undefined;
				// A lease of this host's own that has not run out yet, of a daemon before: a matter of time.
				if (owner !== undefined && owner.host !== this.#claim.host) return 'taken-over';
				if (owner !== undefined && owner.incarnation === this.#claim.incarnation + 1) {
					this.#claim = {...this.#claim, incarnation: owner.incarnation};
					return 'kept';
				}

				log.debug({error}, 'the lease cannot be had yet');
			}

			await sleep(RETRY_MS, undefined, {signal});
		}
	}

	/** Whether the lease store says that another host has the domain, or had it last. Never rejects. */
	async isFollowed(signal: AbortSignal): Promise<boolean> {
		const owner = await this.#owner(AbortSignal.any([signal, AbortSignal.timeout(RELEASE_PATIENCE_MS)]));
		return owner !== undefined && owner.host !== this.#claim.host;
	}

	/** As `release`; also what a daemon of this host before had, and nobody renews. What the store does not take of it runs out by itself. Never rejects. */
	async giveUp(): Promise<void> {
		try {
			this.#lease ??= await this.#dependencies.store.acquire(this.#claim, AbortSignal.timeout(RELEASE_PATIENCE_MS));
		} catch (error) {
			this.#dependencies.log.debug({error}, 'there is no lease to be given up, or the lease store does not take it');
		}

		await this.release();
	}

	/** Another may have it at once. Never rejects. */
	async release(): Promise<void> {
		const lease = this.#lease;
		this.#lease = undefined;
		if (lease === undefined) return;
		await Promise.race([lease[Symbol.asyncDispose](), sleep(RELEASE_PATIENCE_MS, undefined, {ref: false})]);
	}

	async #owner(signal: AbortSignal): Promise<{readonly host: string; readonly incarnation: number} | undefined> {
		try {
			return (await this.#dependencies.store.look(this.#claim.uuid, signal)).owner;
		} catch {
			return undefined;
		}
	}

	#need(): Lease {
		if (this.#lease === undefined) throw new TypeError('a lease that was not got is to be kept');
		return this.#lease;
	}
}

function isCode(error: unknown, code: 'ERR_LEASE_LOST' | 'ERR_LEASE_HELD'): boolean {
	return error instanceof OperationError && error.code === code;
}

function lost({uuid, incarnation}: LeaseClaim, cause: unknown): Error {
	return hostError('ERR_LEASE_LOST', `the lease of ${uuid}, incarnation ${incarnation}, ran out before it could be renewed`, {
		side: 'sender',
		cause,
	});
}

/** `AbortSignal.timeout` takes whole milliseconds alone. */
function wholeMs(milliseconds: number): number {
	return Math.max(1, Math.ceil(milliseconds));
}
