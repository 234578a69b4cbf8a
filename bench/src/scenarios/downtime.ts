import {freePorts} from '@sterna/test-e2e';
import {type QemuLoad, runQemuMigration} from '../peers/qemu.ts';
import {OURS, type Scenario} from '../scenario.ts';
import {Shuttle} from '../shuttle.ts';
import type {ScenarioContext} from './index.ts';

const MEMORY_BYTES = 1024 ** 3;

export type Load = {
	readonly id: string;
	readonly title: string;
	readonly hotBytes: number;
	/** 0 = idle. */ readonly bytesPerSecond: number;
};

/** How long a guest of 1 GiB, full of random bytes, stands still while it is moved under this load. */
export function downtime({directory}: ScenarioContext, {id, title, hotBytes, bytesPerSecond}: Load): Scenario {
	const isIdle = bytesPerSecond === 0;
	const totalRow = `${id}-total`;
	const pattern = isIdle ? ['--pattern', 'sequential'] : ['--pattern', 'hot-set', '--hot', String(hotBytes)];
	const load: QemuLoad = isIdle ? {kind: 'idle'} : {kind: 'hot-set', hotBytes, bytesPerSecond};
	return {
		id,
		title: `Downtime: ${title}`,
		rows: [
			{id, title: `downtime, ${title}`, unit: 'ms', better: 'less'},
			{id: totalRow, title: `total time, ${title}`, unit: 'ms', better: 'less'},
		],
		async open() {
			const shuttle = await Shuttle.start(['--memory', '1GiB', '--content', 'random', '--rate', `${bytesPerSecond}B/s`, ...pattern]);
			return {
				contenders: [
					{
						name: OURS,
						async measure() {
							const {result} = await shuttle.move();
							return {[id]: result.downtimeMs ?? Number.NaN, [totalRow]: result.totalMs};
						},
					},
					{
						name: 'qemu',
						async measure() {
							const [port = 0] = await freePorts(1);
							const figures = await runQemuMigration(directory, {port, memoryBytes: MEMORY_BYTES, load});
							return {[id]: figures.downtimeMs, [totalRow]: figures.totalMs};
						},
					},
				],
				async [Symbol.asyncDispose]() {
					try {
						await shuttle.check();
					} finally {
						await shuttle[Symbol.asyncDispose]();
					}
				},
			};
		},
	};
}
