import type {Scenario} from '../scenario.ts';

export type ScenarioContext = {
	/** For programs, sockets and logs of the peers; removed after the run. */
	readonly directory: string;
	readonly quick: boolean;
};

/** Every scenario, in the order in which they run. */
export function scenarios(_context: ScenarioContext): readonly Scenario[] {
	return [];
}
