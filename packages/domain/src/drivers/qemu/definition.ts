import * as v from 'valibot';
import {common} from '../../common-definition.ts';
import {Likeness} from './likeness/likeness.ts';

/** QEMU's identifiers: of backends, devices, block nodes. */
const Id = v.pipe(
	v.string(),
	v.regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,30}$/, 'must be an identifier of QEMU: a letter, then letters, digits, . _ -'),
);

/** A word on QEMU's command line: no control characters, and not endless. Commas are doubled where it is written down. */
const Word = v.pipe(v.string(), v.maxLength(4096), v.regex(/^\P{Cc}*$/u, 'must not have control characters'));

/** A name of a device model, machine, CPU or property. */
const ModelName = v.pipe(v.string(), v.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/, 'must be letters, digits, . _ -'));

const FilePath = v.pipe(Word, v.startsWith('/', 'must be an absolute path'));

export const Properties = v.record(ModelName, Word);

/** A device on the command line, in its order: its place decides its address where it has none. `properties` as QEMU has them, `drive` and `netdev` among them. */
export const QemuDevice = v.strictObject({driver: ModelName, properties: Properties});
export type QemuDevice = v.InferOutput<typeof QemuDevice>;

/**
 * A disk. `shared`: both hosts see the same file under the same path, and its lock goes over with the guest. `mirror`: the other host has a file of its
 * own, which is filled from this one while the guest runs. `replicated`: the same, and a standby's is kept in step with its memory: the guest has the disk
 * from a server that knows what it writes. `read-only`: both have it, and nobody writes it.
 */
export const QemuDisk = v.strictObject({
	/** Node name of the format layer: what a device's `drive` names. Of the 31 characters that QEMU has for it, 5 are for the `-file` of the layer below. */
	node: v.pipe(Id, v.maxLength(26, 'must have 26 characters at most')),
	path: FilePath,
	format: v.picklist(['raw', 'qcow2']),
	sharing: v.picklist(['shared', 'mirror', 'replicated', 'read-only']),
	/** Past the page cache: needed where several hosts share the file. */
	direct: v.boolean(),
});
export type QemuDisk = v.InferOutput<typeof QemuDisk>;

/** A network backend: which of the hosts' networks it is on. How a host is connected to it, its configuration says. */
export const QemuNetwork = v.strictObject({netdev: Id, network: ModelName});
export type QemuNetwork = v.InferOutput<typeof QemuNetwork>;

/** What both hosts need to make a QEMU guest: nothing that is of one host alone. */
export const QemuDefinition = v.strictObject({
	kind: v.literal('qemu'),
	...common,
	/** Name of the program in the host's list, such as `qemu-system-x86_64`. */
	binary: ModelName,
	/** A versioned machine type where there are versions, such as `pc-q35-7.2`. */
	machine: ModelName,
	machineOptions: Properties,
	accelerator: v.picklist(['tcg', 'kvm']),
	/** Model with its flags, as behind `-cpu`. */
	cpu: Word,
	/** As behind `-smp`: `cpus`, and the topology where it matters. */
	smp: v.pipe(
		v.record(
			v.picklist(['cpus', 'sockets', 'dies', 'cores', 'threads', 'maxcpus']),
			v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1024)),
		),
		v.check(smp => smp.cpus !== undefined, 'must have cpus'),
	),
	/** `id` is the name of the memory's RAM block. */
	memoryBackend: v.strictObject({kind: v.picklist(['memfd', 'file']), id: Id}),
	/** Booted directly, without a disk. */
	kernel: v.optional(v.strictObject({image: FilePath, initrd: v.optional(FilePath), append: v.optional(Word)})),
	/** As behind `-bios`; what the machine type says where there is none. */
	firmware: v.optional(FilePath),
	/** As behind `-vga`. */
	vga: v.picklist(['none', 'std']),
	/** Without QEMU's own choice of devices (`-nodefaults`). */
	nodefaults: v.boolean(),
	/** Serial ports; the first is the console. */
	serialPorts: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(4)),
	disks: v.pipe(v.array(QemuDisk), v.maxLength(64)),
	networks: v.pipe(v.array(QemuNetwork), v.maxLength(16)),
	/** In the order of the command line. */
	devices: v.pipe(v.array(QemuDevice), v.maxLength(128)),
	/** As behind `-global`: driver, property, value. */
	globals: v.pipe(v.array(v.strictObject({driver: ModelName, property: ModelName, value: Word})), v.maxLength(64)),
	/** What the running guest shows of itself; present once it was made or adopted, and what a target is compared with. */
	likeness: v.optional(Likeness),
});
export type QemuDefinition = v.InferOutput<typeof QemuDefinition>;
