import type {Limits} from '../../src/engine/policy/limits-policy.ts';

/** The limits of a daemon that was told nothing else. */
export const DEFAULT_LIMITS: Limits = {
	maxIterations: 5,
	dirtyThresholdPages: 50,
	maxDowntimeMs: undefined,
	deadlineMs: undefined,
	onDeadline: 'stop-and-copy',
	onStall: 'advise',
};
