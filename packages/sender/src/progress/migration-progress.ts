import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import type {MigrationStatus} from '@sterna/protocol/control';
import type {PolicyDecision, Requirement} from '../engine/policy/decision.ts';
import type {Limits} from '../engine/policy/limits-policy.ts';
import type {PrecopyObserver} from '../engine/precopy-observer.ts';
import {FIXED_DOWNTIME_MS, type PrecopyStats} from '../engine/stats.ts';
import {type Convergence, convergenceOf} from './convergence.ts';
import type {Scan} from './dirty-curve.ts';
import {type RateRange, RateWindow} from './rate-window.ts';
import {lastPassLeft, outlookOf, type TimeLeft} from './time-left.ts';
import {whyNotYet} from './why-not-yet.ts';

/** What there is to know of a migration at one moment. Milliseconds are since its start. */
export type Moment = {
	readonly atMs: number;
	readonly phase: MigrationStatus['phase'];
	readonly stats: PrecopyStats | undefined;
	/** Of the guest. */
	readonly totalPages: number;
	/** In force; undefined: a save has none. */
	readonly limits: Limits | undefined;
	readonly isPaused: boolean;
	/** Most bytes a second on the wire, and what a page has cost there; undefined: no limit, or nothing is known. */
	readonly limitBytesPerSecond: number | undefined;
	readonly wireBytesPerPage: number | undefined;
	/** Of the guest's own disks; undefined where it has none. */
	readonly disks: {readonly bytesLeft: number; readonly bytesSent: number} | undefined;
};

export type ProgressView = Required<
	Pick<MigrationStatus, 'progress' | 'etaLowMs' | 'etaHighMs' | 'convergence' | 'convergenceBecause' | 'waitsFor' | 'neededPages'>
>;

/** Scans that the curve of dirty pages is fitted to. */
const KEPT_SCANS = 8;

/** Sentences that are kept, one for each of the passes that are remembered. */
const KEPT_SENTENCES = 64;

/** Only the end is the end. */
const MOST_BEFORE_THE_END = 0.99;

/**
 * How far one migration is, when it will end and what it waits for: computed once, here, so that every client, event and metric shows the same. Progress is
 * expected time, elapsed / (elapsed + expected to be left), and never less than was told before: so until a scan has told what the guest writes, the longest that may be
 * left counts as expected. Hears the precopy; is asked by whoever shows it.
 */
export class MigrationProgress implements PrecopyObserver {
	readonly #pages = new RateWindow();
	readonly #diskBytes = new RateWindow();
	readonly #nowMs: () => number;
	readonly #sentences = new Map<number, string>();
	#scans: readonly (Scan & {readonly atMs: number})[] = [];
	#phase: MigrationStatus['phase'] = 'queued';
	#phaseSinceMs = 0;
	#requires: Requirement | undefined;
	#convergence: Convergence | undefined;
	#shown = 0;

	/** `nowMs`: milliseconds since the migration's start. */
	constructor(nowMs: () => number) {
		this.#nowMs = nowMs;
	}

	asked(stats: PrecopyStats, decision: PolicyDecision): void {
		if (decision.action === 'continue' && decision.isHeld === true) {
			this.interrupted();
			return;
		}

		this.#pages.sample(this.#nowMs(), stats.totalWritten);
		// Between a pass and its scan nothing is known: what was waited for still is.
		if (decision.action !== 'continue' || decision.requires === undefined || stats.dirtyCount === undefined) return;
		this.#requires = decision.requires;
		if (this.#sentences.has(stats.iteration)) return;
		this.#sentences.set(stats.iteration, whyNotYet(decision.requires, stats));
		if (this.#sentences.size > KEPT_SENTENCES + 1) this.#sentences.delete(stats.iteration - KEPT_SENTENCES);
	}

	scanned({dirtyPages, sinceMs}: Scan): void {
		this.#scans = [...this.#scans, {dirtyPages, sinceMs, atMs: this.#nowMs()}].slice(-KEPT_SCANS);
	}

	/** Pages or disks go over another link than before, or go on after they were held: the time between is no measure of them. */
	interrupted(): void {
		this.#pages.restart();
		this.#diskBytes.restart();
	}

	entered(phase: MigrationStatus['phase']): void {
		if (this.#phase === phase) return;
		this.#phase = phase;
		this.#phaseSinceMs = this.#nowMs();
	}

	/** What was waited for behind that pass; undefined where nothing was, or it is long ago. */
	behind(iteration: number): string | undefined {
		return this.#sentences.get(iteration);
	}

	look(moment: Moment): ProgressView {
		const {atMs, phase, stats, isPaused} = moment;
		if (isPaused) this.interrupted();
		else if (stats !== undefined) this.#pages.sample(atMs, stats.totalWritten);
		if (moment.disks !== undefined) this.#diskBytes.sample(atMs, moment.disks.bytesSent);
		const left = isPaused ? undefined : this.#timeLeft(moment);
		if (phase === 'completed') this.#shown = 1;
		else if (left !== undefined) {
			const now = atMs / (atMs + (this.#expectedMs(phase, left) ?? Infinity));
			if (now > this.#shown) this.#shown = Math.min(MOST_BEFORE_THE_END, now);
		}

		const isWaiting = phase === 'precopy' || phase === 'reconnecting';
		return {
			progress: this.#shown,
			etaLowMs: left?.highMs === undefined ? undefined : left.lowMs,
			etaHighMs: left?.highMs,
			convergence: isWaiting ? this.#convergence?.state : undefined,
			convergenceBecause: isWaiting ? this.#convergence?.because : undefined,
			waitsFor: isWaiting ? this.#waitsFor(moment) : undefined,
			neededPages: isWaiting ? this.#requires?.neededPages : undefined,
		};
	}

	/** What counts for the progress, which cannot be taken back: a guest may turn out to write much, or little. */
	#expectedMs(phase: Moment['phase'], {expectedMs, highMs}: TimeLeft): number | undefined {
		return phase === 'precopy' && this.#scans.length === 0 ? highMs : expectedMs;
	}

	#waitsFor({isPaused, stats, phase}: Moment): string | undefined {
		if (phase === 'reconnecting') return 'waits for a new connection';
		if (isPaused) return 'waits for the operator, who paused the transfer';
		return this.#requires === undefined || stats === undefined ? undefined : whyNotYet(this.#requires, stats);
	}

	#timeLeft(moment: Moment): TimeLeft | undefined {
		const {atMs, phase, stats} = moment;
		switch (phase) {
			case 'precopy':
				return stats === undefined ? undefined : this.#precopyLeft(moment, stats);
			case 'stop-and-copy':
				return stats === undefined ? undefined : lastPassLeft(stats.remainingPages, this.#rate(moment), atMs - this.#phaseSinceMs);
			case 'handover':
				return lastPassLeft(0, undefined, atMs - this.#phaseSinceMs);
			default:
				return undefined;
		}
	}

	#precopyLeft(moment: Moment, stats: PrecopyStats): TimeLeft | undefined {
		const {atMs, totalPages, limits, disks} = moment;
		const rate = this.#rate(moment);
		if (rate === undefined || limits === undefined) return undefined;
		const diskLeft = disks === undefined || disks.bytesLeft === 0 ? undefined : timeOf(disks.bytesLeft, this.#diskBytes.range);
		const neededPages = needed(limits, this.#requires, rate.expected);
		const {left, expected} = outlookOf({
			remainingPages: stats.remainingPages,
			sinceScanMs: atMs - (this.#scans.at(-1)?.atMs ?? atMs - stats.elapsedMs),
			iteration: stats.iteration,
			neededPages,
			maxIterations: limits.maxIterations,
			deadlineLeftMs: limits.deadlineMs === undefined ? undefined : Math.max(0, limits.deadlineMs - stats.elapsedMs),
			totalPages,
			rate,
			scans: this.#scans,
		});
		const {iterations} = stats;
		// A link that was slow for a while is no reason to despair: as fast as it was lately, it may be again.
		const pagesPerMs = Math.max(rate.expected, Math.min(this.#pages.recent ?? 0, rate.high));
		this.#convergence = convergenceOf({scans: this.#scans, iterations, pagesPerMs, neededPages, expected, limits}) ?? this.#convergence;
		return diskLeft === undefined ? left : sum(left, diskLeft);
	}

	/** Pages a millisecond; while only disks were sent, as fast as those. A limit that was set holds at once, whatever was seen before. */
	#rate({limitBytesPerSecond, wireBytesPerPage}: Moment): RateRange | undefined {
		const seen = this.#pages.range ?? scaled(this.#diskBytes.range, 1 / PAGE_SIZE_BYTES);
		if (seen === undefined || limitBytesPerSecond === undefined) return seen;
		const most = limitBytesPerSecond / 1000 / (wireBytesPerPage ?? PAGE_SIZE_BYTES);
		return {low: Math.min(seen.low, most), expected: Math.min(seen.expected, most), high: Math.min(seen.high, most * 1.05)};
	}
}

/** What the limits ask for at this rate, in pages; what a policy says that it waits for counts where that is more. */
function needed({dirtyThresholdPages, maxDowntimeMs}: Limits, requires: Requirement | undefined, pagesPerMs: number): number {
	const inDowntime = maxDowntimeMs === undefined ? 0 : Math.max(0, maxDowntimeMs - FIXED_DOWNTIME_MS) * pagesPerMs;
	return Math.max(dirtyThresholdPages - 1, inDowntime, requires?.waitsFor === 'threshold' ? 0 : (requires?.neededPages ?? 0));
}

function timeOf(bytes: number, rate: RateRange | undefined): TimeLeft | undefined {
	return rate === undefined ? undefined : {lowMs: bytes / rate.high, expectedMs: bytes / rate.expected, highMs: bytes / rate.low};
}

function scaled(rate: RateRange | undefined, factor: number): RateRange | undefined {
	return rate === undefined ? undefined : {low: rate.low * factor, expected: rate.expected * factor, high: rate.high * factor};
}

function sum(one: TimeLeft, other: TimeLeft): TimeLeft {
	const both = (a: number | undefined, b: number | undefined): number | undefined =>
		a === undefined || b === undefined ? undefined : a + b;
	return {
		lowMs: one.lowMs + other.lowMs,
		expectedMs: both(one.expectedMs, other.expectedMs),
		highMs: both(one.highMs, other.highMs),
	};
}
