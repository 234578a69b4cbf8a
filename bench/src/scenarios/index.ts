import type {Scenario} from '../scenario.ts';
import {bulk} from './bulk.ts';
import {downtime} from './downtime.ts';

export type ScenarioContext = {
	/** For programs, sockets and logs of the peers; removed after the run. */
	readonly directory: string;
	readonly quick: boolean;
};

const MIB = 1024 * 1024;

/** Every scenario, in the order in which they run. */
export function scenarios(context: ScenarioContext): readonly Scenario[] {
	return [
		bulk(context),
		downtime(context, {id: 'idle-1g', title: 'idle guest of 1 GiB', hotBytes: 0, bytesPerSecond: 0}),
		downtime(context, {
			id: 'hot-200',
			title: 'guest of 1 GiB that writes 200 MB/s over a hot set of 64 MiB',
			hotBytes: 64 * MIB,
			bytesPerSecond: 200_000_000,
		}),
	];
}
