import type {PolicyDecision, PrecopyPolicy, Requirement} from './decision.ts';

/**
 * The first policy that does not say `continue` decides. Where all do, their reasons are told together, with what is missing least among that which any
 * of them waits for.
 */
export function firstOf(...policies: readonly PrecopyPolicy[]): PrecopyPolicy {
	return stats => {
		const reasons: string[] = [];
		let requires: Requirement | undefined;
		for (const policy of policies) {
			const decision = policy(stats);
			if (decision.action !== 'continue') return decision;
			if (decision.because !== '') reasons.push(decision.because);
			requires = nearer(requires, decision.requires);
		}

		return {action: 'continue', because: reasons.join('; '), requires} satisfies PolicyDecision;
	};
}

/** Of two, that which is nearer to being met. */
function nearer(one: Requirement | undefined, other: Requirement | undefined): Requirement | undefined {
	if (one === undefined || other === undefined) return one ?? other;
	return shortBy(other) < shortBy(one) ? other : one;
}

/** Dirty pages over the needed ones; infinite where none may be. */
function shortBy({dirtyPages, neededPages}: Requirement): number {
	return neededPages === 0 ? Infinity : dirtyPages / neededPages;
}
