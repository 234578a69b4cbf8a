import type {OnStall} from '@sterna/host';
import type {IterationSummary} from '../iteration-log.ts';
import type {PolicyDecision, PrecopyPolicy} from './decision.ts';

export type StallOptions = {
	/** Finished passes that are looked at, 2 or more. */
	readonly windowIterations: number;
	/** Progress is a dirty set that fell by at least this part over the window, 0 to 1. */
	readonly leastProgress: number;
	readonly onStall: OnStall;
};

/** Five passes in which the dirty set fell by less than a twentieth. */
export const STALL_DEFAULTS: Omit<StallOptions, 'onStall'> = {windowIterations: 5, leastProgress: 0.05};

/**
 * Acts, or says so, where the last passes brought the switch no nearer: the smallest dirty set of the window's later part is not smaller, by what
 * counts as progress, than the one that the window began with. Knows nothing before there are as many passes. A pass that found nothing dirty cannot be
 * outdone: where the others found no less, the switch is as near as it comes, and nobody who chose `abort` meant that.
 */
export function stall(options: StallOptions): PrecopyPolicy {
	return ({iterations}) => {
		const window = stalledWindow(iterations, options);
		if (window === undefined) return {action: 'continue', because: ''};
		const because = `no progress in ${options.windowIterations} iterations: ${window.fromPages} dirty pages became ${window.toPages}`;
		if (options.onStall === 'advise') return {action: 'continue', because};
		const action = window.toPages === 0 ? 'stop-and-copy' : options.onStall;
		return {action, because} satisfies PolicyDecision;
	};
}

/** Dirty pages at the beginning of the window, and the fewest found in it since, where those are no progress; undefined: there is progress, or too little to tell. */
export function stalledWindow(
	iterations: readonly IterationSummary[],
	{windowIterations, leastProgress}: Pick<StallOptions, 'windowIterations' | 'leastProgress'>,
): {readonly fromPages: number; readonly toPages: number} | undefined {
	const window = iterations.slice(-(windowIterations + 1));
	const [first, ...later] = window.map(({dirtyPages}) => dirtyPages);
	if (first === undefined || later.length < windowIterations) return undefined;
	const toPages = Math.min(...later);
	return first === 0 || toPages > first * (1 - leastProgress) ? {fromPages: first, toPages} : undefined;
}
