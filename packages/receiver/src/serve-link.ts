import {operationError} from '@sterna/host';
import type {OperationError} from '@sterna/protocol';
import type {ServerMessage} from '@sterna/protocol/control';
import type {ControlConnection, Reply} from '@sterna/transport';
import type {Incoming} from './incoming.ts';
import {linkRequest, type AskedLink} from './link-request.ts';
import type {ReceiverServices} from './services.ts';

/**
 * Serves `prepare` or `resume` once its guest is there: takes it in over a link that ends with the request, and answers when the guest
 * runs here, when it was declined, or when the link was lost and the guest waits for another one.
 */
export async function serveLink(
	services: ReceiverServices,
	incoming: Incoming,
	asked: AskedLink,
	reply: Reply,
	connection: ControlConnection,
): Promise<ServerMessage> {
	const {config, stopping} = services;
	const link = incoming.createLink(linkRequest(services, incoming, asked, reply, connection));
	const onGone = (): void => {
		link.interrupt(reply.signal.reason as OperationError);
	};
	if (reply.signal.aborted) onGone();
	else reply.signal.addEventListener('abort', onGone, {once: true});
	await (asked.link === 0 ? incoming.receive(link) : incoming.resume(link));
	const state = await incoming.over;
	if (state === 'running') return {kind: 'done', body: {}};
	if (state === 'ready') stopping.throwIfAborted(); // Left to the next daemon.
	throw (
		incoming.failure ??
		operationError('ERR_TARGET_REFUSED', `${config.hostName} declined ${incoming.domain}`, {
			side: 'receiver',
			phase: 'handover',
			runsOn: {kind: 'host', host: incoming.peer},
		})
	);
}
