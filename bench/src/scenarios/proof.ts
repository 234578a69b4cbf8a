import {HostPair, type MeasuredMove} from '../host-pair.ts';
import {transferMs} from '../move.ts';
import {figures, OURS, type Figure, type RowDefinition, type Scenario} from '../scenario.ts';
import {GIB, idleGuest, roundsOf, type ScenarioContext, sizeText} from './context.ts';

const GUEST = 'proof';
const PROOFS = ['wire', 'audit', 'full'] as const;
type Proof = (typeof PROOFS)[number];
/** A fast network of today: the processor is not the limit. */
const LINK = '1GB/s';

function rowsOf(memoryBytes: number): RowDefinition[] {
	const size = sizeText(memoryBytes);
	const of = (id: string, title: string, unit: string): RowDefinition => ({id, title, unit, better: 'less', targets: []});
	return [
		...PROOFS.map((way): RowDefinition => ({
			id: `proof-bulk-${way}`,
			title: `guest memory a second from the first byte of the stream until all is applied, idle guest of ${size}, random content, --proof ${way}`,
			unit: 'GB/s',
			better: 'more',
			targets: way === 'wire' ? [{vs: 'off', atLeast: 0.75}] : [],
		})),
		{
			id: 'proof-link-wire',
			title: `the same, --bandwidth ${LINK}, --proof wire`,
			unit: 'GB/s',
			better: 'more',
			targets: [{vs: 'off', atLeast: 0.95}],
		},
		...PROOFS.map(way => of(`proof-downtime-${way}`, `downtime of the same guest, --proof ${way}`, 'ms')),
		...PROOFS.map(way =>
			of(`proof-cpu-${way}`, `CPU time of both daemons per GiB of guest memory, for as long as it is under way, --proof ${way}`, 's/GiB'),
		),
	];
}

/** What proving the memory costs, each way beside not proving it. */
export function proof(context: ScenarioContext): Scenario {
	const memoryBytes = context.quick ? GIB : 2 * GIB;
	return {
		id: 'proof',
		title: `Proof of memory: idle guest of ${sizeText(memoryBytes)}, random content, one plain connection`,
		rows: rowsOf(memoryBytes),
		rounds: roundsOf(context, {quick: 1, full: 7}),
		async open() {
			const pair = await HostPair.start();
			const throughput = (move: MeasuredMove): number => memoryBytes / transferMs(move) / 1e6;
			/** Rows of one way, whoever they are measured of. */
			const valuesOf = (move: MeasuredMove, way: Proof): Record<string, number> => ({
				[`proof-bulk-${way}`]: throughput(move),
				[`proof-downtime-${way}`]: move.result.downtimeMs ?? Number.NaN,
				[`proof-cpu-${way}`]: ((move.transferCpu.send + move.transferCpu.receive) * GIB) / memoryBytes,
			});
			const measure = async (way: Proof | 'off'): Promise<Figure[]> => {
				const move = await pair.move(GUEST, ['--proof', way]);
				return way === 'off' ? PROOFS.flatMap(each => figures('off', valuesOf(move, each))) : figures(OURS, valuesOf(move, way));
			};
			const measureLimited = async (way: 'wire' | 'off'): Promise<Figure[]> => {
				const move = await pair.move(GUEST, ['--proof', way, '--bandwidth', LINK]);
				return figures(way === 'off' ? 'off' : OURS, {'proof-link-wire': throughput(move)});
			};
			return {
				contenders: [
					...(['off', ...PROOFS] as const).map(way => ({name: `sterna --proof ${way}`, measure: async () => measure(way)})),
					...(['off', 'wire'] as const).map(way => ({
						name: `sterna --proof ${way} --bandwidth ${LINK}`,
						measure: async () => measureLimited(way),
					})),
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
