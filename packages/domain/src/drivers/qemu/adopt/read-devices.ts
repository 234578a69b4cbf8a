import {immovable} from '../allowed/device-rules.ts';
import type {QemuDefinition, QemuDevice} from '../definition.ts';
import type {Findings} from './findings.ts';
import {isOn, readOptions, valuesOf} from './read-options.ts';
import {findByProperty, type RunningGuest} from './running-guest.ts';
import type {GivenOption} from './split-command-line.ts';

/** Properties that connect a device to something of this host's which the guest does not see. */
const HOST_PROPERTIES = ['rng', 'iothread', 'audiodev'];

const SERIAL_PORT = 'isa-serial';

export type DevicesPart = {
	/** Given as `-device`, in the order in which QEMU made them. */
	readonly devices: readonly QemuDevice[];
	/** Those given as JSON: made behind all others. */
	readonly late: readonly QemuDevice[];
	/** Of the serial ports that were given as `-device`. */
	readonly serialPorts: number;
};

/**
 * Devices of the command line. `madeByDrives`: how many devices without an id QEMU made of `-drive if=virtio`, behind those of `-device`. What was
 * added or removed since the start is an obstacle.
 */
export function readDevices(
	options: readonly GivenOption[],
	guest: RunningGuest,
	findings: Findings,
	{madeByDrives}: {readonly madeByDrives: number},
): DevicesPart {
	const named = new Map(guest.named);
	const given = valuesOf(options, 'device').map(text => ({text, isJson: text.startsWith('{'), properties: readOptions(text, 'driver')}));
	const expected = given.filter(({properties}) => properties?.has('id') !== true);
	// QEMU makes devices of JSON behind those of option lists, and drives are such.
	const inOrder = [
		...expected.filter(({isJson}) => !isJson),
		...Array.from({length: madeByDrives}, () => undefined),
		...expected.filter(({isJson}) => isJson),
	];
	const parts = {early: [] as QemuDevice[], late: [] as QemuDevice[], serialPorts: 0};
	for (const device of given) {
		const {text, isJson, properties} = device;
		const driver = properties?.get('driver');
		if (properties === undefined || driver === undefined) {
			findings.obstacle(`device ${text}, whose properties have parts`, 'give them as -device DRIVER,PROPERTY=VALUE');
			continue;
		}

		const id = properties.get('id');
		const model = id === undefined ? guest.unnamed[inOrder.indexOf(device)] : named.get(id);
		if (id !== undefined) named.delete(id);
		if (model === undefined) {
			findings.obstacle(`device ${id ?? driver} was removed since the start`, 'start the guest without it');
			continue;
		}

		const made = readDevice(model, properties, guest, findings);
		if (made === 'serial port') parts.serialPorts++;
		else if (made !== undefined) (isJson ? parts.late : parts.early).push(made);
	}

	const added = [...named, ...guest.unnamed.slice(inOrder.length).map(model => ['', model] as const)];
	for (const [id, model] of added) {
		findings.obstacle(
			`device ${id === '' ? model : `${id} (${model})`} was added since the start`,
			'remove it from the guest, or start the guest with it',
		);
	}

	return {devices: parts.early, late: parts.late, serialPorts: parts.serialPorts};
}

function readDevice(
	model: string,
	given: ReadonlyMap<string, string>,
	guest: RunningGuest,
	findings: Findings,
): QemuDevice | 'serial port' | undefined {
	const name = given.has('id') ? `${model} ${given.get('id')}` : model;
	if (model === SERIAL_PORT) return 'serial port';
	const refused = immovable(model);
	if (refused) {
		findings.obstacle(`device ${name}: ${refused.what}`, refused.cure);
		return undefined;
	}

	if (given.has('chardev'))
		findings.obstacle(`device ${name}: a stream of this host (chardev)`, 'start the guest without it; its serial ports can go over');
	if (isOn(given.get('free-page-reporting')))
		findings.obstacle(
			`device ${name} with free-page-reporting=on: pages become zeros without a trace`,
			'start the guest with free-page-reporting=off',
		);
	const properties = new Map(given);
	properties.delete('driver');
	for (const property of HOST_PROPERTIES) {
		if (properties.delete(property)) findings.note(`device ${name} uses QEMU's own ${property} on the other host`);
	}

	const netdev = given.get('netdev');
	// As QEMU chose it: on the other host it would choose by what else is there.
	const mac = netdev === undefined ? undefined : findByProperty(guest, 'netdev', netdev)?.properties.get('mac');
	if (mac !== undefined && !properties.has('mac')) properties.set('mac', mac.replaceAll('"', ''));
	return {driver: model, properties: Object.fromEntries(properties)};
}

/** Ports and the display that the machine has made by itself, or for `-serial` and `-vga`. */
export function readBuiltIn(
	options: readonly GivenOption[],
	{tree, named, unnamed}: RunningGuest,
	findings: Findings,
): Pick<QemuDefinition, 'vga' | 'serialPorts' | 'nodefaults'> {
	const asked = [...named.values(), ...unnamed];
	const builtIn = (model: string): number =>
		tree.filter(device => device.model === model).length - asked.filter(type => type === model).length;
	const nodefaults = options.some(({name}) => name === 'nodefaults');
	const vga = valuesOf(options, 'vga').at(-1);
	const display = ['cirrus-vga', 'vmware-svga', 'qxl-vga', 'virtio-vga', 'isa-vga'].find(model => builtIn(model) > 0);
	if (display !== undefined)
		findings.obstacle(`display ${display} of -vga ${vga ?? ''}`, `use -vga std or -vga none, or -device ${display}`);
	// Where QEMU chooses devices, the other one would have a parallel port.
	if (!nodefaults && builtIn('isa-parallel') === 0 && valuesOf(options, 'parallel').includes('none'))
		findings.obstacle('no parallel port beside devices that QEMU chooses', 'start the guest with -nodefaults');
	return {vga: builtIn('VGA') > 0 ? 'std' : 'none', serialPorts: builtIn(SERIAL_PORT), nodefaults};
}
