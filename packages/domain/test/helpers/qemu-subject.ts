import {constants, existsSync, openSync, readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import type {ContractGuest, ContractSubject} from '@sterna/domain/contract';
import {parseQemuState} from '@sterna/protocol';
import {type MemcheckReport, parseSerialLine} from '@sterna/test-guest';
import {type DeviceState, driverFor, type GuestMemory, type GuestPlace, type QemuDefinition, type TrackerKind} from '@sterna/domain';
import {stateOfRecords} from '../../src/drivers/device-records.ts';
import {processHandle} from '../../src/drivers/process-handle.ts';
import {EMULATOR} from '../../src/drivers/qemu/device-state/state-stream.ts';
import {QmpClient} from '../../src/drivers/qemu/qmp/qmp-client.ts';
import {runFiles} from '../../src/drivers/qemu/run-files.ts';
import {mapGuestMemory} from '../../src/memory/map-guest-memory.ts';
import {buildBareGuest} from './bare-guest/build.ts';
import {qemuDefinition, qemuHostSettings} from './qemu-definition.ts';

export type QemuSubjectOptions = {
	readonly trackers: readonly TrackerKind[];
	readonly machine: string;
	readonly memoryBackend: QemuDefinition['memoryBackend']['kind'];
	/** Buses that take a device while the guest runs, as QEMU names them, in the order in which they are used; with the devices that they are on. */
	readonly hotPlug?: {readonly buses: readonly string[]; readonly devices: QemuDefinition['devices']};
};

const MIB = 2 ** 20;

/** The QEMU driver as the contract suite needs it, with a guest of 32 MiB that runs within half a second. */
export function qemuSubject({trackers, machine, memoryBackend, hotPlug}: QemuSubjectOptions): ContractSubject {
	const driver = driverFor('qemu');
	const {directory, kernel} = buildBareGuest();
	const settings = qemuHostSettings({paths: [directory]});
	const buses = [...(hotPlug?.buses ?? [])];
	return {
		title: `${machine} with ${memoryBackend}`,
		driver,
		trackers,
		reopensTargets: true,
		host: {qemu: {...settings, devices: new Set([...settings.devices, 'pcie-root-port'])}},
		withoutClock,
		async makeGuest(place) {
			const definition = qemuDefinition({
				machine,
				memoryBytes: 32 * MIB,
				memoryBackend: {kind: memoryBackend, id: 'ram'},
				kernel: {image: kernel},
				devices: hotPlug?.devices ?? [],
			});
			const handle = await driver.create(definition, place, {paused: false});
			try {
				while (linesOf([place]).length === 0) await delay(5);
				return {definition: await driver.describe(definition, handle, place), handle};
			} catch (error) {
				await driver.remove(handle, place);
				throw error;
			}
		},
		mapMemory: async guest => Promise.resolve(mapMemoryOf(guest)),
		running: {
			lines: linesOf,
			goOn: async (_guest, place) => {
				const lines = linesOf([place]).length;
				while (linesOf([place]).length < lines + 3) await delay(5);
			},
			check: async (_guest, place) => check(place),
			// What is left out needs a driver in the guest: the test with Linux has it.
			events: hotPlug ? ['exited', 'rebooted', 'device-added'] : ['exited', 'rebooted'],
			happen: async (guest, kind) => {
				using monitor = await QmpClient.connect(processHandle(guest.handle).socketPath.replace(/qmp\.sock$/, 'info.sock'));
				if (kind === 'exited') await monitor.execute('quit');
				else if (kind === 'rebooted') await monitor.execute('system_reset');
				else {
					const bus = buses.shift();
					if (bus === undefined) throw new Error('no bus is left for a further device');
					await monitor.execute('device_add', {driver: 'virtio-rng-pci', bus});
				}
			},
		},
	};
}

/** Each device's state; the real-time clock goes on while the guest is paused. */
function withoutClock(state: DeviceState): unknown {
	const bytes = stateOfRecords(state, EMULATOR);
	const parsed = parseQemuState(bytes);
	if (parsed === undefined) throw new Error('the state is not one of QEMU');
	const {sections, ...whole} = parsed;
	return {
		whole,
		sections: sections
			.filter(({name}) => name !== 'mc146818rtc')
			.map(({name, instance, version, offset, length}) => [
				name,
				instance,
				version,
				Buffer.from(bytes.subarray(offset, offset + length)).toString('hex'),
			]),
	};
}

/** What the guest wrote in these places, one behind the other. */
export function outputOf(places: readonly Pick<GuestPlace, 'outputFile'>[]): string {
	return places.map(({outputFile}) => (existsSync(outputFile) ? readFileSync(outputFile, 'utf8') : '')).join('');
}

/** Numbers of its lines, joined over those places. */
export function linesOf(places: readonly Pick<GuestPlace, 'outputFile'>[]): number[] {
	return [...outputOf(places).matchAll(/^COUNT (\d+)\r?\n/gm)].map(match => Number(match[1]));
}

/** What the Linux guest has reported in this place. */
export function reportsOf(place: Pick<GuestPlace, 'outputFile'>): MemcheckReport[] {
	const lines = outputOf([place]).split(/\r?\n/);
	return lines.map(line => parseSerialLine(line)).filter(line => line.kind === 'report');
}

/** A whole sweep that the guest begins from now on, and the rest of the one that it is in. */
async function check(place: GuestPlace): Promise<number> {
	const sweeps = (): RegExpMatchArray[] => [...outputOf([place]).matchAll(/^OK sweep=\d+ pages=(\d+)\n/gm)];
	const before = sweeps().length;
	for (;;) {
		const corrupt = /^CORRUPT .*$/m.exec(outputOf([place]));
		if (corrupt) throw new Error(corrupt[0]);
		const now = sweeps();
		if (now.length >= before + 2) return Number(now.at(-1)?.[1]);
		await delay(5);
	}
}

/** The memory by the way that the kernel offers, the helper process not asked. */
function mapMemoryOf({definition, handle}: ContractGuest): GuestMemory {
	const {pid, socketPath} = processHandle(handle);
	const isRam = (target: string): boolean =>
		target.includes('memory-backend-memfd') || target === runFiles(socketPath.replace(/\/qmp\.sock$/, '')).ram;
	const link = readdirSync(`/proc/${pid}/fd`).find(fd => isRam(readlinkSync(`/proc/${pid}/fd/${fd}`)));
	if (link === undefined) throw new Error(`process ${pid} has no memory file`);
	const fd = openSync(`/proc/${pid}/fd/${link}`, constants.O_RDONLY);
	return mapGuestMemory({fd, pageLimit: definition.pfnLimit, memoryBytes: definition.memoryBytes, writable: false});
}
