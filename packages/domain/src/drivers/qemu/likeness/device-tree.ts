/** A device as `info qtree` shows it. */
export type TreeDevice = {
	/** Buses and addresses from the first bus below the root's down: `pcie.0/03.0`, `pcie.0/03.0/virtio-bus/virtio-blk-device`. */
	readonly place: string;
	readonly model: string;
	/** Empty where it was given none. */
	readonly id: string;
	/** As printed: `"d0"`, `256 (0x100)`, `true`. */
	readonly properties: ReadonlyMap<string, string>;
	/** Lines of its make that are no properties: interrupt wires, places in memory. */
	readonly wiring: readonly string[];
};

type Bus = {readonly depth: number; readonly name: string; readonly device: Device | undefined};
type Device = {
	readonly depth: number;
	readonly model: string;
	readonly id: string;
	readonly bus: Bus | undefined;
	readonly properties: Map<string, string>;
	readonly wiring: string[];
};

/** The property that says where on its bus a device is, the first that it has. */
const ADDRESS_PROPERTIES = ['addr', 'address', 'iobase', 'base'];

const BUS = /^bus: (.+)$/;
const DEVICE = /^dev: ([^,]+), id "(.*)"$/;
const PROPERTY = /^([^\s=]+) = (.*)$/;
const WIRING = /^(?:mmio|gpio-in|gpio-out) /;
const MMIO = /^mmio ([0-9a-f]{16})\//;
/** `256 (0x100)`: addresses are known by their hexadecimal form. */
const HEXADECIMAL = /\((0x[0-9a-f]+)\)$/;

/**
 * Every device that is on a bus, from the answer to the monitor's `info qtree`: two blanks a level, a device's own lines behind it, then its buses.
 * What the guest has made of a device (`bar …`) is left out.
 */
export function parseDeviceTree(text: string): TreeDevice[] {
	const devices: Device[] = [];
	const buses: Bus[] = [];
	const parentBus = (depth: number): Bus | undefined => buses.findLast(bus => bus.depth < depth);
	for (const line of text.split(/\r?\n/)) {
		const content = line.trim();
		const depth = line.length - line.trimStart().length;
		const bus = BUS.exec(content)?.[1];
		const device = DEVICE.exec(content);
		if (bus !== undefined) {
			while ((buses.at(-1)?.depth ?? -1) >= depth) buses.pop();
			buses.push({depth, name: bus, device: devices.findLast(candidate => candidate.depth < depth)});
		} else if (device) {
			const [, model = '', id = ''] = device;
			while ((buses.at(-1)?.depth ?? -1) >= depth) buses.pop();
			devices.push({depth, model, id, bus: parentBus(depth), properties: new Map(), wiring: []});
		} else {
			note(devices.at(-1), content);
		}
	}

	return devices.map(device => ({
		place: placeOf(device),
		model: device.model,
		id: device.id,
		properties: device.properties,
		wiring: device.wiring,
	}));
}

/** Takes up a line that belongs to a device. The lines of a bus itself (`type PCI`) have neither form. */
function note(device: Device | undefined, content: string): void {
	const property = PROPERTY.exec(content);
	if (property) device?.properties.set(property[1] ?? '', property[2] ?? '');
	else if (WIRING.test(content)) device?.wiring.push(content);
}

function placeOf(device: Device): string {
	const {bus} = device;
	const bridge = bus?.device;
	// A bus of a device on the root's bus has a name that no other has.
	const above = bridge?.bus?.device === undefined ? [] : [placeOf(bridge)];
	return [...above, bus?.name ?? '', addressOf(device) ?? device.model].join('/');
}

function addressOf({properties, wiring}: Device): string | undefined {
	for (const name of ADDRESS_PROPERTIES) {
		const value = properties.get(name);
		if (value !== undefined) return HEXADECIMAL.exec(value)?.[1] ?? value;
	}

	for (const line of wiring) {
		const address = MMIO.exec(line)?.[1];
		if (address !== undefined) return `0x${BigInt(`0x${address}`).toString(16)}`;
	}

	return undefined;
}
