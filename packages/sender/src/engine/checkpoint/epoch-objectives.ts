/** What the epochs of a protected guest are to be like. */
export type EpochObjectives =
	| {readonly kind: 'fixed'; readonly intervalMs: number}
	/** At least one of them. */
	| {
			readonly kind: 'adaptive';
			/** The standby is never more than so many milliseconds behind. */
			readonly maxLagMs?: number | undefined;
			/** Output is held no longer than this. */
			readonly maxAddedLatencyMs?: number | undefined;
			/** The guest loses no more of its time than this. */
			readonly maxSlowdownPercent?: number | undefined;
	  };

/** Names as the operator types them. */
export type ObjectiveName = 'interval' | 'max-lag' | 'max-added-latency' | 'max-slowdown';

/** Bounds of an epoch, in milliseconds: shorter ones cost a guest more than they gain it, and behind longer ones nobody waits for its output. */
export const MIN_INTERVAL_MS = 5;
export const MAX_INTERVAL_MS = 10_000;

/** How an objective stands: what it is held against, and the most that is allowed, in the same unit. */
export type ObjectiveState = {readonly name: ObjectiveName; readonly value: number; readonly limit: number};

/** As in "max-lag of 100 ms". */
export function describeLimit({name, limit}: ObjectiveState): string {
	return `${name} of ${describeValue(name, limit)}`;
}

export function describeValue(name: ObjectiveName, value: number): string {
	const digits = value < 10 ? 1 : 0;
	return name === 'max-slowdown' ? `${value.toFixed(digits)} %` : `${value.toFixed(digits)} ms`;
}
