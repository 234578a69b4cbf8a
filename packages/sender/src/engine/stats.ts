import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {IterationLog, type IterationSummary} from './iteration-log.ts';

/** What a policy may know when it is asked. Read-only; rates are of the recent past. */
export type PrecopyStats = {
	/** Passes finished so far: 0 during the full pass. */
	readonly iteration: number;
	/** Pages written to the stream since its start. */
	readonly totalWritten: number;
	/** Pages found by the last scan (at first: every page); undefined from the end of a pass until the next scan. */
	readonly dirtyCount: number | undefined;
	/** Pages of this pass still to be written. */
	readonly remainingPages: number;
	readonly elapsedMs: number;
	/** Undefined until a page's worth was acknowledged. */
	readonly bandwidthBytesPerSecond: number | undefined;
	/** How fast the guest dirties pages, from the last scan; undefined before there was one. */
	readonly dirtyBytesPerSecond: number | undefined;
	/** How long the guest would stand still if it were paused now, by these rates; undefined until they are known. */
	readonly expectedDowntimeMs: number | undefined;
	/** Passes that are over, oldest first, at most the last 64. */
	readonly iterations: readonly IterationSummary[];
};

/** Pause, device state and handover of an idle guest: what a downtime costs before its first page. Measured on loopback, with margin. */
export const FIXED_DOWNTIME_MS = 3;

/** How much of the past the bandwidth is taken over. */
const BANDWIDTH_WINDOW_MS = 1000;

/** Gathers a migration's figures. The clock is passed in; nothing here waits or reads the time. */
export class StatsRecorder {
	readonly #startedMs: number;
	#iteration = 0;
	#totalWritten = 0;
	#dirtyCount: number | undefined;
	#remainingPages = 0;
	#lastScanMs: number | undefined;
	#dirtyBytesPerSecond: number | undefined;
	#takenBytes = 0;
	readonly #iterations: IterationLog;
	/** Acknowledged bytes over time, oldest first: what the bandwidth is computed from. Bounded by the window and the step. */
	readonly #acknowledged: Array<{readonly atMs: number; readonly bytes: number}>;

	constructor(nowMs: number, allPages: number) {
		this.#startedMs = nowMs;
		this.#dirtyCount = allPages;
		this.#remainingPages = allPages;
		this.#acknowledged = [{atMs: nowMs, bytes: 0}];
		this.#iterations = new IterationLog(nowMs, allPages);
	}

	/** A batch of `pages` was given to the link. */
	batchWritten(pages: number): void {
		this.#totalWritten += pages;
		this.#remainingPages -= pages;
	}

	/** The receiver has taken `bytes` of the stream in all. */
	acknowledged(nowMs: number, bytes: number): void {
		this.#takenBytes = bytes;
		const last = this.#acknowledged.at(-1);
		if (last && nowMs - last.atMs < BANDWIDTH_WINDOW_MS / 50) return;
		this.#acknowledged.push({atMs: nowMs, bytes});
		while (this.#acknowledged.length > 2 && nowMs - (this.#acknowledged[1]?.atMs ?? nowMs) > BANDWIDTH_WINDOW_MS)
			this.#acknowledged.shift();
	}

	/** A pass is over: until the next scan the dirty count is not known. */
	passEnded(nowMs: number): void {
		this.#iteration += 1;
		this.#iterations.ended(nowMs, {iteration: this.#iteration, takenBytes: this.#takenBytes, writtenPages: this.#totalWritten});
		this.#dirtyCount = undefined;
		this.#remainingPages = 0;
	}

	/** A link was lost: so many pages are due in this pass now. One that seemed to be over is not. */
	takenBack(remainingPages: number): void {
		if (this.#remainingPages === 0 && remainingPages > 0 && this.#iteration > 0) this.#iteration -= 1;
		this.#remainingPages = remainingPages;
		// What is due was found by nobody's scan, and is no less for that.
		if (remainingPages > (this.#dirtyCount ?? 0)) this.#dirtyCount = remainingPages;
	}

	/** A scan found `dirtyPages`; `remainingPages` are to be sent in the pass that begins. Returns the milliseconds since the scan before, or the start. */
	scanned(nowMs: number, dirtyPages: number, remainingPages: number): number {
		const sinceMs = nowMs - (this.#lastScanMs ?? this.#startedMs);
		if (sinceMs > 0) this.#dirtyBytesPerSecond = (dirtyPages * PAGE_SIZE_BYTES * 1000) / sinceMs;
		this.#lastScanMs = nowMs;
		this.#dirtyCount = dirtyPages;
		this.#remainingPages = remainingPages;
		this.#iterations.began(nowMs, {duePages: remainingPages, dirtyPages, takenBytes: this.#takenBytes, writtenPages: this.#totalWritten});
		return sinceMs;
	}

	snapshot(nowMs: number): PrecopyStats {
		const bandwidth = this.#bandwidth();
		const pages = this.#remainingPages + this.#expectedNewlyDirty(nowMs);
		return {
			iteration: this.#iteration,
			totalWritten: this.#totalWritten,
			dirtyCount: this.#dirtyCount,
			remainingPages: this.#remainingPages,
			elapsedMs: nowMs - this.#startedMs,
			bandwidthBytesPerSecond: bandwidth,
			dirtyBytesPerSecond: this.#dirtyBytesPerSecond,
			expectedDowntimeMs:
				bandwidth === undefined || this.#dirtyBytesPerSecond === undefined
					? undefined
					: FIXED_DOWNTIME_MS + (pages * PAGE_SIZE_BYTES * 1000) / bandwidth,
			iterations: this.#iterations.iterations,
		};
	}

	#bandwidth(): number | undefined {
		// The head of the stream tells how long a word takes, and nothing of what the link carries.
		if (this.#takenBytes < PAGE_SIZE_BYTES) return undefined;
		const first = this.#acknowledged[0];
		const last = this.#acknowledged.at(-1);
		if (!first || !last || last.atMs <= first.atMs || last.bytes <= first.bytes) return undefined;
		return ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
	}

	/** Pages that the guest has dirtied since the last scan, by its rate. */
	#expectedNewlyDirty(nowMs: number): number {
		if (this.#lastScanMs === undefined) return 0;
		return ((this.#dirtyBytesPerSecond ?? 0) * (nowMs - this.#lastScanMs)) / 1000 / PAGE_SIZE_BYTES;
	}
}
