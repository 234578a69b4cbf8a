import * as v from 'valibot';

const Text = v.pipe(v.string(), v.maxLength(1024));
const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What must be the same of a guest and of its counterpart on another host. QEMU itself accepts some differences without a word. */
export const Likeness = v.strictObject({
	/** `7.2.22`. */
	version: Text,
	/** The distribution's package, as QEMU tells it; empty where it does not. */
	package: Text,
	/** QOM type of the machine: `pc-q35-7.2-machine`. */
	machine: Text,
	memoryBytes: Count,
	/** QOM type of its CPUs, how many, and a hash of everything their model expands to. */
	cpu: v.strictObject({type: Text, count: Count, features: Sha256}),
	/** One line for each device: its place, its model, a hash of its properties; sorted. */
	devices: v.pipe(v.array(Text), v.maxLength(512)),
	/** What each virtio network card offers to the guest, which its network has a say in; sorted by hardware address. */
	networkCards: v.pipe(v.array(v.strictObject({mac: Text, features: Text})), v.maxLength(64)),
	/** Blocks of RAM and ROM with their size in bytes, sorted by name. */
	ramBlocks: v.pipe(v.array(v.strictObject({name: Text, bytes: Count})), v.maxLength(256)),
	/** Replicated disks with their size, sorted by name; not there where there are none. */
	disks: v.optional(v.pipe(v.array(v.strictObject({node: Text, bytes: Count})), v.maxLength(64))),
	/** Files that QEMU reads into the guest: firmware, option ROMs, kernel. By what they are for, sorted; not by path. */
	files: v.pipe(v.array(v.strictObject({role: Text, sha256: Sha256})), v.maxLength(64)),
});
export type Likeness = v.InferOutput<typeof Likeness>;
