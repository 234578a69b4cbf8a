import {HostPair} from '../host-pair.ts';
import {moveAll} from '../move-all.ts';
import {transferMs} from '../move.ts';
import {figures, OURS, type Scenario} from '../scenario.ts';
import {idleGuest, MIB, roundsOf, type ScenarioContext, sizeText} from './context.ts';

const COUNT = 16;
const SINGLE = 'single';

/** Sixteen guests that leave one host for another at the same moment. */
export function atOnce(context: ScenarioContext): Scenario {
	const memoryBytes = (context.quick ? 64 : 256) * MIB;
	const names = Array.from({length: COUNT}, (_, index) => `guest-${index + 1}`);
	const size = sizeText(memoryBytes);
	return {
		id: 'at-once-16',
		title: `${COUNT} migrations of guests of ${size} at once between one pair of hosts, random content`,
		rows: [
			{
				id: 'at-once-16',
				title: `guest memory a second from the first byte of any stream until all of all ${COUNT} guests of ${size} is applied, all asked for at once; single: of one such guest alone`,
				unit: 'GB/s',
				better: 'more',
				targets: [{vs: SINGLE, atLeast: 0.9}],
			},
			{
				id: 'at-once-16-whole',
				title: `guest memory a second from the request to the end of the last, all ${COUNT} guests of ${size}; single: of one alone, likewise`,
				unit: 'GB/s',
				better: 'more',
			},
			{
				id: 'at-once-16-spread',
				title: `total time of the slowest of ${COUNT} migrations at once over that of the fastest`,
				unit: '×',
				better: 'less',
				targets: [{figure: 'median', atMost: 1.5}],
			},
		],
		rounds: roundsOf(context, {quick: 1, full: 5}),
		async open() {
			const pair = await HostPair.start({settings: {sender: {'max-concurrent': COUNT}}});
			return {
				contenders: [
					{
						name: `sterna, ${COUNT} at once`,
						async measure() {
							const moves = await moveAll(pair, names);
							const beganMs = Math.min(...moves.map(({streamBeganMs}) => streamBeganMs));
							const endedMs = Math.max(...moves.map(({appliedMs}) => appliedMs));
							const totals = moves.map(({result}) => result.totalMs);
							return figures(OURS, {
								'at-once-16': (COUNT * memoryBytes) / (endedMs - beganMs) / 1e6,
								'at-once-16-whole': (COUNT * memoryBytes) / Math.max(...totals) / 1e6,
								'at-once-16-spread': Math.max(...totals) / Math.min(...totals),
							});
						},
					},
					{
						name: 'sterna, one',
						async measure() {
							const move = await pair.move(SINGLE);
							return figures(SINGLE, {
								'at-once-16': memoryBytes / transferMs(move) / 1e6,
								'at-once-16-whole': memoryBytes / move.result.totalMs / 1e6,
							});
						},
					},
				],
				async warmUp() {
					await Promise.all([...names, SINGLE].map(async name => pair.create(name, idleGuest(memoryBytes, 'random'))));
					await pair.warmUp(SINGLE);
				},
				[Symbol.asyncDispose]: async () => pair[Symbol.asyncDispose](),
			};
		},
	};
}
