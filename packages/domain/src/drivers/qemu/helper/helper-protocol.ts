import * as v from 'valibot';

/** Descriptor of the socket between the helper and whoever started it: one request, one reply, each a JSON line. */
export const HELPER_FD = 3;
/** Bytes of either line at most. */
export const MAX_HELPER_LINE_BYTES = 16 * 1024;
/** The largest firmware of a PC is 4 MiB. */
export const MAX_FIRMWARE_BYTES = 16 * 1024 * 1024;
/** User addresses of x86-64 are below it. */
const ADDRESS_LIMIT = 2 ** 47;
const PAGE_BYTES = 4096;

const Process = v.strictObject({
	pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
	/** As in `ProcessIdentity`. */
	startTicks: v.pipe(v.string(), v.regex(/^\d+$/)),
});
const AbsolutePath = v.pipe(v.string(), v.regex(/^\/[^\0]*$/));

/** A ROM that a QEMU has left empty. */
const Firmware = v.strictObject({
	/** Where in the process's memory. */
	address: v.pipe(v.number(), v.integer(), v.minValue(PAGE_BYTES), v.maxValue(ADDRESS_LIMIT)),
	file: AbsolutePath,
	bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_FIRMWARE_BYTES)),
});
export type FirmwareToWrite = v.InferOutput<typeof Firmware>;

/** What the helper is asked for, once. */
export const HelperRequest = v.strictObject({
	process: Process,
	/** Path of a `memory-backend-file`, `memfd` for a `memory-backend-memfd`, or `any` for a file that nobody can ask for: the only one of that size. */
	ramFile: v.union([v.literal('memfd'), v.literal('any'), AbsolutePath]),
	ramBytes: v.pipe(v.number(), v.integer(), v.minValue(PAGE_BYTES), v.maxValue(ADDRESS_LIMIT), v.multipleOf(PAGE_BYTES)),
	/** Whether its writes are to be tracked. */
	track: v.boolean(),
	/** Written into the process before anything is taken of it. */
	firmware: v.optional(Firmware),
});
export type HelperRequest = v.InferOutput<typeof HelperRequest>;

/** What it answers. */
export const HelperReply = v.variant('outcome', [
	/** Comes with the descriptor of the RAM file, and where tracking is `armed` with the userfaultfd and the pagemap, in this order. */
	v.strictObject({
		outcome: v.literal('held'),
		address: v.pipe(v.number(), v.integer(), v.minValue(PAGE_BYTES), v.maxValue(ADDRESS_LIMIT)),
		tracking: v.variant('state', [
			v.strictObject({state: v.literal('armed'), userModeOnly: v.boolean()}),
			v.strictObject({state: v.literal('refused'), reason: v.string()}),
			v.strictObject({state: v.literal('not-asked-for')}),
		]),
	}),
	v.strictObject({outcome: v.literal('failed'), code: v.string(), message: v.string(), causes: v.array(v.string())}),
]);
export type HelperReply = v.InferOutput<typeof HelperReply>;
