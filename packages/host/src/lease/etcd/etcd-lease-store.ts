import {randomUUID} from 'node:crypto';
import type {Side} from '@sterna/protocol';
import {bootTimeNs} from '@sterna/system';
import {hostError} from '../../host-error.ts';
import {refusalOf} from '../lease-rules.ts';
import type {Lease, LeaseClaim, LeaseState, LeaseStore} from '../lease-store.ts';
import {leaseUntilBootNs} from '../lease-term.ts';
import {EtcdCluster, type EtcdClusterOptions} from './cluster.ts';
import {type DomainKeys, holdersOf, keysOf, leaseValue, ownerValue} from './domain-keys.ts';
import type {EtcdEndpoint} from './endpoint.ts';
import {EtcdLease, ttlSeconds} from './etcd-lease.ts';
import {type Found, foundBy, isUnchanged, put, range} from './messages.ts';

export type EtcdLeaseStoreOptions = EtcdClusterOptions & {
	/** Of every key: `sterna/`. */
	readonly prefix: string;
};

/** Each means that another claimant was faster, and so that there soon is one who holds the lease. */
const MAX_ROUNDS = 16;

type Seen = {readonly owner: Found | undefined; readonly lease: Found | undefined};

/** Leases in etcd (3.4 or later), by its JSON gateway. Whoever opens it disposes of it, after the leases. */
export class EtcdLeaseStore implements LeaseStore {
	readonly kind = 'etcd';
	readonly #cluster: EtcdCluster;
	readonly #prefix: string;
	readonly #side: Side;
	readonly #releaseTimeoutMs: number;

	/** Connects only when asked for something. Throws what reading the files of the options throws. */
	constructor({prefix, ...options}: EtcdLeaseStoreOptions) {
		this.#cluster = new EtcdCluster(options);
		this.#prefix = prefix;
		this.#side = options.side;
		this.#releaseTimeoutMs = options.callTimeoutMs * options.endpoints.length;
	}

	async acquire(claim: LeaseClaim, signal: AbortSignal): Promise<Lease> {
		const keys = keysOf(this.#prefix, claim.uuid);
		const session = randomUUID();
		return this.#cluster.run('give the lease', signal, async endpoint => {
			for (let round = 0; round < MAX_ROUNDS; round++) {
				const seen = await read(endpoint, keys, signal);
				const refusal = refusalOf(holdersOf(keys, seen, this.#side), claim);
				if (refusal !== undefined)
					throw hostError('ERR_LEASE_HELD', `${claim.host} does not get the lease of ${claim.uuid}: ${refusal}`, {side: this.#side});
				const sentBootNs = bootTimeNs();
				const lease = await endpoint.grant(ttlSeconds(claim), signal);
				const {succeeded} = await endpoint.txn(
					{
						compare: [isUnchanged(keys.owner, seen.owner), isUnchanged(keys.lease, seen.lease)],
						success: [put(keys.owner, ownerValue(claim)), put(keys.lease, leaseValue(claim, session), lease)],
						failure: [],
					},
					signal,
				);
				if (succeeded) {
					return new EtcdLease({
						cluster: this.#cluster,
						claim,
						keys,
						session,
						untilBootNs: leaseUntilBootNs(sentBootNs, claim.ttlMs),
						releaseTimeoutMs: this.#releaseTimeoutMs,
						side: this.#side,
					});
				}
			}

			throw hostError('ERR_LEASE_STORE', `the lease of ${claim.uuid} changed ${MAX_ROUNDS} times while it was asked for`, {
				side: this.#side,
			});
		});
	}

	async look(uuid: string, signal: AbortSignal): Promise<LeaseState> {
		const keys = keysOf(this.#prefix, uuid);
		const seen = await this.#cluster.run('say who has the lease', signal, async endpoint => read(endpoint, keys, signal));
		const {owner, lease} = holdersOf(keys, seen, this.#side);
		return {owner, isHeld: lease !== undefined};
	}

	/** Reads certificates and password again. Throws what that throws, and the old ones stay. */
	reload(): void {
		this.#cluster.reload();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#cluster[Symbol.dispose]();
	}
}

/** Both keys as they were at one moment. */
async function read(endpoint: EtcdEndpoint, keys: DomainKeys, signal: AbortSignal): Promise<Seen> {
	const reply = await endpoint.txn({compare: [], success: [range(keys.owner), range(keys.lease)], failure: []}, signal);
	return {owner: foundBy(reply, 0), lease: foundBy(reply, 1)};
}
