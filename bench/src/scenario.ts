import type {Target} from './target.ts';

/** One figure that a scenario yields. The id is stable: `--json` consumers and later issues name rows by it. */
export type RowDefinition = {
	readonly id: string;
	/** What is measured, from when to when, in which setting. */
	readonly title: string;
	readonly unit: string;
	/** Which way is better: said in the table, never used to judge. */
	readonly better: 'more' | 'less';
	readonly targets?: readonly Target[];
};

/** One value of a row. `by` is `OURS`, or the name in `vs` of whoever it was measured of: `pump`, `iperf3`, `qemu`, … */
export type Figure = {readonly row: string; readonly by: string; readonly value: number};

/** Somebody who can do what the scenario asks for: Sterna in one of its settings, or a peer beside it. */
export type Contender = {
	/** For people: who is being measured, and how. */
	readonly name: string;
	/** One measurement, from a clean start; leaves nothing behind. A figure that it cannot measure it leaves out. */
	readonly measure: () => Promise<readonly Figure[]>;
};

/** What one scenario has set up for all of its rounds. */
export type Stage = AsyncDisposable & {
	readonly contenders: readonly Contender[];
	/** Before the first round, not counted: what is slow only once is not measured. */
	readonly warmUp?: () => Promise<void>;
};

export type Scenario = {
	readonly id: string;
	readonly title: string;
	readonly rows: readonly RowDefinition[];
	readonly rounds: number;
	/** Called once, before the first round. */
	readonly open: () => Promise<Stage>;
};

/** The name that Sterna's own figures go by. */
export const OURS = 'sterna';

/** Figures of one party by row: `figures('pump', {'bulk-plain-1': 2.8})`. */
export function figures(by: string, values: Readonly<Record<string, number>>): Figure[] {
	return Object.entries(values).map(([row, value]) => ({row, by, value}));
}
