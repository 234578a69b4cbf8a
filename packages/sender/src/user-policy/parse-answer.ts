import type {PolicyDecision} from '../engine/policy/decision.ts';

/** Longest reason that is kept, in characters. */
const MAX_BECAUSE = 500;

/** A module's answer as a decision; a text that says what is wrong with it otherwise. Whatever else is in it does not count. */
export function parseAnswer(answer: unknown): PolicyDecision | string {
	if (typeof answer !== 'object' || answer === null) return `answered ${String(answer)}, which is no decision`;
	const {action, because} = answer as {readonly action?: unknown; readonly because?: unknown};
	if (action !== 'continue' && action !== 'stop-and-copy' && action !== 'abort')
		return `answered an action of ${JSON.stringify(action) ?? 'undefined'}: it must be continue, stop-and-copy or abort`;
	if (typeof because !== 'string' || because.trim() === '') return `answered ${action} without a reason: because must be a text`;
	return {action, because: because.slice(0, MAX_BECAUSE)};
}
