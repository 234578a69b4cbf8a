import {ConsoleSession, currentStay, hostError, type RemoteConsole, sizeOfFile} from '@sterna/host';
import type {DomainConsoleRequest, PeerConsoleRequest} from '@sterna/protocol/control';
import {openRemoteConsole, type Reply} from '@sterna/transport';
import {connectReceiver, needHost} from './peers.ts';
import type {SenderServices} from './services.ts';

/**
 * The console of a guest, for an operator: stays with it wherever it goes, until the guest ends or the operator leaves. Rejects ERR_DOMAIN_UNKNOWN, ERR_DOMAIN_STATE
 * for one that is not here yet, ERR_NOT_SUPPORTED for an image, ERR_DOMAIN_BUSY where another console has it.
 */
export async function domainConsole(services: SenderServices, {name, tailBytes}: DomainConsoleRequest, reply: Reply): Promise<void> {
	const {registry, outcomes, directories, config} = services;
	const record = await registry.need(name);
	if (record.definition.kind === 'image') throw hostError('ERR_NOT_SUPPORTED', `${name} is an image: it does not run`, {side: 'sender'});
	if (record.state === 'incoming') {
		throw hostError('ERR_DOMAIN_STATE', `${name} is on its way to this host: it does not run here yet`, {
			side: 'sender',
			next: 'migrate-ctl status',
		});
	}

	const {outputFile} = directories.guestPlace(name);
	const stay = currentStay(record, Math.max(0, sizeOfFile(outputFile) - tailBytes));
	const openRemote = async (
		host: string,
		request: PeerConsoleRequest,
		options: {readonly onNote: (text: string) => void; readonly signal: AbortSignal},
	): Promise<RemoteConsole> =>
		openRemoteConsole(await connectReceiver(services, needHost(services, host), options.signal), request, options);
	const session = new ConsoleSession(
		{registry, outcomes, directories, hostName: config.hostName, side: 'sender', openRemote},
		{
			end: reply.openStream(),
			note: text => void reply.event({kind: 'consoleNote', body: {text}}),
			path: [],
			receivedBytes: 0,
			signal: reply.signal,
		},
	);
	await session.run(stay);
}
