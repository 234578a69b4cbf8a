import {rmSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {PAGE_SIZE_BYTES} from '@sterna/protocol/model';
import {bootTimeNs} from '@sterna/system';
import type {WorkloadDefinition} from '../../definition.ts';
import {readDeviceStateFile} from '../../device-state-file.ts';
import {MAX_CPU_STATE_BYTES} from './cpu-state.ts';
import {EpochGate} from './epoch-gate.ts';
import {Guest} from './guest.ts';

/** Memory of the guests that rehearse: enough for a few steps. */
const REHEARSAL_BYTES = 64 * PAGE_SIZE_BYTES;
/** The first round reads the code, the later ones teach it its types. */
const ROUNDS = 3;

/**
 * Moves a small guest of the same program to and fro within this process, so that the code of a handover has run when it counts: what
 * JavaScript does for the first time takes a millisecond here and there, and each would lie in the downtime. `runDir`: where its state lies for a moment.
 */
export async function rehearseHandover(definition: WorkloadDefinition, runDir: string): Promise<void> {
	const small = {
		...definition,
		// Not to be taken for the guest itself.
		uuid: 'rehearsal',
		memoryBytes: REHEARSAL_BYTES,
		pfnLimit: REHEARSAL_BYTES / PAGE_SIZE_BYTES,
		program: {...definition.program, touchedBytes: REHEARSAL_BYTES / 2},
	};
	const file = join(runDir, `rehearsal-${process.pid}`);
	const gate = new EpochGate({bootTimeNs});
	const options = {definition: small, lines: {write: () => undefined}, gate, tracking: false, onNotice: () => undefined} as const;
	for (let round = 0; round < ROUNDS; round++) {
		await using from = new Guest(options);
		await using to = new Guest(options);
		await from.boot();
		await runFor(from);
		to.memory.windowOf(0).set(from.memory.windowOf(0));
		try {
			from.saveState(file);
			to.loadState(readDeviceStateFile(file, {expectedBytes: undefined, limitBytes: MAX_CPU_STATE_BYTES}));
		} finally {
			rmSync(file, {force: true});
		}

		await runFor(to);
	}
}

/** Some slices. */
async function runFor(guest: Guest): Promise<void> {
	guest.resume();
	for (let turn = 0; turn < 4; turn++) await nextTurn();
	guest.pause();
}
