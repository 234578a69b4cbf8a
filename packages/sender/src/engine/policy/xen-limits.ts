import type {PrecopyPolicy} from './decision.ts';

export type XenLimits = {
	/** Passes over memory, the full one included, 1 or more. */
	readonly maxIterations: number;
	/** The guest is paused as soon as a scan finds fewer pages than these. */
	readonly dirtyThresholdPages: number;
};

/** Xen's own numbers, 4.10 to date. */
export const XEN_DEFAULTS: XenLimits = {maxIterations: 5, dirtyThresholdPages: 50};

/** Xen's classic limits (spec section 5.2, 4.10 to date): enough passes, or a dirty set small enough. */
export function xenLimits({maxIterations, dirtyThresholdPages}: XenLimits): PrecopyPolicy {
	return ({dirtyCount, iteration}) => {
		if (dirtyCount !== undefined && dirtyCount < dirtyThresholdPages)
			return {action: 'stop-and-copy', because: `${dirtyCount} dirty pages, fewer than ${dirtyThresholdPages}`};
		if (iteration >= maxIterations) return {action: 'stop-and-copy', because: `${iteration} iterations, the limit`};
		return {
			action: 'continue',
			because: `iteration ${iteration + 1} of ${maxIterations}`,
			requires: dirtyCount === undefined ? undefined : {waitsFor: 'threshold', neededPages: dirtyThresholdPages, dirtyPages: dirtyCount},
		};
	};
}
