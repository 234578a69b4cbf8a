import {costOf} from './checkpoint-stats.ts';
import {CostModel} from './cost-model.ts';
import {EpochAlarm} from './epoch-alarm.ts';
import {type EpochObjectives, MAX_INTERVAL_MS, MIN_INTERVAL_MS, type ObjectiveName, type ObjectiveState} from './epoch-objectives.ts';
import {RecentMean} from './recent-mean.ts';

/** Where an adaptive controller begins, in milliseconds: short enough to learn fast, long enough that no guest is hurt. */
const FIRST_INTERVAL_MS = 25;

/** What is aimed at is this share of a limit: the rest is for what varies. */
const AIM = 0.9;

/** Most that an epoch is longer or shorter than the one before. */
const MAX_STEP = 2;

/** An epoch this near to what is aimed at, as a ratio, is as good as there. */
const SETTLED_RATIO = 1.15;

/** A fixed interval that is exceeded by this much on average is not kept. */
const INTERVAL_TOLERANCE = 1.5;

/** One checkpoint. Times in milliseconds. */
export type EpochObservation = {
	readonly nowMs: number;
	/** From the cut before to this one. */
	readonly periodMs: number;
	readonly standstillMs: number;
	readonly pages: number;
	/** Of those, the ones that the guest faulted on. */
	readonly faults: number;
};

/**
 * How long epochs are to be: as they were asked for, or adapted to objectives. What the standby lags, and how long output is held, bounds them from above; what the guest
 * loses bounds them from below. With bounds of one kind the epoch keeps close to them, between two it keeps away from both; where they cross, the upper ones are kept to, as far as they
 * can be, and the alarm says so. No clock, no I/O: it is told what happened, and when.
 */
export class EpochController {
	readonly #objectives: EpochObjectives;
	readonly #cost = new CostModel();
	readonly #period = new RecentMean();
	readonly #standstill = new RecentMean();
	readonly #pages = new RecentMean();
	/** From the cut to the acknowledgement, and until the output was out. */
	readonly #ackLag = new RecentMean();
	readonly #outputLag = new RecentMean();
	readonly #alarm = new EpochAlarm();
	#intervalMs: number;
	#lastTakenMs: number;
	/** How far the standby is behind at this moment. */
	#behindMs = 0;

	/** Throws RangeError for objectives that are none. */
	constructor(objectives: EpochObjectives, nowMs: number) {
		this.#objectives = objectives;
		this.#lastTakenMs = nowMs;
		this.#intervalMs = firstInterval(objectives);
	}

	/** From one cut to the next, in milliseconds: 5 … 10,000, or as fixed. */
	get intervalMs(): number {
		return this.#intervalMs;
	}

	/** The objective that is nearest to its limit. */
	get binding(): ObjectiveName {
		let binding: ObjectiveState | undefined;
		for (const state of this.#states(this.#lastTakenMs))
			if (binding === undefined || state.value / state.limit > binding.value / binding.limit) binding = state;
		return binding?.name ?? 'interval';
	}

	/** Which objectives are not met, and by how much, in a sentence; undefined where all are. */
	get alarm(): string | undefined {
		return this.#alarm.text;
	}

	/** A checkpoint was taken, and the guest goes on. */
	taken({nowMs, periodMs, standstillMs, pages, faults}: EpochObservation): void {
		this.#cost.add(nowMs, {periodMs, costMs: costOf({standstillMs, faults})});
		this.#period.add(nowMs, periodMs);
		this.#standstill.add(nowMs, standstillMs);
		this.#pages.add(nowMs, pages);
		this.#lastTakenMs = nowMs;
		if (this.#objectives.kind === 'adaptive') {
			const step = Math.sqrt(this.#aimMs / this.#intervalMs);
			this.#intervalMs = clamp(this.#intervalMs * Math.min(MAX_STEP, Math.max(1 / MAX_STEP, step)), MIN_INTERVAL_MS, MAX_INTERVAL_MS);
		}

		// What was measured was so for all of the epoch.
		this.#judge(nowMs, nowMs - periodMs);
	}

	/** A checkpoint was acknowledged, so long after its cut. */
	acknowledged(nowMs: number, ackLagMs: number): void {
		this.#ackLag.add(nowMs, ackLagMs);
		this.#behindMs = ackLagMs;
	}

	/** The output of an epoch went out, so long after its cut. */
	released(nowMs: number, outputLagMs: number): void {
		this.#outputLag.add(nowMs, outputLagMs);
	}

	/** Time has passed. To be called some times a second. `behindMs`: since the cut of the last committed epoch. */
	look(nowMs: number, behindMs: number): void {
		this.#behindMs = behindMs;
		this.#judge(nowMs, nowMs);
	}

	/**
	 * The longest epoch that keeps to what is asked of the standby and of the output, by this share of the limits: what follows a cut grows with the epoch, as what was
	 * written in it has to go over the link, and so is scaled with it. A link that has fallen behind is so relieved.
	 */
	#longestMs(share: number): number {
		if (this.#objectives.kind === 'fixed') return this.#objectives.intervalMs;
		const {maxLagMs = Infinity, maxAddedLatencyMs = Infinity} = this.#objectives;
		const period = this.#period.mean ?? this.#intervalMs;
		return period * share * Math.min(maxLagMs / this.#lagOf(this.#ackLag.high), maxAddedLatencyMs / this.#lagOf(this.#outputLag.high));
	}

	/** From the beginning of an epoch to what follows its cut so much later; a checkpoint that is still on its way counts already. */
	#lagOf(behindCutMs: number | undefined): number {
		return Math.max((this.#period.mean ?? this.#intervalMs) + (behindCutMs ?? this.#ackLag.high ?? 0), this.#behindMs);
	}

	/** The shortest one that takes no more from the guest than it may. */
	#shortestMs(share: number): number {
		const percent = this.#objectives.kind === 'fixed' ? undefined : this.#objectives.maxSlowdownPercent;
		return percent === undefined ? 0 : this.#cost.intervalFor((share * percent) / 100);
	}

	/** Whether an epoch is known that meets all objectives, as far as anything is known. */
	get #isFeasible(): boolean {
		return this.#longestMs(1) >= Math.max(MIN_INTERVAL_MS, this.#shortestMs(1)) && this.#shortestMs(1) <= MAX_INTERVAL_MS;
	}

	/** The epoch to come to. */
	get #aimMs(): number {
		const longest = this.#longestMs(AIM);
		const shortest = this.#shortestMs(AIM);
		if (longest === Infinity) return clamp(shortest, MIN_INTERVAL_MS, MAX_INTERVAL_MS);
		return clamp(shortest > 0 && this.#isFeasible ? Math.sqrt(shortest * longest) : longest, MIN_INTERVAL_MS, MAX_INTERVAL_MS);
	}

	/** Each objective as it stands; those of which nothing is known yet are left out. */
	#states(nowMs: number): ObjectiveState[] {
		const period = this.#period.mean;
		const cost = this.#cost.costMs;
		if (this.#objectives.kind === 'fixed') {
			return [{name: 'interval', value: Math.max(period ?? 0, nowMs - this.#lastTakenMs), limit: this.#objectives.intervalMs}];
		}

		const {maxLagMs, maxAddedLatencyMs, maxSlowdownPercent} = this.#objectives;
		const states: ObjectiveState[] = [];
		if (maxLagMs !== undefined) states.push({name: 'max-lag', value: this.#lagOf(this.#ackLag.high), limit: maxLagMs});
		if (maxAddedLatencyMs !== undefined)
			states.push({name: 'max-added-latency', value: this.#lagOf(this.#outputLag.high), limit: maxAddedLatencyMs});
		if (maxSlowdownPercent !== undefined && (states.length === 0 || (cost !== undefined && period !== undefined)))
			states.push({name: 'max-slowdown', value: (100 * (cost ?? 0)) / (period ?? this.#intervalMs), limit: maxSlowdownPercent});
		return states;
	}

	#judge(nowMs: number, sinceMs: number): void {
		const tolerance = this.#objectives.kind === 'fixed' ? INTERVAL_TOLERANCE : 1;
		const states = this.#states(nowMs);
		const broken = states.filter(({value, limit}) => value > limit * tolerance);
		const ratio = this.#objectives.kind === 'fixed' ? 1 : this.#aimMs / this.#intervalMs;
		const isSettled = ratio < SETTLED_RATIO && ratio > 1 / SETTLED_RATIO;
		// An epoch that waits for those before it adapts to nothing.
		const isStuck = nowMs - this.#lastTakenMs > 2 * this.#intervalMs;
		this.#alarm.judge({
			nowMs,
			sinceMs,
			broken,
			kept: states.filter(state => !broken.includes(state)),
			mayYetBeMet: this.#isFeasible && !isSettled && !isStuck,
			epoch: {intervalMs: this.#period.mean, standstillMs: this.#standstill.mean, pages: this.#pages.mean, ackLagMs: this.#ackLag.mean},
		});
	}
}

function firstInterval(objectives: EpochObjectives): number {
	if (objectives.kind === 'fixed') {
		if (!(objectives.intervalMs > 0)) throw new RangeError(`an epoch of ${objectives.intervalMs} ms`);
		return objectives.intervalMs;
	}

	const {maxLagMs, maxAddedLatencyMs, maxSlowdownPercent} = objectives;
	const limits = [maxLagMs, maxAddedLatencyMs, maxSlowdownPercent].filter(limit => limit !== undefined);
	if (limits.length === 0 || limits.some(limit => !(limit > 0)))
		throw new RangeError('an adaptive epoch needs an objective, and each a limit above 0');
	return clamp(
		Math.min(FIRST_INTERVAL_MS, (maxLagMs ?? Infinity) / 2, (maxAddedLatencyMs ?? Infinity) / 2),
		MIN_INTERVAL_MS,
		MAX_INTERVAL_MS,
	);
}

function clamp(value: number, least: number, most: number): number {
	return Math.min(most, Math.max(least, value));
}
