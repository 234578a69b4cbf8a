import {hostError} from '@sterna/host';
import {faultFromMessage, type ResumeRequest, type ServerMessage} from '@sterna/protocol/control';
import type {ControlConnection, Reply} from '@sterna/transport';
import {Incoming} from './incoming.ts';
import {serveLink} from './serve-link.ts';
import type {ReceiverServices} from './services.ts';

/** Serves `resume`: a guest goes on to come in, over a new link. Answered as `prepare` is. */
export async function resumeMigration(
	services: ReceiverServices,
	request: ResumeRequest,
	reply: Reply,
	connection: ControlConnection,
): Promise<ServerMessage> {
	const incoming = needResumable(services, request, connection);
	if (request.link === 0) throw hostError('ERR_USAGE', 'link 0 is that of prepare', {side: 'receiver'});
	// What can be gone on with is a stream of Sterna's own.
	return serveLink(services, incoming, {...request, hasOwnRecords: true}, reply, connection);
}

/** The guest that its own source, and nobody else, asks for. Throws ERR_TARGET_REFUSED, with the reason of one that was declined. */
export function needResumable(
	{arrivals, config}: ReceiverServices,
	{migrationId, incarnation}: Pick<ResumeRequest, 'migrationId' | 'incarnation'>,
	{peer, features}: ControlConnection,
): Incoming {
	const arrival = arrivals.get(migrationId);
	const refused = (why: string, cause?: Error): Error =>
		hostError('ERR_TARGET_REFUSED', `${config.hostName} cannot go on with migration ${migrationId}: ${why}`, {side: 'receiver', cause});
	if (!features.has('resume')) throw refused('the two hosts have not agreed to resume');
	// One of another host is not told of.
	if (arrival === undefined || arrival.peer !== peer.host) throw refused(`nothing of it comes in from ${peer.host}`);
	if (arrival.incarnation !== incarnation) throw refused(`it is of incarnation ${arrival.incarnation}, not ${incarnation}`);
	if (arrival instanceof Incoming) return arrival;
	const reason = arrival.status().result?.error;
	throw refused(`the guest is ${arrival.state}`, reason && faultFromMessage(reason));
}
