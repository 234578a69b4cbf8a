import {HostPair} from '../host-pair.ts';
import {availableBytes} from '../measure/anonymous-memory.ts';
import {transferMs} from '../move.ts';
import {type Figure, figures, OURS, type RowDefinition, type Scenario} from '../scenario.ts';
import {GIB, idleGuest, MIB, roundsOf, type ScenarioContext} from './context.ts';

const GUEST = 'sized';
/** What must stay free beside the two copies of a guest. */
const SPARE_BYTES = GIB;

/** Whether throughput depends on a guest's size. */
export function sizes(context: ScenarioContext): Scenario {
	const wanted = context.quick ? [1, 2] : [1, 2, 4, 8];
	const rows = wanted.map((gibibytes): RowDefinition => ({
		id: `size-${gibibytes}g`,
		title: `guest memory a second from the first byte of the stream until all is applied, idle guest of ${gibibytes} GiB, random content, populated target, one plain connection`,
		unit: 'GB/s',
		better: 'more',
		...(gibibytes === 1 ? {} : {targets: [{vs: 'size-1g', atLeast: 0.9, atMost: 1.1}]}),
	}));
	return {
		id: 'sizes',
		title: `Throughput of guests of ${wanted.join(', ')} GiB, where there is memory for two copies, random content, one plain connection`,
		rows,
		rounds: roundsOf(context, {quick: 1, full: 5}),
		async open() {
			const fitting = wanted.filter(gibibytes => 2 * gibibytes * GIB + SPARE_BYTES <= availableBytes());
			const pair = await HostPair.start();
			const measure = async (gibibytes: number): Promise<Figure[]> => {
				await pair.create(GUEST, idleGuest(gibibytes * GIB, 'random'));
				const move = await pair.move(GUEST);
				await pair.destroy(GUEST);
				const value = (gibibytes * GIB) / transferMs(move) / 1e6;
				const others = wanted.filter(other => other !== 1).map(other => `size-${other}g`);
				const asPeer = gibibytes === 1 ? figures('size-1g', Object.fromEntries(others.map(row => [row, value]))) : [];
				return [...figures(OURS, {[`size-${gibibytes}g`]: value}), ...asPeer];
			};
			return {
				contenders: fitting.map(gibibytes => ({name: `sterna, ${gibibytes} GiB`, measure: async () => measure(gibibytes)})),
				async warmUp() {
					await pair.create('warm-up', idleGuest(256 * MIB, 'random'));
					await pair.move('warm-up');
					await pair.destroy('warm-up');
				},
				[Symbol.asyncDispose]: async () => pair[Symbol.asyncDispose](),
			};
		},
	};
}
