import {changesOf, stateOf, takeSlot, type SharedLimit} from './bandwidth-limit.ts';
import {bytesToTake} from './pacing.ts';

/** A waiting link looks again after so many milliseconds at the latest: the limit may have been changed. */
const MAX_WAIT_MS = 50;

/**
 * How much one link may write now under all the limits that hold for it: takes a slot of each at the same time, and lets the bytes go
 * when the last of them begins. At most one slot is held: a link that writes nothing keeps the others from nothing.
 */
export class Pacer {
	readonly #limits: readonly SharedLimit[];
	readonly #nowNs: () => bigint;
	/** Bytes of the slot in hand that were not written; Infinity = no limit holds. */
	#left = 0;
	#opensNs = 0n;
	/** Changes of the limits that the slot in hand knows of. */
	#changes = -1n;
	#ignoredUntilNs = 0n;

	/** `nowNs`: the clock of the limits. */
	constructor(limits: readonly SharedLimit[], nowNs: () => bigint) {
		this.#limits = limits;
		this.#nowNs = nowNs;
	}

	/** From now on for so many milliseconds no limit holds; what is written meanwhile is not counted. */
	ignoreFor(milliseconds: number): void {
		this.#ignoredUntilNs = this.#nowNs() + BigInt(Math.round(milliseconds * 1e6));
	}

	/** Bytes that may be written now; 0 = not before `waitMs`. */
	get allowedBytes(): number {
		if (this.#limits.length === 0) return Infinity;
		this.#hold();
		if (this.#left === Infinity) return Infinity;
		const nowNs = this.#nowNs();
		if (nowNs < this.#ignoredUntilNs) return Infinity;
		return nowNs < this.#opensNs ? 0 : this.#left;
	}

	/** For how long to wait before asking again, in milliseconds. */
	get waitMs(): number {
		const ms = Number(this.#opensNs - this.#nowNs()) / 1e6;
		return Math.max(0, Math.min(ms, MAX_WAIT_MS));
	}

	/** So many bytes of what was allowed have been written. */
	wrote(bytes: number): void {
		if (this.#limits.length === 0 || this.#left === Infinity || this.#nowNs() < this.#ignoredUntilNs) return;
		this.#left = Math.max(0, this.#left - bytes);
	}

	/** Sees to it that there is a slot in hand, and that it is of the limits as they are now. */
	#hold(): void {
		let changes = 0n;
		for (const limit of this.#limits) changes += changesOf(limit);
		if (changes === this.#changes && this.#left > 0) return;
		this.#changes = changes;
		this.#opensNs = 0n;
		this.#left = Infinity;
		const states = this.#limits.map(limit => stateOf(limit)).filter(state => state !== undefined);
		if (states.length === 0) return;
		const nowNs = this.#nowNs();
		this.#left = bytesToTake(states, nowNs);
		for (const limit of this.#limits) {
			const slot = takeSlot(limit, this.#left, nowNs);
			if (slot !== undefined && slot.startNs > this.#opensNs) this.#opensNs = slot.startNs;
		}
	}
}
