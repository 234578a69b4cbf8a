import {hostError, type Lease, type LeaseClaim, type LeaseState, type LeaseStore} from '@sterna/host';

type Holder = {readonly host: string; readonly incarnation: number};

/** A lease store of one domain in memory, whose leases last until the test ends them. */
export class TestLeaseStore implements LeaseStore {
	readonly kind = 'etcd';
	holder: Holder | undefined;
	/** Whose the domain is for good. */
	keptBy: Holder | undefined;
	/** How often the lease was asked for in vain. */
	refused = 0;

	async acquire(claim: LeaseClaim): Promise<Lease> {
		if (this.holder !== undefined && this.holder.host !== claim.host) {
			this.refused += 1;
			throw hostError('ERR_LEASE_HELD', `${this.holder.host} (incarnation ${this.holder.incarnation}) holds its lease`, {side: 'receiver'});
		}

		this.holder = claim;
		return {
			claim,
			untilBootNs: 2n ** 62n,
			renew: async () => undefined,
			keepForGood: async (incarnation: number) => {
				this.keptBy = {host: claim.host, incarnation};
				this.holder = undefined;
			},
			[Symbol.asyncDispose]: async () => {
				this.holder = undefined;
			},
		};
	}

	async look(): Promise<LeaseState> {
		return {owner: this.keptBy ?? this.holder, isHeld: this.holder !== undefined};
	}

	async [Symbol.asyncDispose](): Promise<void> {}
}
