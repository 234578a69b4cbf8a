import {type CheckpointInfo, faultFromMessage, type ProtectionStatus} from '@sterna/protocol/control';
import {statusJson, type StatusJson} from '../progress/migration-json.ts';
import {faultJson, type FaultJson} from '../render/fault.ts';

/** A protection as `--json` prints it. Nothing is left out: what is not known is null. Scripts rely on these keys and on no others. */
export type ProtectionJson = {
	readonly id: string;
	readonly domain: string;
	readonly role: ProtectionStatus['role'];
	readonly peer: string;
	readonly phase: ProtectionStatus['phase'];
	readonly reason: string | null;
	readonly sinceMs: number;
	readonly startedAtMs: number;
	readonly incarnation: number;
	/** The last one that was cut, or received; and the one that the standby would go on from, null before the first. */
	readonly epoch: number;
	readonly committedEpoch: number | null;
	readonly intervalMs: number | null;
	readonly ackLagMs: number | null;
	readonly lagEpochs: number | null;
	readonly heldOutputBytes: number | null;
	readonly heldOutputItems: number | null;
	readonly pauseMs: number | null;
	readonly pauseMedianMs: number | null;
	readonly pauseP99Ms: number | null;
	readonly pagesPerCheckpoint: number | null;
	readonly bytesPerSecond: number | null;
	readonly checkpointsPerSecond: number | null;
	readonly slowdownPercent: number | null;
	readonly addedLatencyMs: number | null;
	readonly bindingObjective: string | null;
	readonly alarm: string | null;
	readonly leaseStore: string | null;
	readonly leaseLeftMs: number | null;
	readonly stagingBytes: number | null;
	readonly overflowPages: number | null;
	readonly diskBytesPerSecond: number | null;
	readonly lastCheckpoints: readonly CheckpointInfo[];
	/** While there is no whole checkpoint; null afterwards. */
	readonly precopy: StatusJson | null;
	readonly error: FaultJson | null;
};

export function protectionJson(status: ProtectionStatus): ProtectionJson {
	return {
		id: status.id,
		domain: status.domain,
		role: status.role,
		peer: status.peer,
		phase: status.phase,
		reason: status.reason === '' ? null : status.reason,
		sinceMs: status.sinceMs,
		startedAtMs: status.startedAtMs,
		incarnation: status.incarnation,
		epoch: status.epoch,
		committedEpoch: status.committedEpoch === 0 ? null : status.committedEpoch,
		intervalMs: status.intervalMs ?? null,
		ackLagMs: status.ackLagMs ?? null,
		lagEpochs: status.lagEpochs ?? null,
		heldOutputBytes: status.heldOutputBytes ?? null,
		heldOutputItems: status.heldOutputItems ?? null,
		pauseMs: status.pauseMs ?? null,
		pauseMedianMs: status.pauseMedianMs ?? null,
		pauseP99Ms: status.pauseP99Ms ?? null,
		pagesPerCheckpoint: status.pagesPerCheckpoint ?? null,
		bytesPerSecond: status.bytesPerSecond ?? null,
		checkpointsPerSecond: status.checkpointsPerSecond ?? null,
		slowdownPercent: status.slowdownPercent ?? null,
		addedLatencyMs: status.addedLatencyMs ?? null,
		bindingObjective: status.bindingObjective === '' ? null : status.bindingObjective,
		alarm: status.alarm === '' ? null : status.alarm,
		leaseStore: status.leaseStore === '' ? null : status.leaseStore,
		leaseLeftMs: status.leaseLeftMs ?? null,
		stagingBytes: status.stagingBytes ?? null,
		overflowPages: status.overflowPages ?? null,
		diskBytesPerSecond: status.diskBytesPerSecond ?? null,
		lastCheckpoints: status.lastCheckpoints,
		precopy: status.precopy === undefined ? null : statusJson(status.precopy),
		error: status.error === undefined ? null : faultJson(faultFromMessage(status.error, {side: 'sender'}).fault),
	};
}
