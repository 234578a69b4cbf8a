import {HostPair, type MeasuredMove} from '../host-pair.ts';
import {transferMs} from '../move.ts';
import {runIperf3} from '../peers/iperf3.ts';
import {buildMemoryPump, runMemoryPump} from '../peers/memory-pump.ts';
import {runQemuMigration} from '../peers/qemu.ts';
import {type Contender, type Figure, figures, OURS, type RowDefinition, type Scenario} from '../scenario.ts';
import type {Target} from '../target.ts';
import {GIB, idleGuest, MIB, roundsOf, type ScenarioContext, sizeText} from './context.ts';

const GUEST = 'bulk';
const CHANNELS = [1, 2, 4] as const;
type Channels = (typeof CHANNELS)[number];

const THROUGHPUT_TARGETS: Readonly<Record<Channels, readonly Target[]>> = {
	1: [
		{vs: 'pump', atLeast: 0.95},
		{vs: 'qemu', atLeast: 2.2},
	],
	2: [
		{vs: 'pump', atLeast: 0.95},
		{vs: 'qemu-multifd', atLeast: 1},
	],
	4: [],
};
const CPU_TARGETS: readonly Target[] = [
	{vs: 'pump', atMost: 1.15},
	{vs: 'qemu', atMost: 0.5},
];

function rowsOf(memoryBytes: number): RowDefinition[] {
	const size = sizeText(memoryBytes);
	const throughput = CHANNELS.map((channels): RowDefinition => ({
		id: `bulk-plain-${channels}`,
		title: `guest memory a second from the first byte of the stream until all is applied, idle guest of ${size}, random content, populated target, --channels ${channels} --proof off`,
		unit: 'GB/s',
		better: 'more',
		targets: THROUGHPUT_TARGETS[channels],
	}));
	const cpu = (id: string, whose: string, targets: readonly Target[] = []): RowDefinition => ({
		id,
		title: `CPU time of ${whose} per GiB of guest memory, ${size}, one connection`,
		unit: 's/GiB',
		better: 'less',
		targets,
	});
	return [
		...throughput,
		cpu('cpu-plain-1', 'both daemons together, for as long as the memory is under way,', CPU_TARGETS),
		cpu('cpu-plain-1-send', 'the sending side, for as long as the memory is under way,'),
		cpu('cpu-plain-1-receive', 'the receiving side, for as long as the memory is under way,'),
		cpu('cpu-plain-1-whole', 'both daemons together, for the whole migration with preparation and clearing up,'),
		cpu('cpu-plain-2', 'both daemons together (--channels 2), for as long as the memory is under way,'),
	];
}

function throughputOf(memoryBytes: number, milliseconds: number): number {
	return memoryBytes / milliseconds / 1e6;
}

/** All memory of an idle guest full of random bytes, over one, two and four plain connections. */
export function bulk(context: ScenarioContext): Scenario {
	const memoryBytes = context.quick ? GIB : 2 * GIB;
	const gibibytes = memoryBytes / GIB;
	return {
		id: 'bulk',
		title: `Throughput and CPU time: idle guest of ${sizeText(memoryBytes)}, random content, plain connections`,
		rows: rowsOf(memoryBytes),
		rounds: roundsOf(context, {quick: 2, full: 7}),
		async open() {
			const {directory} = context;
			const pump = await buildMemoryPump(directory);
			const pair = await HostPair.start();
			const ours = async (channels: Channels): Promise<Figure[]> => {
				// As the peers do it; what a proof costs is a scenario of its own.
				const move = await pair.move(GUEST, ['--channels', String(channels), '--proof', 'off']);
				return figures(OURS, {[`bulk-plain-${channels}`]: throughputOf(memoryBytes, transferMs(move)), ...cpuOf(move, channels)});
			};
			const cpuOf = ({transferCpu, wholeCpu}: MeasuredMove, channels: Channels): Record<string, number> => {
				const both = (transferCpu.send + transferCpu.receive) / gibibytes;
				if (channels !== 1) return channels === 2 ? {'cpu-plain-2': both} : {};
				return {
					'cpu-plain-1': both,
					'cpu-plain-1-send': transferCpu.send / gibibytes,
					'cpu-plain-1-receive': transferCpu.receive / gibibytes,
					'cpu-plain-1-whole': (wholeCpu.send + wholeCpu.receive) / gibibytes,
				};
			};
			const pumped = async (connections: Channels): Promise<Figure[]> => {
				const {bytesPerSecond, cpuPerGib} = await runMemoryPump(pump, {mebibytes: memoryBytes / MIB, connections});
				const throughput = {[`bulk-plain-${connections}`]: bytesPerSecond / 1e9};
				if (connections === 4) return figures('pump', throughput);
				if (connections === 2) return figures('pump', {...throughput, 'cpu-plain-2': cpuPerGib.both});
				const cpu = {'cpu-plain-1': cpuPerGib.both, 'cpu-plain-1-send': cpuPerGib.send, 'cpu-plain-1-receive': cpuPerGib.receive};
				return figures('pump', {...throughput, ...cpu});
			};
			const qemu = async (name: 'qemu' | 'qemu-prealloc' | 'qemu-multifd'): Promise<Figure[]> => {
				const load = {kind: 'stopped'} as const;
				const guest = {directory, memoryBytes, filledBytes: memoryBytes, isPopulated: name === 'qemu-prealloc', load};
				const {totalMs, cpu} = await runQemuMigration({...guest, ...(name === 'qemu-multifd' ? {multifdChannels: 2} : {})});
				const [send, receive] = [cpu.send / gibibytes, cpu.receive / gibibytes];
				const throughput = throughputOf(memoryBytes, totalMs);
				if (name === 'qemu-multifd') return figures(name, {'bulk-plain-2': throughput, 'cpu-plain-2': send + receive});
				return figures(name, {
					'bulk-plain-1': throughput,
					'cpu-plain-1': send + receive,
					'cpu-plain-1-send': send,
					'cpu-plain-1-receive': receive,
				});
			};
			const contenders: Contender[] = [
				{name: 'sterna', measure: async () => ours(1)},
				{name: 'pump', measure: async () => pumped(1)},
				{name: 'sterna --channels 2', measure: async () => ours(2)},
				{name: 'pump, 2 connections', measure: async () => pumped(2)},
				{name: 'sterna --channels 4', measure: async () => ours(4)},
				{name: 'pump, 4 connections', measure: async () => pumped(4)},
				{name: 'qemu', measure: async () => qemu('qemu')},
				{name: 'qemu-prealloc', measure: async () => qemu('qemu-prealloc')},
				{name: 'qemu-multifd, 2 channels', measure: async () => qemu('qemu-multifd')},
				{
					name: 'iperf3',
					measure: async () => figures('iperf3', {'bulk-plain-1': (await runIperf3({bytes: memoryBytes})) / 1e9}),
				},
			];
			return {
				contenders,
				async warmUp() {
					await pair.create(GUEST, idleGuest(memoryBytes, 'random'));
					await pair.warmUp(GUEST);
				},
				[Symbol.asyncDispose]: async () => pair[Symbol.asyncDispose](),
			};
		},
	};
}
