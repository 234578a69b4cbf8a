/**
 * `node packages/sender/bench/checkpoints.ts [--rates N,N] [--rounds N] [--seconds S] [--memory MIB] [--hot MIB] [--load MB/S]`: a workload guest is kept in step with a standby
 * over loopback by the engine alone, without daemons, in alternating runs with and without checkpoints: first with a rate of writes, then as fast as it can. Prints what the checkpoints
 * cost, part by part in milliseconds, and what is left of the guest's steps.
 */
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {driverFor, PageBitmap, type WorkloadDefinition} from '@sterna/domain';
import {connectData, DataWorkerPool, DEFAULT_WINDOW_BYTES, openSendLink} from '@sterna/transport';
import {Checkpointer} from '../src/engine/checkpoint/checkpointer.ts';
import {EpochController} from '../src/engine/checkpoint/epoch-controller.ts';
import {Ring} from '../src/engine/checkpoint/ring.ts';
import {StagingArena} from '../src/engine/checkpoint/staging-arena.ts';
import type {CheckpointPauseParts, TakenCheckpoint} from '../src/engine/checkpoint/take-checkpoint.ts';
import {fillPageTables} from '../src/engine/fill-page-tables.ts';
import {writeHead} from '../src/engine/stream-frame.ts';

const MIB = 2 ** 20;
const PAGE_BYTES = 4096;

const {values: flags} = parseArgs({
	options: {
		rates: {type: 'string', default: '20,40'},
		rounds: {type: 'string', default: '3'},
		seconds: {type: 'string', default: '4'},
		memory: {type: 'string', default: '1024'},
		hot: {type: 'string', default: '16'},
		load: {type: 'string', default: '100'},
	},
});
const rounds = Number(flags.rounds);
const runMs = Number(flags.seconds) * 1000;
const memoryBytes = Number(flags.memory) * MIB;
const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;
const never = new AbortController().signal;
const directory = mkdtempSync(path.join(tmpdir(), 'sterna-bench-'));

/** `bytesPerSecond`: undefined = as fast as it can. */
function definitionOf(bytesPerSecond: number | undefined): WorkloadDefinition {
	return {
		kind: 'workload',
		name: 'bench',
		uuid: crypto.randomUUID(),
		memoryBytes,
		pfnLimit: memoryBytes / PAGE_BYTES,
		program: {
			seed: 4711,
			pattern: 'hot-set',
			hotBytes: Number(flags.hot) * MIB,
			touchedBytes: memoryBytes,
			content: 'random',
			rateBytesPerSecond: bytesPerSecond,
			lineIntervalMs: 5,
		},
	};
}

type StandbyAddress = {readonly port: number; readonly token: string; readonly migrationId: string};

/** A guest with a standby in another process. */
async function measure(bytesPerSecond: number | undefined): Promise<void> {
	await using stack = new AsyncDisposableStack();
	const definition = definitionOf(bytesPerSecond);
	const name = bytesPerSecond === undefined ? 'unthrottled' : `${bytesPerSecond / 1e6} MB/s`;
	const place = {
		domainDir: path.join(directory, name, 'd'),
		runDir: path.join(directory, name, 'r'),
		outputFile: path.join(directory, `${name}.out`),
	};
	for (const each of [place.domainDir, place.runDir]) mkdirSync(each, {recursive: true});
	const driver = driverFor('workload');
	const handle = await driver.create(definition, place, {paused: false});
	stack.defer(async () => driver.remove(handle, place));
	const managed = stack.use(await driver.manage(definition, handle, place));
	const domain = stack.use(await driver.openSource(definition, handle, place, {tracker: 'auto'}));
	const dirtyLog = stack.use(await domain.startDirtyLog());
	await fillPageTables(domain.memory, never);

	const store = path.join('/dev/shm', `${path.basename(directory)}-${name.replaceAll('/', '')}`);
	const standby = fork(path.join(import.meta.dirname, 'standby-main.ts'), [store, String(definition.pfnLimit)], {
		execArgv: ['--no-warnings'],
	});
	stack.defer(async () => {
		if (standby.exitCode === null) await once(standby, 'exit');
		rmSync(store, {force: true});
	});
	const [{port, token, migrationId}] = (await once(standby, 'message')) as [StandbyAddress];
	const preamble = {token: new Uint8Array(Buffer.from(token, 'hex')), migrationId, channelIndex: 0, channelCount: 1, link: 0};
	const pool = stack.use(new DataWorkerPool({maxWorkers: 1}));
	const arenas = [stack.use(await StagingArena.create(64 * MIB)), stack.use(await StagingArena.create(64 * MIB))];
	const socket = await connectData({host: '127.0.0.1', port, preamble});
	const link = stack.use(
		openSendLink(pool, {
			...socket,
			kind: 'socket',
			memory: domain.memory,
			pageTypes: undefined,
			windowBytes: DEFAULT_WINDOW_BYTES,
			teeFd: undefined,
			onCommitted: committed => current?.committed({...committed, epoch: committed.epoch - offset}),
		}),
	);
	/** Each rate has a checkpointer of its own, which begins to count anew. */
	let current: Checkpointer | undefined;
	let offset = 0;

	const gate = domain.checkpoints?.gate;
	const taken: TakenCheckpoint[] = [];
	const newCheckpointer = (perSecond: number): Checkpointer =>
		new Checkpointer(
			{
				domain,
				dirtyLog,
				link,
				gate,
				disks: [],
				pages: {zeroPages: 'in-full'},
				arenas,
				controller: new EpochController({kind: 'fixed', intervalMs: 1000 / perSecond}, nowMs()),
				untilBootNs: () => undefined,
				nowMs,
				wallMs: () => Date.now(),
				onCheckpoint: one => {
					taken.push(one);
				},
			},
			{inFlight: 2, committedEpoch: 0, diskLogBytes: 64 * MIB},
		);
	const steps = async (): Promise<number> => Number((await managed.show()).detail['steps']);
	/** Steps a second while something else goes on. */
	const stepsDuring = async (other: () => Promise<void>): Promise<number> => {
		const [before, beforeMs] = [await steps(), nowMs()];
		await other();
		return (((await steps()) - before) / (nowMs() - beforeMs)) * 1000;
	};
	const idle = async (checkpointer: Checkpointer): Promise<void> => {
		while (checkpointer.status.lagEpochs > 0) await sleep(5);
	};

	await writeHead(link, domain);
	for (const perSecond of flags.rates.split(',').map(Number)) {
		const [alone, kept]: [number[], number[]] = [[], []];
		let status: Checkpointer['status'] | undefined;
		taken.length = 0;
		const loop = {cpuMs: 0, ms: 0, count: 0};
		for (let round = 0; round < rounds; round++) {
			const checkpointer = newCheckpointer(perSecond);
			current = checkpointer;
			const due = new PageBitmap(domain.memory.pageLimit);
			if (offset === 0) domain.addAllPages(due);
			await checkpointer.first(due, never);
			await idle(checkpointer);
			const stop = new AbortController();
			const running = checkpointer.run(stop.signal).catch((error: unknown) => {
				if (!stop.signal.aborted) throw error;
			});
			await sleep(500);
			const [cpu, startMs, startCount] = [process.threadCpuUsage(), nowMs(), taken.length];
			kept.push(await stepsDuring(async () => sleep(runMs)));
			const used = process.threadCpuUsage(cpu);
			loop.cpuMs += (used.user + used.system) / 1000;
			loop.ms += nowMs() - startMs;
			loop.count += taken.length - startCount;
			stop.abort();
			await running;
			await idle(checkpointer);
			status = checkpointer.status;
			offset += status.epoch;
			await gate?.open();
			alone.push(await stepsDuring(async () => sleep(runMs)));
		}

		const losses = kept.map((value, index) => 100 * (1 - value / (alone[index] ?? Number.NaN)));
		console.log(
			`${name}, ${perSecond}/s asked: ${((loop.count / loop.ms) * 1000).toFixed(1)}/s taken, ${status?.pagesPerCheckpoint} pages each; steps/s alone ${median(alone).toFixed(0)}, kept ${median(kept).toFixed(0)}: ` +
				`lost ${median(losses).toFixed(1)} % (${losses.map(value => value.toFixed(1)).join(', ')}), by the engine's reckoning ${status?.slowdownPercent?.toFixed(1)} %`,
		);
		print('pause', taken, one => one.standstillMs);
		for (const part of ['pause', 'scan', 'copy', 'overflow', 'deviceState', 'resume'] as const satisfies ReadonlyArray<
			keyof CheckpointPauseParts
		>)
			print(`  ${part}`, taken, one => one.parts[part]);
		console.log(
			`  acknowledged after ${status?.ackLagMs?.toFixed(2)} ms, output held ${status?.addedLatencyMs?.toFixed(2)} ms (medians); main thread ${(loop.cpuMs / loop.count).toFixed(2)} ms of CPU a checkpoint`,
		);
	}
}

function print(what: string, taken: readonly TakenCheckpoint[], value: (one: TakenCheckpoint) => number): void {
	const ring = new Ring(taken.length);
	// The first one of each run has all that was not sent before.
	for (const one of taken) if (one.epoch > 1) ring.push(value(one));
	const text = (share: number): string => (ring.quantile(share) ?? Number.NaN).toFixed(2).padStart(7);
	console.log(`  ${what.padEnd(14)} median ${text(0.5)}   p90 ${text(0.9)}   p99 ${text(0.99)}`);
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

try {
	await measure(Number(flags.load) * 1e6);
	await measure(undefined);
} finally {
	rmSync(directory, {recursive: true, force: true});
}
