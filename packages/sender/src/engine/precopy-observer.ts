import type {PageBitmap} from '@sterna/domain';
import type {PolicyDecision} from './policy/decision.ts';
import type {PrecopyStats} from './stats.ts';

/** What a precopy tells of itself, as it happens. Whoever listens is quick, and throws nothing. */
export type PrecopyObserver = {
	/** Behind every question to the policy. */
	asked(stats: PrecopyStats, decision: PolicyDecision): void;
	/** Behind every scan of the dirty log: pages that the guest wrote in the `sinceMs` milliseconds since the one before, each once. */
	scanned(scan: {
		readonly dirtyPages: number;
		readonly sinceMs: number;
		/** Which: to be read at once, and not kept. */ readonly pages: PageBitmap;
	}): void;
};
