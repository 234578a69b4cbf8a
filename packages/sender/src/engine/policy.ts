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

/** The operator's commands as a policy: composed in front of the configured one, so that mechanism and policy stay apart. */
export class OperatorPolicy {
	#decision: PolicyDecision = CONTINUE;

	/** Ends the precopy after the batch in hand. Idempotent. */
	stopAndCopy(): void {
		this.#decision = {action: 'stop-and-copy', because: 'the operator asked for the switch'};
	}

	readonly policy: PrecopyPolicy = () => this.#decision;
}
