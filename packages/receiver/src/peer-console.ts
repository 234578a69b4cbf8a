import {arrivedStay, ConsoleSession, hostError} from '@sterna/host';
import type {PeerConsoleRequest, ServerMessage} from '@sterna/protocol/control';
import {openRemoteConsole, type ControlConnection, type Reply} from '@sterna/transport';
import {connectToHost} from './connect-host.ts';
import type {ReceiverServices} from './services.ts';

/** Hosts that may ask through each other: a guest that went through more of them is asked for anew. */
const MAX_PATH = 16;

/**
 * The console of a guest, for the host that handed it over to this one, and for the hosts that ask through that: what it has written since it
 * arrived, what it writes, and what is typed; also where it went on from here. Rejects ERR_DOMAIN_UNKNOWN for a guest that did not arrive from there so.
 */
export async function peerConsole(
	services: ReceiverServices,
	{migrationId, incarnation, receivedBytes, path}: PeerConsoleRequest,
	reply: Reply,
	{peer}: ControlConnection,
): Promise<ServerMessage> {
	const {registry, outcomes, directories, config} = services;
	const arrived = await arrivedStay(services, {migrationId, incarnation});
	if (arrived === undefined || arrived.from !== peer.host) {
		throw hostError('ERR_DOMAIN_UNKNOWN', `no guest arrived on ${config.hostName} from ${peer.host} by migration ${migrationId}`, {
			side: 'receiver',
		});
	}

	if (path.length > MAX_PATH || path.at(-1) !== peer.host)
		throw hostError('ERR_USAGE', 'the hosts that ask for the console are too many, or do not end with the one that asks', {
			side: 'receiver',
		});
	const session = new ConsoleSession(
		{
			registry,
			outcomes,
			directories,
			hostName: config.hostName,
			side: 'receiver',
			openRemote: async (host, request, options) =>
				openRemoteConsole(await connectToHost(services, host, options.signal), request, options),
		},
		{
			end: reply.openStream(),
			note: text => void reply.event({kind: 'consoleNote', body: {text}}),
			path,
			receivedBytes,
			signal: reply.signal,
		},
	);
	const moved = await session.run(arrived.stay);
	return moved === undefined ? {kind: 'done', body: {}} : {kind: 'consoleMoved', body: moved};
}
