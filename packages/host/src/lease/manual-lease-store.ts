import type {Side} from '@sterna/protocol';
import {hostError} from '../host-error.ts';
import type {Lease, LeaseState, LeaseStore} from './lease-store.ts';

/** The default: nothing decides but a person, who says `failover`. No guest has a lease to lose, and no standby takes over by itself. */
export class ManualLeaseStore implements LeaseStore {
	readonly kind = 'manual';
	readonly #side: Side;

	constructor({side}: {readonly side: Side}) {
		this.#side = side;
	}

	/** Rejects ERR_NOT_SUPPORTED. */
	async acquire(): Promise<Lease> {
		throw hostError('ERR_NOT_SUPPORTED', 'there is no lease store: a person decides which host runs a guest', {
			side: this.#side,
			next: 'migrate-ctl failover --help',
		});
	}

	async look(): Promise<LeaseState> {
		return {owner: undefined, isHeld: false};
	}

	async [Symbol.asyncDispose](): Promise<void> {}
}
