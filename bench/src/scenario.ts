import {spreadOf, type Spread} from './statistics.ts';

/** One figure that a scenario yields. The id is stable: `--json` consumers and later issues name rows by it. */
export type RowDefinition = {
	readonly id: string;
	readonly title: string;
	readonly unit: string;
	/** Which way is better: said in the table, never used to judge. */
	readonly better: 'more' | 'less';
};

/** Figures of one measurement by row id. A peer that cannot measure a row leaves it out. */
export type Sample = Readonly<Record<string, number>>;

/** Somebody who can do what the scenario asks for: Sterna, or a peer beside it. */
export type Contender = {
	/** `sterna`, or the peer's name in `vs`: `pump`, `iperf3`, `qemu`, … */
	readonly name: string;
	/** One measurement, from a clean start; leaves nothing behind. */
	readonly measure: () => Promise<Sample>;
};

/** What one scenario has set up for all of its rounds. */
export type Stage = AsyncDisposable & {readonly contenders: readonly Contender[]};

export type Scenario = {
	readonly id: string;
	readonly title: string;
	readonly rows: readonly RowDefinition[];
	/** Called once, before the first round. */
	readonly open: () => Promise<Stage>;
};

/** A row of the result: Sterna's figures, the peers' beside them, and ours over theirs by medians. */
export type Row = RowDefinition &
	Spread & {
		readonly samples: readonly number[];
		readonly peers: Readonly<Record<string, Spread>>;
		readonly vs: Readonly<Record<string, number>>;
	};

export const OURS = 'sterna';

/**
 * Runs a scenario's contenders in turn, round after round, so that a slow minute of the machine meets all of them;
 * each round begins with the next one. `onSample` is told of each measurement as it is made.
 */
export async function runScenario(
	scenario: Scenario,
	{rounds, onSample}: {readonly rounds: number; readonly onSample: (contender: string, round: number, sample: Sample) => void},
): Promise<Row[]> {
	const samples = new Map<string, Sample[]>();
	await using stage = await scenario.open();
	for (let round = 0; round < rounds; round++) {
		for (let turn = 0; turn < stage.contenders.length; turn++) {
			const contender = stage.contenders[(round + turn) % stage.contenders.length];
			if (contender === undefined) continue;
			const sample = await contender.measure();
			samples.set(contender.name, [...(samples.get(contender.name) ?? []), sample]);
			onSample(contender.name, round, sample);
		}
	}

	return scenario.rows.map(definition => rowOf(definition, samples));
}

function rowOf(definition: RowDefinition, samples: ReadonlyMap<string, readonly Sample[]>): Row {
	const valuesOf = (name: string): number[] =>
		(samples.get(name) ?? []).map(sample => sample[definition.id]).filter(value => value !== undefined);
	const ours = valuesOf(OURS);
	const spread = spreadOf(ours);
	const peers: Record<string, Spread> = {};
	const vs: Record<string, number> = {};
	for (const name of samples.keys()) {
		const values = valuesOf(name);
		if (name === OURS || values.length === 0) continue;
		peers[name] = spreadOf(values);
		vs[name] = spread.median / peers[name].median;
	}

	return {...definition, ...spread, samples: ours, peers, vs};
}
