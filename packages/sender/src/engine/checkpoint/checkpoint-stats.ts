import type {CommittedCheckpoint} from '@sterna/transport';
import {Ring} from './ring.ts';
import type {CheckpointPauseParts} from './take-checkpoint.ts';

/** Checkpoints that medians are taken over: 12 s at 40 a second. */
const KEPT_CHECKPOINTS = 500;

/** Of those that are shown one by one. */
const SHOWN_CHECKPOINTS = 16;

/**
 * What it costs a guest to write to a page that was armed, in milliseconds: the fault in which the kernel notes the first write of an epoch. Measured on the reference machine as time of the
 * guest in the kernel: 0.9 to 1.05 µs. What is reckoned with it is shown as reckoned (ADR 0016), and the bench measures what a guest loses.
 */
export const TRACKING_FAULT_MS = 0.001;

/** One checkpoint, when the guest goes on behind it. */
export type CheckpointFigures = {
	readonly epoch: number;
	readonly pages: number;
	readonly overflowPages: number;
	/** Pages that the guest faulted on since the checkpoint before. */
	readonly faults: number;
	readonly standstillMs: number;
	/** From the cut before to this one. Undefined for the first. */
	readonly periodMs: number | undefined;
	readonly parts: CheckpointPauseParts;
};

/** A committed checkpoint. */
export type CheckpointRecord = {
	readonly epoch: number;
	readonly pages: number;
	/** Of its part of the stream; 0 until the link has said so. */
	bytes: number;
	readonly digest: bigint;
	/** Milliseconds since the Unix epoch. */
	readonly committedAtMs: number;
};

/** Times in milliseconds; medians of the last 500 checkpoints; undefined until there is one. */
export type CheckpointSummary = {
	readonly pauseMs: number | undefined;
	readonly pauseMedianMs: number | undefined;
	readonly pauseP99Ms: number | undefined;
	/** Medians of each part. */
	readonly pauseParts: CheckpointPauseParts | undefined;
	readonly ackLagMs: number | undefined;
	readonly addedLatencyMs: number | undefined;
	readonly pagesPerCheckpoint: number | undefined;
	readonly checkpointsPerSecond: number | undefined;
	readonly bytesPerSecond: number | undefined;
	readonly diskBytesPerSecond: number | undefined;
	/** Share of the guest's time in which it stood still, or was held up by the tracking of its writes, by what a fault is known to take. */
	readonly slowdownPercent: number | undefined;
	/** So far. */
	readonly overflowPages: number;
	/** Newest first. */
	readonly lastCheckpoints: readonly CheckpointRecord[];
};

const PARTS = ['pause', 'scan', 'copy', 'overflow', 'deviceState', 'resume'] as const satisfies ReadonlyArray<keyof CheckpointPauseParts>;

/** Gathers the figures of a protected guest's checkpoints, in memory that does not grow. No clock, no I/O. */
export class CheckpointStats {
	readonly #standstills = new Ring(KEPT_CHECKPOINTS);
	/** Of the same checkpoints as `#periods`: what the guest lost in each. */
	readonly #costs = new Ring(KEPT_CHECKPOINTS);
	readonly #periods = new Ring(KEPT_CHECKPOINTS);
	readonly #pages = new Ring(KEPT_CHECKPOINTS);
	readonly #ackLags = new Ring(KEPT_CHECKPOINTS);
	readonly #latencies = new Ring(KEPT_CHECKPOINTS);
	readonly #bytes = new Ring(KEPT_CHECKPOINTS);
	readonly #diskBytes = new Ring(KEPT_CHECKPOINTS);
	readonly #parts = PARTS.map(() => new Ring(KEPT_CHECKPOINTS));
	/** Sizes of what is on its way, by epoch: as many as may be in flight. */
	readonly #pending = new Map<number, {readonly pages: number; readonly isFirst: boolean; bytes: number}>();
	readonly #records: CheckpointRecord[] = [];
	#overflowPages = 0;

	/** The guest goes on behind a checkpoint. */
	taken({epoch, pages, overflowPages, faults, standstillMs, periodMs, parts}: CheckpointFigures): void {
		this.#overflowPages += overflowPages;
		this.#pending.set(epoch, {pages, isFirst: periodMs === undefined, bytes: 0});
		// The first has all that the precopy left: what it took says nothing of the others.
		if (periodMs === undefined) return;
		this.#standstills.push(standstillMs);
		this.#costs.push(costOf({standstillMs, faults}));
		this.#periods.push(periodMs);
		this.#pages.push(pages);
		for (const [index, part] of PARTS.entries()) this.#parts[index]?.push(parts[part]);
	}

	/** The kernel has a checkpoint: how much of the stream it is, and how much of that what was written to disks. */
	sent(epoch: number, bytes: number, diskBytes: number): void {
		const pending = this.#pending.get(epoch);
		// The link's word may come behind the receiver's.
		const record = pending ?? this.#records.find(committed => committed.epoch === epoch);
		if (record !== undefined) record.bytes = bytes;
		if (pending?.isFirst === true) return;
		this.#bytes.push(bytes);
		this.#diskBytes.push(diskBytes);
	}

	/** `committedAtMs`: since the Unix epoch. */
	committed({epoch, digest}: CommittedCheckpoint, ackLagMs: number, committedAtMs: number): void {
		this.#ackLags.push(ackLagMs);
		const {pages = 0, bytes = 0} = this.#pending.get(epoch) ?? {};
		this.#pending.delete(epoch);
		this.#records.unshift({epoch, pages, bytes, digest, committedAtMs});
		if (this.#records.length > SHOWN_CHECKPOINTS) this.#records.pop();
	}

	/** Output of an epoch went out, so long after the epoch's beginning. */
	released(addedLatencyMs: number): void {
		this.#latencies.push(addedLatencyMs);
	}

	summary(): CheckpointSummary {
		const seconds = this.#periods.sum / 1000;
		const perSecond = (ring: Ring): number | undefined =>
			seconds > 0 && ring.count > 0 ? (ring.sum / ring.count) * (this.#periods.count / seconds) : undefined;
		return {
			pauseMs: this.#standstills.last,
			pauseMedianMs: this.#standstills.quantile(0.5),
			pauseP99Ms: this.#standstills.quantile(0.99),
			pauseParts: this.#medianParts(),
			ackLagMs: this.#ackLags.quantile(0.5),
			addedLatencyMs: this.#latencies.quantile(0.5),
			pagesPerCheckpoint: this.#pages.quantile(0.5),
			checkpointsPerSecond: seconds > 0 ? this.#periods.count / seconds : undefined,
			bytesPerSecond: perSecond(this.#bytes),
			diskBytesPerSecond: perSecond(this.#diskBytes),
			slowdownPercent: seconds > 0 ? this.#costs.sum / (seconds * 10) : undefined,
			overflowPages: this.#overflowPages,
			lastCheckpoints: [...this.#records],
		};
	}

	#medianParts(): CheckpointPauseParts | undefined {
		if (this.#standstills.count === 0) return undefined;
		const [pause = 0, scan = 0, copy = 0, overflow = 0, deviceState = 0, resume = 0] = this.#parts.map(ring => ring.quantile(0.5));
		return {pause, scan, copy, overflow, deviceState, resume};
	}
}

/** Milliseconds that a checkpoint takes from the guest: it stands still, and then notes its writes anew. */
export function costOf({standstillMs, faults}: Pick<CheckpointFigures, 'standstillMs' | 'faults'>): number {
	return standstillMs + faults * TRACKING_FAULT_MS;
}
