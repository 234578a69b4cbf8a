import {PAGE_SIZE_BYTES} from '@sterna/protocol';

/** One pass over memory that is over. */
export type IterationSummary = {
	/** 1 for the full pass. */
	readonly iteration: number;
	/** Pages that were due when it began: what the scan before it found, and what was left; every page, before the first. */
	readonly dirtyPages: number;
	readonly writtenPages: number;
	/** From the scan before it until its last batch was with the link. */
	readonly durationMs: number;
	/** Bytes of the stream that the receiver took meanwhile, a second; undefined where it took none. */
	readonly bandwidthBytesPerSecond: number | undefined;
	/** Memory that the guest wrote a second ahead of it; undefined before the first scan. */
	readonly dirtyBytesPerSecond: number | undefined;
};

/** How many finished passes are remembered. */
const KEPT = 64;

/** Keeps what the last passes were like. Times are milliseconds of a monotonic clock. */
export class IterationLog {
	#startedMs: number;
	#startedBytes = 0;
	#dirtyPages: number;
	#writtenBefore = 0;
	#dirtyBytesPerSecond: number | undefined;
	/** Replaced, never changed: whoever was given it may keep it. */
	#iterations: readonly IterationSummary[] = [];

	constructor(nowMs: number, allPages: number) {
		this.#startedMs = nowMs;
		this.#dirtyPages = allPages;
	}

	/** Oldest first, at most 64. */
	get iterations(): readonly IterationSummary[] {
		return this.#iterations;
	}

	/** The next pass begins with so many pages. `dirtyPages`: of those, what a scan has found. `takenBytes`, `writtenPages`: of the whole stream until now. */
	began(
		nowMs: number,
		at: {readonly duePages: number; readonly dirtyPages: number; readonly takenBytes: number; readonly writtenPages: number},
	): void {
		const sinceMs = nowMs - this.#startedMs;
		this.#dirtyBytesPerSecond = sinceMs > 0 ? (at.dirtyPages * PAGE_SIZE_BYTES * 1000) / sinceMs : undefined;
		this.#startedMs = nowMs;
		this.#startedBytes = at.takenBytes;
		this.#writtenBefore = at.writtenPages;
		this.#dirtyPages = at.duePages;
	}

	/** The pass is over; a pass that was taken up again, as its end was lost with a link, ends twice under one number, and counts as it was the second time. */
	ended(nowMs: number, at: {readonly iteration: number; readonly takenBytes: number; readonly writtenPages: number}): void {
		const durationMs = nowMs - this.#startedMs;
		const bytes = at.takenBytes - this.#startedBytes;
		const summary: IterationSummary = {
			iteration: at.iteration,
			dirtyPages: this.#dirtyPages,
			writtenPages: at.writtenPages - this.#writtenBefore,
			durationMs,
			bandwidthBytesPerSecond: durationMs > 0 && bytes > 0 ? (bytes * 1000) / durationMs : undefined,
			dirtyBytesPerSecond: this.#dirtyBytesPerSecond,
		};
		this.#iterations = [...this.#iterations.filter(({iteration}) => iteration !== at.iteration), summary].slice(-KEPT);
	}
}
