/** One link inside of a data worker, as the poll loop drives it. Times are of `performance.now()`. */
export interface Machine {
	/** The descriptor to poll now, with `pollEvents` (a sum of `PollEvent`s); undefined = nothing to wait for on it. */
	readonly pollFd: number | undefined;
	readonly pollEvents: number;
	/** Whether `step` has work that waits for no descriptor. */
	readonly runnable: boolean;
	/** When `step` must be called at the latest. */
	readonly deadlineMs: number | undefined;
	/** True once the descriptors are closed and memory is not touched any more: the loop forgets the machine. */
	readonly closed: boolean;
	/** Moves some bytes, and returns before the other links starve. `found`: what poll said. Does not throw for what a peer or a disk does. */
	step(found: number, nowMs: number): void;
	/** Closes everything and reports it; `cause` when the loop or the machine itself is at fault. Idempotent. */
	close(cause?: unknown): void;
}
