import type {Lease, LeaseClaim, Logger} from '@sterna/host';
import type {ReceiverServices} from '../services.ts';
import {keepDomain} from './keep-domain.ts';
import {LeaseWatch} from './lease-watch.ts';
import type {StandbyJournal} from './standby-journal.ts';

export type StandbyLeaseOptions = {
	readonly services: Pick<ReceiverServices, 'leases' | 'config' | 'stopping'>;
	readonly journal: StandbyJournal;
	readonly log: Logger;
	/** Milliseconds since the source was last heard of; undefined where it has no link. */
	readonly sourceSilentMs: () => number | undefined;
	/** The lease is ours: the standby is to take over. Never rejects. */
	readonly onLease: (lease: Lease) => Promise<void>;
};

/** A standby's part with the lease store, where one decides; nothing where a person does. */
export class StandbyLease {
	readonly #options: StandbyLeaseOptions;
	#watch: LeaseWatch | undefined;

	constructor(options: StandbyLeaseOptions) {
		this.#options = options;
	}

	/** Why it waits, in words; empty where it does not. */
	get state(): string {
		return this.#watch?.state ?? '';
	}

	/** From now on the lease is asked for whenever the source is lost or silent. Idempotent. */
	watch(): void {
		const {services, journal, log, sourceSilentMs, onLease} = this.#options;
		if (!this.#decides || this.#watch !== undefined) return;
		this.#watch = new LeaseWatch({
			store: services.leases,
			claim: () => this.#claim(),
			isSourceThere: () => (sourceSilentMs() ?? Infinity) < journal.protection.leaseTtlMs,
			onLease,
			log,
		});
		this.#watch.start();
	}

	/** The source has let go of the lease. */
	hurry(): void {
		this.#watch?.hurry();
	}

	/** Resolves when it is not asked for any more. Idempotent. */
	async stop(): Promise<void> {
		const watch = this.#watch;
		this.#watch = undefined;
		await watch?.stop();
	}

	/** The guest runs here: it becomes this host's for good, in its own time. `lease`: that it took over by. */
	keep(lease?: Lease): void {
		const {services, log} = this.#options;
		if (this.#decides) void keepDomain({store: services.leases, log, signal: services.stopping}, this.#claim(), lease);
	}

	get #decides(): boolean {
		const {services, journal} = this.#options;
		return journal.protection.leaseStore === 'etcd' && services.leases.kind === 'etcd';
	}

	#claim(): LeaseClaim {
		const {services, journal} = this.#options;
		const {definition, protection, nextIncarnation: incarnation} = journal;
		return {uuid: definition.uuid, host: services.config.hostName, incarnation, ttlMs: protection.leaseTtlMs};
	}
}
