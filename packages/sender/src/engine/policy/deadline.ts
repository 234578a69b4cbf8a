import type {OnDeadline} from '@sterna/host';
import type {PrecopyPolicy} from './decision.ts';

/** Ends the precopy `deadlineMs` after its beginning, whatever is dirty, at the next question, also while the operator has paused the transfer. */
export function deadline({deadlineMs, onDeadline}: {readonly deadlineMs: number; readonly onDeadline: OnDeadline}): PrecopyPolicy {
	return ({elapsedMs}) => {
		if (elapsedMs < deadlineMs) return {action: 'continue', because: `${seconds(deadlineMs - elapsedMs)} until the deadline`};
		const because = `${seconds(elapsedMs)} since the start, the deadline was ${seconds(deadlineMs)}`;
		return onDeadline === 'stop-and-copy' ? {action: onDeadline, because, isUrgent: true} : {action: onDeadline, because};
	};
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(1)} s`;
}
