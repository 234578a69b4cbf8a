import type {Steps} from './steps.ts';

export type CheckOptions = {
	/** How often, for checks that repeat something. */
	readonly times: number;
};

/** One long check, by the name that is typed. */
export type Check = {
	readonly name: string;
	/** What is true when it passes. */
	readonly title: string;
	/** What it looks at: the last commit, or the files as they are. */
	readonly subject: 'commit' | 'files';
	run(steps: Steps, options: CheckOptions): Promise<void>;
};
