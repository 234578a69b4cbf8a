import {hostError} from '@sterna/host';
import type {CommittedCheckpoint} from '@sterna/transport';

/** An epoch that was cut: from its beginning to its checkpoint. Times are milliseconds of the caller's clock. */
export type CutEpoch = {
	readonly epoch: number;
	/** When the epoch began: the cut before it. */
	readonly beganMs: number;
	readonly cutMs: number;
	/** Everything of its checkpoint was given to the link. */
	isWritten: boolean;
};

export type CommittedEpoch = CutEpoch & {
	/** From the cut to the acknowledgement. */
	readonly ackLagMs: number;
};

export type EpochLedgerOptions = {
	/** Most epochs that may be cut and not committed. */
	readonly inFlight: number;
	/** The last epoch that the standby had before this link; 0 = none. */
	readonly committedEpoch: number;
	/** When the first epoch begins. */
	readonly nowMs: number;
};

/** Which epochs were cut, written and committed, in the order of their numbers. No clock, no I/O. */
export class EpochLedger {
	readonly #inFlight: number;
	/** Oldest first; at most `#inFlight`. */
	readonly #pending: CutEpoch[] = [];
	#cutEpoch: number;
	#committedEpoch: number;
	#beganMs: number;

	constructor({inFlight, committedEpoch, nowMs}: EpochLedgerOptions) {
		if (!Number.isInteger(inFlight) || inFlight < 1) throw new RangeError(`${inFlight} checkpoints in flight are not 1 or more`);
		this.#inFlight = inFlight;
		this.#cutEpoch = committedEpoch;
		this.#committedEpoch = committedEpoch;
		this.#beganMs = nowMs;
	}

	/** The last epoch that was cut. */
	get cutEpoch(): number {
		return this.#cutEpoch;
	}

	/** The last epoch that the standby would go on from; 0 = none. Output up to its end may go out. */
	get committedEpoch(): number {
		return this.#committedEpoch;
	}

	/** Epochs that are cut and not committed. */
	get pendingEpochs(): number {
		return this.#pending.length;
	}

	/** Whether another epoch may be cut. */
	get hasRoom(): boolean {
		return this.#pending.length < this.#inFlight;
	}

	/** When the oldest epoch that is not committed was cut; undefined where all are. */
	get oldestPendingCutMs(): number | undefined {
		return this.#pending[0]?.cutMs;
	}

	/** The guest stands still: returns the number of the epoch that ends here. */
	cut(nowMs: number): number {
		if (!this.hasRoom) throw new TypeError(`${this.#pending.length} epochs are pending, and no further one may be cut`);
		this.#cutEpoch += 1;
		this.#pending.push({epoch: this.#cutEpoch, beganMs: this.#beganMs, cutMs: nowMs, isWritten: false});
		this.#beganMs = nowMs;
		return this.#cutEpoch;
	}

	/** The last record of an epoch's checkpoint is with the link: from here on the receiver may have it. */
	written(epoch: number): void {
		const cut = this.#pending.find(pending => pending.epoch === epoch);
		if (cut === undefined) throw new TypeError(`epoch ${epoch} is not pending`);
		cut.isWritten = true;
	}

	/** The receiver says that it has committed a checkpoint. Throws ERR_STREAM where it cannot have, or has said so before. */
	committed({epoch}: Pick<CommittedCheckpoint, 'epoch'>, nowMs: number): CommittedEpoch {
		const [oldest] = this.#pending;
		if (oldest?.epoch !== epoch || !oldest.isWritten) {
			const expected = oldest?.isWritten === true ? `that of epoch ${oldest.epoch} is the next` : 'none is on its way as a whole';
			const message = `the receiver says that the checkpoint of epoch ${epoch} is committed: ${expected}, behind ${this.#committedEpoch}`;
			throw hostError('ERR_STREAM', message, {side: 'sender'});
		}

		this.#pending.shift();
		this.#committedEpoch = epoch;
		return {...oldest, ackLagMs: nowMs - oldest.cutMs};
	}
}
