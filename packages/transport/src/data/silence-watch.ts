/** Looks, spread over the timeout, that must all find nothing. */
const LOOKS = 5;

/**
 * Whether the other end of a link has fallen silent. Not time is counted but looks in vain: who was busy or frozen itself looks late,
 * and what came meanwhile is there to be read then. A look that is more than another step late begins the count anew. Pure: times are
 * passed in, in milliseconds of one monotonic clock.
 */
export class SilenceWatch {
	readonly timeoutMs: number;
	readonly #stepMs: number;
	#lookedMs: number;
	#misses = 0;

	/** `timeoutMs`: of silence, until the other end counts as gone; a look is due five times in it. */
	constructor(timeoutMs: number, nowMs: number) {
		this.timeoutMs = timeoutMs;
		this.#stepMs = timeoutMs / LOOKS;
		this.#lookedMs = nowMs;
	}

	/** When to look next: to read what is there, and then to call `heard`, or `isSilent`. */
	get deadlineMs(): number {
		return this.#lookedMs + this.#stepMs;
	}

	/** Something came, or nothing was wanted. */
	heard(nowMs: number): void {
		this.#lookedMs = nowMs;
		this.#misses = 0;
	}

	/** All that came has been read, and nothing was there: whether that has been so for long enough. A look before its time does not count. */
	isSilent(nowMs: number): boolean {
		if (nowMs < this.deadlineMs) return false;
		this.#misses = nowMs < this.deadlineMs + this.#stepMs ? this.#misses + 1 : 0;
		this.#lookedMs = nowMs;
		return this.#misses >= LOOKS;
	}
}
