import {type Logger, runHook} from '@sterna/host';
import type {SenderServices} from './services.ts';

/** The guest that is about to be given away: to whom, and the incarnation that it gets there. */
export type AboutToGo = {readonly domain: string; readonly migrationId: string; readonly peer: string; readonly incarnation: number};

/** Asks the operator's hook whether a guest may go: both sides stand still, and nothing is decided. Resolves where there is none. Rejects ERR_HOOK where it refuses, or cannot be asked. */
export async function askBeforeGo(
	{config}: Pick<SenderServices, 'config'>,
	{domain, migrationId, peer, incarnation}: AboutToGo,
	log: Logger,
	signal: AbortSignal,
): Promise<void> {
	const {beforeGo, timeoutMs} = config.hooks;
	if (beforeGo === undefined) return;
	const input = {domain, migrationId, host: config.hostName, peer, incarnation};
	await runHook({name: 'before-go', argv: beforeGo, timeoutMs, input, side: 'sender', phase: 'handover', log, signal});
}
