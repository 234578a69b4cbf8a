import type {PrecopyStats} from './stats.ts';

/** What to do next, and why in words that an operator understands. */
export type PolicyDecision =
	| {readonly action: 'continue'}
	| {readonly action: 'stop-and-copy'; readonly because: string}
	| {readonly action: 'abort'; readonly because: string};

/** Asked before the first and after every batch. Pure: same numbers in, same decision out. */
export type PrecopyPolicy = (stats: PrecopyStats) => PolicyDecision;

const CONTINUE: PolicyDecision = {action: 'continue'};

/** Xen's classic limits (spec section 5.2, 4.10 to date): enough passes, or a dirty set small enough. Xen's own numbers are 5 and 50. */
export function xenLimits({
	maxIterations,
	dirtyThresholdPages,
}: {
	readonly maxIterations: number;
	readonly dirtyThresholdPages: number;
}): PrecopyPolicy {
	return ({dirtyCount, iteration}) => {
		if (dirtyCount !== undefined && dirtyCount < dirtyThresholdPages) {
			return {action: 'stop-and-copy', because: `${dirtyCount} dirty pages, fewer than ${dirtyThresholdPages}`};
		}

		if (iteration >= maxIterations) return {action: 'stop-and-copy', because: `${iteration} iterations, the limit`};
		return CONTINUE;
	};
}

/** Switches as soon as the expected downtime is within the target: the dirty set and rate of a scan, and the bandwidth, must be known. */
export function downtimeTarget({maxDowntimeMs}: {readonly maxDowntimeMs: number}): PrecopyPolicy {
	return ({expectedDowntimeMs, dirtyCount}) =>
		dirtyCount !== undefined && expectedDowntimeMs !== undefined && expectedDowntimeMs <= maxDowntimeMs
			? {action: 'stop-and-copy', because: `expected downtime ${expectedDowntimeMs.toFixed(1)} ms is within ${maxDowntimeMs} ms`}
			: CONTINUE;
}

/** The first policy that does not say `continue` decides. */
export function firstOf(...policies: readonly PrecopyPolicy[]): PrecopyPolicy {
	return stats => {
		for (const policy of policies) {
			const decision = policy(stats);
			if (decision.action !== 'continue') return decision;
		}

		return CONTINUE;
	};
}

/** What the configured policies go by. */
export type Limits = {
	readonly maxIterations: number;
	readonly dirtyThresholdPages: number;
	/** Undefined = the downtime decides nothing. */
	readonly maxDowntimeMs: number | undefined;
};

/** The configured limits as a policy, and what may be put in their place while the migration runs: they count from the next question on. */
export class LimitsPolicy {
	#limits: Limits;

	constructor(limits: Limits) {
		this.#limits = limits;
	}

	replace(limits: Limits): void {
		this.#limits = limits;
	}

	get limits(): Limits {
		return this.#limits;
	}

	readonly policy: PrecopyPolicy = stats => {
		const {maxDowntimeMs} = this.#limits;
		return firstOf(xenLimits(this.#limits), ...(maxDowntimeMs === undefined ? [] : [downtimeTarget({maxDowntimeMs})]))(stats);
	};
}

/** The operator's commands as a policy: composed in front of the configured one, so that mechanism and policy stay apart. */
export class OperatorPolicy {
	#decision: PolicyDecision = CONTINUE;

	/** Ends the precopy after the batch in hand. Idempotent. */
	stopAndCopy(): void {
		this.#decision = {action: 'stop-and-copy', because: 'the operator asked for the switch'};
	}

	readonly policy: PrecopyPolicy = () => this.#decision;
}
