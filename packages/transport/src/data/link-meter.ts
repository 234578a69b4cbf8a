/** What a rate is measured over: long enough that a socket's buffer does not count for the link. */
const PERIOD_MS = 50;
/** Above this share of time spent waiting the link is what limits the stream. */
const LIMITED_SHARE = 0.3;
/** Below it the link has room that nobody knows the size of. */
const FREE_SHARE = 0.1;
/** How much more is believed of such a link each period, so that one that became faster is found out. */
const HOPE = 1.02;

/** How fast a link takes bytes, from when it made its sender wait and when it did not. Pure: times are passed in, in milliseconds. */
export class LinkMeter {
	#bytes = 0;
	#busyMs = 0;
	#waitedMs = 0;
	#bytesPerSecond: number | undefined;

	/** Undefined until something was measured. */
	get bytesPerSecond(): number | undefined {
		return this.#bytesPerSecond;
	}

	/** The sender worked for the link for so long, and the link took so many bytes. */
	worked(durationMs: number, bytes: number): void {
		this.#busyMs += durationMs;
		this.#bytes += bytes;
		if (this.#busyMs + this.#waitedMs >= PERIOD_MS) this.#endPeriod();
	}

	/** The sender had bytes and waited for the link. */
	waited(durationMs: number): void {
		this.#waitedMs += durationMs;
	}

	#endPeriod(): void {
		const totalMs = this.#busyMs + this.#waitedMs;
		const rate = (this.#bytes * 1000) / totalMs;
		const share = this.#waitedMs / totalMs;
		const before = this.#bytesPerSecond;
		if (before === undefined || share > LIMITED_SHARE) this.#bytesPerSecond = rate;
		else this.#bytesPerSecond = Math.max(rate, before * (share < FREE_SHARE ? HOPE : 1));
		this.#bytes = 0;
		this.#busyMs = 0;
		this.#waitedMs = 0;
	}
}
