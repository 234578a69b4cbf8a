import {HostPair} from '../host-pair.ts';
import {runQemuMigration} from '../peers/qemu.ts';
import {figures, OURS, type Scenario} from '../scenario.ts';
import type {Target} from '../target.ts';
import {GIB, MIB, roundsOf, type ScenarioContext, sizeArgument, sizeText} from './context.ts';

const HOT_BYTES = 64 * MIB;
const GUEST = 'hot';

/** Of the issue: for 200 MB/s alone. */
const TARGETS: Readonly<Record<number, readonly Target[]>> = {
	200: [
		{figure: 'median', atMost: 40},
		{vs: 'qemu', atMost: 1},
	],
};

/** How long a guest full of random bytes stands still while it is moved and writes all the time. */
export function hot(context: ScenarioContext, megabytesPerSecond: number): Scenario {
	const id = `hot-${megabytesPerSecond}`;
	const memoryBytes = context.quick ? 256 * MIB : GIB;
	const what = `guest of ${sizeText(memoryBytes)}, random content, that writes ${megabytesPerSecond} MB/s over a hot set of 64 MiB`;
	const bytesPerSecond = megabytesPerSecond * 1e6;
	return {
		id,
		title: `Downtime: ${what}`,
		rows: [
			{id, title: `downtime, ${what}`, unit: 'ms', better: 'less', targets: TARGETS[megabytesPerSecond] ?? []},
			{id: `${id}-total`, title: `total time from the request to the end, ${what}`, unit: 'ms', better: 'less'},
		],
		rounds: roundsOf(context, {quick: 1, full: 7}),
		async open() {
			const pair = await HostPair.start();
			return {
				contenders: [
					{
						name: OURS,
						async measure() {
							const {result} = await pair.move(GUEST);
							return figures(OURS, {[id]: result.downtimeMs ?? Number.NaN, [`${id}-total`]: result.totalMs});
						},
					},
					{
						name: 'qemu',
						async measure() {
							const {downtimeMs, totalMs} = await runQemuMigration({
								directory: context.directory,
								memoryBytes: memoryBytes,
								filledBytes: memoryBytes,
								isPopulated: true,
								load: {kind: 'hot-set', hotBytes: HOT_BYTES, bytesPerSecond},
							});
							return figures('qemu', {[id]: downtimeMs, [`${id}-total`]: totalMs});
						},
					},
				],
				async warmUp() {
					const load = ['--pattern', 'hot-set', '--hot', sizeArgument(HOT_BYTES), '--rate', `${megabytesPerSecond}MB/s`];
					await pair.create(GUEST, ['--memory', sizeArgument(memoryBytes), '--content', 'random', ...load]);
					await pair.warmUp(GUEST);
				},
				async [Symbol.asyncDispose]() {
					try {
						await pair.check(GUEST);
					} finally {
						await pair[Symbol.asyncDispose]();
					}
				},
			};
		},
	};
}
