import type {Side} from '@sterna/protocol';
import {bootTimeNs} from '@sterna/system';
import {hostError} from '../../host-error.ts';
import {describe, isSame} from '../lease-rules.ts';
import type {Lease, LeaseClaim} from '../lease-store.ts';
import {leaseUntilBootNs} from '../lease-term.ts';
import type {EtcdCluster} from './cluster.ts';
import {type DomainKeys, holdersOf, leaseValue, ownerValue} from './domain-keys.ts';
import {foundBy, hasValue, put, range, remove, type TxnReply} from './messages.ts';

export type EtcdLeaseOptions = {
	readonly cluster: EtcdCluster;
	readonly claim: LeaseClaim;
	readonly keys: DomainKeys;
	readonly session: string;
	readonly untilBootNs: bigint;
	/** How long `[Symbol.asyncDispose]` tries at most. */
	readonly releaseTimeoutMs: number;
	readonly side: Side;
};

/** etcd counts in whole seconds: never less than what the holder counts. */
export function ttlSeconds({ttlMs}: LeaseClaim): number {
	return Math.ceil(ttlMs / 1000);
}

/**
 * A lease in etcd. A renewal is not etcd's keep-alive, which a leader answers by itself, one that is not the leader any more included, but a new lease of etcd's and a transaction that
 * attaches the key to it: both are carried out by the majority, and each member counts from when it did. docs/adr/0015-leases-and-guards.md.
 */
export class EtcdLease implements Lease {
	readonly claim: LeaseClaim;
	readonly #options: EtcdLeaseOptions;
	readonly #ownerValue: string;
	readonly #leaseValue: string;
	#untilBootNs: bigint;
	/** Why it is held no more. */
	#end: string | undefined;

	constructor(options: EtcdLeaseOptions) {
		this.claim = options.claim;
		this.#options = options;
		this.#untilBootNs = options.untilBootNs;
		this.#ownerValue = ownerValue(options.claim);
		this.#leaseValue = leaseValue(options.claim, options.session);
	}

	/** 0 once it is lost or let go of. */
	get untilBootNs(): bigint {
		return this.#untilBootNs;
	}

	async renew(signal: AbortSignal): Promise<void> {
		const {cluster, keys} = this.#options;
		if (this.#end !== undefined) throw this.#lost(this.#end);
		await cluster.run('renew the lease', signal, async endpoint => {
			const sentBootNs = bootTimeNs();
			const lease = await endpoint.grant(ttlSeconds(this.claim), signal);
			const reply = await endpoint.txn(
				{
					compare: [hasValue(keys.lease, this.#leaseValue), hasValue(keys.owner, this.#ownerValue)],
					success: [put(keys.lease, this.#leaseValue, lease)],
					failure: [range(keys.owner), range(keys.lease)],
				},
				signal,
			);
			if (!reply.succeeded) throw this.#end === undefined ? this.#lose(this.#explain(reply)) : this.#lost(this.#end);
			const until = leaseUntilBootNs(sentBootNs, this.claim.ttlMs);
			if (this.#end === undefined && until > this.#untilBootNs) this.#untilBootNs = until;
		});
	}

	async keepForGood(incarnation: number, signal: AbortSignal): Promise<void> {
		const {cluster, keys, side} = this.#options;
		if (!Number.isSafeInteger(incarnation) || incarnation <= this.claim.incarnation)
			throw new RangeError(`incarnation ${incarnation} does not follow ${this.claim.incarnation}`);
		if (this.#end !== undefined) throw this.#lost(this.#end);
		const kept = {host: this.claim.host, incarnation};
		await cluster.run('keep the domain', signal, async endpoint => {
			// That the lease has run out does not matter: nobody has taken the domain since.
			const reply = await endpoint.txn(
				{
					compare: [hasValue(keys.owner, this.#ownerValue)],
					success: [put(keys.owner, ownerValue(kept)), remove(keys.lease)],
					failure: [range(keys.owner), range(keys.lease)],
				},
				signal,
			);
			if (reply.succeeded) return;
			const {owner} = holdersOf(keys, {owner: foundBy(reply, 0), lease: foundBy(reply, 1)}, side);
			// An earlier try, whose answer did not come.
			if (owner !== undefined && isSame(owner, kept)) return;
			throw this.#lose(this.#explain(reply));
		});
		this.#end = 'the domain is this host’s for good, without a lease';
	}

	async [Symbol.asyncDispose](): Promise<void> {
		const {cluster, keys, releaseTimeoutMs} = this.#options;
		const wasHeld = this.#end === undefined;
		this.#untilBootNs = 0n;
		this.#end ??= 'it was let go of';
		if (!wasHeld) return;
		const signal = AbortSignal.timeout(Math.ceil(releaseTimeoutMs));
		try {
			await cluster.run('release the lease', signal, async endpoint =>
				endpoint.txn({compare: [hasValue(keys.lease, this.#leaseValue)], success: [remove(keys.lease)], failure: []}, signal),
			);
		} catch {
			// It runs out by itself.
		}
	}

	/** Says what took the place of what was expected. */
	#explain(reply: TxnReply): string {
		const {keys, side} = this.#options;
		const {owner, lease} = holdersOf(keys, {owner: foundBy(reply, 0), lease: foundBy(reply, 1)}, side);
		if (owner !== undefined && !isSame(owner, this.claim)) return `${describe(owner)} owns it now`;
		if (lease !== undefined && isSame(lease, this.claim)) return 'another process of this host has taken it up';
		return lease === undefined ? 'it ran out' : `${describe(lease)} holds it`;
	}

	#lose(why: string): Error {
		this.#untilBootNs = 0n;
		this.#end = why;
		return this.#lost(why);
	}

	#lost(why: string): Error {
		const {uuid} = this.claim;
		return hostError('ERR_LEASE_LOST', `the lease of ${uuid} is lost: ${why}`, {side: this.#options.side});
	}
}
