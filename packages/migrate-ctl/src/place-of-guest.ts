import {OperationError, type OperationFault, type Phase, type RunsOn} from '@sterna/protocol';
import type {DomainInfo, MigrationStatus} from '@sterna/protocol/control';
import type {Daemon} from './daemon.ts';

/** Where a guest that this host knows is; a guest on its way is somewhere between. */
export function placeOf(domain: DomainInfo | undefined, host: string): RunsOn {
	switch (domain?.state) {
		case 'running':
		case 'paused':
		case 'protected':
			return {kind: 'host', host};
		case 'image':
		case 'crashed':
			return {kind: 'nowhere'};
		case 'incoming':
		case 'migrating':
		case 'undecided':
		case 'standby':
		case 'stale':
		case undefined:
			return {kind: 'unknown'};
	}
}

/**
 * What is known of a guest whose daemon went away in the middle of its migration. Until the handover it is at the source: the daemon tells
 * of a phase before it enters it, and its journal gives the guest back when it is started again. Later only that journal knows.
 */
export function lostDuringMigration(
	error: OperationError,
	daemon: Pick<Daemon, 'software' | 'host' | 'role'>,
	latest: MigrationStatus | undefined,
): OperationError {
	if (error.code !== 'ERR_DAEMON_UNREACHABLE' || latest === undefined) return error;
	const {direction, phase, domain} = latest;
	const source = sourceHost(latest, daemon.host);
	const went = `${daemon.software} on ${daemon.host} went away in the middle of the ${direction === 'save' || direction === 'restore' ? direction : 'migration'}`;
	const fault: OperationFault = {
		code: direction === 'outgoing' && source === undefined ? 'ERR_UNDECIDED' : 'ERR_DAEMON_UNREACHABLE',
		message: phase === 'stop-and-copy' && source !== undefined ? `${went}; the guest is paused until the daemon is back` : went,
		side: daemon.role,
		phase: phaseOf(latest),
		runsOn: source === undefined ? {kind: 'unknown'} : {kind: 'host', host: source},
		next: `systemctl start sterna-${daemon.role} && migrate-ctl domain show ${domain}`,
		causes: [error.message, ...error.fault.causes],
	};
	return new OperationError(fault, {cause: error.cause});
}

/** The host that certainly has the guest; undefined when it may have left it, or is in a file. */
function sourceHost({direction, phase, peer}: MigrationStatus, self: string): string | undefined {
	if (phase !== 'queued' && phase !== 'prepare' && phase !== 'precopy' && phase !== 'stop-and-copy') return undefined;
	switch (direction) {
		case 'outgoing':
			return self;
		case 'incoming':
			return peer;
		case 'save':
		case 'restore':
			return undefined;
	}
}

function phaseOf({phase, direction}: MigrationStatus): Phase {
	if (direction === 'save' || direction === 'restore') return direction;
	switch (phase) {
		case 'prepare':
		case 'precopy':
		case 'stop-and-copy':
		case 'handover':
			return phase;
		case 'reconnecting':
			return 'precopy';
		case 'queued':
			return 'request';
		case 'completed':
		case 'aborted':
		case 'failed':
		case 'undecided':
			return 'running';
	}
}
