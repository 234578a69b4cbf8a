import type {OnDeadline, OnStall} from '@sterna/host';

/** What the policies go by; undefined = that one decides nothing. */
export type Limits = {
	readonly maxIterations: number;
	readonly dirtyThresholdPages: number;
	readonly maxDowntimeMs: number | undefined;
	/** Counted from the beginning of the precopy. */
	readonly deadlineMs: number | undefined;
	readonly onDeadline: OnDeadline;
	readonly onStall: OnStall;
	/** Names of the policies that are asked, in this order; undefined = every built-in one that has its limit. */
	readonly use?: readonly string[] | undefined;
};
