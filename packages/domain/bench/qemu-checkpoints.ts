/**
 * `node packages/domain/bench/qemu-checkpoints.ts [--rate N,N] [--seconds S] [--rounds N] [--memory MIB] [--machine TYPE] [--arena MIB] [--hot PAGES]`: a Linux guest that
 * writes memory as fast as it can, and sends packets, is checkpointed by the driver alone at each rate, page by page into the memory of a standby. Prints the median of each step,
 * in milliseconds, and what is left of the guest's work beside the same guest without checkpoints, in alternating runs; then fails over to the standby.
 */
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {setTimeout as delay} from 'node:timers/promises';
import {buildTestGuest, kernelArguments, type MemcheckReport, randomSegment, SEGMENT_INTERFACE} from '@sterna/test-guest';
import {driverFor, type GuestPlace, type QemuDefinition} from '../src/index.ts';
import {type CheckpointTimes, CheckpointPair} from '../test/helpers/checkpoint-pair.ts';
import {qemuDefinition, qemuHostSettings} from '../test/helpers/qemu-definition.ts';
import {reportsOf} from '../test/helpers/qemu-subject.ts';

const MIB = 2 ** 20;

const {values: flags} = parseArgs({
	options: {
		rate: {type: 'string', default: '10,20,40'},
		seconds: {type: 'string', default: '5'},
		rounds: {type: 'string', default: '3'},
		memory: {type: 'string', default: '512'},
		machine: {type: 'string', default: 'pc-i440fx-7.2'},
		arena: {type: 'string', default: '64'},
		hot: {type: 'string', default: '2000'},
	},
});
const seconds = Number(flags.seconds);

const STEPS = ['stop', 'scan', 'copy', 'state', 'cont', 'pause', 'pages'] as const satisfies ReadonlyArray<keyof CheckpointTimes>;

const driver = driverFor('qemu');
const directory = mkdtempSync(path.join(tmpdir(), 'sterna-checkpoints-'));
const segment = randomSegment();

function newPlace(name: string, kernelDirectory: string): GuestPlace {
	const place = {
		domainDir: path.join(directory, name, 'd'),
		runDir: path.join('/dev/shm', path.basename(directory), name),
		outputFile: path.join(directory, `${name}.out`),
	};
	for (const each of [place.domainDir, place.runDir]) mkdirSync(each, {recursive: true});
	const networks = new Map([['bench', {kind: 'multicast' as const, ...segment, localAddress: SEGMENT_INTERFACE}]]);
	return {...place, qemu: qemuHostSettings({paths: [kernelDirectory], networks})};
}

function lastReport(place: GuestPlace): MemcheckReport | undefined {
	return reportsOf(place).at(-1);
}

/** Pages that the guest writes a second while something else goes on. */
async function workDuring(place: GuestPlace, other: (signal: AbortSignal) => Promise<void>): Promise<number> {
	const timer = AbortSignal.timeout(seconds * 1000);
	const running = other(timer);
	await nextReport(place);
	const [before, beforeMs] = [lastReport(place), performance.now()];
	await running;
	await nextReport(place);
	return (((lastReport(place)?.written ?? 0) - (before?.written ?? 0)) / (performance.now() - beforeMs)) * 1000;
}

/** Resolves when the guest has just said how far it is. */
async function nextReport(place: GuestPlace): Promise<void> {
	const before = lastReport(place)?.generation;
	while (lastReport(place)?.generation === before) await delay(2);
}

/** So many checkpoints a second, each committed as soon as it is taken. */
async function checkpoint(pair: CheckpointPair, rate: number, times: CheckpointTimes[], signal: AbortSignal): Promise<void> {
	for (let dueMs = performance.now(); !signal.aborted;) {
		const taken = await pair.take();
		times.push(taken.times);
		await pair.commit(taken);
		dueMs = Math.max(dueMs + 1000 / rate, performance.now());
		await delay(Math.max(0, dueMs - performance.now()));
	}
}

async function main(): Promise<void> {
	const {vmlinuz, initrd} = await buildTestGuest();
	const [here, there] = [newPlace('0', path.dirname(vmlinuz)), newPlace('1', path.dirname(vmlinuz))];
	const load = {arenaMiB: Number(flags.arena), hotPages: Number(flags.hot), pagesPerTick: 0, sendsPackets: true};
	const asked: QemuDefinition = qemuDefinition({
		machine: flags.machine,
		memoryBytes: Number(flags.memory) * MIB,
		kernel: {image: vmlinuz, initrd, append: kernelArguments(load)},
		networks: [{netdev: 'net0', network: 'bench'}],
		devices: [{driver: 'virtio-net-pci', properties: {netdev: 'net0', mac: '52:54:00:00:00:02', romfile: ''}}],
	});
	const handle = await driver.create(asked, here, {paused: false});
	try {
		while (lastReport(here) === undefined) await delay(50);
		const definition = await driver.describe(asked, handle, here);
		const target = await driver.createTarget(definition, there);
		const source = await driver.openSource(definition, handle, here, {tracker: 'auto'});
		const pair = await CheckpointPair.start(source, target);
		console.log(`${flags.machine}, ${flags.memory} MiB, arena of ${flags.arena} MiB, ${flags.hot} pages hot`);
		for (const rate of flags.rate.split(',').map(Number)) await compare(pair, here, rate);
		process.kill(handle.kind === 'process' ? handle.pid : 0, 'SIGKILL');
		const {load: loadMs, resume: resumeMs} = await pair.promote();
		await nextReport(there);
		await nextReport(there);
		console.log(`failover: load ${loadMs.toFixed(1)}, cont ${resumeMs.toFixed(1)} ms; ${lastReport(there)?.bad} bad pages behind it`);
		await pair[Symbol.asyncDispose]();
		await target.destroy();
	} finally {
		await driver.remove(handle, here);
		rmSync(directory, {recursive: true, force: true});
		rmSync(path.join('/dev/shm', path.basename(directory)), {recursive: true, force: true});
	}
}

async function compare(pair: CheckpointPair, place: GuestPlace, rate: number): Promise<void> {
	const times: CheckpointTimes[] = [];
	const [alone, checkpointed]: [number[], number[]] = [[], []];
	for (let round = 0; round < Number(flags.rounds); round++) {
		await pair.gate.open();
		alone.push(await workDuring(place, async signal => delay(seconds * 1000, undefined, {signal}).catch(() => undefined)));
		await pair.gate.hold();
		checkpointed.push(await workDuring(place, async signal => checkpoint(pair, rate, times, signal)));
	}

	const share = (100 * median(checkpointed)) / median(alone);
	const perSecond = times.length / (seconds * Number(flags.rounds));
	console.log(`${rate}/s: ${perSecond.toFixed(1)} taken; work ${share.toFixed(0)} % of ${median(alone).toFixed(0)} pages/s`);
	for (const step of STEPS) {
		const values = times.map(each => each[step]).toSorted((a, b) => a - b);
		const [p10, p95] = [0.1, 0.95].map(part => (values[Math.floor(values.length * part)] ?? Number.NaN).toFixed(2).padStart(8));
		console.log(`  ${step.padEnd(6)} median ${median(values).toFixed(2).padStart(8)}   p10 ${p10}   p95 ${p95}`);
	}
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

await main();
