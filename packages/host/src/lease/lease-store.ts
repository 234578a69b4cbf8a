/** Who asks for a domain's lease. */
export type LeaseClaim = {
	/** Of the domain. */
	readonly uuid: string;
	/** Name of the host that asks. */
	readonly host: string;
	/** That the guest would run with there. */
	readonly incarnation: number;
	/** How long the lease lasts after the sending of a renewal, in milliseconds. */
	readonly ttlMs: number;
};

/** What the store knows of a domain. */
export type LeaseState = {
	/** The last host that was given the lease, or owns the domain for good, and with which incarnation; undefined: none ever. */
	readonly owner: {readonly host: string; readonly incarnation: number} | undefined;
	/** Whether the owner's lease has not run out. */
	readonly isHeld: boolean;
};

/** A lease that is held. */
export interface Lease extends AsyncDisposable {
	readonly claim: LeaseClaim;
	/** CLOCK_BOOTTIME in nanoseconds at which the guest must stand still: counted from the sending of the last renewal that succeeded, less a margin for drift. */
	readonly untilBootNs: bigint;
	/** Rejects ERR_LEASE_STORE where the store does not answer, and another renewal may succeed; ERR_LEASE_LOST where the lease is gone for good. */
	renew(signal: AbortSignal): Promise<void>;
	/** Makes the domain this host's for good, under an incarnation above the claim's: no standby of it can take over any more, and no lease is needed. Rejects as `renew`. */
	keepForGood(incarnation: number, signal: AbortSignal): Promise<void>;
	/** Lets go of the lease without giving up the ownership: a standby may take over at once. Never rejects. */
	[Symbol.asyncDispose](): Promise<void>;
}

/**
 * Decides which host may run a domain whose two hosts do not see each other. An owner is only followed by one with a higher incarnation, and only while no lease
 * is held. docs/adr/0014-standby.md.
 */
export interface LeaseStore extends AsyncDisposable {
	/** `manual`: there is none, and a person decides. */
	readonly kind: 'manual' | 'etcd';
	/**
	 * Takes the lease. Rejects ERR_LEASE_HELD where another has it, or the domain is owned by a claim of the same or a higher incarnation that is not this one; ERR_LEASE_STORE where the
	 * store does not answer, ERR_NOT_SUPPORTED of a `manual` one.
	 */
	acquire(claim: LeaseClaim, signal: AbortSignal): Promise<Lease>;
	/** Rejects ERR_LEASE_STORE. */
	look(uuid: string, signal: AbortSignal): Promise<LeaseState>;
}
