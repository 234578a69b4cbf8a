import type {Logger} from '@sterna/host';
import type {MigrationStatus} from '@sterna/protocol/control';
import type {ArrivalRecording} from './recording/arrival-recording.ts';
import type {TargetContents} from './target-contents.ts';
import type {TargetJournal} from './target-handover.ts';

/** The journal of an arrival, to its end. */
export interface IncomingJournal extends TargetJournal, Disposable {
	/** A link of this number begins. */
	resuming(link: number): Promise<void>;
	/** The guest runs here: its migration is history. */
	arrived(): Promise<void>;
	/** The guest is gone from here. */
	gone(): Promise<void>;
}

/** All of them are owned by the migration from here. */
export type IncomingDependencies = {
	/** Of a target that was made by its driver: paused, and empty unless links of an earlier daemon have filled it. */
	readonly contents: TargetContents;
	readonly journal: IncomingJournal;
	/** The promise of the guest's memory, until it is populated or never will be. */
	readonly memory: Disposable;
	readonly host: string;
	/** Begins to record it. Undefined where it is not recorded. */
	readonly record?: ((status: () => MigrationStatus) => ArrivalRecording | undefined) | undefined;
	readonly log: Logger;
};

export type IncomingOptions = {
	readonly id: string;
	readonly peer: string;
	readonly incarnation: number;
	/** Whether the guest stays paused after `go`. */
	readonly paused: boolean;
	/** Pages that the first stream names. */
	readonly totalPages: number;
	/** For so many milliseconds the guest waits for its next link when one is lost; undefined = it does not. */
	readonly holdMs: number | undefined;
	/** Of a guest that an earlier daemon began to take in: number of the latest link that it has seen. */
	readonly takenUpAt: number | undefined;
};
