import type {Side} from '@sterna/protocol';
import {hostError} from '../host-error.ts';
import {armCrashPoint} from './crash-points.ts';
import {armJournalFault} from './journal-faults.ts';

/** Names a place at which this daemon kills itself: see `armCrashPoint`. For tests. */
export const CRASH_POINT_VARIABLE = 'STERNA_CRASH_POINT';
/** Names a write of the journal that fails: see `armJournalFault`. For tests. */
export const JOURNAL_FAULT_VARIABLE = 'STERNA_JOURNAL_FAULT';

/** Arms what the environment asks for, and says so. Throws ERR_CONFIG for what it does not know: a test that arms nothing must not pass. */
export function armFaults(env: NodeJS.ProcessEnv, side: Side, say: (text: string) => void): void {
	for (const [variable, arm] of [
		[CRASH_POINT_VARIABLE, armCrashPoint],
		[JOURNAL_FAULT_VARIABLE, armJournalFault],
	] as const) {
		const text = env[variable];
		try {
			arm(text);
		} catch (error) {
			throw hostError('ERR_CONFIG', `${variable} is not understood`, {side, cause: error});
		}

		if (text !== undefined && text !== '') say(`${variable}=${text}: this daemon is going to fail on purpose`);
	}
}
