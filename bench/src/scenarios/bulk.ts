import {freePorts} from '@sterna/test-e2e';
import {runIperf3} from '../peers/iperf3.ts';
import {buildMemoryPump, runMemoryPump} from '../peers/memory-pump.ts';
import {runQemuMigration} from '../peers/qemu.ts';
import {OURS, type Scenario} from '../scenario.ts';
import {Shuttle} from '../shuttle.ts';
import type {ScenarioContext} from './index.ts';

const MEMORY_BYTES = 2 * 1024 ** 3;
const ROW = 'bulk-plain-1';

/** All memory of an idle guest full of random bytes, over one plain connection. */
export function bulk({directory}: ScenarioContext): Scenario {
	return {
		id: 'bulk',
		title: 'Throughput: idle guest of 2 GiB, random content, one connection',
		rows: [{id: ROW, title: 'throughput, 2 GiB of random content, one plain connection', unit: 'GB/s', better: 'more'}],
		async open() {
			const pump = await buildMemoryPump(directory);
			const shuttle = await Shuttle.start(['--memory', '2GiB', '--pattern', 'sequential', '--rate', '0', '--content', 'random']);
			const port = async (): Promise<number> => (await freePorts(1))[0] ?? 0;
			return {
				contenders: [
					{
						name: OURS,
						async measure() {
							const {result, transferMs} = await shuttle.move();
							return {[ROW]: result.bytesSent / transferMs / 1e6};
						},
					},
					{
						name: 'pump',
						measure: async () => ({[ROW]: (await runMemoryPump(pump, {mebibytes: 2048, connections: 1})).bytesPerSecond / 1e9}),
					},
					{name: 'iperf3', measure: async () => ({[ROW]: (await runIperf3(await port(), {bytes: MEMORY_BYTES})) / 1e9})},
					{
						name: 'qemu',
						async measure() {
							const figures = await runQemuMigration(directory, {port: await port(), memoryBytes: MEMORY_BYTES, load: {kind: 'stopped'}});
							return {[ROW]: figures.transferredBytes / figures.totalMs / 1e6};
						},
					},
				],
				[Symbol.asyncDispose]: async () => shuttle[Symbol.asyncDispose](),
			};
		},
	};
}
