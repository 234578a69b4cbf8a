import * as v from 'valibot';

/** Descriptor on which the server says one JSON line to whoever started it: that it listens, or why not. */
export const READY_FD = 3;

/** The one argument of a disk server's process, as JSON. */
export const DiskServerArguments = v.strictObject({
	/** Of the guest. */
	name: v.string(),
	nbdSocket: v.string(),
	controlSocket: v.string(),
	disks: v.pipe(v.array(v.strictObject({node: v.string(), file: v.string()})), v.minLength(1)),
	/** Of each disk, in bytes of an epoch. */
	logLimitBytes: v.number(),
});
export type DiskServerArguments = v.InferOutput<typeof DiskServerArguments>;

export const ReadyMessage = v.variant('ready', [
	v.strictObject({ready: v.literal(true)}),
	v.strictObject({ready: v.literal(false), code: v.string(), message: v.string()}),
]);
export type ReadyMessage = v.InferOutput<typeof ReadyMessage>;
