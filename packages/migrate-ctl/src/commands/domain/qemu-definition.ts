import {randomBytes} from 'node:crypto';
import {parseTomlFile, type ParseTomlOptions} from '@sterna/host/config';
import type {QemuDefinition} from '@sterna/domain';
import {PAGE_SIZE_BYTES} from '@sterna/protocol';
import {QemuFile} from './qemu-file.ts';

export type QemuDefinitionOptions = {
	/** Taken before that of the file. */
	readonly name: string | undefined;
	/** An Ethernet address for a card that has none; drawn at random unless a test says otherwise. */
	readonly drawMac?: () => string;
};

/** A definition that the daemon completes where the file leaves it open: name and uuid, the version of the machine type. */
export type WrittenDefinition = Omit<QemuDefinition, 'name' | 'uuid'> & {readonly name: string | undefined; readonly uuid?: string};

/** The guest that a file in TOML describes. Throws ERR_USAGE for the first fault of the text. The daemon checks the definition against its schema, and its own list. */
export function parseQemuFile(text: string, file: string, options: QemuDefinitionOptions): WrittenDefinition {
	const parseOptions: ParseTomlOptions = {file, side: 'migrate-ctl', code: 'ERR_USAGE'};
	return qemuDefinition(parseTomlFile(QemuFile, text, parseOptions), options);
}

function qemuDefinition(file: QemuFile, {name, drawMac = randomMac}: QemuDefinitionOptions): WrittenDefinition {
	const {memory, binary, machine, accelerator, cpu, kernel, firmware, vga} = file;
	const disks = file.disk.map((disk, index) => ({...disk, node: disk.node ?? `disk${index}`}));
	const networks = file.network.map((network, index) => ({...network, netdev: `net${index}`}));
	// Controllers and bridges are among the devices of their own: what is put on one comes after it.
	const devices = [
		...file.device,
		...disks.map(disk => diskDevice(disk, machine)),
		...networks.map(network => networkDevice(network, machine, drawMac)),
	];
	return {
		kind: 'qemu',
		name: name ?? file.name,
		...(file.uuid === undefined ? {} : {uuid: file.uuid}),
		memoryBytes: memory,
		pfnLimit: memory / PAGE_SIZE_BYTES,
		binary,
		machine,
		machineOptions: file['machine-options'],
		accelerator,
		cpu,
		smp: known(file.smp ?? {cpus: file.cpus ?? 1}),
		memoryBackend: {kind: file['memory-backend'], id: 'ram'},
		...(kernel === undefined ? {} : {kernel}),
		...(firmware === undefined ? {} : {firmware}),
		vga,
		nodefaults: true,
		serialPorts: file['serial-ports'],
		disks: disks.map(({node, path, format, sharing, direct = sharing === 'shared'}) => ({node, path, format, sharing, direct})),
		networks: networks.map(({netdev, network}) => ({netdev, network})),
		devices,
		globals: file.global,
	};
}

/** Numbers that are there. */
function known(numbers: Readonly<Record<string, number | undefined>>): Record<string, number> {
	return Object.fromEntries(Object.entries(numbers).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

type Device = QemuDefinition['devices'][number];

/** A machine without PCI has the same devices on a bus of their own. */
const transportOf = (machine: string): string => (machine === 'microvm' ? 'device' : 'pci');

function diskDevice({node, device, properties}: QemuFile['disk'][number] & {readonly node: string}, machine: string): Device {
	return {driver: device ?? `virtio-blk-${transportOf(machine)}`, properties: {drive: node, ...properties}};
}

function networkDevice(
	{netdev, mac, device, properties}: QemuFile['network'][number] & {readonly netdev: string},
	machine: string,
	drawMac: () => string,
): Device {
	const driver = device ?? `virtio-net-${transportOf(machine)}`;
	// Its boot ROM would have to be the same file on every host; a guest that boots by network is given its card as a device of its own.
	const rom = driver.startsWith('virtio-net-pci') ? {romfile: ''} : {};
	return {driver, properties: {netdev, mac: mac ?? drawMac(), ...rom, ...properties}};
}

/** In the range that QEMU's own addresses are in. */
function randomMac(): string {
	return ['52', '54', '00', ...(randomBytes(3).toString('hex').match(/../g) ?? [])].join(':');
}
