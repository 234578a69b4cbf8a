import {writeSync} from 'node:fs';

/**
 * Places at which a process that commits a checkpoint can be told to die, for tests: before the mark that commits it, behind that, with half of its pages in
 * memory, with all of it in memory and on disks and not marked so, and behind that mark.
 */
export const CHECKPOINT_CRASH_POINTS = ['commit.before', 'commit.after', 'apply.middle', 'applied.before', 'applied.after'] as const;
export type CheckpointCrashPoint = (typeof CHECKPOINT_CRASH_POINTS)[number];

/** In a worker `process.stderr` is a stream without a descriptor. */
const STANDARD_ERROR = 2;

/** `count`: at which time that the place is come by, from 1 on. */
export type CheckpointCrash = {readonly point: CheckpointCrashPoint; readonly count: number};

/** Counts how often a place is come by, and dies there by SIGKILL when it is time. */
export class CrashTrap {
	readonly #crash: CheckpointCrash | undefined;
	#passed = 0;

	constructor(crash: CheckpointCrash | undefined) {
		this.#crash = crash;
	}

	/** A comparison where nothing is armed. */
	pass(point: CheckpointCrashPoint): void {
		if (this.#crash?.point !== point) return;
		this.#passed += 1;
		if (this.#passed < this.#crash.count) return;
		writeSync(STANDARD_ERROR, `crash point ${point} reached\n`);
		// A signal to oneself is delivered before the call returns.
		process.kill(process.pid, 'SIGKILL');
	}
}
