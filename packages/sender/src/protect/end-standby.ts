import {type FaultContext, toOperationError} from '@sterna/host';
import {OperationError} from '@sterna/protocol';
import {connectReceiver, needHost} from '../peers.ts';
import type {SenderServices} from '../services.ts';
import {StandbySession} from '../standby-session.ts';
import type {Protection} from './protection.ts';

/** For the last word to a standby that is not wanted any more, in milliseconds. */
const PATIENCE_MS = 5000;

/**
 * Has the standby of a protection removed: over the channel that is open, or a new one. Rejects where its host cannot be told, with the command for a person who knows better.
 * `incarnation`: that the standby would take over with.
 */
export async function endStandby(
	services: SenderServices,
	protection: Protection,
	{incarnation, open, context}: {readonly incarnation: number; readonly open: StandbySession | undefined; readonly context: FaultContext},
	signal: AbortSignal,
): Promise<void> {
	const body = {migrationId: protection.id, incarnation, keep: false};
	const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
	try {
		if (open !== undefined) return await open.end(body, patience);
		await using session = new StandbySession(await connectReceiver(services, needHost(services, protection.peer), patience));
		return await session.end(body, patience);
	} catch (error) {
		const {fault} = toOperationError(error, context);
		throw new OperationError(
			{
				...fault,
				message: `the standby of ${protection.domain} on ${protection.peer} cannot be told that it is not wanted any more: ${fault.message}`,
				next: `migrate-ctl unprotect ${protection.domain} --force # if it is certain that the standby will never run`,
			},
			{cause: error},
		);
	}
}
