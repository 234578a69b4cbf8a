import {type Figure, OURS, type RowDefinition} from './scenario.ts';
import {medianOf, spreadOf, type Spread} from './statistics.ts';
import {type TargetOutcome, targetOutcome} from './target.ts';

/** A row of the result: Sterna's figures, the peers' beside them, and ours over theirs. */
export type Row = Omit<RowDefinition, 'targets'> &
	Spread & {
		/** Ours, in the order in which they were measured. */
		readonly samples: readonly number[];
		readonly peers: Readonly<Record<string, Spread>>;
		/** Ours over theirs: the median of the ratios of each round. */
		readonly vs: Readonly<Record<string, number>>;
		/** The smallest and the largest of those ratios, too. */
		readonly ratios: Readonly<Record<string, Spread>>;
		readonly targets: readonly TargetOutcome[];
	};

/**
 * Puts the figures of all rounds together; `rounds[n]` holds those of round n. A ratio is formed within each round and the median taken
 * of the ratios: a machine that is slow for a minute is so for both. Undefined for a row without a figure of ours.
 */
export function rowOf({targets = [], ...definition}: RowDefinition, rounds: readonly (readonly Figure[])[]): Row | undefined {
	const own = rounds.map(round => round.filter(({row}) => row === definition.id));
	const valuesOf = (round: readonly Figure[], name: string): number[] => round.filter(({by}) => by === name).map(({value}) => value);
	const samples = own.flatMap(round => valuesOf(round, OURS));
	if (samples.length === 0) return undefined;
	const spread = spreadOf(samples);
	const peers: Record<string, Spread> = {};
	const ratios: Record<string, Spread> = {};
	const vs: Record<string, number> = {};
	for (const name of new Set(own.flat().map(({by}) => by))) {
		if (name === OURS) continue;
		peers[name] = spreadOf(own.flatMap(round => valuesOf(round, name)));
		const pairs = own
			.map(round => [valuesOf(round, OURS), valuesOf(round, name)] as const)
			.filter(([ours, theirs]) => ours.length > 0 && theirs.length > 0)
			.map(([ours, theirs]) => medianOf(ours) / medianOf(theirs))
			.filter(ratio => Number.isFinite(ratio));
		if (pairs.length === 0) continue;
		ratios[name] = spreadOf(pairs);
		vs[name] = ratios[name].median;
	}

	return {
		...definition,
		...spread,
		samples,
		peers,
		vs,
		ratios,
		targets: targets.map(target => targetOutcome(target, {...spread, vs})),
	};
}
