import type {RecordedFault} from '@sterna/host/record';

/** Something to do, and the command that does it. */
export type Remedy = {readonly text: string; readonly command?: string};

/** A recorded line that an explanation rests on. `atMs`: since the Unix epoch. */
export type Evidence = {readonly atMs: number; readonly side: 'sender' | 'receiver'; readonly text: string};

/** How a recording ends: as its last line says, or without one. */
export type Ending = 'completed' | 'aborted' | 'failed' | 'undecided' | 'under-way' | 'no-end';

/** What a migration was like, in sentences for a person who has nothing else before them. */
export type Explanation = {
	readonly ending: Ending;
	readonly headline: string;
	/** The run, in order, a sentence each. */
	readonly whatHappened: readonly string[];
	/** Why it ended so, a sentence each, the nearest reason first. */
	readonly why: readonly string[];
	readonly whereTheGuestIs: string;
	/** The best first. */
	readonly whatToDo: readonly Remedy[];
	/** The error that it ended by, as both hosts tell it. */
	readonly error: RecordedFault | undefined;
	readonly evidence: readonly Evidence[];
};

/** What one kind of ending adds to what is told of all. */
export type EndingPart = Pick<Explanation, 'headline' | 'why' | 'whatToDo'>;
