import {existsSync, readFileSync} from 'node:fs';
import type {ContractGuest, ContractSubject} from '@sterna/domain/contract';
import {driverFor, type GuestPlace, type TrackerKind, type WorkloadDefinition} from '@sterna/domain';
import type {GuestClient} from '../../src/drivers/workload/control-client.ts';
import {processHandle} from '../../src/drivers/process-handle.ts';
import {connectToGuest, mapMemoryOf} from '../../src/drivers/workload/guest-connection.ts';

const MIB = 2 ** 20;

/** A small guest under write load: 16 MiB, of which 12 have content and 8 are rewritten for ever. */
export function smallWorkload(program: Partial<WorkloadDefinition['program']> = {}, memoryBytes = 16 * MIB): WorkloadDefinition {
	return {
		kind: 'workload',
		name: 'dom1',
		uuid: crypto.randomUUID(),
		memoryBytes,
		pfnLimit: memoryBytes / 4096,
		program: {
			seed: 4711,
			pattern: 'hot-set',
			hotBytes: 8 * MIB,
			touchedBytes: 12 * MIB,
			content: 'random',
			rateBytesPerSecond: 100_000_000,
			lineIntervalMs: 2,
			...program,
		},
	};
}

/** Numbers of the lines in a guest's output. */
export function linesOf(outputFile: string): number[] {
	if (!existsSync(outputFile)) return [];
	return [...readFileSync(outputFile, 'utf8').matchAll(/^LINE (\d+) /gm)].map(match => Number(match[1]));
}

/** Asks a guest something on a connection of its own. */
export async function withClient<Result>(
	{definition, handle}: ContractGuest,
	ask: (client: GuestClient) => Promise<Result>,
): Promise<Result> {
	const {client} = await connectToGuest(definition as WorkloadDefinition, processHandle(handle));
	using owned = client;
	return await ask(owned);
}

/** The workload driver as the contract suite needs it. */
export function workloadSubject(trackers: readonly TrackerKind[]): ContractSubject {
	const driver = driverFor('workload');
	return {
		title: 'workload',
		driver,
		trackers,
		reopensTargets: true,
		host: {},
		withoutClock: undefined,
		async makeGuest(place) {
			const definition = smallWorkload();
			return {definition, handle: await driver.create(definition, place, {paused: false})};
		},
		mapMemory: async guest =>
			withClient(guest, async client =>
				mapMemoryOf(guest.definition as WorkloadDefinition, await client.request('show'), {writable: false}),
			),
		gated: {
			say: async guest =>
				withClient(guest, async client => {
					const {lines} = await client.request('show');
					for (;;) {
						const now = await client.request('show');
						if (now.lines > lines) return now.lines;
					}
				}),
			out: async (_guest, {outputFile}) => Promise.resolve(linesOf(outputFile)),
		},
		running: {
			lines: places => places.flatMap(({outputFile}) => linesOf(outputFile)),
			check: async (guest, place) => check(guest, place),
			goOn: async (guest, place) => goOn(guest, place),
			events: ['exited', 'rebooted', 'resized', 'device-added'],
			happen: async (guest, kind) =>
				withClient(guest, async client => {
					if (kind === 'exited') await client.request('exit');
					else if (kind === 'rebooted') await client.request('reboot');
					else if (kind === 'resized') await client.request('resize', {memoryBytes: 8 * MIB});
					else await client.request('add-device', {device: 'usb-tablet'});
				}),
		},
	};
}

/** Pages that the guest found right when it was asked to check all that it has. */
async function check({definition, handle}: ContractGuest, place: GuestPlace): Promise<number> {
	await using managed = await driverFor('workload').manage(definition, handle, place);
	const {pagesChecked, badPages, firstBad} = await managed.check();
	if (badPages > 0) throw new Error(`${badPages} bad pages: ${firstBad}`);
	return pagesChecked;
}

/** Resolves when the guest made 1000 steps and 3 lines more. */
async function goOn(guest: ContractGuest, {outputFile}: GuestPlace): Promise<void> {
	await withClient(guest, async client => {
		const {steps} = await client.request('show');
		const lines = linesOf(outputFile).length;
		for (;;) {
			const now = await client.request('show');
			if (now.state === 'crashed') throw new Error(now.firstBad ?? 'crashed');
			if (now.steps >= steps + 1000 && linesOf(outputFile).length >= lines + 3) return;
			await new Promise<void>(resolve => {
				setTimeout(resolve, 2);
			});
		}
	});
}
