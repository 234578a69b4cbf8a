/** What a migration costs beside its pages, in milliseconds. */
export type MigrationCosts = {
	/** From the request until writes are tracked. */
	readonly setupMs: number;
	/** From then until the first page may go. */
	readonly openMs: number;
	/** A scan of the dirty log. */
	readonly scanMs: number;
	/** Until the guest stands still. */
	readonly pauseMs: number;
	/** Until its state is saved, from then. */
	readonly deviceStateMs: number;
	/** Until the receiver is ready, from when it has everything. */
	readonly loadMs: number;
	/** From there until the guest's first step, the round trip of `go` aside. */
	readonly handoverMs: number;
	readonly resumeMs: number;
	/** Until the end is told. */
	readonly closeMs: number;
};

/** Estimates of a workload guest on loopback, for what a recording or a sample does not tell. */
export const DEFAULT_COSTS: MigrationCosts = {
	setupMs: 25,
	openMs: 25,
	scanMs: 0.5,
	pauseMs: 0.3,
	deviceStateMs: 0.1,
	loadMs: 1,
	handoverMs: 1,
	resumeMs: 0.3,
	closeMs: 10,
};
