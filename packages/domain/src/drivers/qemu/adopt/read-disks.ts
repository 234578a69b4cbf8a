import type {QemuDefinition, QemuDevice, QemuDisk} from '../definition.ts';
import type {Findings} from './findings.ts';
import {isOn, mergeOptions, valuesOf} from './read-options.ts';
import {findByProperty, hostOf, placeProperties, type RunningBlock, type RunningGuest} from './running-guest.ts';
import type {GivenOption} from './split-command-line.ts';

/** Whether a disk is replicated is decided when its guest is made. */
export type Sharing = Exclude<QemuDisk['sharing'], 'replicated'>;

/** `-hda` … `-hdd`, `-cdrom`, and a bare word. */
const IDE_OPTIONS: ReadonlySet<string> = new Set(['hda', 'hdb', 'hdc', 'hdd', 'cdrom']);
const IDE_MODELS: ReadonlySet<string> = new Set(['ide-hd', 'ide-cd']);

const REFUSED_INTERFACES: Readonly<Record<string, readonly [what: string, cure: string]>> = {
	pflash: ['firmware in flash memory', 'start the guest with -bios FILE, or with the firmware of its machine'],
	floppy: ['a floppy disk', 'start the guest without it'],
	sd: ['a memory card', 'use -device virtio-blk-pci'],
	mtd: ['flash memory', 'use -device virtio-blk-pci'],
	scsi: ['a disk of a SCSI bus that the machine has made', 'use -device'],
};

/** Options of `-drive` that both hosts have from the running disk, or that a definition carries. */
const DRIVE_OPTIONS: ReadonlySet<string> = new Set(
	[
		['file', 'if', 'index', 'bus', 'unit', 'id', 'media', 'format', 'driver', 'node-name', 'readonly', 'read-only', 'snapshot', 'cache'],
		['file.driver', 'file.filename'],
	].flat(),
);

type Drive = {readonly interface: string; readonly id: string | undefined};

export type DisksPart = {
	readonly disks: QemuDefinition['disks'];
	/** Devices that QEMU made for `-drive if=virtio`, behind those of `-device`. */
	readonly virtio: readonly QemuDevice[];
	/** Disks of a machine's own IDE bus, as devices. */
	readonly ide: readonly QemuDevice[];
};

/** How many devices QEMU made by itself for `-drive if=virtio`. */
export function countVirtioDrives(options: readonly GivenOption[]): number {
	return drivesOf(options).filter(drive => drive.interface === 'virtio').length;
}

/**
 * The disks that devices have, as they are in the running guest, whatever the command line calls them. `attached`: what devices of the command line
 * have as their `drive`. `chosen`: how a disk gets to the other host, by that name.
 */
export function readDisks(
	options: readonly GivenOption[],
	guest: RunningGuest,
	findings: Findings,
	{attached, chosen}: {readonly attached: readonly string[]; readonly chosen: Readonly<Record<string, Sharing>>},
): DisksPart {
	readDriveOptions(options, findings);
	const virtio = drivesOf(options)
		.filter(drive => drive.interface === 'virtio')
		.flatMap(({id}, index) => builtInDevice(guest, id ?? `virtio${index}`, findings));
	const ide = ideDevices(options, guest, attached);
	const names = [...attached, ...[...virtio, ...ide].flatMap(({properties}) => properties['drive'] ?? [])];
	const disks = names.flatMap(name => {
		const block = blockOf(guest, name);
		return block === undefined ? [] : [readDisk(name, block, chosen, findings)];
	});
	for (const name of Object.keys(chosen)) {
		if (!names.includes(name)) findings.obstacle(`no disk ${name} in the guest`, `name one of ${names.join(', ') || 'none'}`);
	}

	return {disks, virtio, ide};
}

/** The block behind a device's `drive`: named by `-drive`, or by its node. */
export function blockOf({blocks}: RunningGuest, name: string): RunningBlock | undefined {
	return blocks.find(block => block.name === name) ?? blocks.find(block => block.node === name);
}

function readDisk(name: string, block: RunningBlock, chosen: Readonly<Record<string, Sharing>>, findings: Findings): QemuDisk {
	const disk = `disk ${name} (${block.file})`;
	const format = block.format === 'raw' || block.format === 'qcow2' ? block.format : undefined;
	if (format === undefined)
		findings.obstacle(
			`${disk}: its format ${block.format} is neither raw nor qcow2`,
			'convert it, or start the guest without what is put above it',
		);
	if (block.backing !== undefined)
		findings.obstacle(
			`${disk}: it has the changes of ${block.backing} alone`,
			'make one image of both (qemu-img convert), or merge them (block-commit)',
		);
	if (!block.file.startsWith('/') || block.file.startsWith('/dev/')) findings.obstacle(`${disk}: it is not a file`, 'use an image file');
	if (!block.flushes) findings.note(`${disk} is flushed on the other host (no cache=unsafe)`);
	const sharing = (Object.hasOwn(chosen, name) ? chosen[name] : undefined) ?? (block.readOnly ? 'read-only' : 'shared');
	if (sharing === 'read-only' && !block.readOnly)
		findings.obstacle(`${disk}: the guest may write it`, `say --disk ${name}=shared or --disk ${name}=mirror`);
	return {node: name, path: block.file, format: format ?? 'raw', sharing: block.readOnly ? 'read-only' : sharing, direct: block.direct};
}

function drivesOf(options: readonly GivenOption[]): Drive[] {
	return valuesOf(options, 'drive').map(text => {
		const drive = mergeOptions([text], 'file');
		return {interface: drive.get('if') ?? 'ide', id: drive.get('id')};
	});
}

function readDriveOptions(options: readonly GivenOption[], findings: Findings): void {
	for (const text of valuesOf(options, 'drive')) {
		const drive = mergeOptions([text], 'file');
		const name = `-drive ${text}`;
		const refused = REFUSED_INTERFACES[drive.get('if') ?? ''];
		if (refused) findings.obstacle(`${name}: ${refused[0]}`, refused[1]);
		if (isOn(drive.get('snapshot')))
			findings.obstacle(`${name}: what the guest writes is in a temporary file of this host`, 'start the guest with snapshot=off');
		if (['writethrough', 'directsync'].includes(drive.get('cache') ?? ''))
			findings.obstacle(`${name}: the guest sees a disk without a cache`, 'start the guest with cache=writeback or cache=none');
		const others = [...drive.keys()].filter(key => !DRIVE_OPTIONS.has(key));
		if (others.length > 0) findings.note(`${others.join(', ')} of -drive ${drive.get('id') ?? drive.get('file') ?? ''} is not taken over`);
	}
}

/** A device that the command line does not have, where it is now. */
function builtInDevice(guest: RunningGuest, drive: string, findings: Findings): QemuDevice[] {
	const found = findByProperty(guest, 'drive', drive);
	if (found === undefined) {
		findings.obstacle(`disk ${drive} was removed since the start`, 'start the guest without it');
		return [];
	}

	const device = hostOf(guest, found);
	return [{driver: device.model, properties: {drive, ...placeProperties(device)}}];
}

/** Where there is a disk on the machine's own IDE buses, all that is there: QEMU chooses none beside devices that are asked for. */
function ideDevices(options: readonly GivenOption[], guest: RunningGuest, attached: readonly string[]): QemuDevice[] {
	const asked = options.some(({name}) => IDE_OPTIONS.has(name)) || drivesOf(options).some(drive => drive.interface === 'ide');
	if (!asked) return [];
	return guest.tree
		.filter(({model, id}) => IDE_MODELS.has(model) && !guest.named.has(id))
		.flatMap(({model, place, properties}) => {
			const drive = (properties.get('drive') ?? '').replaceAll('"', '');
			if (attached.includes(drive)) return [];
			const [unit = '0'] = (properties.get('unit') ?? '').split(' ', 1);
			const disk = blockOf(guest, drive) === undefined ? {} : {drive};
			return [{driver: model, properties: {...disk, bus: place.split('/').at(-2) ?? '', unit}}];
		});
}
