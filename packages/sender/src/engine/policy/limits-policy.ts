import type {OnDeadline, OnStall} from '@sterna/host';
import {deadline} from './deadline.ts';
import type {PrecopyPolicy} from './decision.ts';
import {downtimeTarget} from './downtime-target.ts';
import {firstOf} from './first-of.ts';
import {stall, STALL_DEFAULTS} from './stall.ts';
import {xenLimits} from './xen-limits.ts';

/** What the built-in policies go by; undefined = that one decides nothing. */
export type Limits = {
	readonly maxIterations: number;
	readonly dirtyThresholdPages: number;
	readonly maxDowntimeMs: number | undefined;
	/** Counted from the beginning of the precopy. */
	readonly deadlineMs: number | undefined;
	readonly onDeadline: OnDeadline;
	readonly onStall: OnStall;
};

/** The built-in policies with these limits. The deadline is asked first: what it says must be said in time. */
export function policyOf({deadlineMs, onDeadline, maxDowntimeMs, onStall, ...limits}: Limits): PrecopyPolicy {
	return firstOf(
		...(deadlineMs === undefined ? [] : [deadline({deadlineMs, onDeadline})]),
		xenLimits(limits),
		...(maxDowntimeMs === undefined ? [] : [downtimeTarget({maxDowntimeMs})]),
		stall({...STALL_DEFAULTS, onStall}),
	);
}

/** The configured limits as a policy, and what may be put in their place while the migration runs: they count from the next question on. */
export class LimitsPolicy {
	#limits: Limits;
	#policy: PrecopyPolicy;

	constructor(limits: Limits) {
		this.#limits = limits;
		this.#policy = policyOf(limits);
	}

	replace(limits: Limits): void {
		this.#limits = limits;
		this.#policy = policyOf(limits);
	}

	get limits(): Limits {
		return this.#limits;
	}

	readonly policy: PrecopyPolicy = stats => this.#policy(stats);
}
