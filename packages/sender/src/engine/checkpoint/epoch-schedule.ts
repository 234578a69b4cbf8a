/** A checkpoint that was taken. Milliseconds of the caller's clock. */
export type TakenTimes = {
	readonly startedMs: number;
	readonly resumedMs: number;
	readonly standstillMs: number;
	readonly intervalMs: number;
};

/** A guest that stood still for longer than this, in milliseconds, does so seldom: its standby is not kept waiting for as long. */
const LONGEST_REST_MS = 100;

/**
 * When the next epoch ends. Counted from when the last one was due, so that what timers are late does not add up; from when it ended where that was late by more than an
 * epoch. A guest runs at least as long as it stood still, where that was no exception. No clock.
 */
export class EpochSchedule {
	#dueMs: number;

	constructor(dueMs: number) {
		this.#dueMs = dueMs;
	}

	get dueMs(): number {
		return this.#dueMs;
	}

	taken({startedMs, resumedMs, standstillMs, intervalMs}: TakenTimes): void {
		// Early ones, for what a disk has logged, begin an epoch as any others.
		const isOnTime = startedMs >= this.#dueMs - 1 && startedMs - this.#dueMs < intervalMs;
		this.#dueMs = Math.max((isOnTime ? this.#dueMs : startedMs) + intervalMs, resumedMs + Math.min(standstillMs, LONGEST_REST_MS));
	}
}
