/**
 * `node packages/domain/bench/qemu-moves.ts [--moves N] [--memory MIB] [--machine TYPE] [--tracker KIND] [--vga]`: a Linux guest under memory load moves
 * from place to place by the driver alone, page by page through memory. Prints the median of each step, in milliseconds.
 */
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {setTimeout as delay} from 'node:timers/promises';
import {buildTestGuest, kernelArguments, readSerial} from '@sterna/test-guest';
import {copyPages} from '../src/contract/transfer.ts';
import {driverFor, type GuestPlace, PageBitmap, type QemuDefinition, type TrackerKind} from '../src/index.ts';
import {qemuDefinition, qemuHostSettings} from '../test/helpers/qemu-definition.ts';
import {outputOf} from '../test/helpers/qemu-subject.ts';

const MIB = 2 ** 20;
const ROUNDS = 5;

const {values: flags} = parseArgs({
	options: {
		moves: {type: 'string', default: '10'},
		memory: {type: 'string', default: '512'},
		machine: {type: 'string', default: 'pc-q35-7.2'},
		tracker: {type: 'string', default: 'auto'},
		vga: {type: 'boolean', default: false},
	},
});

/** The steps in their order; those of the pause are those from `stop` on. */
const STEPS = ['openSource', 'createTarget', 'startDirtyLog', 'precopy', 'stop', 'scan', 'copy', 'save', 'load', 'cont', 'pause'] as const;
type Step = (typeof STEPS)[number];

const driver = driverFor('qemu');
const directory = mkdtempSync(path.join(tmpdir(), 'sterna-moves-'));
const times = new Map<Step, number[]>(STEPS.map(step => [step, []]));
let stateBytes = 0;

function newPlace(name: string, kernelDirectory: string): GuestPlace {
	const place = {
		domainDir: path.join(directory, name, 'd'),
		runDir: path.join(directory, name, 'r'),
		outputFile: path.join(directory, `${name}.out`),
	};
	for (const each of [place.domainDir, place.runDir]) mkdirSync(each, {recursive: true});
	return {...place, qemu: qemuHostSettings({paths: [kernelDirectory]})};
}

async function timed<Result>(step: Step, run: () => Promise<Result>): Promise<Result> {
	const startedMs = performance.now();
	const result = await run();
	times.get(step)?.push(performance.now() - startedMs);
	return result;
}

async function main(): Promise<void> {
	const {vmlinuz, initrd} = await buildTestGuest();
	const memoryBytes = Number(flags.memory) * MIB;
	const asked: QemuDefinition = qemuDefinition({
		machine: flags.machine,
		memoryBytes,
		vga: flags.vga ? 'std' : 'none',
		kernel: {image: vmlinuz, initrd, append: kernelArguments({arenaMiB: 64})},
	});
	let place = newPlace('0', path.dirname(vmlinuz));
	const places = [place];
	let handle = await driver.create(asked, place, {paused: false});
	try {
		while (readSerial(outputOf(places)).boots[0]?.report === undefined) await delay(50);
		const definition = await driver.describe(asked, handle, place);
		for (let move = 1; move <= Number(flags.moves); move++) {
			const there = newPlace(`${move}`, path.dirname(vmlinuz));
			handle = await moveOnce(definition as QemuDefinition, handle, place, there);
			place = there;
			places.push(place);
			await delay(300);
		}

		report(readSerial(outputOf(places)).boots);
	} finally {
		await driver.remove(handle, place);
		rmSync(directory, {recursive: true, force: true});
	}
}

async function moveOnce(
	definition: QemuDefinition,
	handle: Parameters<typeof driver.openSource>[1],
	here: GuestPlace,
	there: GuestPlace,
): Promise<typeof handle> {
	const tracker = flags.tracker as TrackerKind | 'auto';
	const source = await timed('openSource', async () => driver.openSource(definition, handle, here, {tracker}));
	const target = await timed('createTarget', async () => driver.createTarget(definition, there));
	const log = await timed('startDirtyLog', async () => source.startDirtyLog());
	const pages = new PageBitmap(source.memory.pageLimit);
	await timed('precopy', async () => {
		source.addAllPages(pages);
		for (let round = 0; round < ROUNDS; round++) {
			await copyPages(pages, source.memory, target.memory);
			pages.clear();
			await log.take(pages);
		}
	});
	const startedMs = performance.now();
	await timed('stop', async () => source.pause());
	await timed('scan', async () => log.take(pages));
	await timed('copy', async () => copyPages(pages, source.memory, target.memory));
	const state = await timed('save', async () => source.saveDeviceState());
	await timed('load', async () => target.loadDeviceState(state));
	await timed('cont', async () => target.resume());
	times.get('pause')?.push(performance.now() - startedMs);
	stateBytes = state.libxl[0]?.body.byteLength ?? 0;
	await log[Symbol.asyncDispose]();
	await source.destroy();
	await target[Symbol.asyncDispose]();
	return target.handle;
}

function report(boots: ReturnType<typeof readSerial>['boots']): void {
	const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
	console.log(`${flags.machine}, ${flags.memory} MiB, tracker ${flags.tracker}; ${flags.moves} moves; state ${stateBytes} bytes`);
	for (const [step, values] of times) {
		console.log(
			`${step.padEnd(14)} median ${median(values).toFixed(2).padStart(8)} ms   max ${Math.max(...values)
				.toFixed(2)
				.padStart(8)} ms`,
		);
	}

	const [boot] = boots;
	console.log(
		boots.length === 1 && boot?.faults.length === 0 ? `guest: ${boot.report?.bad} bad pages, no fault` : `guest: ${JSON.stringify(boots)}`,
	);
	if (boots.length !== 1 || boot?.faults.length !== 0) process.exitCode = 1;
}

await main();
