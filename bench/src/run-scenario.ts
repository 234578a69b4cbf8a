import {rowOf, type Row} from './row.ts';
import type {Contender, Figure, Scenario, Stage} from './scenario.ts';

/** What could not be measured, and why. `contender` is undefined where the scenario itself could not be set up or cleared away. */
export type Failure = {readonly scenario: string; readonly contender?: string; readonly reason: string};

export type ScenarioResult = {readonly rows: readonly Row[]; readonly failures: readonly Failure[]};

export type Observer = {
	/** Told of each measurement as it is made. `round` counts from 0. */
	readonly onFigures: (contender: string, round: number, figures: readonly Figure[]) => void;
	readonly onFailure: (failure: Failure) => void;
};

/**
 * Runs a scenario's contenders in turn, round after round, so that a slow minute of the machine meets all of them; each round begins
 * with the next one. One that fails is left out from then on, and the others lose nothing by it. Never rejects.
 */
export async function runScenario(scenario: Scenario, observer: Observer): Promise<ScenarioResult> {
	const failures: Failure[] = [];
	const fail = (error: unknown, contender?: string): void => {
		const failure = {scenario: scenario.id, ...(contender === undefined ? {} : {contender}), reason: reasonOf(error)};
		failures.push(failure);
		observer.onFailure(failure);
	};
	const rounds: Figure[][] = [];
	try {
		await using stage = await scenario.open();
		await stage.warmUp?.();
		await runRounds(scenario, stage, {rounds, fail, onFigures: observer.onFigures});
	} catch (error) {
		fail(error);
	}

	const rows = scenario.rows.map(definition => rowOf(definition, rounds)).filter(row => row !== undefined);
	return {rows, failures};
}

type Rounds = Pick<Observer, 'onFigures'> & {readonly rounds: Figure[][]; readonly fail: (error: unknown, contender: string) => void};

async function runRounds(scenario: Scenario, {contenders}: Stage, {rounds, fail, onFigures}: Rounds): Promise<void> {
	const failed = new Set<Contender>();
	for (let round = 0; round < scenario.rounds; round++) {
		const measured: Figure[] = [];
		rounds.push(measured);
		const first = round % contenders.length;
		for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
			if (failed.has(contender)) continue;
			try {
				const figures = await contender.measure();
				measured.push(...figures);
				onFigures(contender.name, round, figures);
			} catch (error) {
				failed.add(contender);
				fail(error, contender.name);
			}
		}
	}
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
