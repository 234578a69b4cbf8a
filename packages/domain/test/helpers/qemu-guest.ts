import type {ExecutionContext} from 'ava';
import {
	driverFor,
	type GuestHandle,
	type GuestPlace,
	type QemuDefinition,
	type QemuHostSettings,
	type QemuNetworkSettings,
	type TargetDomain,
} from '@sterna/domain';
import {QmpClient} from '../../src/drivers/qemu/qmp/qmp-client.ts';
import {runFiles} from '../../src/drivers/qemu/run-files.ts';
import {buildBareGuest} from './bare-guest/build.ts';
import {qemuDefinition, qemuHostSettings} from './qemu-definition.ts';
import {linesOf} from './qemu-subject.ts';
import {newPlace, temporaryDirectory, until} from './workshop.ts';

/** A QEMU guest in its place on a host of the test's own. */
export type QemuGuest = {readonly definition: QemuDefinition; readonly handle: GuestHandle; readonly place: GuestPlace};

/** Hosts that make guests of the one kernel, with what they have in common. */
export class QemuHosts {
	readonly driver = driverFor('qemu');
	readonly kernel: string;
	/** Where the hosts have their images, all in the same directory; gone after the test. */
	readonly images: string;
	readonly #t: ExecutionContext;
	readonly #settings: QemuHostSettings;

	/** `paths`: further directories that kernels may come from. `networks`: those of the hosts, beside the usual ones. */
	constructor(t: ExecutionContext, paths: readonly string[] = [], networks: Readonly<Record<string, QemuNetworkSettings>> = {}) {
		const {directory, kernel} = buildBareGuest();
		this.kernel = kernel;
		this.images = temporaryDirectory(t);
		this.#t = t;
		const settings = qemuHostSettings({paths: [directory, this.images, ...paths]});
		this.#settings = {
			...settings,
			devices: new Set([...settings.devices, 'virtio-balloon-pci']),
			networks: new Map([...settings.networks, ...Object.entries(networks)]),
		};
	}

	/** A place on a further host. */
	place(settings: Partial<QemuHostSettings> = {}): GuestPlace {
		return {...newPlace(this.#t), qemu: {...this.#settings, ...settings}};
	}

	/** A guest that runs, described. Removed after the test, whatever became of it. */
	async start(overrides: Partial<QemuDefinition> = {}): Promise<QemuGuest> {
		const place = this.place();
		const asked = qemuDefinition({memoryBytes: 32 * 2 ** 20, kernel: {image: this.kernel}, ...overrides});
		const handle = await this.driver.create(asked, place, {paused: false});
		this.#t.teardown(() => this.driver.remove(handle, place));
		await goOn([place]);
		return {definition: (await this.driver.describe(asked, handle, place)) as QemuDefinition, handle, place};
	}

	/** Its counterpart in a place; removed after the test. */
	async target(definition: QemuDefinition, place: GuestPlace): Promise<TargetDomain> {
		const target = await this.driver.createTarget(definition, place);
		this.#t.teardown(() => this.driver.remove(target.handle, place));
		return target;
	}
}

/** Resolves when the guest has written three lines more. */
export async function goOn(places: readonly GuestPlace[]): Promise<void> {
	const lines = linesOf(places).length;
	await until(() => linesOf(places).length >= lines + 3);
}

/** Asks a guest's QEMU something on its second monitor. */
export async function ask<Result>({runDir}: GuestPlace, question: (monitor: QmpClient) => Promise<Result>): Promise<Result> {
	using monitor = await QmpClient.connect(runFiles(runDir).info);
	return await question(monitor);
}

/** How often the guest has booted: its lines begin anew then. */
export function bootsOf(places: readonly GuestPlace[]): number {
	return linesOf(places).filter(line => line === 1).length;
}
