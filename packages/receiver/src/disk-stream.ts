import {hostError} from '@sterna/host';
import type {DiskStreamRequest} from '@sterna/protocol/control';
import {DISK_WINDOW_BYTES, type ControlConnection, type Reply} from '@sterna/transport';
import type {ReceiverServices} from './services.ts';

/**
 * A disk of a guest that comes in, for its source to fill: what comes is for the guest's NBD server, and what that says goes back. Lasts as long as the source
 * likes, and at most until the guest's device state comes. Rejects ERR_DOMAIN_UNKNOWN where no guest comes in from there so, ERR_NOT_SUPPORTED for a disk that is none of those.
 */
export async function diskStream(
	{arrivals, config}: ReceiverServices,
	{migrationId, incarnation, node}: DiskStreamRequest,
	reply: Reply,
	{peer}: ControlConnection,
): Promise<void> {
	const arrival = arrivals.get(migrationId);
	if (arrival?.peer !== peer.host || arrival.incarnation !== incarnation || arrival.state !== 'receiving') {
		throw hostError('ERR_DOMAIN_UNKNOWN', `no guest comes in on ${config.hostName} from ${peer.host} by migration ${migrationId}`, {
			side: 'receiver',
		});
	}

	const {disks} = arrival;
	if (disks === undefined)
		throw hostError('ERR_NOT_SUPPORTED', `${arrival.domain} has no disk ${node} of its own here`, {side: 'receiver'});
	await disks.serve(node, reply.openStream({windowBytes: DISK_WINDOW_BYTES}), reply.signal);
}
