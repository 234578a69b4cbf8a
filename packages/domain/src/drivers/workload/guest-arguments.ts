import * as v from 'valibot';
import {WorkloadDefinition} from '../../definition.ts';

/** Descriptor on which a guest's process says one JSON line to whoever started it: that it is ready, or why not. */
export const READY_FD = 3;

/** The one argument of a guest's process, as JSON. */
export const GuestArguments = v.strictObject({
	definition: WorkloadDefinition,
	socketPath: v.string(),
	outputFile: v.string(),
	/** IP address of this host at which the guest's port is, where it has one. */
	address: v.pipe(v.string(), v.ip()),
	/** `incoming`: memory stays empty and a CPU state is waited for. */
	mode: v.picklist(['run', 'paused', 'incoming']),
	/** False: the kernel is not asked for write tracking, as if it had none. */
	tracking: v.boolean(),
});
export type GuestArguments = v.InferOutput<typeof GuestArguments>;

/** What the process says on `READY_FD`. */
export const ReadyMessage = v.variant('ready', [
	v.strictObject({ready: v.literal(true)}),
	v.strictObject({ready: v.literal(false), code: v.string(), message: v.string()}),
]);
