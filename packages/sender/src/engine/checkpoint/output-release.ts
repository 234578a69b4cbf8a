import type {OutputGate} from '@sterna/domain';
import {hostError} from '@sterna/host';
import type {CommittedEpoch} from './epoch-ledger.ts';

export type OutputReleaseDependencies = {
	readonly gate: Pick<OutputGate, 'release'>;
	/** The lease's deadline, CLOCK_BOOTTIME in nanoseconds; undefined: there is no lease. */
	readonly untilBootNs: () => bigint | undefined;
	/** The output of an epoch is out. */
	readonly onReleased: (committed: CommittedEpoch) => void;
	/** The guest could not let it out; not for want of the lease, with which the next release takes it along. */
	readonly onFailed: (error: unknown) => void;
};

/** Lets a guest's output out, epoch by epoch in their order, as their checkpoints are committed. */
export class OutputRelease {
	readonly #dependencies: OutputReleaseDependencies;
	/** The latest that was asked for. */
	#latest: Promise<void> = Promise.resolve();

	constructor(dependencies: OutputReleaseDependencies) {
		this.#dependencies = dependencies;
	}

	/** To be called in the order of the epochs. Does not wait: the guest obeys in the order of the calls. */
	release(committed: CommittedEpoch): void {
		const {gate, untilBootNs} = this.#dependencies;
		this.#latest = gate.release(committed.epoch, untilBootNs());
		void this.#follow(committed, this.#latest);
	}

	/** Resolves when the output of the last epoch that was released is out. Rejects ERR_LEASE_LOST where it is held for want of the lease, or as the guest does. */
	async settled(): Promise<void> {
		try {
			await this.#latest;
		} catch (error) {
			if (!isLeaseLost(error)) throw error;
			throw hostError('ERR_LEASE_LOST', 'the last output of the guest is held back: the lease has run out', {side: 'sender', cause: error});
		}
	}

	async #follow(committed: CommittedEpoch, released: Promise<void>): Promise<void> {
		const {onReleased, onFailed} = this.#dependencies;
		try {
			await released;
			onReleased(committed);
		} catch (error) {
			if (!isLeaseLost(error)) onFailed(error);
		}
	}
}

function isLeaseLost(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ERR_LEASE_LOST';
}
