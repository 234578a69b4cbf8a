import type {DomainInfo, IterationInfo, MigrationResult, MigrationStatus} from '@sterna/protocol/control';

/** One moment of a migration of a 512 MiB guest, as recorded from a sender; `changes` make it another. */
export function status(changes: Partial<MigrationStatus> = {}): MigrationStatus {
	return {
		id: 'm-7f3a',
		domain: 'dom1',
		direction: 'outgoing',
		peer: 'host-b',
		phase: 'precopy',
		iteration: 0,
		totalPages: 131_072,
		pagesSent: 65_536,
		bytesSent: 268_959_744,
		dirtyPages: 131_072,
		remainingPages: 65_536,
		elapsedMs: 140,
		bandwidthBytesPerSecond: 1_900_000_000,
		dirtyBytesPerSecond: 201_000_000,
		tracker: 'userfaultfd',
		reason: '',
		startedAtMs: Date.UTC(2026, 4, 1),
		iterations: [],
		...changes,
	};
}

const PASSES: readonly IterationInfo[] = [
	{
		iteration: 1,
		dirtyPages: 131_072,
		writtenPages: 131_072,
		durationMs: 280,
		bandwidthBytesPerSecond: 1_900_000_000,
		waitsFor: 'needs ≤ 18.1 MiB dirty at 1.9 GB/s, now 64 MiB',
	},
	{
		iteration: 2,
		dirtyPages: 16_384,
		writtenPages: 16_384,
		durationMs: 40,
		bandwidthBytesPerSecond: 1_700_000_000,
		dirtyBytesPerSecond: 240_000_000,
		waitsFor: 'needs ≤ 18.1 MiB dirty at 1.9 GB/s, now 12.4 MiB, falling 51.6 MiB an iteration',
	},
];

const IDLE = {pagesSent: 0, bytesSent: 0, bandwidthBytesPerSecond: 0, dirtyBytesPerSecond: 0} as const;

/** The frames of a whole migration, in order. */
export const MIGRATION: readonly MigrationStatus[] = [
	status({...IDLE, phase: 'queued', remainingPages: 0, totalPages: 0, elapsedMs: 0, progress: 0}),
	status({...IDLE, phase: 'prepare', remainingPages: 131_072, elapsedMs: 3, progress: 0}),
	status({...IDLE, remainingPages: 131_072, elapsedMs: 10, progress: 0}),
	status({
		progress: 0.4,
		etaLowMs: 150,
		etaHighMs: 700,
		waitsFor: 'waits for the end of the first pass, then needs ≤ 18.1 MiB dirty at 1.9 GB/s',
		neededPages: 4638,
	}),
	status({
		iteration: 1,
		pagesSent: 131_072,
		bytesSent: 537_919_488,
		remainingPages: 16_384,
		dirtyPages: 16_384,
		elapsedMs: 290,
		expectedDowntimeMs: 38,
		progress: 0.8,
		etaLowMs: 40,
		etaHighMs: 320,
		convergence: 'converges',
		convergenceBecause: 'about 2 iterations more',
		waitsFor: 'needs ≤ 18.1 MiB dirty at 1.9 GB/s, now 64 MiB',
		neededPages: 4638,
		iterations: PASSES.slice(0, 1),
	}),
	status({
		iteration: 1,
		pagesSent: 140_000,
		bytesSent: 574_560_000,
		remainingPages: 7456,
		dirtyPages: 16_384,
		elapsedMs: 310,
		expectedDowntimeMs: 21,
		progress: 0.85,
		iterations: PASSES.slice(0, 1),
	}),
	status({
		iteration: 2,
		pagesSent: 147_456,
		bytesSent: 605_159_424,
		remainingPages: 3174,
		dirtyPages: 3174,
		elapsedMs: 330,
		expectedDowntimeMs: 9,
		progress: 0.9,
		iterations: PASSES,
	}),
	status({
		phase: 'stop-and-copy',
		iteration: 2,
		pagesSent: 150_630,
		bytesSent: 618_185_520,
		remainingPages: 900,
		dirtyPages: 900,
		elapsedMs: 345,
		reason: 'expected downtime 9.0 ms is within 40 ms',
		progress: 0.95,
		iterations: PASSES,
	}),
	status({
		phase: 'handover',
		iteration: 2,
		pagesSent: 151_530,
		bytesSent: 621_879_120,
		remainingPages: 0,
		dirtyPages: 900,
		elapsedMs: 351,
		progress: 0.99,
		iterations: PASSES,
	}),
];

export function result(changes: Partial<MigrationResult> = {}): MigrationResult {
	return {
		id: 'm-7f3a',
		domain: 'dom1',
		outcome: 'completed',
		runsOn: 'host-b',
		totalMs: 354,
		downtimeMs: 8.21,
		iterations: 4,
		pagesSent: 151_530,
		bytesSent: 621_879_120,
		downtimeParts: {pause: 0.3, scan: 0.41, copy: 5.2, deviceState: 0.1, load: 0.9, hook: 0, handover: 1.3, resume: 0.2},
		...changes,
	};
}

export function domain(changes: Partial<DomainInfo> = {}): DomainInfo {
	return {
		name: 'dom1',
		uuid: '5f1c0a52-8f0e-4f1a-9a40-94f3d4f4f3b1',
		kind: 'workload',
		state: 'running',
		memoryBytes: 512 * 1024 * 1024,
		pid: 4242,
		incarnation: 1,
		detailJson: JSON.stringify({steps: 120_000, selfCheck: {badPages: 0}}),
		...changes,
	};
}
