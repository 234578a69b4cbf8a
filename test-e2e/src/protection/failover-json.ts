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
