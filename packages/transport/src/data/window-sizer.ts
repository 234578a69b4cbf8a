/** Two credit steps of the receiver: with less, it would be waited for although it keeps up. */
const MIN_WINDOW_BYTES = 4 * 1024 * 1024;
/** How much of bandwidth × delay: as much again as is needed, for a link that has become faster and a receiver that was late. */
const HEADROOM = 2;
/** No delay counts as shorter, in milliseconds: a receiver may hold its credit back for so long, and a loaded host its threads. */
const MIN_DELAY_MS = 5;
/** The highest bandwidth of one or two such intervals counts, in milliseconds. */
const BANDWIDTH_INTERVAL_MS = 5000;
/** How often the delay is measured anew, in milliseconds. */
const DELAY_INTERVAL_MS = 10_000;
/** Positions that are remembered: fine enough for windows of some hundred credit steps. */
const MAX_MARKS = 64;

/** A position of the stream, and what was known when it was handed to the kernel. */
type Mark = {
	readonly offset: number;
	readonly atMs: number;
	readonly creditedBytes: number;
	/** Nothing, or next to nothing, was queued in front of it. */
	readonly unqueued: boolean;
};

/**
 * How many bytes may be written and not yet credited: about twice what the connection carries in the time from a write to its
 * credit. Enough for its whole bandwidth, and not the queue of seconds that would stand in front of a switch on a slow link.
 *
 * The delay of a full window is that of its own queue. So the window is held to its lower bound until one delay was measured behind next
 * to nothing: at the beginning, and again every 10 s for about two delays. Pure: the clock is passed in. Never more than 64 positions are kept.
 */
export class WindowSizer {
	readonly #maxBytes: number;
	readonly #minBytes: number;
	#marks: Mark[] = [];
	#delayMs: number | undefined;
	/** The delay is being measured; until when it counts otherwise. */
	#measuring = true;
	#measureAtMs = 0;
	#bandwidth = 0;
	#earlierBandwidth = 0;
	#intervalEndMs = 0;
	#windowBytes: number;

	/** `maxBytes`: the window that the receiver granted. */
	constructor(maxBytes: number) {
		this.#maxBytes = maxBytes;
		this.#minBytes = Math.min(maxBytes, MIN_WINDOW_BYTES);
		this.#windowBytes = this.#minBytes;
	}

	get windowBytes(): number {
		return this.#windowBytes;
	}

	/** The kernel has all bytes before `writtenBytes`, the receiver all before `creditedBytes`. */
	wrote(nowMs: number, writtenBytes: number, creditedBytes: number): void {
		const last = this.#marks.at(-1);
		const stepBytes = this.#windowBytes / MAX_MARKS;
		if (last !== undefined && (writtenBytes - last.offset < stepBytes || this.#marks.length >= MAX_MARKS)) return;
		const unqueued = this.#measuring && writtenBytes - creditedBytes <= this.#minBytes;
		this.#marks.push({offset: writtenBytes, atMs: nowMs, creditedBytes, unqueued});
	}

	/** The receiver has taken all bytes before `creditedBytes`. */
	credited(nowMs: number, creditedBytes: number): void {
		const reached = this.#takeMark(creditedBytes);
		if (reached !== undefined) {
			// Two marks and their credit within one reading of the clock say nothing of the rate.
			const elapsedMs = Math.max(nowMs - reached.atMs, 0.01);
			this.#measureDelay(nowMs, elapsedMs, reached.unqueued);
			this.#measureBandwidth(nowMs, ((creditedBytes - reached.creditedBytes) * 1000) / elapsedMs);
		}

		if (!this.#measuring && nowMs >= this.#measureAtMs) this.#measuring = true;
		this.#windowBytes = this.#measuring ? this.#minBytes : this.#size();
	}

	/** The last position that was credited; it and those before it are forgotten. */
	#takeMark(creditedBytes: number): Mark | undefined {
		const left = this.#marks.findIndex(({offset}) => offset > creditedBytes);
		const count = left < 0 ? this.#marks.length : left;
		const reached = this.#marks[count - 1];
		this.#marks = this.#marks.slice(count);
		return reached;
	}

	#measureDelay(nowMs: number, elapsedMs: number, unqueued: boolean): void {
		if (this.#measuring && unqueued) {
			this.#delayMs = elapsedMs;
			this.#measuring = false;
			this.#measureAtMs = nowMs + DELAY_INTERVAL_MS;
		} else this.#delayMs = Math.min(elapsedMs, this.#delayMs ?? elapsedMs);
	}

	#measureBandwidth(nowMs: number, bytesPerSecond: number): void {
		if (nowMs >= this.#intervalEndMs) {
			this.#earlierBandwidth = nowMs >= this.#intervalEndMs + BANDWIDTH_INTERVAL_MS ? 0 : this.#bandwidth;
			this.#bandwidth = 0;
			this.#intervalEndMs = nowMs + BANDWIDTH_INTERVAL_MS;
		}

		this.#bandwidth = Math.max(this.#bandwidth, bytesPerSecond);
	}

	#size(): number {
		const bandwidth = Math.max(this.#bandwidth, this.#earlierBandwidth);
		const delayMs = Math.max(this.#delayMs ?? 0, MIN_DELAY_MS);
		const wanted = Math.ceil((HEADROOM * bandwidth * delayMs) / 1000);
		return Math.min(this.#maxBytes, Math.max(this.#minBytes, wanted));
	}
}
