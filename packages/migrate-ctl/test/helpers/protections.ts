import type {ProtectionStatus} from '@sterna/protocol/control';

/** One moment of a protection, as its source tells of it; `changes` make it another. */
export function protection(changes: Partial<ProtectionStatus> = {}): ProtectionStatus {
	return {
		id: 'p-51c2',
		domain: 'dom1',
		role: 'source',
		peer: 'host-b',
		phase: 'protected',
		reason: '',
		sinceMs: Date.UTC(2026, 4, 1, 0, 0, 2),
		startedAtMs: Date.UTC(2026, 4, 1),
		incarnation: 3,
		epoch: 1205,
		committedEpoch: 1204,
		intervalMs: 25,
		ackLagMs: 9.5,
		lagEpochs: 1,
		heldOutputBytes: 2048,
		heldOutputItems: 12,
		pauseMs: 1.9,
		pauseMedianMs: 1.7,
		pauseP99Ms: 4.2,
		pagesPerCheckpoint: 640,
		bytesPerSecond: 105_000_000,
		checkpointsPerSecond: 39.9,
		slowdownPercent: 6.8,
		addedLatencyMs: 24,
		bindingObjective: 'interval',
		alarm: '',
		leaseStore: 'etcd',
		leaseLeftMs: 4200,
		lastCheckpoints: [
			{epoch: 1204, pages: 640, bytes: 2_650_000, digest: '0011223344556677', committedAtMs: Date.UTC(2026, 4, 1, 0, 0, 31)},
		],
		stagingBytes: 2_621_440,
		overflowPages: 0,
		...changes,
	};
}

/** As the host of the standby sees it. */
export function standby(changes: Partial<ProtectionStatus> = {}): ProtectionStatus {
	const {id, domain, sinceMs, startedAtMs, incarnation, lastCheckpoints} = protection();
	return {
		id,
		domain,
		role: 'standby',
		peer: 'host-a',
		phase: 'protected',
		reason: '',
		sinceMs,
		startedAtMs,
		incarnation,
		epoch: 1204,
		committedEpoch: 1204,
		bindingObjective: '',
		alarm: '',
		leaseStore: 'manual',
		lastCheckpoints,
		...changes,
	};
}
