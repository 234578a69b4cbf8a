import {isDeepStrictEqual} from 'node:util';
import {EmulatorId} from '@sterna/protocol';
import * as v from 'valibot';
import {type WorkloadDefinition, WorkloadProgram} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {EmulatorOfGuest} from '../device-records.ts';
import type {ReplyState} from './replies.ts';

/** How its records name it. */
export const EMULATOR: EmulatorOfGuest = {emulatorId: EmulatorId.unknown, guest: 'a workload guest'};

/** Bytes of a device state at most: checked before anything is read. */
export const MAX_CPU_STATE_BYTES = 64 * 1024;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Finite = v.pipe(v.number(), v.finite());

const registers = {
	/** The program that this is the state of: a guest with another one cannot load it. */
	program: WorkloadProgram,
	memoryBytes: Count,
	/** Steps made since the last boot: what every page must hold follows from it. */
	position: Count,
	/** Turns of the guest's loop, idle ones too. */
	ticks: Count,
	boots: Count,
	/** Number of the last line of output. */
	lines: Count,
	/** State of the random numbers in the lines: 32 bits, never 0. */
	random: v.pipe(Count, v.minValue(1), v.maxValue(0xffff_ffff)),
	/** Milliseconds of running time until the next line. */
	untilLineMs: v.pipe(Finite, v.minValue(-60_000), v.maxValue(60_000)),
	/** Bytes that may be written at once; negative when the last step was made ahead of its time. */
	writeCreditBytes: Finite,
	/** Where the continuous check stands. */
	checkCursor: Count,
	pagesChecked: Count,
};
const Registers = v.strictObject(registers);
export type Registers = v.InferOutput<typeof Registers>;

const WithReplies = v.strictObject({
	...registers,
	/** Replies of the guest's port, up to now. */
	replies: v.strictObject({serial: Count, digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))}),
});

/** First line of a device state, with the version of what follows: 1 of guests without a port, 2 of those with one. */
const MAGIC = {withoutReplies: 'STERNA-WORKLOAD 1\n', withReplies: 'STERNA-WORKLOAD 2\n'} as const;
const VERSIONS = [
	{magic: MAGIC.withoutReplies, schema: Registers},
	{magic: MAGIC.withReplies, schema: WithReplies},
] as const;

/** The "CPU" of a workload guest between two steps. All that it knows, memory excepted. `replies`: of a guest that has a port. */
export type CpuState = Registers & {readonly replies?: ReplyState | undefined};

/** The device state as bytes: magic and version in one line, JSON in the next. */
export function encodeCpuState(state: CpuState): Uint8Array<ArrayBuffer> {
	const magic = state.replies === undefined ? MAGIC.withoutReplies : MAGIC.withReplies;
	return new TextEncoder().encode(`${magic}${JSON.stringify(state)}\n`);
}

function refuse(why: string, cause?: unknown): DomainError {
	return new DomainError('ERR_DEVICE_STATE', `the device state is not that of this workload guest: ${why}`, {cause});
}

/** Parses a device state and checks that it is of a guest with this definition. Throws ERR_DEVICE_STATE. */
export function parseCpuState(bytes: Uint8Array, definition: Pick<WorkloadDefinition, 'memoryBytes' | 'program'>): CpuState {
	if (bytes.byteLength > MAX_CPU_STATE_BYTES) throw refuse(`${bytes.byteLength} bytes are more than ${MAX_CPU_STATE_BYTES}`);
	const text = new TextDecoder().decode(bytes);
	const version = VERSIONS.find(({magic}) => text.startsWith(magic));
	if (version === undefined) throw refuse('it does not begin with its magic and a version of it');
	let value: unknown;
	try {
		value = JSON.parse(text.slice(version.magic.length));
	} catch (error) {
		throw refuse('its text is not JSON', error);
	}

	const parsed = v.safeParse<v.GenericSchema<unknown, CpuState>>(version.schema, value);
	if (!parsed.success) throw refuse(`${v.getDotPath(parsed.issues[0]) ?? 'it'}: ${parsed.issues[0].message}`);
	if (parsed.output.memoryBytes !== definition.memoryBytes) throw refuse(`it was saved with ${parsed.output.memoryBytes} bytes of memory`);
	if (!isDeepStrictEqual(parsed.output.program, definition.program)) throw refuse('it was saved by another program');
	return parsed.output;
}
