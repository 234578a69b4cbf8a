/** By so much a clock that only counts may have left the wall's before it follows it, in milliseconds. */
const MAX_DRIFT_MS = 20;

export type EpochClockOptions = {
	/** Milliseconds of a monotonic clock with fractions, of the same origin as the wall's or nearly so. */
	readonly monotonicMs?: () => number;
	/** Milliseconds since the Unix epoch, as the system's clock has them. */
	readonly wallMs?: () => number;
};

/**
 * Milliseconds since the Unix epoch, with fractions, that never go backwards between two calls of `follow`: what recordings are written by, and
 * what another host is told when it asks how this one's clock stands.
 */
export class EpochClock {
	readonly #monotonicMs: () => number;
	readonly #wallMs: () => number;
	#shiftMs = 0;

	constructor({monotonicMs = () => performance.timeOrigin + performance.now(), wallMs = Date.now}: EpochClockOptions = {}) {
		this.#monotonicMs = monotonicMs;
		this.#wallMs = wallMs;
		this.follow();
	}

	readonly nowMs = (): number => this.#monotonicMs() + this.#shiftMs;

	/** Goes to where the system's clock is now, where it was set, or the two ran apart. */
	follow(): void {
		const driftMs = this.#wallMs() - this.nowMs();
		if (Math.abs(driftMs) > MAX_DRIFT_MS) this.#shiftMs += driftMs;
	}
}
