import {simulate, type Limits, type SimulatedMigration} from '@sterna/sender/simulation';
import type {MigrationRecord} from '../report/record.ts';
import {reconstruct, type Reconstruction} from './reconstruct.ts';

/** What is to be otherwise than it was; undefined = as it was. */
export type ReplayChanges = {
	/** The limit of bandwidth in bytes a second; 0 = none. */
	readonly bandwidthBytesPerSecond?: number | undefined;
	readonly channels?: number | undefined;
	readonly limits?: Partial<Limits> | undefined;
};

export type Replay = {
	/** As it was recorded: how far the model is from what happened. */
	readonly unchanged: SimulatedMigration;
	/** Undefined where nothing was to be otherwise. */
	readonly changed: SimulatedMigration | undefined;
	readonly assumptions: readonly string[];
};

/** Each replay is the one in the middle of so many, by their total. */
const SEEDS = [1, 2, 3, 4, 5];

/** Plays a recorded migration again, as it was and with changes. Throws as `reconstruct`. */
export async function replay(record: MigrationRecord, changes: ReplayChanges): Promise<Replay> {
	const was = reconstruct(record);
	const isChanged = Object.values(changes).some(change => change !== undefined);
	return {
		unchanged: await middle(was),
		changed: isChanged ? await middle(changedBy(was, changes)) : undefined,
		assumptions: was.assumptions,
	};
}

function changedBy(was: Reconstruction, {bandwidthBytesPerSecond, channels, limits}: ReplayChanges): Reconstruction {
	const {link} = was.input;
	const limitBytesPerSecond = bandwidthBytesPerSecond === undefined ? link.limitBytesPerSecond : bandwidthBytesPerSecond || undefined;
	return {
		...was,
		input: {...was.input, link: {...link, limitBytesPerSecond, channels: channels ?? link.channels}},
		limits: {...was.limits, ...limits},
	};
}

async function middle({input, limits}: Reconstruction): Promise<SimulatedMigration> {
	const runs: SimulatedMigration[] = [];
	for (const seed of SEEDS) runs.push(await simulate({...input, policy: limits, seed}));
	const [first, ...others] = runs.toSorted((one, other) => one.totalMs - other.totalMs);
	if (first === undefined) throw new TypeError('nothing was simulated');
	return others[Math.floor(others.length / 2) - 1] ?? first;
}
