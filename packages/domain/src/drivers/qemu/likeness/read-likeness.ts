import {createHash} from 'node:crypto';
import * as v from 'valibot';
import {DomainError} from '../../../domain-error.ts';
import type {QmpClient, QmpResult} from '../qmp/qmp-client.ts';
import {parseDeviceTree, type TreeDevice} from './device-tree.ts';
import {Likeness} from './likeness.ts';
import {parseLoadedRoms} from './loaded-roms.ts';
import {parseMemoryBlocks} from './memory-blocks.ts';
import {readNetworkCards} from './network-cards.ts';
import type {RomFiles} from './rom-files.ts';

/** A connection to the monitor, and where to look for what QEMU has read. */
export type LikenessSource = {
	readonly qmp: Pick<QmpClient, 'execute' | 'humanMonitor' | 'version'>;
	/** Path of the program: its data directories have the ROM files. */
	readonly binary: string;
	readonly romFiles: RomFiles;
	/** Working directory of QEMU, which names of files may begin at; `/` where we started it. */
	readonly cwd?: string;
	/** No file is looked for or read: `files` is empty, and there is no firmware. For a guest that has read its own long ago. */
	readonly withoutFiles?: boolean;
};

/** The file that fills the block `pc.bios`, which an incoming QEMU leaves empty: to be written at the host address of `address`. */
export type Firmware = {
	readonly file: string;
	/** Guest-physical: 4 GiB less the size. */
	readonly address: number;
	readonly bytes: number;
};

export type ReadLikeness = {
	readonly likeness: Likeness;
	/** Undefined where the firmware is not in `pc.bios` but in flash. */
	readonly firmware: Firmware | undefined;
};

/** QOM types of CPUs are the model's name and this. */
const CPU_TYPE_SUFFIX = '-x86_64-cpu';

/** Properties that devices of QEMU 7.2 show although the guest, not the command line, decides them. */
const SET_BY_GUEST = new Set(['MCFG', 'smb_io_base']);
/** Names of what a host connects a device to: they have no effect on the guest. Files are compared by content. */
const BACKENDS = new Set(['drive', 'netdev', 'chardev', 'rng', 'audiodev', 'iothread', 'romfile']);
/** QEMU guesses them from the disk's first sector, which an empty copy does not have yet. */
const GUESSED_FROM_DISK = new Set(['cyls', 'heads', 'secs']);
/** Of the hash over a device's properties, which only has to tell two sets apart: 16 hexadecimal digits. */
const SHORT_HASH_DIGITS = 16;

const Expansion = v.looseObject({props: v.record(v.string(), v.unknown())});
const Path = v.optional(v.string(), '');

/**
 * What a guest is like, as its QEMU says: the same of one that runs, one that is paused, and one that waits for a migration. Also which file its
 * firmware is. Two round trips and the reading of files not read before. Rejects ERR_FILE when one of them is not there, ERR_NOT_SUPPORTED for a guest
 * that cannot be described.
 */
export async function readLikeness({qmp, binary, romFiles, cwd = '/', withoutFiles = false}: LikenessSource): Promise<ReadLikeness> {
	const property = async (path: string, name: string): Promise<unknown> => qmp.execute('qom-get', {path, property: name});
	// One write: QEMU answers in this order.
	const [machine, kernel, initrd, memory, cpus, named, unnamed, tree, roms, blocks, virtio, nodes] = await Promise.all([
		property('/machine', 'type'),
		property('/machine', 'kernel'),
		property('/machine', 'initrd'),
		qmp.execute('query-memory-size-summary'),
		qmp.execute('query-cpus-fast'),
		qmp.execute('qom-list', {path: '/machine/peripheral'}),
		qmp.execute('qom-list', {path: '/machine/peripheral-anon'}),
		qmp.humanMonitor('info qtree'),
		qmp.humanMonitor('info roms'),
		qmp.humanMonitor('info ramblock'),
		qmp.execute('x-query-virtio'),
		qmp.execute('query-named-block-nodes', {flat: true}),
	]);
	const devices = parseDeviceTree(tree);
	const loaded = parseLoadedRoms(roms);
	const files = new Map<string, string>();
	const addFile = async (role: string, name: string): Promise<void> => {
		if (!withoutFiles) files.set(role, await romFiles.find(binary, name, cwd));
	};
	const [cpu, networkCards] = await Promise.all([
		readCpu(qmp, cpus[0]?.['qom-path']),
		readNetworkCards(qmp, virtio),
		loaded.firmware && addFile('firmware', loaded.firmware.name),
		...loaded.optionRoms.map(async name => addFile(`option ROM ${name}`, name)),
		...devices.map(async device => {
			const name = romFileOf(device);
			if (name !== '') await addFile(`ROM of ${device.model} at ${device.place}`, name);
		}),
		...Object.entries({kernel, initrd}).map(async ([role, given]) => {
			const path = v.parse(Path, given);
			if (path !== '') await addFile(role, path);
		}),
	]);
	const likeness = v.safeParse(Likeness, {
		version: `${qmp.version.major}.${qmp.version.minor}.${qmp.version.micro}`,
		package: qmp.version.package,
		machine,
		memoryBytes: memory['base-memory'] + (memory['plugged-memory'] ?? 0),
		cpu: {...cpu, count: cpus.length},
		devices: [
			...devices.map(device => describeDevice(device)),
			...offBus([...named, ...unnamed], devices).map(model => `no bus ${model} -`),
		].toSorted(),
		networkCards,
		ramBlocks: parseMemoryBlocks(blocks),
		disks: replicatedDisks(nodes),
		files: await Promise.all([...files].toSorted(byName).map(async ([role, path]) => ({role, sha256: await romFiles.sha256(path)}))),
	} satisfies Record<keyof Likeness, unknown>);
	if (!likeness.success) {
		throw new DomainError('ERR_NOT_SUPPORTED', `what QEMU says of this guest cannot be written down: ${likeness.issues[0].message}`);
	}

	const {firmware} = loaded;
	const file = files.get('firmware');
	return {
		likeness: likeness.output,
		firmware: firmware && file !== undefined ? {file, address: firmware.address, bytes: firmware.bytes} : undefined,
	};
}

/** `PLACE MODEL HASH`; the hash is of everything about it that a command line or a default decides. */
function describeDevice({place, model, properties, wiring}: TreeDevice): string {
	const kept = [...properties]
		.filter(([name]) => !SET_BY_GUEST.has(name) && !BACKENDS.has(name) && !GUESSED_FROM_DISK.has(name))
		.map(([name, value]) => `${name} = ${value}`);
	return `${place} ${model} ${sha256([...kept.toSorted(), ...wiring].join('\n')).slice(0, SHORT_HASH_DIGITS)}`;
}

/** Disks that come from a disk server: their nodes are named after those of the layer above. Undefined where there are none. */
function replicatedDisks(nodes: QmpResult<'query-named-block-nodes'>): Likeness['disks'] {
	const disks = nodes.flatMap(({drv, 'node-name': name = '', image}) => {
		const node = /^(.+)-file$/.exec(name)?.[1];
		return drv !== 'nbd' || node === undefined ? [] : [{node, bytes: image['virtual-size']}];
	});
	return disks.length === 0 ? undefined : disks.toSorted((a, b) => (a.node < b.node ? -1 : 1));
}

/** Models of devices that were asked for and that sit on no bus, such as memory modules. */
function offBus(children: ReadonlyArray<{readonly type: string}>, devices: readonly TreeDevice[]): string[] {
	const onBus = new Set(devices.map(({model}) => model));
	return children.map(({type}) => /^child<(.+)>$/.exec(type)?.[1] ?? '').filter(model => model !== '' && !onBus.has(model));
}

/** Name of the option ROM that a device loads; empty where it has none. */
function romFileOf({properties}: TreeDevice): string {
	return /^"(.*)"$/.exec(properties.get('romfile') ?? '')?.[1] ?? '';
}

/**
 * The model of a guest's CPUs with a hash over what it expands to in this very QEMU, the flags of its command line included, and over what of that
 * the accelerator granted.
 */
async function readCpu(qmp: LikenessSource['qmp'], path: string | undefined): Promise<{type: string; features: string}> {
	if (path === undefined) throw new DomainError('ERR_NOT_SUPPORTED', 'the guest has no CPU');
	const [type, granted] = await Promise.all([
		qmp.execute('qom-get', {path, property: 'type'}),
		qmp.execute('qom-get', {path, property: 'feature-words'}),
	]);
	const name = v.parse(v.string(), type);
	const model = {name: name.endsWith(CPU_TYPE_SUFFIX) ? name.slice(0, -CPU_TYPE_SUFFIX.length) : name};
	const expansion = await qmp.execute('query-cpu-model-expansion', {type: 'full', model});
	const properties = Object.entries(v.parse(Expansion, expansion.model).props).toSorted(byName);
	return {type: name, features: sha256(JSON.stringify({properties, granted}))};
}

/** Order of entries by their names, in code units: the same on every host. */
function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
	return a < b ? -1 : 1;
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
