import {isDeepStrictEqual} from 'node:util';
import {EmulatorId} from '@sterna/protocol';
import * as v from 'valibot';
import {type WorkloadDefinition, WorkloadProgram} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {EmulatorOfGuest} from '../device-records.ts';

/** First line of a workload guest's device state, with the version of what follows. */
const MAGIC = 'STERNA-WORKLOAD 1\n';

/** How its records name it. */
export const EMULATOR: EmulatorOfGuest = {emulatorId: EmulatorId.unknown, guest: 'a workload guest'};

/** Bytes of a device state at most: checked before anything is read. */
export const MAX_CPU_STATE_BYTES = 64 * 1024;

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Finite = v.pipe(v.number(), v.finite());

/** The "CPU" of a workload guest between two steps. All that it knows, memory excepted. */
export const CpuState = v.strictObject({
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
});
export type CpuState = v.InferOutput<typeof CpuState>;

/** The device state as bytes: magic and version in one line, JSON in the next. */
export function encodeCpuState(state: CpuState): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(`${MAGIC}${JSON.stringify(state)}\n`);
}

function refuse(why: string, cause?: unknown): DomainError {
	return new DomainError('ERR_DEVICE_STATE', `the device state is not that of this workload guest: ${why}`, {cause});
}

/** Parses a device state and checks that it is of a guest with this definition. Throws ERR_DEVICE_STATE. */
export function parseCpuState(bytes: Uint8Array, definition: Pick<WorkloadDefinition, 'memoryBytes' | 'program'>): CpuState {
	if (bytes.byteLength > MAX_CPU_STATE_BYTES) throw refuse(`${bytes.byteLength} bytes are more than ${MAX_CPU_STATE_BYTES}`);
	const text = new TextDecoder().decode(bytes);
	if (!text.startsWith(MAGIC)) throw refuse('it does not begin with its magic and version');
	let value: unknown;
	try {
		value = JSON.parse(text.slice(MAGIC.length));
	} catch (error) {
		throw refuse('its text is not JSON', error);
	}

	const parsed = v.safeParse(CpuState, value);
	if (!parsed.success) throw refuse(`${v.getDotPath(parsed.issues[0]) ?? 'it'}: ${parsed.issues[0].message}`);
	if (parsed.output.memoryBytes !== definition.memoryBytes) throw refuse(`it was saved with ${parsed.output.memoryBytes} bytes of memory`);
	if (!isDeepStrictEqual(parsed.output.program, definition.program)) throw refuse('it was saved by another program');
	return parsed.output;
}
