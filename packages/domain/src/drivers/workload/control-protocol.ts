import {type ErrorCode, isErrorCode} from '@sterna/protocol/errors';
import * as v from 'valibot';

/**
 * What is said on a workload guest's control socket: one JSON object a line, each way. A request carries an id, its answer the same.
 * The socket is the guest's own, in a directory of its user alone.
 */

/** Longest line in bytes, either way: the longest device state as base64, and room around it. */
export const MAX_LINE_BYTES = 128 * 1024;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
/** Nanoseconds of CLOCK_MONOTONIC or CLOCK_BOOTTIME, in decimal: beyond a double's integers after 104 days. */
const Nanoseconds = v.pipe(
	v.string(),
	v.regex(/^\d{1,19}$/),
	v.transform(text => BigInt(text)),
);

const id = Count;

/** How a guest can be made to misbehave when its device state is saved: for tests. */
export const DeviceStateFault = v.picklist(['not-a-file', 'changes-size']);
export type DeviceStateFault = v.InferOutput<typeof DeviceStateFault>;

export const GuestRequest = v.variant('command', [
	v.strictObject({id, command: v.literal('show')}),
	v.strictObject({id, command: v.literal('pause')}),
	v.strictObject({id, command: v.literal('resume')}),
	/** Writes the CPU state to a file, which must not exist. Only while paused. */
	v.strictObject({id, command: v.literal('save-state'), file: Path}),
	/** Answers with the CPU state, as base64: quicker than a file. Only while paused. */
	v.strictObject({id, command: v.literal('read-state')}),
	/** Loads a CPU state, as base64: it is small, and in the request it needs no way through a file. */
	v.strictObject({id, command: v.literal('load-state'), state: v.pipe(v.string(), v.maxLength(MAX_LINE_BYTES))}),
	/** The output gate: `OutputGate` says what these mean. */
	v.strictObject({id, command: v.literal('hold')}),
	/** Only while the guest stands still. `first`: the first of a daemon, see `EpochGate`. */
	v.strictObject({id, command: v.literal('cut'), epoch: Count, first: v.boolean()}),
	v.strictObject({id, command: v.literal('release'), epoch: Count, untilBootNs: v.optional(Nanoseconds)}),
	v.strictObject({id, command: v.literal('open')}),
	v.strictObject({id, command: v.literal('held')}),
	v.strictObject({id, command: v.literal('check')}),
	/** Fills the guest's own page tables. */
	v.strictObject({id, command: v.literal('warm')}),
	v.strictObject({id, command: v.literal('destroy')}),
	/** What a guest does of its own accord: for tests and operators. */
	v.strictObject({id, command: v.literal('exit')}),
	v.strictObject({id, command: v.literal('reboot')}),
	v.strictObject({id, command: v.literal('resize'), memoryBytes: Count}),
	v.strictObject({id, command: v.literal('add-device'), device: v.pipe(v.string(), v.minLength(1), v.maxLength(100))}),
	v.strictObject({id, command: v.literal('set-fault'), deviceState: v.optional(DeviceStateFault)}),
]);
export type GuestRequest = v.InferOutput<typeof GuestRequest>;
export type GuestCommand = GuestRequest['command'];

const Empty = v.strictObject({});

/** What a guest says of itself. `memoryFd` and `memoryAddress` are of its own process. */
export const GuestShow = v.strictObject({
	state: v.picklist(['incoming', 'paused', 'running', 'crashed']),
	pid: Count,
	uuid: v.string(),
	memoryFd: Count,
	memoryAddress: Count,
	memoryBytes: Count,
	/** Whether the memory is registered for tracking, and by which kind of userfaultfd. */
	tracking: v.picklist(['none', 'user-mode-only', 'full']),
	steps: Count,
	ticks: Count,
	lines: Count,
	boots: Count,
	/** Pages that the guest checked since it began on any host. */
	pagesChecked: Count,
	badPages: Count,
	firstBad: v.optional(v.string()),
	/** Full sweeps since the start of this process, and how many are under way. */
	sweepsDone: Count,
	sweepsUnderWay: Count,
	/** Whether the guest's output is held, and how much of it. */
	gate: v.picklist(['open', 'holding']),
	heldBytes: Count,
	heldItems: Count,
	/** What became of the guest's UDP port on this host, in words; `none` where it has none. */
	port: v.string(),
	/** Replies that the guest gave there since it began on any host, and the digest of the last. */
	serial: Count,
	digest: v.string(),
});
export type GuestShow = v.InferOutput<typeof GuestShow>;

/** The result of each command. */
export const GuestResults = {
	show: GuestShow,
	pause: v.strictObject({lastStepNs: Nanoseconds}),
	resume: v.strictObject({firstStepNs: Nanoseconds}),
	'save-state': v.strictObject({bytes: Count}),
	'read-state': v.strictObject({state: v.string()}),
	'load-state': Empty,
	hold: Empty,
	cut: Empty,
	release: Empty,
	open: Empty,
	held: v.strictObject({bytes: Count, items: Count}),
	check: v.strictObject({pagesChecked: Count, badPages: Count, firstBad: v.optional(v.string())}),
	warm: Empty,
	destroy: Empty,
	exit: Empty,
	reboot: Empty,
	resize: Empty,
	'add-device': Empty,
	'set-fault': Empty,
} as const satisfies Record<GuestCommand, v.GenericSchema>;
export type GuestResult<Command extends GuestCommand> = v.InferOutput<(typeof GuestResults)[Command]>;

const Code = v.custom<ErrorCode>(value => typeof value === 'string' && isErrorCode(value), 'must be an error code');

export const GuestAnswer = v.union([
	v.strictObject({id, ok: v.literal(true), result: v.looseObject({})}),
	v.strictObject({id, ok: v.literal(false), code: Code, message: v.string()}),
]);
export type GuestAnswer = v.InferOutput<typeof GuestAnswer>;

/** Happenings that a guest tells every client, once each. */
export const GuestNotice = v.variant('event', [
	v.strictObject({event: v.literal('exited'), detail: v.string()}),
	v.strictObject({event: v.literal('crashed'), detail: v.string()}),
	v.strictObject({event: v.literal('rebooted')}),
	v.strictObject({event: v.literal('resized'), memoryBytes: Count}),
	v.strictObject({event: v.literal('device-added'), device: v.string()}),
]);
export type GuestNotice = v.InferOutput<typeof GuestNotice>;

/** All that a client can receive. */
export const GuestMessage = v.union([GuestAnswer, GuestNotice]);

/** A message of either side as its line. Nanoseconds are bigints; on the wire decimal text. */
export function formatMessage(message: object): string {
	return `${JSON.stringify(message, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`;
}
