import type {WorkloadDefinition, WorkloadProgram} from '@sterna/domain';
import {PAGE_SHIFT} from '@sterna/protocol';

/** What `domain create` was asked for; amounts in bytes, times in milliseconds, rates in bytes a second. */
export type WorkloadOptions = {
	readonly memory: number;
	readonly pattern: WorkloadProgram['pattern'];
	/** `unthrottled`: as fast as it can. */
	readonly rate: number | 'unthrottled';
	readonly hot?: number;
	readonly touched?: number;
	readonly content: WorkloadProgram['content'];
	readonly seed: number;
	readonly lineInterval: number;
	readonly udpPort?: number;
};

/** The hot set where none is asked for: that of the benchmarks, or a quarter of a memory that is too small for it. */
const DEFAULT_HOT_BYTES = 64 * 1024 * 1024;

/** The definition of a workload guest, without the uuid that the daemon gives it. The daemon checks it against its schema. */
export function workloadDefinition(name: string, options: WorkloadOptions): Omit<WorkloadDefinition, 'uuid'> {
	const {memory, pattern, rate, hot, touched, content, seed, lineInterval, udpPort} = options;
	return {
		kind: 'workload',
		name,
		memoryBytes: memory,
		pfnLimit: memory / 2 ** PAGE_SHIFT,
		program: {
			seed,
			pattern,
			content,
			lineIntervalMs: lineInterval,
			...(rate === 'unthrottled' ? {} : {rateBytesPerSecond: rate}),
			...(pattern === 'hot-set' ? {hotBytes: hot ?? defaultHotBytes(memory)} : {}),
			...(touched === undefined ? {} : {touchedBytes: touched}),
		},
		...(udpPort === undefined ? {} : {udpPort}),
	};
}

function defaultHotBytes(memoryBytes: number): number {
	const quarter = Math.floor(memoryBytes / 4 / 2 ** PAGE_SHIFT) * 2 ** PAGE_SHIFT;
	return Math.max(2 ** PAGE_SHIFT, Math.min(DEFAULT_HOT_BYTES, quarter));
}
