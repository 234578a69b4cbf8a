import {faultFromMessage, type MigrationResult, type MigrationStatus} from '@sterna/protocol/control';
import {faultJson, type FaultJson} from '../render/fault.ts';

/** How a migration ended, as `--json` prints it. Nothing is left out: what is not known is null. Scripts rely on these keys and on no others. */
export type ResultJson = {
	readonly id: string | null;
	readonly domain: string | null;
	readonly outcome: MigrationResult['outcome'];
	/** The host's name; null = nowhere; `?` = not known. */
	readonly runsOn: string | null;
	readonly totalMs: number;
	readonly downtimeMs: number | null;
	readonly iterations: number;
	readonly pagesSent: number;
	readonly bytesSent: number;
	/** Of the pages sent, those that went without content; null at a receiver, which need not know. */
	readonly zeroPages: number | null;
	/** Bytes that compression kept off the wire; null at a receiver. */
	readonly savedBytes: number | null;
	/** Lost connections that it went on after; null at a receiver, as the four below. */
	readonly interruptions: number | null;
	/** Without a connection, in all. */
	readonly interruptedMs: number | null;
	/** Of pages that were on their way when a connection was lost, and were sent again. */
	readonly resentBytes: number | null;
	/** Of disks that the target has of its own; null where there are none. */
	readonly diskBytesSent: number | null;
	/** `off`, `wire`, `audit` or `full`. */
	readonly proof: string | null;
	/** Pages that were found different at the receiver, and sent again. */
	readonly repairedPages: number | null;
	/** Of the memory, equal on both hosts: 16 hexadecimal digits; null where there is none. */
	readonly digest: string | null;
	/** Why the precopy ended; null where it did not, or at a receiver. */
	readonly because: string | null;
	readonly error: FaultJson | null;
};

export function resultJson(result: MigrationResult): ResultJson {
	return {
		id: result.id === '' ? null : result.id,
		domain: result.domain === '' ? null : result.domain,
		outcome: result.outcome,
		runsOn: result.runsOn === '' ? null : result.runsOn,
		totalMs: result.totalMs,
		downtimeMs: result.downtimeMs ?? null,
		iterations: result.iterations,
		pagesSent: result.pagesSent,
		bytesSent: result.bytesSent,
		zeroPages: result.zeroPages ?? null,
		savedBytes: result.savedBytes ?? null,
		interruptions: result.interruptions ?? null,
		interruptedMs: result.interruptedMs ?? null,
		resentBytes: result.resentBytes ?? null,
		diskBytesSent: result.diskBytesSent ?? null,
		proof: result.proof ?? null,
		repairedPages: result.repairedPages ?? null,
		digest: result.digest ?? null,
		because: result.because ?? null,
		error: result.error === undefined ? null : faultJson(faultFromMessage(result.error, {side: 'sender'}).fault),
	};
}

/** A migration as `--json` prints it, with the daemon's own numbers; `progress` (0 … 1) is what the display shows. */
export type StatusJson = Omit<
	MigrationStatus,
	| 'dirtyPages'
	| 'zeroPages'
	| 'savedBytes'
	| 'expectedDowntimeMs'
	| 'bandwidthLimitBytesPerSecond'
	| 'interruptions'
	| 'diskBytesLeft'
	| 'proof'
	| 'digest'
	| 'waitsFor'
	| 'neededPages'
	| 'progress'
	| 'etaLowMs'
	| 'etaHighMs'
	| 'convergence'
	| 'convergenceBecause'
	| 'transferPaused'
	| 'policyFault'
	| 'result'
> & {
	readonly dirtyPages: number | null;
	readonly zeroPages: number | null;
	readonly savedBytes: number | null;
	readonly expectedDowntimeMs: number | null;
	readonly bandwidthLimitBytesPerSecond: number | null;
	readonly interruptions: number | null;
	/** Of disks that the target has of its own; null where there are none. */
	readonly diskBytesLeft: number | null;
	readonly proof: string | null;
	readonly digest: string | null;
	/** What must become true for the guest to be paused; null: nothing is waited for, or it is not known here, as the seven below. */
	readonly waitsFor: string | null;
	readonly neededPages: number | null;
	readonly etaLowMs: number | null;
	readonly etaHighMs: number | null;
	readonly convergence: string | null;
	readonly convergenceBecause: string | null;
	readonly transferPaused: boolean | null;
	readonly policyFault: string | null;
	readonly progress: number | null;
	readonly result: ResultJson | null;
};

export function statusJson(status: MigrationStatus, progress?: number): StatusJson {
	return {
		...status,
		dirtyPages: status.dirtyPages ?? null,
		zeroPages: status.zeroPages ?? null,
		savedBytes: status.savedBytes ?? null,
		expectedDowntimeMs: status.expectedDowntimeMs ?? null,
		bandwidthLimitBytesPerSecond: status.bandwidthLimitBytesPerSecond ?? null,
		interruptions: status.interruptions ?? null,
		diskBytesLeft: status.diskBytesLeft ?? null,
		proof: status.proof ?? null,
		digest: status.digest ?? null,
		waitsFor: status.waitsFor ?? null,
		neededPages: status.neededPages ?? null,
		etaLowMs: status.etaLowMs ?? null,
		etaHighMs: status.etaHighMs ?? null,
		convergence: status.convergence ?? null,
		convergenceBecause: status.convergenceBecause ?? null,
		transferPaused: status.transferPaused ?? null,
		policyFault: status.policyFault ?? null,
		progress: progress ?? status.progress ?? null,
		result: status.result === undefined ? null : resultJson(status.result),
	};
}
