/** The rate and the delay of one direction of a link. */
export type LinkSettings = {
	readonly bytesPerSecond: number;
	/** One way. */
	readonly delayMs: number;
};

/**
 * When bytes leave a link that they enter: one after another at its rate, whatever connection they belong to, and each after the
 * delay. Pure: the clock is its caller's.
 */
export class DelayLine {
	readonly #settings: LinkSettings;
	#freeAtMs = -Infinity;

	constructor(settings: LinkSettings) {
		this.#settings = settings;
	}

	/** Takes `bytes` that enter at `nowMs`; the time at which the last of them is out. */
	enter(bytes: number, nowMs: number): number {
		this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + (bytes / this.#settings.bytesPerSecond) * 1000;
		return this.#freeAtMs + this.#settings.delayMs;
	}

	/** How long the link is busy with what entered before; 0 when it is free. */
	backlogMs(nowMs: number): number {
		return Math.max(0, this.#freeAtMs - nowMs);
	}
}
