import {OperationError} from '@sterna/protocol';
import {faultToMessage, type MigrationResult, type MigrationStatus} from '@sterna/protocol/control';

/** The end of a migration whose daemon has no result to give, from its last status; undefined while it goes on. */
export function resultOfIncoming(status: MigrationStatus, host: string): MigrationResult | undefined {
	if (status.result !== undefined) return status.result;
	const {id, domain, phase, peer, elapsedMs: totalMs, iteration: iterations, pagesSent, bytesSent, reason} = status;
	const figures = {id, domain, totalMs, iterations, pagesSent, bytesSent};
	switch (phase) {
		case 'queued':
		case 'prepare':
		case 'precopy':
		case 'reconnecting':
		case 'stop-and-copy':
		case 'handover':
			return undefined;
		case 'completed':
			return {...figures, outcome: phase, runsOn: host};
		case 'undecided':
			return {...figures, outcome: phase, runsOn: '?'};
		case 'aborted':
		case 'failed': {
			const error = new OperationError({
				code: phase === 'aborted' ? 'ERR_ABORTED_BY_RECEIVER' : 'ERR_TARGET_REFUSED',
				message: reason === '' ? `${host} does not say why` : reason,
				side: 'receiver',
				phase: 'precopy',
				runsOn: {kind: 'host', host: peer},
				next: `migrate-ctl status ${domain} # on ${peer}`,
				causes: [],
			});
			return {...figures, outcome: phase, runsOn: peer, error: faultToMessage(error)};
		}
	}
}
