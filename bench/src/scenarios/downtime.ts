import {HostPair} from '../host-pair.ts';
import {figures, OURS, type Scenario} from '../scenario.ts';
import {GIB, idleGuest, MIB, roundsOf, type ScenarioContext, sizeText} from './context.ts';

const ROW = 'downtime-4g-50';
const GUEST = 'downtime';

/** How long an idle guest, all of whose memory holds random bytes, stands still; again and again, for the worst of many. */
export function downtime(context: ScenarioContext): Scenario {
	const memoryBytes = context.quick ? 512 * MIB : 4 * GIB;
	const rounds = roundsOf(context, {quick: 5, full: 50});
	const what = `idle guest of ${sizeText(memoryBytes)}, random content, over ${rounds} migrations`;
	return {
		id: 'downtime-4g',
		title: `Downtime: ${what}`,
		rows: [
			{
				id: ROW,
				title: `downtime, ${what}`,
				unit: 'ms',
				better: 'less',
				targets: [
					{figure: 'median', atMost: 5},
					{figure: 'max', atMost: 20},
				],
			},
		],
		rounds,
		async open() {
			const pair = await HostPair.start();
			return {
				contenders: [
					{
						name: OURS,
						async measure() {
							const {result} = await pair.move(GUEST);
							return figures(OURS, {[ROW]: result.downtimeMs ?? Number.NaN});
						},
					},
				],
				async warmUp() {
					await pair.create(GUEST, idleGuest(memoryBytes, 'random'));
					await pair.warmUp(GUEST);
				},
				[Symbol.asyncDispose]: async () => pair[Symbol.asyncDispose](),
			};
		},
	};
}
