import type {Side} from '@sterna/protocol';
import type {StandbySettings} from './config/standby-section.ts';
import {runHook} from './hooks.ts';
import type {Logger} from './log.ts';
import {operationError} from './operation-faults.ts';

/** Which source has to be off: one line of JSON on the program's stdin. */
export type FenceTarget = {
	readonly domain: string;
	readonly uuid: string;
	/** The host that must not run the guest any more, as this host's configuration calls it. */
	readonly source: string;
	/** That the guest ran with there. */
	readonly incarnation: number;
};

export type FenceOptions = {
	readonly settings: Pick<StandbySettings, 'fence' | 'fenceTimeoutMs'>;
	readonly target: FenceTarget;
	readonly side: Side;
	readonly log: Logger;
	readonly signal?: AbortSignal;
};

/**
 * Runs the configured fence command. Resolves once it has ended with 0, by which it vouches that the source does not run the guest and will not again. Rejects ERR_HOOK
 * where it ends otherwise or not in time, ERR_NOT_SUPPORTED where none is configured; the guest may run at its source then.
 */
export async function runFence({settings: {fence, fenceTimeoutMs}, target, side, log, signal}: FenceOptions): Promise<void> {
	if (fence === undefined) {
		throw operationError('ERR_NOT_SUPPORTED', 'no fence command is configured (standby.fence)', {
			side,
			phase: 'failover',
			runsOn: {kind: 'unknown'},
			domain: target.domain,
		});
	}

	await runHook({
		name: 'fence',
		argv: fence,
		timeoutMs: fenceTimeoutMs,
		input: target,
		side,
		phase: 'failover',
		log,
		...(signal === undefined ? {} : {signal}),
	});
}
