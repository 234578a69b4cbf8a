import {DomainError} from '../../domain-error.ts';

/** Epochs that can be cut and not released. */
export const MAX_EPOCHS = 16;
/** Bytes, with what each item costs beside its own, that a guest may have held before it has to wait. */
const LIMIT_BYTES = 64 * 2 ** 20;
/** What an item costs beside its bytes, generously. */
const ITEM_OVERHEAD_BYTES = 256;

/** Takes bytes out of the guest; they are the callee's to keep. Throws where it cannot. */
export type Outlet = (bytes: Uint8Array<ArrayBuffer>) => void;

export type EpochGateOptions = {
	/** CLOCK_BOOTTIME in nanoseconds. */
	readonly bootTimeNs: () => bigint;
	readonly limitBytes?: number;
};

/** What is in the gate. */
export type GateFacts = {
	readonly holding: boolean;
	readonly heldBytes: number;
	readonly heldItems: number;
	/** Epochs that are cut and not released. */
	readonly epochs: number;
};

type Item = {readonly bytes: Uint8Array<ArrayBuffer>; readonly outlet: Outlet};
type Epoch = {readonly epoch: number; readonly items: Item[]};

/**
 * The output gate of a guest, in its own process: a queue of all that it said, cut into epochs. Does nothing by itself: what goes out goes out in the call that lets it.
 * `OutputGate` says what each command means.
 */
export class EpochGate {
	readonly #bootTimeNs: () => bigint;
	readonly #limitBytes: number;
	#holding = false;
	/** Cut and not released, in order. */
	#cut: Epoch[] = [];
	/** What was said since the last cut. */
	#underWay: Item[] = [];
	#lastEpoch: number | undefined;
	#heldBytes = 0;
	#heldItems = 0;

	constructor({bootTimeNs, limitBytes = LIMIT_BYTES}: EpochGateOptions) {
		this.#bootTimeNs = bootTimeNs;
		this.#limitBytes = limitBytes;
	}

	get facts(): GateFacts {
		return {holding: this.#holding, heldBytes: this.#heldBytes, heldItems: this.#heldItems, epochs: this.#cut.length};
	}

	/** So much is held that the guest has to wait before it says more. Nothing that it says all the same is lost. */
	get isFull(): boolean {
		return this.#heldBytes + this.#heldItems * ITEM_OVERHEAD_BYTES >= this.#limitBytes;
	}

	/** Out with it, or into the queue. Throws what the outlet throws. */
	say(bytes: Uint8Array<ArrayBuffer>, outlet: Outlet): void {
		if (!this.#holding) {
			outlet(bytes);
			return;
		}

		this.#underWay.push({bytes, outlet});
		this.#heldBytes += bytes.byteLength;
		this.#heldItems += 1;
	}

	hold(): void {
		this.#holding = true;
	}

	/**
	 * `first`: the first cut of a daemon, whose epochs begin anew: what another has cut, and nobody released, is part of this one. Throws ERR_DOMAIN_STATE where nothing
	 * is held, the epoch does not rise, or too many are not released.
	 */
	cut(epoch: number, {first}: {readonly first: boolean}): void {
		if (!this.#holding) throw new DomainError('ERR_DOMAIN_STATE', `epoch ${epoch} cannot be cut: the output of the guest is not held`);
		if (first) {
			this.#underWay = [...this.#cut.flatMap(({items}) => items), ...this.#underWay];
			this.#cut = [];
			this.#lastEpoch = undefined;
		}

		if (this.#lastEpoch !== undefined && epoch <= this.#lastEpoch)
			throw new DomainError('ERR_DOMAIN_STATE', `epoch ${epoch} cannot be cut: epoch ${this.#lastEpoch} is`);
		if (this.#cut.length >= MAX_EPOCHS)
			throw new DomainError('ERR_DOMAIN_STATE', `epoch ${epoch} cannot be cut: ${MAX_EPOCHS} are, and none of them released`);
		this.#cut.push({epoch, items: this.#underWay});
		this.#underWay = [];
		this.#lastEpoch = epoch;
	}

	/** Throws ERR_DOMAIN_STATE for an epoch that was not cut, ERR_LEASE_LOST at the deadline, and what an outlet throws: what is not out by then stays. */
	release(epoch: number, untilBootNs: bigint | undefined): void {
		if (this.#lastEpoch === undefined || epoch > this.#lastEpoch)
			throw new DomainError('ERR_DOMAIN_STATE', `epoch ${epoch} cannot be released: it was not cut`);
		for (let [next] = this.#cut; next !== undefined && next.epoch <= epoch; [next] = this.#cut) {
			this.#letOut(next.items, untilBootNs);
			this.#cut.shift();
		}
	}

	/** Throws what an outlet throws: what is not out by then stays held. */
	open(): void {
		for (const {items} of [...this.#cut, {items: this.#underWay}]) this.#letOut(items, undefined);
		this.#cut = [];
		this.#lastEpoch = undefined;
		this.#holding = false;
	}

	/** Empties the list from its front, as far as it comes. */
	#letOut(items: Item[], untilBootNs: bigint | undefined): void {
		let out = 0;
		try {
			for (const {bytes, outlet} of items) {
				// Right before each: between the first and the last the process may have been stopped.
				this.#assertBefore(untilBootNs);
				outlet(bytes);
				out += 1;
				this.#heldBytes -= bytes.byteLength;
				this.#heldItems -= 1;
			}
		} finally {
			items.splice(0, out);
		}
	}

	#assertBefore(untilBootNs: bigint | undefined): void {
		if (untilBootNs === undefined || this.#bootTimeNs() < untilBootNs) return;
		throw new DomainError('ERR_LEASE_LOST', 'the time is over up to which the output of the guest may be released: it stays held');
	}
}
