import type {FaultJson} from '../migration-json.ts';

/** A protection, in the events of `protect --json` and the answer of `status DOMAIN --json`, as far as tests look at it. */
export type ProtectionJson = {
	readonly id: string;
	readonly domain: string;
	readonly role: 'source' | 'standby';
	readonly peer: string;
	readonly phase: string;
	readonly reason: string | null;
	/** Since when it is in this phase: milliseconds since the Unix epoch. */
	readonly sinceMs: number;
	readonly incarnation: number;
	readonly epoch: number;
	readonly committedEpoch: number | null;
	readonly intervalMs: number | null;
	readonly ackLagMs: number | null;
	readonly lagEpochs: number | null;
	readonly heldOutputBytes: number | null;
	readonly heldOutputItems: number | null;
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
	readonly overflowPages: number | null;
	readonly lastCheckpoints: ReadonlyArray<{readonly epoch: number; readonly pages: number; readonly digest: string}>;
	readonly error: FaultJson | null;
};

/** The answer of `failover --json`. */
export type FailoverJson = {
	readonly domain: string;
	readonly id: string;
	readonly planned: boolean;
	readonly epoch: number;
	readonly incarnation: number;
	readonly decidedToRunningMs: number;
	readonly runsOn: string;
	readonly because: string;
};
