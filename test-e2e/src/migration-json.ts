/** An error as `--json` prints it. */
export type FaultJson = {
	readonly code: string;
	readonly message: string;
	readonly side: string;
	readonly phase: string;
	readonly runsOn: string | null;
	readonly next: string | null;
	readonly causes: readonly string[];
};

/** The last line of `start --json`: `{"result": …}`. */
export type ResultJson = {
	readonly id: string | null;
	readonly domain: string | null;
	readonly outcome: 'completed' | 'aborted' | 'failed' | 'undecided';
	readonly runsOn: string | null;
	readonly totalMs: number;
	readonly downtimeMs: number | null;
	readonly iterations: number;
	readonly pagesSent: number;
	readonly bytesSent: number;
	readonly zeroPages: number | null;
	readonly savedBytes: number | null;
	readonly interruptions: number | null;
	readonly interruptedMs: number | null;
	readonly resentBytes: number | null;
	readonly diskBytesSent: number | null;
	readonly proof: string | null;
	readonly repairedPages: number | null;
	readonly digest: string | null;
	readonly because: string | null;
	readonly error: FaultJson | null;
};

/** A migration, in the events of `start --json` and the answer of `status ID --json`. */
export type MigrationJson = {
	readonly id: string;
	readonly domain: string;
	readonly direction: string;
	readonly peer: string;
	readonly phase: string;
	readonly iteration: number;
	readonly pagesSent: number;
	readonly bytesSent: number;
	readonly zeroPages: number | null;
	readonly savedBytes: number | null;
	readonly interruptions: number | null;
	readonly diskBytesLeft: number | null;
	readonly proof: string | null;
	readonly digest: string | null;
	readonly dirtyPages: number | null;
	readonly elapsedMs: number;
	/** When it was asked for, in milliseconds since the epoch. */
	readonly startedAtMs: number;
	readonly tracker: string;
	/** 0 to 1 of the expected time. */
	readonly progress: number | null;
	readonly etaLowMs: number | null;
	readonly etaHighMs: number | null;
	/** What must become true for the guest to be paused. */
	readonly waitsFor: string | null;
	readonly neededPages: number | null;
	readonly convergence: string | null;
	readonly convergenceBecause: string | null;
	/** Passes that are over: in events, since the one before. */
	readonly iterations: ReadonlyArray<{
		readonly iteration: number;
		readonly dirtyPages: number;
		readonly writtenPages: number;
		readonly durationMs: number;
		readonly waitsFor?: string;
	}>;
	readonly transferPaused: boolean | null;
	readonly policyFault: string | null;
	readonly result: ResultJson | null;
};
