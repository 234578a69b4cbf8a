import {HostPair} from '../host-pair.ts';
import {transferMs} from '../move.ts';
import {makeTlsIdentity, runTlsPump} from '../peers/node-tls.ts';
import {figures, OURS, type Scenario} from '../scenario.ts';
import {GIB, idleGuest, roundsOf, type ScenarioContext, sizeText} from './context.ts';

const GUEST = 'tls';
const ROW = 'tls-1';
const CPU_ROW = 'cpu-tls-1';

/** All memory of an idle guest full of random bytes, over one data connection with TLS. */
export function tls(context: ScenarioContext): Scenario {
	const memoryBytes = context.quick ? GIB : 2 * GIB;
	const gibibytes = memoryBytes / GIB;
	const size = sizeText(memoryBytes);
	return {
		id: 'tls',
		title: `Throughput over TLS: idle guest of ${size}, random content, one connection`,
		rows: [
			{
				id: ROW,
				title: `guest memory a second from the first byte of the stream until all is applied, idle guest of ${size}, random content, populated target, TLS 1.3`,
				unit: 'GB/s',
				better: 'more',
				targets: [{vs: 'node-tls', atLeast: 0.9}],
			},
			{
				id: CPU_ROW,
				title: `CPU time of both daemons together per GiB of guest memory, ${size}, one connection, TLS 1.3`,
				unit: 's/GiB',
				better: 'less',
				targets: [],
			},
		],
		rounds: roundsOf(context, {quick: 2, full: 7}),
		async open() {
			const identity = await makeTlsIdentity(context.directory);
			const pair = await HostPair.start({tls: true});
			return {
				contenders: [
					{
						name: OURS,
						async measure() {
							const move = await pair.move(GUEST);
							const {send, receive} = move.transferCpu;
							return figures(OURS, {[ROW]: memoryBytes / transferMs(move) / 1e6, [CPU_ROW]: (send + receive) / gibibytes});
						},
					},
					{
						name: 'node-tls',
						async measure() {
							const {bytesPerSecond, cpu} = await runTlsPump(identity, {bytes: memoryBytes});
							return figures('node-tls', {[ROW]: bytesPerSecond / 1e9, [CPU_ROW]: (cpu.send + cpu.receive) / gibibytes});
						},
					},
				],
				async warmUp() {
					await pair.create(GUEST, idleGuest(memoryBytes, 'random'));
					await pair.move(GUEST);
				},
				[Symbol.asyncDispose]: async () => pair[Symbol.asyncDispose](),
			};
		},
	};
}
