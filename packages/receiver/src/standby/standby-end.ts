import {hostError, operationError} from '@sterna/host';
import type {StandbyEnd} from '@sterna/protocol/control';
import type {ControlConnection} from '@sterna/transport';
import type {ReceiverServices} from '../services.ts';

/** Serves `standby_end`: nothing of the standby is left, or with `keep` it is left to itself, as its source's guest is gone. Nothing to do where there is none. Rejects ERR_STALE where the guest runs here. */
export async function standbyEnd(
	{standbys, registry, config}: ReceiverServices,
	{migrationId, incarnation, keep}: StandbyEnd,
	{peer}: ControlConnection,
): Promise<void> {
	const standby = standbys.get(migrationId);
	if (standby === undefined) {
		const {records} = await registry.list();
		const record = records.find(({protection}) => protection?.id === migrationId);
		if (record === undefined) return;
		throw hostError('ERR_STALE', `${record.definition.name} was to run on ${config.hostName}`, {side: 'receiver'});
	}

	const {domain} = standby;
	if (standby.peer !== peer.host || incarnation <= standby.incarnation)
		throw hostError('ERR_TARGET_REFUSED', `the standby of ${domain} is not one of incarnation ${incarnation} of ${peer.host}`, {
			side: 'receiver',
		});
	const [code, message] = keep
		? (['ERR_GUEST_EXITED', `${peer.host} says that its guest is gone, and leaves ${domain} to its standby`] as const)
		: (['ERR_ABORTED_BY_OPERATOR', `${peer.host} ended the protection of ${domain}`] as const);
	const reason = operationError(code, message, {
		side: 'receiver',
		phase: 'checkpoint',
		runsOn: keep ? {kind: 'unknown'} : {kind: 'host', host: peer.host},
		domain,
	});
	if (keep) await standby.keep(reason);
	else await standby.end(reason);
}
