import type {OnDeadline} from '@sterna/host';
import type {PrecopyPolicy} from './decision.ts';

/** Ends the precopy `deadlineMs` after its beginning, whatever is dirty, at the next batch. */
export function deadline({deadlineMs, onDeadline}: {readonly deadlineMs: number; readonly onDeadline: OnDeadline}): PrecopyPolicy {
	return ({elapsedMs}) =>
		elapsedMs >= deadlineMs
			? {action: onDeadline, because: `${seconds(elapsedMs)} since the start, the deadline was ${seconds(deadlineMs)}`}
			: {action: 'continue', because: `${seconds(deadlineMs - elapsedMs)} until the deadline`};
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(1)} s`;
}
