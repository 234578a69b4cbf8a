import type {PrecopyStats} from '../stats.ts';

/**
 * What must become true before the guest is paused, in the figures of the moment: `neededPages` may be dirty at most, `dirtyPages` are.
 * `waitsFor` says of what it is made: `downtime`, what the target and the bandwidth allow for; `threshold`, a fixed count.
 */
export type Requirement = {
	readonly waitsFor: 'downtime' | 'threshold';
	readonly neededPages: number;
	readonly dirtyPages: number;
};

/** What to do next, and why in words that an operator understands. */
export type PolicyDecision =
	| {
			readonly action: 'continue';
			readonly because: string;
			/** What is waited for; undefined where this policy waits for nothing that dirty pages decide, or the figures are not known. */
			readonly requires?: Requirement | undefined;
			/** Nothing is sent, and nothing looked for, until the next question: the operator has paused the transfer. */
			readonly isHeld?: true;
	  }
	| {
			readonly action: 'stop-and-copy';
			readonly because: string;
			/** Also where the operator has paused the transfer. */
			readonly isUrgent?: true;
	  }
	| {readonly action: 'abort'; readonly because: string};

/** Asked before the first and after every batch. Pure: same numbers in, same decision out. */
export type PrecopyPolicy = (stats: PrecopyStats) => PolicyDecision;
