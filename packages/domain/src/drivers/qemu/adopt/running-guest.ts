import type {TreeDevice} from '../likeness/device-tree.ts';

/** What a device has for a disk, as `query-block` says. */
export type RunningBlock = {
	/** Of `-drive`; empty for one that was made by `-blockdev`. */
	readonly name: string;
	/** Node name of the format layer; QEMU's own begin with `#`. */
	readonly node: string;
	readonly format: string;
	readonly file: string;
	readonly readOnly: boolean;
	/** Past the page cache. */
	readonly direct: boolean;
	/** The guest's flushes are done (`cache=unsafe`: they are not). */
	readonly flushes: boolean;
	/** Another image that this one only holds the changes of. */
	readonly backing: string | undefined;
};

/** What is to be known of a foreign QEMU beside its command line. Where the two disagree, this is the truth: it asks the running guest. */
export type RunningGuest = {
	/** The program's name first, as in /proc/PID/cmdline. */
	readonly argv: readonly string[];
	/** Its working directory, which relative paths of the command line begin at. */
	readonly cwd: string;
	/** Path of its program. */
	readonly executable: string;
	/** A versioned machine type where there are versions: `pc-q35-7.2`. */
	readonly machine: string;
	readonly accelerator: 'tcg' | 'kvm';
	/** Model without flags: what it is where the command line has none. */
	readonly cpuModel: string;
	readonly cpus: number;
	readonly memory: {
		/** Of the backend: the name of the RAM block. */
		readonly id: string;
		/** `memory-backend-memfd` */
		readonly type: string;
		readonly bytes: number;
		/** Beside it, of memory modules. */
		readonly pluggedBytes: number;
		readonly share: boolean;
		/** In huge pages. */
		readonly huge: boolean;
	};
	/** The file that fills the block `pc.bios`; undefined where there is none. */
	readonly firmware: string | undefined;
	/** As `query-status` has it: `running`, `paused`, … */
	readonly state: string;
	/** Devices that somebody asked for, by their id, with their QOM type. */
	readonly named: ReadonlyMap<string, string>;
	/** QOM types of those without an id, in the order in which they were made. */
	readonly unnamed: readonly string[];
	/** Every device on a bus. */
	readonly tree: readonly TreeDevice[];
	/** Every disk that a device has. */
	readonly blocks: readonly RunningBlock[];
	/** Why QEMU itself would not migrate it. */
	readonly blockedBecause: readonly string[];
};

/** The device with this property, as printed: with quotes where it is a text. */
export function findByProperty({tree}: RunningGuest, name: string, value: string): TreeDevice | undefined {
	return tree.find(device => device.properties.get(name) === JSON.stringify(value));
}

/** The device that another is a part of (a virtio device's transport), or itself. */
export function hostOf({tree}: RunningGuest, device: TreeDevice): TreeDevice {
	return tree.find(other => other !== device && device.place.startsWith(`${other.place}/virtio-bus/`)) ?? device;
}

/** Properties that put a device on its bus again: those that the command line may have left to QEMU. */
export function placeProperties(device: TreeDevice): Record<string, string> {
	const address = device.properties.get('addr');
	const bus = device.place.split('/').at(-2);
	return bus === undefined || address === undefined ? {} : {bus, addr: address};
}
