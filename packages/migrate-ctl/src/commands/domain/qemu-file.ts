import {AbsolutePath, Size} from '@sterna/host/config';
import * as v from 'valibot';

/** A value as TOML has it, in QEMU's words. */
const Value = v.pipe(
	v.union([v.string(), v.number(), v.boolean()], 'must be a text, a number, true or false'),
	v.transform(value => (typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value))),
);

/** Properties of a device, without those that the file has a key of its own for. */
const properties = (
	...own: readonly string[]
): v.GenericSchema<Record<string, string | number | boolean> | undefined, Record<string, string>> =>
	v.optional(
		v.pipe(
			v.record(v.string(), Value),
			v.check(set => own.every(key => !Object.hasOwn(set, key)), `must not have ${own.join(' or ')}: it is set by what it belongs to`),
		),
		{},
	);

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(1, 'must be 1 or more'), v.maxValue(1024, 'must be 1024 or less'));
const Text = v.pipe(v.string(), v.minLength(1, 'must not be empty'));

const Disk = v.strictObject({
	path: AbsolutePath,
	format: v.optional(v.picklist(['raw', 'qcow2']), 'raw'),
	/** No default: a wrong one costs the disk. */
	sharing: v.picklist(['shared', 'mirror', 'replicated', 'read-only']),
	/** Undefined: where it is shared. */
	direct: v.optional(v.boolean()),
	node: v.optional(Text),
	device: v.optional(Text),
	properties: properties('drive'),
});

const Network = v.strictObject({
	network: Text,
	/** Undefined: one is drawn. */
	mac: v.optional(
		v.pipe(v.string(), v.regex(/^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$/, 'must be an Ethernet address such as 52:54:00:12:34:56')),
	),
	device: v.optional(Text),
	properties: properties('netdev', 'mac'),
});

const Guest = v.strictObject({
	name: v.optional(Text),
	uuid: v.optional(v.pipe(v.string(), v.uuid('must be a UUID'))),
	/** QEMU rounds up what is not a multiple of this. */
	memory: v.pipe(
		Size,
		v.check(bytes => bytes > 0 && bytes % 8192 === 0, 'must be a multiple of 8KiB'),
	),
	binary: v.optional(Text, 'qemu-system-x86_64'),
	machine: v.optional(Text, 'q35'),
	'machine-options': v.optional(v.record(v.string(), Value), {}),
	accelerator: v.optional(v.picklist(['tcg', 'kvm']), 'tcg'),
	cpu: v.optional(Text, 'qemu64'),
	/** With one thread and core each, where `smp` does not say otherwise. */
	cpus: v.optional(Count),
	smp: v.optional(
		v.strictObject({
			cpus: Count,
			sockets: v.optional(Count),
			dies: v.optional(Count),
			cores: v.optional(Count),
			threads: v.optional(Count),
			maxcpus: v.optional(Count),
		}),
	),
	'memory-backend': v.optional(v.picklist(['memfd', 'file']), 'memfd'),
	kernel: v.optional(v.strictObject({image: AbsolutePath, initrd: v.optional(AbsolutePath), append: v.optional(v.string())})),
	firmware: v.optional(AbsolutePath),
	vga: v.optional(v.picklist(['none', 'std']), 'none'),
	'serial-ports': v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(4, 'must be 4 or less')), 1),
	disk: v.optional(v.array(Disk), []),
	network: v.optional(v.array(Network), []),
	device: v.optional(v.array(v.strictObject({driver: Text, properties: properties('driver')})), []),
	global: v.optional(v.array(v.strictObject({driver: Text, property: Text, value: Value})), []),
});
/** A QEMU guest as it is written down for `domain create --qemu`. docs/operations.md explains each key. */
export const QemuFile = v.pipe(
	Guest,
	v.forward(
		v.check(({cpus, smp}) => cpus === undefined || smp === undefined, 'smp has it, too'),
		['cpus'],
	),
);
export type QemuFile = v.InferOutput<typeof QemuFile>;
