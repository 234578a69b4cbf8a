import type {MigrationStatus} from '@sterna/protocol/control';

/** Wider sparklines say no more. */
const KEPT = 60;

/** Milliseconds of the migration between two that are kept. */
const STEP_MS = 150;

export type Rates = {readonly bandwidth: readonly number[]; readonly dirty: readonly number[]};

/** Bandwidth and dirty rate over the last events, oldest first, in bytes a second: what a sparkline is drawn of. */
export class RateHistory {
	#bandwidth: number[] = [];
	#dirty: number[] = [];
	#lastMs = -Infinity;

	get rates(): Rates {
		return {bandwidth: this.#bandwidth, dirty: this.#dirty};
	}

	add({phase, elapsedMs, bandwidthBytesPerSecond, dirtyBytesPerSecond}: MigrationStatus): void {
		if ((phase !== 'precopy' && phase !== 'reconnecting') || elapsedMs < this.#lastMs + STEP_MS) return;
		this.#lastMs = elapsedMs;
		// What is still told of a link that is lost is what it was.
		this.#bandwidth = [...this.#bandwidth, phase === 'reconnecting' ? 0 : bandwidthBytesPerSecond].slice(-KEPT);
		this.#dirty = [...this.#dirty, dirtyBytesPerSecond].slice(-KEPT);
	}
}
